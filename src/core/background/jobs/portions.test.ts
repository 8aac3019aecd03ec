/** The thread always answers: what runs by itself does a few things at a time, and calls are answered in between. */
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createPortions, portionLength } from '../../kernel/portions/portions'
import { openSecondProgram } from '../../testing/second'
import { openTestCore } from '../../testing/testing'

const hour = 3_600_000

/** A core whose portions have time for as many units of work as they are long, in milliseconds. */
async function open() {
  let time = 0
  const core = await openTestCore({ portions: createPortions(() => time++) })
  const { database } = openSecondProgram(core).kernel
  /** What calls in between find, for as long as the work lasts. */
  async function seenDuring(work: Promise<unknown>, sql: string): Promise<number[]> {
    const seen: number[] = []
    let isOver = false
    const ending = work.finally(() => {
      isOver = true
    })
    while (!isOver) {
      await core.client.agenda.counts({})
      seen.push(Number(database.value(sql)))
      await turn()
    }
    await ending
    seen.push(Number(database.value(sql)))
    return seen
  }
  return { ...core, database, seenDuring }
}

/** By how much a count differs from the one before it. */
const steps = (seen: number[]) =>
  seen.slice(1).map((count, index) => Math.abs(count - (seen[index] ?? 0)))

test('calls are answered while very much falls due at once, and it comes as one digest', async () => {
  const { client, clock, core, seenDuring } = await open()
  await core.tick()
  for (let index = 0; index < 60; index++)
    await client.tasks.create({ title: `Task ${index}`, dueAt: '2026-11-20T11:00:00Z' })
  clock.advance(3 * hour)
  const seen = await seenDuring(
    core.tick(),
    'select count(*) from task where notified_for is not null',
  )
  expect(new Set(seen).size).toBeGreaterThan(60 / portionLength / 2)
  expect(Math.max(...steps(seen))).toBeLessThanOrEqual(2 * portionLength)
  expect(seen.at(-1)).toBe(60)
  const { items } = await client.notifications.list({})
  expect(items.map(({ title }) => title)).toEqual(['60 things fell due while you were away'])
  expect(items[0]?.items).toHaveLength(50)
})

test('what somebody completes while very much is announced is not announced any more', async () => {
  const { client, clock, core, database } = await open()
  await core.tick()
  const ids: string[] = []
  for (let index = 0; index < 60; index++)
    ids.push(
      (await client.tasks.create({ title: `Task ${index}`, dueAt: '2026-11-20T11:00:00Z' })).id,
    )
  clock.advance(3 * hour)
  const ticking = core.tick()
  while (!database.value('select 1 from task where notified_for is not null')) await turn()
  // The latest come first: this one is still to come.
  await client.tasks.update({ id: ids[0] ?? '', status: 'completed' })
  await ticking
  const { items } = await client.notifications.list({})
  expect(items.map(({ title }) => title)).toEqual(['59 things fell due while you were away'])
})

test('the summary of the day goes to a few people at a time, whole for each', async () => {
  const { client, clock, core, addUser, seenDuring } = await open()
  const people: string[] = []
  for (let index = 0; index < 20; index++) {
    const { id } = await addUser(`Person ${index}`, 'rep')
    people.push(id)
    for (const title of ['Call', 'Write'])
      await client.tasks.create({ title, assigneeId: id, dueAt: '2026-11-21T15:00:00Z' })
  }
  await core.tick()
  clock.set('2026-11-21T08:30:00Z')
  const seen = await seenDuring(
    client.jobs.run({ name: 'daily_summary' }),
    `select count(*) from notification where kind = 'daily_summary'`,
  )
  expect(new Set(seen).size).toBeGreaterThan(2)
  expect(Math.max(...steps(seen))).toBeLessThanOrEqual(2 * portionLength)
  expect(seen.at(-1)).toBe(20)
})

test('plans are looked after a few at a time, and closing the core ends that after a portion', async () => {
  const { client, clock, close, core, database, seenDuring } = await open()
  const cadence = await client.cadences.create({ name: 'Chase' })
  await client.cadences.setSteps({
    id: cadence.id,
    steps: [
      { type: 'call', delay: 1, delayUnit: 'days', missed: 'move' },
      { type: 'call', delay: 1, delayUnit: 'days', missed: 'move' },
    ],
  })
  await client.cadences.update({ id: cadence.id, state: 'active' })
  const leadIds: string[] = []
  for (let index = 0; index < 40; index++)
    leadIds.push((await client.leads.create({ title: `Lead ${index}` })).id)
  await client.plans.createMany({ cadenceId: cadence.id, target: { leadIds } })
  clock.advance(10 * 24 * hour)
  const moved = `select count(*) from plan where wake_at > ${clock.now()}`
  const seen = await seenDuring(client.jobs.run({ name: 'plan_steps' }), moved)
  expect(new Set(seen).size).toBeGreaterThan(40 / portionLength / 2)
  expect(Math.max(...steps(seen))).toBeLessThanOrEqual(2 * portionLength)
  expect(seen.at(-1)).toBe(40)

  clock.advance(10 * 24 * hour)
  const left = `select count(*) from plan where wake_at <= ${clock.now()}`
  const running = core.tick()
  await turn()
  await turn()
  expect(Number(database.value(left))).toBeGreaterThan(0)
  await close()
  await running
})

test('calls are answered while the trash is emptied of very much, which is one action and goes on record once', async () => {
  const { client, clock, database, seenDuring } = await open()
  for (let index = 0; index < 70; index++) {
    const { id } = await client.tasks.create({ title: `Task ${index}` })
    await client.tasks.remove({ id })
  }
  await client.database.backUp({})
  clock.advance(31 * 24 * hour)
  const seen = await seenDuring(
    client.jobs.run({ name: 'clean_up' }),
    'select count(*) from task where deleted_at is not null',
  )
  expect(new Set(seen).size).toBeGreaterThan(2)
  expect(seen.at(-1)).toBe(0)
  const batches = `select count(*) from batch where label = 'Empty the trash of expired records'`
  expect(database.value(batches)).toBe(1)
  const records = `select count(*) as records, count(distinct row_id) as rows from erasure where reason = 'expired'`
  expect(database.get(records)).toEqual({ records: 70, rows: 70 })
})
