import { getTableName } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { schema } from '../../assembly/schema'
import { openTestCore } from '../../testing/testing'

test('The change log is read whole, whatever was changed, with names instead of ids', async () => {
  const { client } = await openTestCore()
  await client.settings.sample.load({})
  const lead = (await client.leads.list({ limit: 1, status: 'open' })).items[0]
  if (!lead) throw new Error('The sample has no open lead.')
  const task = await client.tasks.create({
    title: 'Send the offer',
    dueAt: '2026-11-21T09:00:00Z',
    leadId: lead.id,
    reminderMinutes: [60],
  })
  const labels = new Map<string, unknown>()
  let cursor: string | undefined
  do {
    const page = await client.changes.list({ limit: 100, ...(cursor && { cursor }) })
    for (const { table, rowId, fields } of page.items)
      for (const { field, after } of fields) labels.set(`${table} ${field} ${rowId}`, after)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(labels.get(`task lead_id ${task.id}`)).toBe(lead.title)
  const [reminder] = (await client.reminders.list({ taskId: task.id })).items
  expect(labels.get(`reminder task_id ${reminder?.id}`)).toBe('Send the offer')
})

test('Every table that another refers to is called by something', () => {
  const namings = new Set(['name', 'title', 'subject', 'label', 'notes', 'number'])
  const nameless = schema.logged
    .flatMap(({ table }) => getTableConfig(table).foreignKeys)
    .map((key) => key.reference().foreignTable)
    .filter((table) => !getTableConfig(table).columns.some(({ name }) => namings.has(name)))
  expect([...new Set(nameless.map((table) => getTableName(table)))]).toEqual([])
})

test('The history and a clash call a field as the screens do', async () => {
  const { client } = await openTestCore()
  const lead = await client.leads.create({ title: 'Acme' })
  await client.leads.update({
    id: lead.id,
    expectedCloseDate: '2026-12-24',
    value: { amount: '120.00', currency: 'EUR' },
  })
  const { items } = await client.changes.list({ limit: 10 })
  const update = items.find(({ table }) => table === 'lead')
  expect(update?.fields.map(({ label }) => label)).toEqual([
    ...['Value', 'Currency', 'Expected close'],
  ])
  await expect(
    client.leads.update({
      id: lead.id,
      expectedCloseDate: '2026-12-31',
      basedOn: { expectedCloseDate: null },
    }),
  ).rejects.toMatchObject({ data: { clashes: [{ label: 'Expected close' }] } })
})
