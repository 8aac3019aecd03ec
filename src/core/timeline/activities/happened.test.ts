import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

const later = '2030-05-01T09:00:00.000Z'

test('what has happened is in the past at every door, within what clocks differ by', async () => {
  const { client } = await openTestCore()
  const refused = { status: 400, data: { issues: [{ path: 'occurredAt' }] } }
  await expect(client.activities.create({ type: 'call', occurredAt: later })).rejects.toMatchObject(
    refused,
  )
  await expect(
    client.activities.createMany({ activities: [{ type: 'call', occurredAt: later }] }),
  ).rejects.toMatchObject({ status: 400 })
  const { id } = await client.activities.create({
    type: 'call',
    occurredAt: '2026-11-20T09:32:00.000Z',
  })
  await expect(client.activities.update({ id, occurredAt: later })).rejects.toMatchObject(refused)
  expect((await client.activities.create({ type: 'call', scheduledAt: later })).scheduledAt).toBe(
    later,
  )
})

test('what is stored as having happened in the future sets no last activity and hides no silence', async () => {
  const { directory, client, clock, stage } = await openTestCore()
  const company = await client.companies.create({ name: 'Acme' })
  const contact = await client.contacts.create({ lastName: 'Ann', companyId: company.id })
  const lead = await client.leads.create({
    title: 'Renewal',
    companyId: company.id,
    contactId: contact.id,
  })
  const call = await client.activities.create({ type: 'call', leadId: lead.id })
  await client.pipeline.stages.update({ id: (await stage('New')).id, rottingDays: 5 })
  // Another program writes what no door takes.
  const file = new BetterSqlite3(join(directory, 'rapport.db'))
  file.prepare('update activity set occurred_at = ? where id = ?').run(Date.parse(later), call.id)
  file.close()
  const { at } = await client.activities.create({ type: 'call', leadId: lead.id })
  const lastOf = async () => [
    (await client.leads.get({ id: lead.id })).lastActivityAt,
    (await client.companies.get({ id: company.id })).lastActivityAt,
    (await client.contacts.get({ id: contact.id })).lastActivityAt,
    (await client.activities.stats({})).byUser[0]?.lastAt,
  ]
  expect(await lastOf()).toEqual([at, at, at, at])
  clock.set('2026-11-28T09:30:00Z')
  expect((await client.leads.get({ id: lead.id })).rotting).toBe(true)
})

test('what is only planned is nobody’s last activity', async () => {
  const { client } = await openTestCore()
  await client.activities.create({ type: 'call', scheduledAt: '2026-11-26T09:00:00Z' })
  const count = async (input = {}) => (await client.activities.stats(input)).byUser[0]
  expect(await count()).toMatchObject({ count: 1, lastAt: null })
  expect(await count({ from: '2026-11-01', to: '2026-11-30' })).toMatchObject({ lastAt: null })
  const { at } = await client.activities.create({ type: 'call' })
  expect(await count()).toMatchObject({ count: 2, lastAt: at })
  expect(await count({ from: '2026-11-01', to: '2026-11-30' })).toMatchObject({ lastAt: at })
})
