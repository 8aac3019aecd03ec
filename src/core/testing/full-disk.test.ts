/** What happens when the disk is full, and that everything continues once there is room again. */
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import BetterSqlite3 from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createAreas } from '../assembly/areas'
import { createRouter, type Router } from '../assembly/router'
import { createLive } from '../kernel/change-log/live'
import { csv } from '../transfer/testing'
import { mountSmallDisk } from './disk'
import { accountAt, openPostOffice } from './mail'
import { openTestCore, silentHost } from './testing'

/** A core whose database may not grow while the test says so: SQLite says the same as on a full disk. */
async function openCramped() {
  const { directory, clock, owner } = await openTestCore()
  const connection = new BetterSqlite3(join(directory, 'rapport.db'))
  connection.pragma('foreign_keys = on')
  const reports: unknown[] = []
  const live = createLive()
  const areas = createAreas(connection, {
    clock,
    live,
    directory,
    host: silentHost,
    report: (error) => reports.push(error),
  })
  const router = createRouter(
    () => areas,
    () => {
      throw new Error('not asked for here')
    },
  )
  const client = createRouterClient<Router, Record<never, never>>(router, {
    context: { actor: owner },
  })
  onTestFinished(async () => {
    areas.kernel.storage.stop()
    await Promise.all([areas.imports.close(), areas.exports.close()])
    await areas.outbox.close()
    connection.close()
  })
  return {
    areas,
    client,
    live,
    reports,
    fill: () =>
      void connection.pragma(
        `max_page_count = ${connection.pragma('page_count', { simple: true })}`,
      ),
    free: () => void connection.pragma('max_page_count = 1000000'),
  }
}

const long = 'A long text. '.repeat(3000)

test('a write that finds no room is refused with 507 and words, is not half there, and works once there is room', async () => {
  const { areas, client, live, fill, free } = await openCramped()
  const heard: string[] = []
  live.listen(({ tables }) => heard.push(...Object.keys(tables)))
  const { storage } = areas.kernel
  expect(storage.trouble()).toBeNull()
  fill()
  const create = () => client.companies.create({ name: 'Acme', description: long })
  await expect(create()).rejects.toMatchObject({
    code: 'disk_full',
    status: 507,
    message: expect.stringContaining('Free some space'),
  })
  expect((await client.companies.list({})).total).toBe(0)
  expect(storage.isKnown()).toBe(true)
  expect(heard).toEqual(['storage'])
  free()
  expect(storage.trouble()).toBeNull()
  expect(heard).toEqual(['storage', 'storage'])
  await create()
  expect((await client.companies.list({})).total).toBe(1)
})

test('a mail that went out while the disk was full is written down as sent afterwards, and never sent twice', async () => {
  const office = await openPostOffice()
  const { areas, client, reports, fill, free } = await openCramped()
  await client.mail.accounts.create(accountAt(office))
  const jane = await client.contacts.create({ firstName: 'Jane', email: 'jane@acme.example' })
  const { id } = await client.outbox.create({
    contactId: jane.id,
    subject: 'Your offer',
    body: `Dear Jane,\n${long}`,
  })
  const { mail } = areas
  const deliver = mail.deliver
  mail.deliver = async (...given) => {
    fill()
    return await deliver(...given)
  }
  await client.outbox.approve({ id, now: true })
  await areas.outbox.sendDue().catch(() => {})
  expect(office.letters).toHaveLength(1)
  expect((await client.outbox.get({ id })).state).toBe('sending')
  await areas.outbox.sendDue().catch(() => {})
  expect(office.letters).toHaveLength(1)

  free()
  expect(areas.kernel.storage.trouble()).toBeNull()
  await areas.outbox.sendDue()
  expect((await client.outbox.get({ id })).state).toBe('sent')
  expect(office.letters).toHaveLength(1)
  expect(reports.length).toBeLessThan(3)
})

test('an import that fills the disk pauses, and continues by itself to its end', async () => {
  const disk = mountSmallDisk(96)
  const { client } = await openTestCore(disk ? { directory: disk.directory } : {})
  const file = csv(
    `id,title\n${Array.from({ length: 2000 }, (_, index) => `${index},Lead ${index}`).join('\n')}`,
  )
  const { importId } = await client.transfer.start({ kind: 'leads', file })
  await expect
    .poll(async () => (await client.transfer.get({ importId })).rows, { interval: 1 })
    .toBeGreaterThan(0)
  disk?.fill()
  if (disk) {
    await expect.poll(async () => (await client.database.status()).storage).toBe('full')
    await expect(
      client.companies.create({ name: 'Acme', description: long }),
    ).rejects.toMatchObject({
      code: 'disk_full',
    })
    expect((await client.leads.list({ limit: 1 })).items).toHaveLength(1)
    disk.free()
    await expect.poll(async () => (await client.database.status()).storage).toBe('ok')
  }
  await expect.poll(async () => (await client.transfer.get({ importId })).state).toBe('done')
  expect((await client.leads.list({ limit: 1 })).total).toBe(2000)
})

test('a check that fills the disk begins again, and counts every row once', async () => {
  const { areas, client, fill, free } = await openCramped()
  const rows = Array.from(
    { length: 50_000 },
    (_, index) => `Lead ${index},ten,${long.slice(0, 300)}`,
  )
  const file = csv(`title,value,notes\n${rows.join('\n')}`)
  const mapping = { title: ['title'], value: ['value'] }
  const { database } = areas.kernel
  const { transaction } = database
  // Full as soon as some of the refused rows are kept.
  database.transaction = (work) => {
    const result = transaction(work)
    if (database.get('select 1 from import_rejection')) fill()
    return result
  }
  const { importId } = await client.transfer.start({ kind: 'leads', file, mapping, dryRun: true })
  const check = async () => await client.transfer.get({ importId })
  await expect.poll(() => areas.kernel.storage.isKnown()).toBe(true)
  expect(await check()).toMatchObject({ state: expect.stringMatching(/checking|interrupted/) })
  expect((await check()).rejected).toBeGreaterThan(0)
  database.transaction = transaction
  free()
  expect(areas.kernel.storage.trouble()).toBeNull()
  await expect.poll(async () => (await check()).state, { timeout: 30_000 }).toBe('checked')
  expect(await check()).toMatchObject({ rows: 50_000, rejected: 50_000 })
  const kept = await (await client.transfer.rejected({ importId })).text()
  expect(kept.trim().split('\r\n')).toHaveLength(50_001)
}, 60_000)

test('a data folder that cannot be written to says so', async () => {
  const { areas, client } = await openCramped()
  areas.kernel.database.connection.pragma('query_only = on')
  await expect(client.companies.create({ name: 'Acme' })).rejects.toMatchObject({
    code: 'not_writable',
    status: 507,
  })
  areas.kernel.database.connection.pragma('query_only = off')
  await client.companies.create({ name: 'Acme' })
})
