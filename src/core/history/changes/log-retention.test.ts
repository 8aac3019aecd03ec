import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

const day = 86_400_000

/**
 * A log of so many entries, one an hour back from now, written as if by triggers.
 * @param batchOf the number of the action that an entry is part of; the newest entry is the first
 */
async function openWithLog(entries: number, batchOf = (index: number) => index) {
  const first = await openTestCore()
  const { directory, clock } = first
  await first.close()
  const file = new Database(join(directory, 'rapport.db'))
  const now = clock.now()
  const add = file.prepare(
    `insert into change (at, batch_id, door, table_name, row_id, operation, before, after)
     values (?, ?, 'api', 'task', ?, 'update', '{"title":"Before"}', '{"title":"After"}')`,
  )
  const addBatch = file.prepare(
    `insert or ignore into batch (id, at, door, kind, label) values (?, ?, 'api', 'edit', 'Change task')`,
  )
  file.transaction(() => {
    file.exec('delete from change')
    file.exec('delete from batch')
    for (let index = entries; index > 0; index--) {
      const at = now - index * 3_600_000
      addBatch.run(`batch-${batchOf(index)}`, at)
      add.run(at, `batch-${batchOf(index)}`, `row-${index}`)
    }
    // All of it was read by what notifies people of changes.
    file.exec('update change_cursor set seq = (select max(seq) from change)')
    // Somebody confirmed the clock once: that is a place among the holds, not in the log.
    file.exec(`insert into change_cursor (reader, seq) values ('told_early', 1)`)
  })()
  file.close()
  const opened = await openTestCore({ directory })
  const count = () => opened.client.changes.size().then(({ entries: left }) => left)
  const runJob = () => opened.client.jobs.run({ name: 'clean_up' })
  return { ...opened, count, runJob }
}

test('the log says how large it is, how many entries it has and since when, near the truth', async () => {
  const { client, directory, close } = await openWithLog(6000)
  const { entries, bytes, since } = await client.changes.size()
  await close()
  const file = new Database(join(directory, 'rapport.db'))
  const exact = file.prepare('select count(*) from change').pluck().get()
  const pages = file
    .prepare(
      `select sum(pgsize) from dbstat where name in ('change', 'change_row', 'change_batch')`,
    )
    .pluck()
    .get()
  file.close()
  expect(entries).toBe(exact)
  expect(bytes).toBeGreaterThan(Number(pages) * 0.7)
  expect(bytes).toBeLessThan(Number(pages) * 1.35)
  expect(since).toBe('2026-03-15T09:30:00.000Z')
})

test('entries are kept for ever unless the workspace says how long', async () => {
  const { count, runJob } = await openWithLog(12_000)
  const before = await count()
  await runJob()
  expect(await count()).toBeGreaterThanOrEqual(before)
})

test('what is older goes at night with its actions, once there is a backup; the newest stay', async () => {
  const { client, count, runJob, clock } = await openWithLog(11_000)
  await client.settings.updateWorkspace({ logDays: 90 })
  // 11,000 hours are 458 days; the newest 10,000 entries stay, whatever their age.
  await expect.poll(async () => (await client.database.backups()).length).toBeGreaterThan(0)
  clock.advance(10 * day)
  expect((await runJob()).lastRun?.result).toContain('until there is a backup')
  const before = await count()
  await client.database.backUp({})
  expect((await runJob()).lastRun?.result).toContain('Deleting log entries older than 90 days')
  await expect.poll(count).toBeLessThanOrEqual(10_100)
  expect(await count()).toBeGreaterThanOrEqual(10_000)
  expect(before).toBeGreaterThan(11_000)
  await expect
    .poll(async () => Date.parse((await client.changes.size()).since ?? ''))
    .toBeGreaterThan(clock.now() - 440 * day)
})

test('an action that the newest entries reach into stays as a whole', async () => {
  // The newest 10,000 stay: this one began long before them, among others that go.
  const isLong = (index: number) => index % 100 === 50 && index > 9000
  const { client, directory, count, runJob } = await openWithLog(11_000, (index) =>
    isLong(index) ? 0 : index,
  )
  await client.settings.updateWorkspace({ logDays: 90 })
  await client.database.backUp({})
  await runJob()
  await expect.poll(count).toBeLessThanOrEqual(10_100)
  const file = new Database(join(directory, 'rapport.db'), { readonly: true })
  const left = file.prepare(`select count(*) from change where batch_id = 'batch-0'`).pluck().get()
  file.close()
  expect(left).toBe(20)
})

test('nothing is deleted under a clock that cannot be right', async () => {
  const { client, count, runJob, clock } = await openWithLog(12_000)
  await client.settings.updateWorkspace({ logDays: 90 })
  await client.database.backUp({})
  clock.set('2099-01-01T00:00:00Z')
  await client.database.backUp({})
  const before = await count()
  await runJob()
  expect(await count()).toBeGreaterThanOrEqual(before)
})

test('a workspace keeps the log for 90 days at least', async () => {
  const { client } = await openTestCore()
  await expect(client.settings.updateWorkspace({ logDays: 30 })).rejects.toMatchObject({
    status: 400,
  })
  expect(await client.settings.updateWorkspace({ logDays: 730 })).toMatchObject({ logDays: 730 })
  expect(await client.settings.updateWorkspace({ logDays: null })).toMatchObject({ logDays: null })
})
