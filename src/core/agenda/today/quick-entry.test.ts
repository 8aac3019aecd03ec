import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { processorTime } from '../../testing/effort'
import { openTestCore } from '../../testing/testing'

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
  // Spans and parts of a period: what is vague falls on a working day.
  ['call Bea in 3 months', { title: 'Call Bea', wallTime: '2027-02-20' }],
  ['call Bea in three months’ time', { title: 'Call Bea', wallTime: '2027-02-20' }],
  ['call Bea in two weeks', { title: 'Call Bea', wallTime: '2026-12-04' }],
  ['call Bea in a fortnight', { title: 'Call Bea', wallTime: '2026-12-04' }],
  ['call Bea two weeks from monday', { title: 'Call Bea', wallTime: '2026-12-07' }],
  ['call Bea a week from tomorrow at 9', { title: 'Call Bea', wallTime: '2026-11-28T09:00' }],
  ['call Bea tuesday in 2 weeks', { title: 'Call Bea', wallTime: '2026-12-01' }],
  ['call Bea the day after tomorrow', { title: 'Call Bea', wallTime: '2026-11-22' }],
  ['call Bea in March', { title: 'Call Bea', wallTime: '2027-03-01' }],
  ['call Bea in May', { title: 'Call Bea', wallTime: '2027-05-03' }],
  ['call Bea in November', { title: 'Call Bea', wallTime: '2027-11-01' }],
  ['call Bea in March 2028 at 9', { title: 'Call Bea', wallTime: '2028-03-01T09:00' }],
  ['call Bea mid January', { title: 'Call Bea', wallTime: '2027-01-15' }],
  ['call Bea first week of Feb', { title: 'Call Bea', wallTime: '2027-02-01' }],
  ['call Bea in the last week of November', { title: 'Call Bea', wallTime: '2026-11-24' }],
  ['call Bea the second week of next month', { title: 'Call Bea', wallTime: '2026-12-08' }],
  ['call Bea second half of January', { title: 'Call Bea', wallTime: '2027-01-18' }],
  ['call Bea first half of March 2028', { title: 'Call Bea', wallTime: '2028-03-01' }],
  ['call Bea beginning of 2027', { title: 'Call Bea', wallTime: '2027-01-01' }],
  ['call Bea late 2027', { title: 'Call Bea', wallTime: '2027-12-31' }],
  ['call Bea in the morning', { title: 'Call Bea', wallTime: '2026-11-21T09:00' }],
  ['call Bea Monday in the afternoon', { title: 'Call Bea', wallTime: '2026-11-23T15:00' }],
  ['visit Bea Jan 5-7', { title: 'Visit Bea', wallTime: '2027-01-05' }],
  ['visit Bea 5 to 7 January', { title: 'Visit Bea', wallTime: '2027-01-05' }],
  ['visit Bea in May 3', { title: 'Visit Bea', wallTime: '2027-05-03' }],
  ['send Bea Jan 5 to 10 brochures', { title: 'Send Bea to 10 brochures', wallTime: '2027-01-05' }],
  ['call Bea mid-August', { title: 'Call Bea', wallTime: '2027-08-16' }],
  ['call Bea early next week', { title: 'Call Bea', wallTime: '2026-11-23' }],
  ['call Bea end of month', { title: 'Call Bea', wallTime: '2026-11-30' }],
  ['call Bea by the end of January', { title: 'Call Bea', wallTime: '2027-01-29' }],
  ['call Bea at the end of next week', { title: 'Call Bea', wallTime: '2026-11-27' }],
  ['call Bea next month', { title: 'Call Bea', wallTime: '2026-12-01' }],
  ['call Bea next quarter', { title: 'Call Bea', wallTime: '2027-01-01' }],
  ['call Bea in Q2', { title: 'Call Bea', wallTime: '2027-04-01' }],
  ['call Bea in week 12', { title: 'Call Bea', wallTime: '2027-03-22' }],
  ['call Bea in 1 business day', { title: 'Call Bea', wallTime: '2026-11-23' }],
  ['call Bea in three working days', { title: 'Call Bea', wallTime: '2026-11-25' }],
  ['call Bea first Monday of January', { title: 'Call Bea', wallTime: '2027-01-04' }],
  ['call Bea last working day of the month', { title: 'Call Bea', wallTime: '2026-11-30' }],
  ['call Bea on the 15th', { title: 'Call Bea', wallTime: '2026-12-15' }],
  ['call Bea 29 February', { title: 'Call Bea', wallTime: '2028-02-29' }],
  ['call Bea 24.12. 10:00', { title: 'Call Bea', wallTime: '2026-12-24T10:00' }],
  ['call Bea 1.12.2026', { title: 'Call Bea', wallTime: '2026-12-01' }],
  // Clocks as people write and say them.
  ['call Bea 15h30', { title: 'Call Bea', wallTime: '2026-11-20T15:30' }],
  ['call Bea tomorrow 15h', { title: 'Call Bea', wallTime: '2026-11-21T15:00' }],
  ['call Bea 14.30', { title: 'Call Bea', wallTime: '2026-11-20T14:30' }],
  ['call Bea tomorrow 1530', { title: 'Call Bea', wallTime: '2026-11-21T15:30' }],
  ['call Bea next monday 9', { title: 'Call Bea', wallTime: '2026-11-23T09:00' }],
  ['call Bea tomorrow 10-11', { title: 'Call Bea', wallTime: '2026-11-21T10:00' }],
  ['call Bea half past three', { title: 'Call Bea', wallTime: '2026-11-20T15:30' }],
  ['call Bea tomorrow at quarter to 5', { title: 'Call Bea', wallTime: '2026-11-21T16:45' }],
  ['call Bea tomorrow at 3', { title: 'Call Bea', wallTime: '2026-11-21T15:00' }],
  ['call Bea at 8 tomorrow evening', { title: 'Call Bea', wallTime: '2026-11-21T20:00' }],
  ['call Bea at 8 in the evening tomorrow', { title: 'Call Bea', wallTime: '2026-11-21T20:00' }],
  ['call Bea tomorrow afternoon', { title: 'Call Bea', wallTime: '2026-11-21T15:00' }],
  ['call Bea in an hour and a half', { title: 'Call Bea', wallTime: '2026-11-20T12:00' }],
  ['call Bea tomorow', { title: 'Call Bea', wallTime: '2026-11-21' }],
  // What takes time, names a thing or is counted is no time.
  ['30 minutes call with Bea', { title: '30 minutes call with Bea', wallTime: null }],
  ['block 3 days for the audit', { title: 'Block 3 days for the audit', wallTime: null }],
  ['order monday 3 pumps', { title: 'Order 3 pumps', wallTime: '2026-11-23' }],
  ['five to ten pumps for Bob', { title: 'Five to ten pumps for Bob', wallTime: null }],
  ['read the Sunday Times', { title: 'Read the Sunday Times', wallTime: null }],
  ['prepare tomorrow’s demo', { title: 'Prepare tomorrow’s demo', wallTime: null }],
  ['discuss Q4 results', { title: 'Discuss Q4 results', wallTime: null }],
  [
    'remind me in March to stretch',
    { kind: 'reminder', title: 'Stretch', wallTime: '2027-03-01T09:00' },
  ],
  [
    'water them weekly until end of March',
    { title: 'Water them', wallTime: '2026-11-20', recurrence: 'FREQ=WEEKLY;UNTIL=20270331' },
  ],
  ['call May about the offer', { title: 'Call May about the offer', type: 'call', wallTime: null }],
  ['Wow! that was high', { title: 'Wow! that was high', priority: 'medium', wallTime: null }],
  ['!!! call Acme', { title: 'Call Acme', type: 'call', priority: 'urgent', about: ['Acme'] }],
]

/** What looks like a time and cannot be read, with what is marked of it. */
const unread: Record<string, string[]> = {
  'call Ann in spring': ['in spring'],
  'call Ann after Christmas': ['after Christmas'],
  'call Ann in a few days': ['in a few days'],
  'call Ann in 2-3 weeks': ['in 2-3 weeks'],
  'call Ann in 3 to 4 weeks': ['in 3 to 4 weeks'],
  'call Ann in -3 days': ['in -3 days'],
  'call Ann in 2027': ['in 2027'],
  'call Ann in the first week': ['in the first week'],
  'call Ann in 3 monts': ['in 3 monts'],
  'call Ann 31 April': ['31 April'],
  'call Ann 29 Feb 2027': ['29 Feb 2027'],
  'call Ann 30.2.2027': ['30.2.2027'],
  'call Ann at 25:00': ['at 25:00'],
  'call Ann half nine': ['half nine'],
  'call Ann after Friday': ['after Friday'],
  'ask about last Monday': ['last Monday'],
  'call Ann Q2': ['Q2'],
  'call Ann later': ['later'],
  'call Ann in 99999999 days': ['in 99999999 days'],
}

const months =
  'January February March April May June July August September October November December'.split(' ')
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
const firstDay = Date.UTC(2026, 10, 21)
/** Days and times as people write them, anywhere in a line. */
const writtenDays = fc
  .record({
    ahead: fc.integer({ min: 0, max: 2000 }),
    minutes: fc.option(fc.integer({ min: 0, max: 1439 })),
    day: fc.nat(7),
    clock: fc.nat(4),
    around: fc.nat(2),
  })
  .map(({ ahead, minutes, day, clock, around }) => {
    const date = new Date(firstDay + ahead * 86_400_000)
    const [year, month, number] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
    const name = months[month] ?? ''
    const days = [
      `${number} ${name} ${year}`,
      `${name} ${number}, ${year}`,
      `${number}.${month + 1}.${year}`,
      date.toISOString().slice(0, 10),
      `${weekdays[date.getUTCDay()]}, ${number} ${name.slice(0, 3)} ${year}`,
      `the ${number}${['th', 'st', 'nd', 'rd'][number % 10 > 3 || [11, 12, 13].includes(number) ? 0 : number % 10]} of ${name} ${year}`,
      `in ${ahead + 1} days`,
      `${month + 1}/${number}/${year}`,
    ]
    const hour = Math.floor((minutes ?? 0) / 60)
    const minute = String((minutes ?? 0) % 60).padStart(2, '0')
    const clocks = [
      `at ${String(hour).padStart(2, '0')}:${minute}`,
      `at ${hour % 12 || 12}:${minute}${hour < 12 ? 'am' : 'pm'}`,
      `${hour}h${minute}`,
      `at ${String(hour).padStart(2, '0')}.${minute}`,
      `at ${String(hour).padStart(2, '0')}${minute}`,
    ]
    const time = minutes === null ? '' : ` ${clocks[clock]}`
    const phrase = `${days[day]}${time}`
    return {
      text:
        [`send samples ${phrase}`, `${phrase} send samples`, `send ${phrase} samples`][around] ??
        '',
      wallTime:
        date.toISOString().slice(0, 10) +
        (minutes === null ? '' : `T${String(hour).padStart(2, '0')}:${minute}`),
    }
  })

/** Lines with a number that could be a year, and is none that anybody means. */
const oddYears = [
  'in Q1 0012',
  'first Monday of January 0012',
  'mid January 0000',
  'call 24.12.0012',
  'end of January 9999',
  'January 0000',
  '5-March 44 BE',
  '5 March 44 BC',
  'call 0001-01-01 10:00 UTC',
  'call 12/31/9999 5pm EST',
  'every week until 0001-01-01',
  'every week until 12/31/9999',
]

const anyWords =
  'in at the of 3 12 9 0012 9999 2028 44 BE mid end march May monday next week Q2 half past to 15h30 24.12. a 5pm 2 days business day remind me every until noon , . @ ! - call Ann tomorrow later 31 April'.split(
    ' ',
  )
const anyTexts = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 500 }),
  fc
    .array(fc.constantFrom(...anyWords), { minLength: 1, maxLength: 90 })
    .map((parts) => parts.join(' ')),
  fc
    .tuple(fc.constantFrom(...anyWords), fc.constantFrom('', ' ', ', '))
    .map(([word, gap]) => `${word}${gap}`.repeat(250)),
)

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

  test('marks what looks like a time and was not read, and makes no time up for it', async () => {
    const { client } = await openTestCore()
    for (const [text, marked] of Object.entries(unread)) {
      for (const line of [text, `remind me to ${text}`]) {
        const entry = await client.agenda.parse({ text: line })
        expect
          .soft([line, entry.kind, entry.wallTime, entry.unread.map((one) => one.text)])
          .toEqual([line, 'task', null, marked])
        expect.soft(entry.title.toLowerCase()).toBe(text.toLowerCase())
      }
    }
    const task = await client.agenda.quickAdd({ text: 'remind me to call Ann after Easter' })
    expect(task).toMatchObject({ kind: 'task', title: 'Call Ann after Easter' })
    expect(await client.tasks.get({ id: task.id })).toMatchObject({ dueAt: null })
    expect(await client.agenda.parse({ text: 'remind me tomorrow after lunch' })).toMatchObject({
      kind: 'task',
      wallTime: '2026-11-21',
    })
    expect(
      (await client.agenda.parse({ text: 'call Ann tomorrow about march plans' })).unread,
    ).toEqual([])
  })

  test('counts working days by the hours and days off of the one who writes', async () => {
    const { client } = await openTestCore()
    await client.workingHours.daysOff.add({ from: '2026-11-23', to: '2026-11-24', name: 'Offsite' })
    await client.workingHours.daysOff.add({ from: '2027-03-01', name: 'Founding day' })
    const when = async (text: string) => (await client.agenda.parse({ text })).wallTime
    expect(await when('call in 1 business day')).toBe('2026-11-25')
    expect(await when('call early next week')).toBe('2026-11-25')
    expect(await when('call in March')).toBe('2027-03-02')
  })

  test('reads any day back from the ways people write it, whatever is around it', async () => {
    const { client } = await openTestCore()
    await fc.assert(
      fc.asyncProperty(writtenDays, async ({ text, wallTime }) => {
        const entry = await client.agenda.parse({ text })
        expect([text, entry.wallTime, entry.title, entry.unread]).toEqual([
          text,
          wallTime,
          'Send samples',
          [],
        ])
      }),
      { numRuns: 300 },
    )
  })

  test('takes no number of four digits for a year that nobody means', async () => {
    const { client } = await openTestCore()
    const read = async (text: string) => {
      const { wallTime, unread } = await client.agenda.parse({ text })
      return [wallTime, unread.map(({ text }) => text)]
    }
    expect(await read('call Ann end of March 0900')).toEqual(['2027-03-31T09:00', []])
    expect(await read('call Ann in March 1530')).toEqual(['2027-03-01T15:30', []])
    expect(await read('call Ann end of March 2028')).toEqual(['2028-03-31', []])
    for (const text of ['call 0001-01-01', 'call 12/31/9999', 'call 24.12.9999'])
      expect(await read(text)).toEqual([null, [text.slice(5)]])
    for (const text of oddYears) {
      const { wallTime } = await client.agenda.parse({ text })
      expect([text, wallTime?.slice(0, 2) ?? '20']).toEqual([text, '20'])
      await client.agenda.quickAdd({ text })
    }
  })

  test('takes any text, at once, and keeps every word that it did not read, in order', async () => {
    const { client } = await openTestCore()
    await fc.assert(
      fc.asyncProperty(anyTexts, async (given) => {
        const text = given.trim().slice(0, 500).trim()
        if (text === '') return
        let entry = await client.agenda.parse({ text: 'call' })
        const effort = await processorTime(async () => {
          entry = await client.agenda.parse({ text })
        })
        expect(effort).toBeLessThan(2000)
        // Letters and digits of the title are those of the text, in its order.
        const plain = (one: string) =>
          one
            .toUpperCase()
            .toLowerCase()
            .replace(/[^\p{L}\p{N}]/gu, '')
        let at = 0
        const source = plain(text)
        for (const letter of plain(entry.title)) {
          at = source.indexOf(letter, at) + 1
          expect([text, entry.title, at > 0]).toEqual([text, entry.title, true])
        }
        for (const { from, to, text: marked } of entry.unread)
          expect([from < to, text.slice(from, to)]).toEqual([true, marked])
      }),
      { numRuns: 200 },
    )
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

test('A record in front is named only to whoever sees it', async () => {
  const { client, addUser } = await openTestCore()
  const rita = await addUser('Rita', 'rep')
  const lead = await client.leads.create({ title: 'Secret deal' })
  const customer = await client.customers.create({ name: 'Secret customer' })
  const input = { text: 'call tomorrow', leadId: lead.id, customerId: customer.id }
  expect(await rita.client.agenda.parse(input)).toMatchObject({ lead: null, customer: null })
  expect(await client.agenda.parse(input)).toMatchObject({
    lead: { name: 'Secret deal' },
    customer: { name: 'Secret customer' },
  })
})
