import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { removeFolder } from '../testing-folder'
import { openTestCore } from './testing/testing'

function makeDirectory() {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-'))
  onTestFinished(() => removeFolder(directory))
  return directory
}

test('what was saved is there when the program starts again', async () => {
  const directory = makeDirectory()
  const first = await openTestCore({ directory })
  const lead = await first.client.leads.create({ title: 'Acme' })
  await first.close()
  const second = await openTestCore({ directory })
  expect(await second.client.leads.get({ id: lead.id })).toEqual(lead)
  expect((await second.client.users.list({})).total).toBe(1)
})

test('a second core on the same directory is refused', async () => {
  const directory = makeDirectory()
  await openTestCore({ directory })
  await expect(openTestCore({ directory })).rejects.toMatchObject({ code: 'database_locked' })
})

test('on a damaged database only its repair works, and a restore brings everything back', async () => {
  const directory = makeDirectory()
  const first = await openTestCore({ directory })
  const lead = await first.client.leads.create({ title: 'Acme' })
  const backup = await first.client.database.backUp({})
  await first.close()
  writeFileSync(join(directory, 'rapport.db'), 'no database at all')

  const damaged = await openTestCore({ directory, prepare: false })
  expect(await damaged.client.database.status()).toMatchObject({ state: 'damaged' })
  await expect(damaged.client.leads.list({})).rejects.toMatchObject({ code: 'unavailable' })
  expect((await damaged.client.database.backups()).map(({ name }) => name)).toContain(backup.name)
  await damaged.client.database.restore({ name: backup.name })
  expect(damaged.core.localActor('test').userId).toBe(first.owner.userId)
  const repaired = damaged.as(damaged.core.localActor('test'))
  expect(await repaired.leads.get({ id: lead.id })).toEqual(lead)
})

test('screens hear of every action: which rows, by whom, and whether it can be undone', async () => {
  const { client, owner } = await openTestCore()
  const events = await client.changes.events()
  const lead = await client.leads.create({ title: 'Acme' })
  expect((await events.next()).value).toMatchObject({
    label: 'Create lead “Acme”',
    userId: owner.userId,
    door: 'test',
    undoable: true,
    tables: { lead: [lead.id], activity: [expect.any(String)] },
  })
  await client.changes.undo({})
  expect((await events.next()).value).toMatchObject({ kind: 'undo', undoable: false })
  await events.return(undefined)
})

test('whoever has read before the feed began can tell whether something changed since', async () => {
  const { client } = await openTestCore()
  const position = async () => (await client.database.status()).feedPosition
  const before = await position()
  await client.leads.list({})
  expect(await position()).toBe(before)
  await client.leads.create({ title: 'Acme' })
  expect(await position()).not.toBe(before)
})

test('an action that changes nothing leaves no trace', async () => {
  const { client } = await openTestCore()
  const { id } = await client.leads.create({ title: 'Acme' })
  const before = await client.changes.list({})
  await client.leads.update({ id, title: 'Acme' })
  expect(await client.changes.list({})).toEqual(before)
})

test('the trash keeps records for its days, then lets go: activities stay, without their link', async () => {
  const directory = makeDirectory()
  const first = await openTestCore({ directory })
  const company = await first.client.companies.create({ name: 'Acme' })
  const call = await first.client.activities.create({ type: 'call', companyId: company.id })
  await first.client.companies.remove({ id: company.id })
  await first.close()
  const soon = await openTestCore({ directory, start: '2026-12-19T00:00:00Z' })
  expect((await soon.client.trash.list({})).total).toBe(1)
  await soon.close()
  const late = await openTestCore({ directory, start: '2026-12-21T00:00:00Z' })
  // Not before today's backup has them.
  await vi.waitFor(async () => expect((await late.client.trash.list({})).total).toBe(0), 20_000)
  expect(await late.client.activities.get({ id: call.id })).toMatchObject({ company: null })
})
