import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { listBackups } from '../../kernel/file/backup'
import { openTestCore } from '../../testing/testing'

const day = 86_400_000

/** A company in the trash, and a core that is opened again after some days. */
async function openLater(days: number) {
  const first = await openTestCore()
  const { directory } = first
  const company = await first.client.companies.create({ name: 'Acme' })
  await first.client.companies.remove({ id: company.id })
  await first.close()
  const start = new Date(first.clock.now() + days * day).toISOString()
  const core = await openTestCore({ directory, start, prepare: false })
  const trashed = async () => (await core.client.trash.list({})).total
  /** Until today's backup is there and what follows it is done. */
  const backedUp = () =>
    vi.waitFor(
      async () => expect(listBackups(directory)[0]).toMatchObject({ reason: 'daily', at: start }),
      { timeout: 20_000 },
    )
  return { ...core, directory, trashed, backedUp }
}

test('The trash is emptied of what expired once today’s backup has it', async () => {
  const { directory, trashed, backedUp } = await openLater(31)
  await backedUp()
  await vi.waitFor(async () => expect(await trashed()).toBe(0), { timeout: 20_000 })
  expect(listBackups(directory)[0]?.verified).toBe(true)
})

test('A start under a clock decades ahead deletes nothing until somebody says that it is right', async () => {
  const { client, trashed, backedUp } = await openLater(73 * 365)
  await backedUp()
  await client.jobs.run({ name: 'clean_up' })
  expect(await trashed()).toBe(1)
  await client.holds.clockIsRight({})
  await client.jobs.run({ name: 'clean_up' })
  expect(await trashed()).toBe(0)
})

test('What no backup has is not deleted for good, and backups that are gone do not count', async () => {
  const { client, clock, directory, trashed, backedUp } = await openLater(1)
  await backedUp()
  const later = await client.companies.create({ name: 'Later' })
  await client.companies.remove({ id: later.id })
  clock.advance(60 * day)
  rmSync(join(directory, 'backups', listBackups(directory)[0]?.name ?? ''))
  await client.jobs.run({ name: 'clean_up' })
  expect(await trashed()).toBe(2)
})
