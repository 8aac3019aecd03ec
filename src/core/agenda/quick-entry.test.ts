import { describe, expect, test } from 'vitest'
import { openTestCore } from '../testing'

// It is Friday, 20 November 2026, 10:30 in Prague (09:30 UTC).

interface Expected {
  title: string
  kind?: 'task' | 'reminder'
  type?: string
  priority?: string
  wallTime?: string | null
  recurrence?: string | null
  reminderMinutes?: number[]
  /** Names of the records it is about. */
  about?: string[]
}

const lines: [string, Expected][] = [
  [
    'call Acme tomorrow 3pm !high',
    {
      title: 'Call Acme',
      type: 'call',
      priority: 'high',
      wallTime: '2026-11-21T15:00',
      about: ['Acme'],
    },
  ],
  [
    'Call Ann Pumper today at 16:30',
    { title: 'Call Ann Pumper', type: 'call', wallTime: '2026-11-20T16:30', about: ['Ann Pumper'] },
  ],
  [
    'email Ann about the valves',
    { title: 'Email Ann about the valves', type: 'email', wallTime: null, about: ['Ann Pumper'] },
  ],
  [
    'e-mail the price list to @blue monday',
    {
      title: 'E-mail the price list to blue',
      type: 'email',
      wallTime: '2026-11-23',
      about: ['Blue Kayak Ltd'],
    },
  ],
  [
    'follow up on Pump station renewal next friday',
    {
      title: 'Follow up on Pump station renewal',
      type: 'follow_up',
      wallTime: '2026-11-27',
      about: ['Pump station renewal'],
    },
  ],
  [
    'follow-up with Blue Kayak Ltd in 3 days',
    {
      title: 'Follow-up with Blue Kayak Ltd',
      type: 'follow_up',
      wallTime: '2026-11-23',
      about: ['Blue Kayak Ltd'],
    },
  ],
  [
    'meet Blue Kayak on Tuesday at 10',
    {
      title: 'Meet Blue Kayak',
      type: 'meeting',
      wallTime: '2026-11-24T10:00',
      about: ['Blue Kayak Ltd'],
    },
  ],
  [
    'meeting with Ann Pumper 2026-12-01 09:15',
    {
      title: 'Meeting with Ann Pumper',
      type: 'meeting',
      wallTime: '2026-12-01T09:15',
      about: ['Ann Pumper'],
    },
  ],
  [
    'demo for acme next tuesday 2pm',
    { title: 'Demo for acme', type: 'demo', wallTime: '2026-11-24T14:00', about: ['Acme'] },
  ],
  [
    'send proposal to Acme by 30 November !urgent',
    {
      title: 'Send proposal to Acme',
      type: 'proposal',
      priority: 'urgent',
      wallTime: '2026-11-30',
      about: ['Acme'],
    },
  ],
  [
    'prepare quote !low',
    { title: 'Prepare quote', type: 'proposal', priority: 'low', wallTime: null },
  ],
  ['buy stamps', { title: 'Buy stamps', type: 'other', priority: 'medium', wallTime: null }],
  ['buy stamps tomorrow', { title: 'Buy stamps', wallTime: '2026-11-21' }],
  ['tomorrow buy stamps', { title: 'Buy stamps', wallTime: '2026-11-21' }],
  [
    'tomorrow call Acme at 3pm',
    { title: 'Call Acme', type: 'call', wallTime: '2026-11-21T15:00', about: ['Acme'] },
  ],
  [
    'water the plants every Monday',
    { title: 'Water the plants', wallTime: '2026-11-23', recurrence: 'FREQ=WEEKLY;BYDAY=MO' },
  ],
  [
    'team call every Monday at 9',
    { title: 'Team call', wallTime: '2026-11-23T09:00', recurrence: 'FREQ=WEEKLY;BYDAY=MO' },
  ],
  [
    'report every friday 17:00',
    { title: 'Report', wallTime: '2026-11-20T17:00', recurrence: 'FREQ=WEEKLY;BYDAY=FR' },
  ],
  [
    'report every friday 8am',
    { title: 'Report', wallTime: '2026-11-27T08:00', recurrence: 'FREQ=WEEKLY;BYDAY=FR' },
  ],
  ['check leads daily', { title: 'Check leads', wallTime: '2026-11-20', recurrence: 'FREQ=DAILY' }],
  [
    'check leads daily 8am',
    { title: 'Check leads', wallTime: '2026-11-21T08:00', recurrence: 'FREQ=DAILY' },
  ],
  [
    'check leads every weekday at 8:15',
    {
      title: 'Check leads',
      wallTime: '2026-11-23T08:15',
      recurrence: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    },
  ],
  [
    'review pipeline every 2 weeks',
    { title: 'Review pipeline', wallTime: '2026-11-20', recurrence: 'FREQ=WEEKLY;INTERVAL=2' },
  ],
  [
    'review pipeline every other Wednesday 10am',
    {
      title: 'Review pipeline',
      wallTime: '2026-11-25T10:00',
      recurrence: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE',
    },
  ],
  ['invoice monthly', { title: 'Invoice', wallTime: '2026-11-20', recurrence: 'FREQ=MONTHLY' }],
  [
    'invoice every 15th at noon',
    { title: 'Invoice', wallTime: '2026-12-15T12:00', recurrence: 'FREQ=MONTHLY;BYMONTHDAY=15' },
  ],
  [
    'board report every last friday',
    { title: 'Board report', wallTime: '2026-11-27', recurrence: 'FREQ=MONTHLY;BYDAY=-1FR' },
  ],
  [
    'plan on the first monday of every month',
    { title: 'Plan', wallTime: '2026-12-07', recurrence: 'FREQ=MONTHLY;BYDAY=1MO' },
  ],
  [
    'plan every first monday',
    { title: 'Plan', wallTime: '2026-12-07', recurrence: 'FREQ=MONTHLY;BYDAY=1MO' },
  ],
  [
    'stand-up every tue and thu 9:30',
    { title: 'Stand-up', wallTime: '2026-11-24T09:30', recurrence: 'FREQ=WEEKLY;BYDAY=TU,TH' },
  ],
  [
    'take vitamins daily 5 times',
    { title: 'Take vitamins', wallTime: '2026-11-20', recurrence: 'FREQ=DAILY;COUNT=5' },
  ],
  [
    'ring them weekly until 24 December',
    {
      title: 'Ring them',
      type: 'call',
      wallTime: '2026-11-20',
      recurrence: 'FREQ=WEEKLY;UNTIL=20261224',
    },
  ],
  [
    'quarterly review',
    { title: 'Review', wallTime: '2026-11-20', recurrence: 'FREQ=MONTHLY;INTERVAL=3' },
  ],
  [
    'remind me to call Bob tomorrow at 8',
    { kind: 'reminder', title: 'Call Bob', type: 'call', wallTime: '2026-11-21T08:00' },
  ],
  [
    'Remind me about Acme on Monday',
    { kind: 'reminder', title: 'Acme', wallTime: '2026-11-23T09:00', about: ['Acme'] },
  ],
  ['remind me to stretch', { kind: 'reminder', title: 'Stretch', wallTime: '2026-11-21T09:00' }],
  [
    'remind me to stretch in 20 minutes',
    { kind: 'reminder', title: 'Stretch', wallTime: '2026-11-20T10:50' },
  ],
  [
    'remind me to pay rent every month on the 1st',
    {
      kind: 'reminder',
      title: 'Pay rent',
      wallTime: '2026-12-01T09:00',
      recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1',
    },
  ],
  [
    'remind me in 2 hours to send the offer',
    { kind: 'reminder', title: 'Send the offer', type: 'proposal', wallTime: '2026-11-20T12:30' },
  ],
  [
    'remind me tomorrow at 9 to call Acme',
    {
      kind: 'reminder',
      title: 'Call Acme',
      type: 'call',
      wallTime: '2026-11-21T09:00',
      about: ['Acme'],
    },
  ],
  [
    'tomorrow at 9 remind me to call Acme',
    {
      kind: 'reminder',
      title: 'Call Acme',
      type: 'call',
      wallTime: '2026-11-21T09:00',
      about: ['Acme'],
    },
  ],
  [
    'remind me every monday at 8 to check the leads',
    {
      kind: 'reminder',
      title: 'Check the leads',
      wallTime: '2026-11-23T08:00',
      recurrence: 'FREQ=WEEKLY;BYDAY=MO',
    },
  ],
  [
    'remind me on Monday that Ann is back',
    {
      kind: 'reminder',
      title: 'Ann is back',
      wallTime: '2026-11-23T09:00',
      about: ['Ann Pumper'],
    },
  ],
  [
    'remind me next week about the valves',
    { kind: 'reminder', title: 'The valves', wallTime: '2026-11-27T09:00' },
  ],
  [
    'remind me tomorrow to go to the bank',
    { kind: 'reminder', title: 'Go to the bank', wallTime: '2026-11-21T09:00' },
  ],
  [
    "don't forget to email Ann on Monday",
    {
      kind: 'reminder',
      title: 'Email Ann',
      type: 'email',
      wallTime: '2026-11-23T09:00',
      about: ['Ann Pumper'],
    },
  ],
  [
    'Don’t forget the valves tomorrow 7am',
    { kind: 'reminder', title: 'The valves', wallTime: '2026-11-21T07:00' },
  ],
  ['remember to stretch', { kind: 'reminder', title: 'Stretch', wallTime: '2026-11-21T09:00' }],
  [
    'could you please remind me tomorrow to stretch',
    { kind: 'reminder', title: 'Stretch', wallTime: '2026-11-21T09:00' },
  ],
  [
    'set a reminder for tomorrow 8am to stretch',
    { kind: 'reminder', title: 'Stretch', wallTime: '2026-11-21T08:00' },
  ],
  ['tell Bob to stretch tomorrow', { title: 'Tell Bob to stretch', wallTime: '2026-11-21' }],
  [
    'demo with Acme thursday 2pm remind me 1h before',
    {
      title: 'Demo with Acme',
      type: 'demo',
      wallTime: '2026-11-26T14:00',
      reminderMinutes: [60],
      about: ['Acme'],
    },
  ],
  [
    'visit Acme thursday 2pm, remind me 1 day and 30 min before',
    {
      title: 'Visit Acme',
      type: 'meeting',
      wallTime: '2026-11-26T14:00',
      reminderMinutes: [1440, 30],
      about: ['Acme'],
    },
  ],
  [
    'call Acme in 2 hours',
    { title: 'Call Acme', type: 'call', wallTime: '2026-11-20T12:30', about: ['Acme'] },
  ],
  [
    'call Acme at 9',
    { title: 'Call Acme', type: 'call', wallTime: '2026-11-21T09:00', about: ['Acme'] },
  ],
  [
    'call Acme tonight',
    { title: 'Call Acme', type: 'call', wallTime: '2026-11-20T18:00', about: ['Acme'] },
  ],
  [
    'call Acme tomorrow morning',
    { title: 'Call Acme', type: 'call', wallTime: '2026-11-21T09:00', about: ['Acme'] },
  ],
  ['finish the slides by EOD', { title: 'Finish the slides', wallTime: '2026-11-20T17:00' }],
  ['call May about the offer', { title: 'Call May about the offer', type: 'call', wallTime: null }],
  ['Wow! that was high', { title: 'Wow! that was high', priority: 'medium', wallTime: null }],
  ['!!! call Acme', { title: 'Call Acme', type: 'call', priority: 'urgent', about: ['Acme'] }],
]

describe('Quick entry', () => {
  test('understands lines as people write them', async () => {
    const { client } = await openTestCore()
    const me = await client.users.me()
    await client.users.update({ id: me.id, timezone: 'Europe/Prague' })
    await client.companies.create({ name: 'Acme' })
    await client.companies.create({ name: 'Blue Kayak Ltd' })
    await client.contacts.create({ firstName: 'Ann', lastName: 'Pumper' })
    await client.leads.create({ title: 'Pump station renewal' })
    await client.leads.create({ title: 'Call centre' })
    for (const [text, expected] of lines) {
      const entry = await client.agenda.parse({ text })
      const about = [entry.company, entry.contact, entry.lead, entry.customer].flatMap((one) =>
        one ? [one.name] : [],
      )
      expect
        .soft([text, { ...entry, about }])
        .toMatchObject([
          text,
          { kind: 'task', recurrence: null, reminderMinutes: [], about: [], ...expected },
        ])
      for (const { from, to } of entry.parts)
        expect([text, from < to && to <= text.length && from >= 0]).toEqual([text, true])
    }
  })

  test('marks what it understood, and where', async () => {
    const { client } = await openTestCore()
    await client.companies.create({ name: 'Acme' })
    const text = 'call @Acme tomorrow 3pm !high every week remind me 1h before'
    const { parts } = await client.agenda.parse({ text })
    expect(parts.map(({ from, to, kind }) => [kind, text.slice(from, to)])).toEqual([
      ['type', 'call'],
      ['record', '@Acme'],
      ['when', 'tomorrow 3pm'],
      ['priority', '!high'],
      ['repeat', 'every week'],
      ['remind', 'remind me 1h before'],
    ])
  })

  test('is about the record in front unless the line names another', async () => {
    const { client } = await openTestCore()
    const [front, named] = [
      await client.companies.create({ name: 'In front' }),
      await client.companies.create({ name: 'Acme' }),
    ]
    const company = async (text: string) =>
      (await client.agenda.parse({ text, companyId: front.id })).company?.id
    expect(await company('call them')).toBe(front.id)
    expect(await company('call Acme')).toBe(named.id)
  })

  test('makes what it understood: a task with its reminders, or a reminder that recurs', async () => {
    const { client } = await openTestCore()
    const task = await client.agenda.quickAdd({ text: 'demo monday 2pm remind me 1 day before' })
    expect(task).toMatchObject({ kind: 'task', type: 'demo', at: '2026-11-23T14:00:00.000Z' })
    const { items } = await client.reminders.list({ taskId: task.id })
    expect(items.map(({ remindAt }) => remindAt)).toEqual(['2026-11-22T14:00:00.000Z'])
    const reminder = await client.agenda.quickAdd({ text: 'remind me to stretch daily 11:00' })
    expect(reminder).toMatchObject({
      kind: 'reminder',
      title: 'Stretch',
      at: '2026-11-20T11:00:00.000Z',
      recurrence: 'FREQ=DAILY',
    })
  })
})
