import BetterSqlite3 from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import { openTestCore, type TestCore } from '../../testing/testing'
import { dumpTables } from './testing'

const sources = ['Website', 'Fair', 'fair trade', undefined]
const priorities = ['low', 'medium', 'high', 'urgent'] as const

/** More than wait for each other, are read or are taken back at once, and no two alike. */
async function makeLeads({ client }: Pick<TestCore, 'client'>, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    const source = sources[index % sources.length]
    const { id } = await client.leads.create({
      title: `Lead ${index}`,
      priority: priorities[index % priorities.length] ?? 'low',
      tags: index % 3 === 0 ? ['VIP', `Tag ${index % 7}`] : [],
      ...(source && { source }),
      ...(index % 5 === 0 && { value: { amount: `${index}.50`, currency: 'USD' } }),
    })
    ids.push(id)
  }
  return ids
}

test('many leads changed at once are each as if changed alone, and go back and forth whole', async () => {
  const core = await openTestCore()
  const { client, clock, directory } = core
  const ids = await makeLeads(core, 620)
  const shown = async () => {
    const first = await client.leads.list({ limit: 500, sort: 'title' })
    const rest = await client.leads.list({
      limit: 500,
      sort: 'title',
      cursor: first.nextCursor ?? '',
    })
    return new Map([...first.items, ...rest.items].map((lead) => [lead.id, lead]))
  }
  const before = await shown()
  clock.advance(60_000)
  const states = [dumpTables(directory)]
  const patch = {
    source: 'FAIR',
    priority: 'high',
    value: { amount: '7.25', currency: 'USD' },
    expectedCloseDate: '2027-02-03',
  } as const
  // Not in the order of their ids, and one of them twice.
  const asked = [...ids].reverse()
  const target = { ids: [...asked, ids[3] ?? ''] }
  const outcome = await client.leads.bulk({ target, action: { type: 'update', patch } })
  expect(outcome).toMatchObject({ changed: 620 })
  states.push(dumpTables(directory))
  const after = await shown()
  const { updatedAt } = after.get(ids[0] ?? '') ?? {}
  for (const [id, lead] of before) {
    expect(after.get(id)).toEqual({ ...lead, ...patch, source: 'Fair', updatedAt })
    const { items } = await client.changes.list({ rowId: id, limit: 5 })
    const fields = items[0]?.fields.map(({ field }) => field) ?? []
    expect(fields.includes('priority')).toBe(lead.priority !== 'high')
    expect(fields.includes('source')).toBe(lead.source !== 'Fair')
  }
  clock.advance(60_000)
  await client.leads.bulk({ target, action: { type: 'addTags', tags: ['vip', 'new'] } })
  states.push(dumpTables(directory))
  for (const [id, lead] of before)
    expect((await client.leads.get({ id })).tags).toEqual([
      ...(lead.tags.length > 0 ? lead.tags : ['VIP']),
      'new',
    ])
  for (const state of [states[1], states[0]]) {
    await client.changes.undo({})
    expect(dumpTables(directory)).toBe(state)
  }
  for (const state of [states[1], states[2]]) {
    await client.changes.redo({})
    expect(dumpTables(directory)).toBe(state)
  }
})

test('of many leads changed at once, those that a rep may not change any more stay, and so do their entries', async () => {
  const core = await openTestCore()
  const { client, addUser } = core
  const [rita, rob] = [await addUser('Rita', 'rep'), await addUser('Rob', 'rep')]
  const ids = await makeLeads(rita, 130)
  const before = await rita.client.leads.list({ limit: 500 })
  const entries = async (leadId: string) =>
    (await client.activities.list({ leadId, category: 'system', type: ['lead_updated'] })).total
  await rita.client.leads.bulk({
    target: { ids },
    action: { type: 'update', patch: { source: 'Bulk' } },
  })
  const given = [ids[20], ids[77]].map((id) => id ?? '')
  for (const id of given) await client.leads.update({ id, ownerId: rob.id })
  const changed = ids[100] ?? ''
  await client.leads.update({ id: changed, source: 'Other' })
  const [batch] = await rita.client.changes.batches({})
  const { refused } = await rita.client.changes.undo({ batchId: batch?.id ?? '' })
  const kept = [...given, changed]
  expect(new Set(refused.map(({ rowId }) => rowId))).toEqual(new Set(kept))
  for (const lead of before.items) {
    const now = await client.leads.get({ id: lead.id })
    if (kept.includes(lead.id)) {
      expect(now.source).toBe(lead.id === changed ? 'Other' : 'Bulk')
      expect(await entries(lead.id)).toBe(lead.id === changed ? 2 : 1)
    } else {
      expect(now).toEqual(lead)
      expect(await entries(lead.id)).toBe(0)
    }
  }
})

test('taking back what was added has no prepared statement compiled again', async () => {
  const { client } = await openTestCore()
  const pragma = vi.spyOn(BetterSqlite3.prototype, 'pragma')
  const flags = () => pragma.mock.calls.filter(([source]) => /defer_foreign_keys/.test(source))
  await client.leads.create({ title: 'Solar roof' })
  await client.changes.undo({})
  expect(flags()).toEqual([])
  // Rows come back in whatever order they went.
  await client.changes.redo({})
  expect(flags()).toHaveLength(1)
  expect(await client.leads.list({})).toMatchObject({ items: [{ title: 'Solar roof' }] })
})
