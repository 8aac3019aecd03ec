/** What was missed, announced late or too early: one thing is announced once, and at its time. */
import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

type Opened = Awaited<ReturnType<typeof openTestCore>>
const hour = 3_600_000
const day = 24 * hour

const titles = async ({ client }: Pick<Opened, 'client'>) =>
  (await client.notifications.list({ limit: 100 })).items.map(({ title }) => title)

test('A thing missed alone is announced once, and not again as still open', async () => {
  const opened = await openTestCore()
  const { client, core, clock } = opened
  await core.tick()
  await client.tasks.create({ title: 'Single', dueAt: '2026-11-20T11:00:00Z' })
  for (const time of ['12:20', '13:00', '14:00', '15:00']) {
    clock.set(`2026-11-20T${time}:00Z`)
    await core.tick()
  }
  expect(await titles(opened)).toEqual(['Single'])
})

test('What fell due while the machine slept in the middle of a tick comes as missed, in one digest', async () => {
  const opened = await openTestCore()
  const { client, core, clock } = opened
  await core.tick()
  for (const title of ['Acme', 'Globex', 'Initech', 'Umbrella', 'Hooli'])
    await client.tasks.create({ title, dueAt: '2026-11-20T11:00:00Z' })
  const ticking = core.tick()
  clock.set('2026-11-20T13:30:00Z')
  await ticking
  await core.tick()
  expect(await titles(opened)).toEqual(['5 things fell due while you were away'])
})

test('A task and its reminder that were both missed are one thing, in what was missed and in what is still open', async () => {
  const opened = await openTestCore()
  const { client, core, clock } = opened
  await core.tick()
  await client.tasks.create({
    title: 'Offer',
    dueAt: '2026-11-20T11:00:00Z',
    reminderMinutes: [60, 15],
  })
  clock.set('2026-11-20T12:20:00Z')
  await core.tick()
  clock.set('2026-11-20T13:00:00Z')
  await core.tick()
  expect(await titles(opened)).toEqual(['Offer'])
})

test('What was announced in time and is open an hour later is announced once more, its reminder not beside it', async () => {
  const opened = await openTestCore()
  const { client, core, clock } = opened
  await core.tick()
  await client.tasks.create({
    title: 'Offer',
    dueAt: '2026-11-20T11:00:00Z',
    reminderMinutes: [0],
  })
  for (const time of ['11:00', '12:30', '13:00']) {
    clock.set(`2026-11-20T${time}:00Z`)
    await core.tick()
  }
  expect(await titles(opened)).toEqual(['Still open: Offer', 'Offer'])
})

test.each([
  ['2026-11-21T11:59:00Z', 1, null],
  ['2026-11-21T23:45:00Z', 0, 'Skipped for 1 person: it was past noon.'],
])('The summary of the day that is made up for at %s comes %i times', async (at, times, words) => {
  const opened = await openTestCore()
  const { client, core, clock } = opened
  await core.tick()
  await client.tasks.create({ title: 'Offer', dueAt: '2026-11-20T11:00:00Z' })
  clock.set(at)
  await core.tick()
  const summaries = (await client.notifications.list({ kind: ['daily_summary'] })).items
  expect(summaries.map(({ title }) => title)).toEqual(Array(times).fill('Your day: 1 overdue'))
  const [run] = await client.jobs.runs({ name: 'daily_summary' })
  if (words) expect(run?.result).toBe(words)
})

test.each([3 * hour, 4 * day, 90 * day, 70 * 365 * day])(
  'What was announced while the clock was %i ms ahead is announced again at its time, once',
  async (jump) => {
    const opened = await openTestCore()
    const { client, core, clock } = opened
    await core.tick()
    const right = clock.now()
    const at = new Date(right + 2.5 * hour).toISOString()
    await client.reminders.create({ notes: 'Call Jane', remindAt: at })
    await client.tasks.create({ title: 'Offer', dueAt: at })
    clock.set(right + jump)
    await core.tick()
    clock.set(right)
    await core.tick()
    clock.set(at)
    // Where it was off by decades somebody says that it is right now.
    if ((await client.holds.status()).holds.length > 0) await client.holds.clockIsRight({})
    await core.tick()
    await core.tick()
    const due = (await client.notifications.list({ unread: true })).items.filter(
      ({ subject }) => subject !== null,
    )
    expect(due.map(({ title }) => title).toSorted()).toEqual(['Call Jane', 'Offer'])
  },
)

test.each([-3 * day, 200 * day])(
  'What comes after somebody confirmed a clock that had moved by %i ms is announced once',
  async (jump) => {
    const opened = await openTestCore()
    const { client, core, clock } = opened
    await core.tick()
    clock.advance(jump)
    await core.tick()
    await client.holds.clockIsRight({})
    await core.tick()
    await client.reminders.create({
      notes: 'Call Jane',
      remindAt: new Date(clock.now() + 5 * hour).toISOString(),
    })
    clock.advance(5 * hour)
    await core.tick()
    clock.advance(15_000)
    await core.tick()
    expect((await titles(opened)).filter((title) => title === 'Call Jane')).toHaveLength(1)
  },
)

test('A snooze of ten minutes on a day to come is over ten minutes after the clock is right again', async () => {
  const opened = await openTestCore()
  const { client, core, clock } = opened
  const right = clock.now()
  const { id } = await client.reminders.create({
    notes: 'Call Jane',
    remindAt: new Date(right + hour).toISOString(),
  })
  clock.set(right + 30 * day)
  await core.tick()
  await client.reminders.snooze({
    id,
    until: new Date(clock.now() + 600_000).toISOString(),
  })
  clock.set(right + 2 * hour)
  if ((await client.holds.status()).holds.length > 0) await client.holds.clockIsRight({})
  await core.tick()
  expect((await client.reminders.get({ id })).snoozedUntil).toBe(
    new Date(right + 2 * hour + 600_000).toISOString(),
  )
})

test('What no browser collects expires, and goes with the years', async () => {
  const opened = await openTestCore()
  const { client, core, clock } = opened
  const rep = await opened.addUser('Rep', 'rep')
  for (let index = 0; index < 5; index++) {
    await client.tasks.create({
      title: `Task ${index}`,
      assigneeId: rep.id,
      dueAt: new Date(clock.now()).toISOString(),
    })
    await core.tick()
  }
  const waiting = async () =>
    (await client.notifications.deliveries.list({ state: ['waiting', 'taken'] })).total
  expect(await waiting()).toBeGreaterThan(0)
  clock.advance(day)
  await client.jobs.run({ name: 'clean_up' })
  expect(await waiting()).toBe(0)
  for (let years = 0; years < 4; years++) {
    clock.advance(150 * day)
    expect((await client.holds.status()).holds).toEqual([])
    await client.jobs.run({ name: 'clean_up' })
  }
  expect((await client.notifications.deliveries.list({})).total).toBe(0)
  expect((await rep.client.notifications.list({ kind: ['task_due'] })).total).toBe(0)
})

test('Old records stay while nobody knows whether the clock is right', async () => {
  const { client, clock } = await openTestCore()
  await client.notifications.settings.test({ channel: 'in_app' })
  await client.notifications.readAll({})
  clock.advance(70 * 365 * day)
  const { lastRun } = await client.jobs.run({ name: 'clean_up' })
  expect(lastRun?.result).toContain('Nothing was deleted: the clock may be wrong.')
  expect((await client.notifications.list({})).total).toBe(1)
})
