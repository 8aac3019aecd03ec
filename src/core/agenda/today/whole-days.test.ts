import { describe, expect, test } from 'vitest'
import { instantOf } from '../../kernel/time/wall-time'
import { openTestCore } from '../../testing/testing'

/** The tenth as a task and as a meeting, planned in one zone and looked at by somebody in another. */
async function planned({ zone, viewer }: { zone: string; viewer: string }) {
  const test = await openTestCore()
  const { client, owner } = test
  await client.users.update({ id: owner.userId, timezone: viewer })
  const task = await client.tasks.create({ title: 'Offer', wallTime: '2026-12-10', zone })
  const begin = new Date(`2026-12-10T00:00:00Z`)
  const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .format(begin)
    .match(/GMT([+-]\d\d):(\d\d)/)
  const minutes = offset
    ? Number(offset[1]) * 60 + Math.sign(Number(offset[1])) * Number(offset[2])
    : 0
  const meeting = await client.activities.create({
    type: 'meeting',
    subject: 'Fair',
    scheduledAt: new Date(begin.getTime() - minutes * 60_000).toISOString(),
    allDay: true,
    zone,
  })
  return { ...test, task, meeting }
}

const pairs = [
  { zone: 'Europe/Lisbon', viewer: 'Europe/Lisbon' },
  { zone: 'Europe/Lisbon', viewer: 'America/Los_Angeles' },
  { zone: 'America/Los_Angeles', viewer: 'Pacific/Auckland' },
  { zone: 'Pacific/Kiritimati', viewer: 'America/Los_Angeles' },
]

test.each(pairs)('a whole day of $zone is the same day for somebody in $viewer', async (pair) => {
  const { client, clock, meeting, as, owner } = await planned(pair)
  expect(meeting.day).toBe('2026-12-10')
  const sectionsAt = async (local: string) => {
    clock.set(instantOf(local, pair.viewer))
    const { overdue, today, upcoming, counts } = await as(owner).agenda.today({})
    for (const [name, items] of Object.entries({ overdue, today, upcoming }))
      expect(counts[name as 'overdue']).toBe(items.length)
    const late = (await client.activities.overdue({})).total
    expect((await client.tasks.overdue({})).total).toBe(late)
    expect((await client.tasks.list({ due: 'today' })).total).toBe(today.length / 2)
    return {
      overdue: overdue.map(({ day }) => day),
      today: today.map(({ day, overdue }) => `${day}${overdue ? ' late' : ''}`),
      upcoming: upcoming.map(({ day }) => day),
      late,
    }
  }
  const days = ['2026-12-10', '2026-12-10']
  const none = { overdue: [], today: [], upcoming: [], late: 0 }
  expect(await sectionsAt('2026-12-09T23:50')).toEqual({ ...none, upcoming: days })
  expect(await sectionsAt('2026-12-10T00:05')).toEqual({ ...none, today: days })
  expect(await sectionsAt('2026-12-10T23:50')).toEqual({ ...none, today: days })
  expect(await sectionsAt('2026-12-11T00:05')).toEqual({ ...none, overdue: days, late: 1 })
})

test.each(pairs)(
  'the calendar of $viewer holds a whole day of $zone on that day only',
  async (pair) => {
    const { client } = await planned(pair)
    const onDay = async (from: string, to: string) =>
      (
        await client.agenda.calendar({
          from: new Date(instantOf(`${from}T00:00`, pair.viewer)).toISOString(),
          to: new Date(instantOf(`${to}T00:00`, pair.viewer)).toISOString(),
        })
      ).items.map(({ day }) => day)
    expect(await onDay('2026-12-09', '2026-12-10')).toEqual([])
    expect(await onDay('2026-12-10', '2026-12-11')).toEqual(['2026-12-10', '2026-12-10'])
    expect(await onDay('2026-12-11', '2026-12-12')).toEqual([])
  },
)

test.each(pairs)(
  'a calendar file of a day in $viewer holds the whole days of $zone',
  async (pair) => {
    const { client } = await planned(pair)
    const events = async (day: string) =>
      (await (await client.calendar.export({ from: day, to: day })).text()).match(/BEGIN:VEVENT/g)
    expect(await events('2026-12-09')).toBeNull()
    expect(await events('2026-12-10')).toHaveLength(2)
    expect(await events('2026-12-11')).toBeNull()
  },
)

test('the summary of the day names a whole day as today, whatever zone it was planned in', async () => {
  const { client, clock, core } = await planned({
    zone: 'Pacific/Auckland',
    viewer: 'America/Los_Angeles',
  })
  clock.set('2026-12-10T15:00:00Z')
  await core.tick()
  clock.set('2026-12-10T17:00:00Z')
  await core.tick()
  const { items } = await client.notifications.list({ kind: ['daily_summary'] })
  expect(items[0]?.title).toBe('Your day: 2 due today')
  expect(items[0]?.items.map(({ day }) => day)).toEqual(['2026-12-10', '2026-12-10'])
})

describe.each(pairs)('A whole day of $zone on a lead, in a workspace in $viewer', (pair) => {
  const { zone, viewer } = pair
  const leadWith = async (item: 'task' | 'meeting') => {
    const test = await openTestCore()
    const { client } = test
    await client.settings.updateWorkspace({ timezone: viewer })
    const { id } = await client.leads.create({ title: 'Acme' })
    if (item === 'task')
      await client.tasks.create({ title: 'Offer', wallTime: '2026-12-10', zone, leadId: id })
    else
      await client.activities.create({
        type: 'meeting',
        subject: 'Fair',
        scheduledAt: new Date(instantOf('2026-12-10T00:00', zone)).toISOString(),
        allDay: true,
        zone,
        leadId: id,
      })
    return { ...test, id }
  }

  test.each(['task', 'meeting'] as const)('is the next step of that day, a %s', async (item) => {
    const { client, clock, id } = await leadWith(item)
    const at = async (local: string) => {
      clock.set(instantOf(local, viewer))
      const lead = await client.leads.get({ id })
      const board = await client.pipeline.board({})
      const [card] = board.columns.flatMap(({ cards }) => cards)
      expect(card).toMatchObject({ nextStepDay: lead.nextStepDay, signal: lead.signal })
      const { total } = await client.pipeline.overview({})
      const overdue = await client.leads.list({
        filter: {
          all: [
            {
              field: 'nextStepAt',
              operator: 'less_than',
              value: new Date(clock.now()).toISOString(),
            },
          ],
        },
      })
      expect(overdue.total).toBe(total.overdue)
      return [lead.nextStepDay, lead.signal, total.overdue]
    }
    expect(await at('2026-12-09T23:50')).toEqual(['2026-12-10', 'planned', 0])
    expect(await at('2026-12-10T00:05')).toEqual(['2026-12-10', 'today', 0])
    expect(await at('2026-12-10T23:50')).toEqual(['2026-12-10', 'today', 0])
    expect(await at('2026-12-11T00:05')).toEqual(['2026-12-10', 'overdue', 1])
  })

  test('is found by its day', async () => {
    const { client, id } = await leadWith('task')
    await client.activities.create({
      type: 'meeting',
      scheduledAt: new Date(instantOf('2026-12-10T00:00', zone)).toISOString(),
      allDay: true,
      zone,
      leadId: id,
    })
    const day = (operator: 'equals' | 'less_than' | 'greater_than', value: string) =>
      (['tasks', 'activities', 'leads'] as const).map(async (list) => {
        const field = { tasks: 'dueAt', activities: 'scheduledAt', leads: 'nextStepAt' }[list]
        const filter = { all: [{ field, operator, value }] }
        return (await client[list].list({ filter })).total
      })
    const found = async (...asked: Parameters<typeof day>) => await Promise.all(day(...asked))
    expect(await found('equals', '2026-12-09')).toEqual([0, 0, 0])
    expect(await found('equals', '2026-12-10')).toEqual([1, 1, 1])
    expect(await found('equals', '2026-12-11')).toEqual([0, 0, 0])
    expect(await found('less_than', '2026-12-10')).toEqual([0, 0, 0])
    expect(await found('less_than', '2026-12-11')).toEqual([1, 1, 1])
    expect(await found('greater_than', '2026-12-09')).toEqual([1, 1, 1])
    expect(await found('greater_than', '2026-12-10')).toEqual([0, 0, 0])
    const timeline = async (on: string) =>
      (await client.activities.list({ from: on, to: on, type: ['meeting'] })).total
    expect([await timeline('2026-12-09'), await timeline('2026-12-10')]).toEqual([0, 1])
  })
})

test('a next step with a time has no day, and neither has a whole day with a due time of its own', async () => {
  const { client } = await openTestCore()
  const { id } = await client.leads.create({ title: 'Acme' })
  const { id: meeting } = await client.activities.create({
    type: 'meeting',
    leadId: id,
    scheduledAt: '2026-12-10T00:00:00Z',
    dueAt: '2026-12-11T15:00:00Z',
    allDay: true,
    zone: 'UTC',
  })
  expect(await client.leads.get({ id })).toMatchObject({
    nextStepAt: '2026-12-11T15:00:00.000Z',
    nextStepDay: null,
  })
  await client.activities.update({ id: meeting, dueAt: null })
  expect(await client.leads.get({ id })).toMatchObject({ nextStepDay: '2026-12-10' })
  await client.tasks.create({ title: 'Call', leadId: id, dueAt: '2026-12-09T10:00:00Z' })
  expect(await client.leads.get({ id })).toMatchObject({ nextStepDay: null })
})

test.each(pairs)('the history of a whole day of $zone names the day in $viewer', async (pair) => {
  const { client, task, meeting } = await planned(pair)
  await client.tasks.update({ id: task.id, wallTime: '2026-12-12' })
  await client.tasks.update({ id: task.id, dueAt: '2026-12-13T15:00:00Z' })
  await client.activities.update({
    id: meeting.id,
    scheduledAt: new Date(instantOf('2026-12-12T00:00', pair.zone)).toISOString(),
  })
  const logged = async (rowId: string, field: string) =>
    (await client.changes.list({ rowId })).items.flatMap(({ fields }) =>
      fields.filter((one) => one.field === field).map(({ before, after }) => [before, after]),
    )
  expect(await logged(task.id, 'due_at')).toEqual([
    ['2026-12-12', '2026-12-13T15:00:00.000Z'],
    ['2026-12-10', '2026-12-12'],
    [null, '2026-12-10'],
  ])
  expect(await logged(meeting.id, 'scheduled_at')).toEqual([
    ['2026-12-10', '2026-12-12'],
    [null, '2026-12-10'],
  ])
})

test.each(pairs)(
  'nobody in $viewer is notified that a whole day of $zone is still open before it is over',
  async (pair) => {
    const { client, clock, core } = await planned(pair)
    const notified = async () => (await client.notifications.list({ kind: ['overdue'] })).items
    const tickAt = async (local: string) => {
      clock.set(instantOf(local, pair.viewer))
      await core.tick()
    }
    for (const hour of ['00', '01', '02', '09', '12', '15', '18', '21', '23'])
      await tickAt(`2026-12-10T${hour}:59`)
    await tickAt('2026-12-11T00:50')
    expect(await notified()).toEqual([])
    await tickAt('2026-12-11T02:10')
    const [still] = await notified()
    expect(still).toMatchObject({ title: '2 things are still open' })
    expect(still?.items.map(({ day }) => day)).toEqual(['2026-12-10', '2026-12-10'])
  },
)

test('who starts Rapport in the morning hears of what takes the day as due, not as missed', async () => {
  const { client, clock, core } = await planned({ zone: 'Europe/Lisbon', viewer: 'Europe/Lisbon' })
  clock.set('2026-12-10T08:30:00Z')
  await core.tick()
  const { items } = await client.notifications.list({ kind: ['activity_due'] })
  expect(items.map(({ body }) => body)).toEqual(['due today'])
})
