import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { schema } from '../../assembly/schema'
import { createTriggersAndViews, dropTriggersAndViews } from '../../assembly/triggers-and-views'
import { createLive } from '../../kernel/change-log/live'
import { createDatabase } from '../../kernel/database/database'
import { addTextFunctions } from '../../kernel/database/sql-functions'
import { createFakeClock, openTestCore, type TestCore } from '../../testing/testing'
import { factorUnder, type System } from './earlier-digits'
import { bringToIsoDigits } from './money-digits'

const sums = ['subtotal_minor', 'tax_minor', 'total_minor']

/** Has a closed database hold this record's money as an earlier version stored it on such a system. */
function storeAs(crm: TestCore, table: 'lead' | 'quote', id: string, system: System) {
  const connection = new Sqlite(`${crm.directory}/rapport.db`)
  const triggers = connection
    .prepare(
      `select name from sqlite_schema where type = 'trigger' and tbl_name in ('lead', 'quote')`,
    )
    .pluck()
    .all()
  for (const name of triggers) connection.exec(`drop trigger ${name}`)
  const currency = String(
    connection.prepare(`select currency from ${table} where id = ?`).pluck().get(id),
  )
  const factor = factorUnder(currency, system)
  for (const column of table === 'lead' ? ['value_minor'] : sums) {
    connection
      .prepare(`update ${table} set ${column} = cast(${column} / ? as integer) where id = ?`)
      .run(factor, id)
    for (const side of ['before', 'after'])
      connection
        .prepare(
          `update change set ${side} = json_set(${side}, '$.${column}', cast(json_extract(${side}, '$.${column}') / ? as integer))
           where row_id = ? and json_extract(${side}, '$.${column}') is not null`,
        )
        .run(factor, id)
  }
  connection.exec('delete from __extras')
  connection.close()
}

/** Opens it as a database of an earlier version that this system ran last. */
async function opened(crm: TestCore, now: System) {
  const { directory, owner } = crm
  // Creates the triggers again that were taken away.
  await (await openTestCore({ directory, prepare: false })).close()
  const connection = new Sqlite(`${directory}/rapport.db`)
  addTextFunctions(connection)
  connection.exec(`delete from setting where id in ('moneyDigits', 'moneyReview')`)
  const database = createDatabase(connection, {
    schema,
    clock: createFakeClock(),
    live: createLive(),
  })
  bringToIsoDigits(database, owner, {
    now,
    triggers: { drop: dropTriggersAndViews, create: createTriggersAndViews },
  })
  connection.close()
  return openTestCore({ directory, prepare: false })
}

const amountOf = async (crm: TestCore, id: string) =>
  (await crm.client.leads.get({ id })).value?.amount

test('amounts of currencies that were always stored with other decimals read as before', async () => {
  const crm = await openTestCore()
  const afghani = await crm.client.leads.create({
    title: 'Kabul office',
    value: { amount: '250000', currency: 'AFN' },
  })
  const dinar = await crm.client.leads.create({
    title: 'Baghdad office',
    value: { amount: '75000', currency: 'IQD' },
  })
  await crm.client.leads.update({ id: dinar.id, value: { amount: '80000', currency: 'IQD' } })
  await crm.close()
  storeAs(crm, 'lead', afghani.id, 'later')
  storeAs(crm, 'lead', dinar.id, 'later')
  const again = await opened(crm, 'later')
  expect(await amountOf(again, afghani.id)).toBe('250000.00')
  expect(await amountOf(again, dinar.id)).toBe('80000.000')
  expect(await again.client.amounts.unclear()).toEqual({ items: [], total: 0 })
  const { items } = await again.client.changes.list({ rowId: dinar.id })
  const [field] = items.flatMap(({ fields }) =>
    fields.filter(({ field: name }) => name === 'value_minor'),
  )
  expect(field).toMatchObject({
    before: { amount: '75000.000', currency: 'IQD' },
    after: { amount: '80000.000', currency: 'IQD' },
  })
})

test('amounts in forint that an earlier system stored are known by the quotes saved beside them', async () => {
  const crm = await openTestCore()
  const lead = await crm.client.leads.create({
    title: 'Forint deal',
    value: { amount: '1250000', currency: 'HUF' },
  })
  const quote = await crm.client.quotes.create({
    title: 'Forint quote',
    leadId: lead.id,
    lines: [{ description: 'Desk', quantity: 3, unitPrice: '12500', discount: 0 }],
  })
  await crm.close()
  storeAs(crm, 'lead', lead.id, 'earlier')
  storeAs(crm, 'quote', quote.id, 'earlier')
  const again = await opened(crm, 'later')
  expect(await amountOf(again, lead.id)).toBe('1250000.00')
  expect((await again.client.quotes.get({ id: quote.id })).total.amount).toBe('37500.00')
  expect((await again.client.amounts.unclear()).total).toBe(0)
})

test('amounts in forint that a later system stored are known by the quotes saved before them', async () => {
  const crm = await openTestCore()
  const first = await crm.client.leads.create({
    title: 'First',
    value: { amount: '500000', currency: 'HUF' },
  })
  const quote = await crm.client.quotes.create({
    title: 'Forint quote',
    leadId: first.id,
    lines: [{ description: 'Desk', quantity: 3, unitPrice: '12500', discount: 0 }],
  })
  const second = await crm.client.leads.create({
    title: 'Second',
    value: { amount: '1250000', currency: 'HUF' },
  })
  await crm.close()
  for (const id of [first.id, second.id]) storeAs(crm, 'lead', id, 'later')
  storeAs(crm, 'quote', quote.id, 'later')
  const again = await opened(crm, 'later')
  expect(await amountOf(again, second.id)).toBe('1250000.00')
  expect((await again.client.quotes.get({ id: quote.id })).total.amount).toBe('37500.00')
  // What was saved before that quote may have been stored by either: it reads as it did, and is asked about.
  expect(await again.client.amounts.unclear()).toEqual({
    total: 1,
    items: [
      {
        leadId: first.id,
        title: 'First',
        amount: { amount: '500000.00', currency: 'HUF' },
        other: { amount: '5000.00', currency: 'HUF' },
      },
    ],
  })
})

test('amounts that cannot be decided are listed, and the user says what they are', async () => {
  const crm = await openTestCore()
  const make = async (title: string, amount: string, currency: string) =>
    (await crm.client.leads.create({ title, value: { amount, currency } })).id
  const right = await make('Right as it reads', '700000', 'HUF')
  const wrong = await make('A hundred times too large', '1250000', 'HUF')
  const changed = await make('Corrected by hand', '900000', 'COP')
  const other = await make('Dollars', '900000', 'USD')
  await crm.close()
  storeAs(crm, 'lead', right, 'later')
  storeAs(crm, 'lead', wrong, 'earlier')
  storeAs(crm, 'lead', changed, 'earlier')
  const again = await opened(crm, 'later')
  expect(await amountOf(again, other)).toBe('900000.00')
  expect(
    (await again.client.amounts.unclear()).items.map(({ title, amount }) => [title, amount.amount]),
  ).toEqual([
    ['Right as it reads', '700000.00'],
    ['A hundred times too large', '125000000.00'],
    ['Corrected by hand', '90000000.00'],
  ])
  await again.client.leads.update({ id: changed, value: { amount: '900000', currency: 'COP' } })
  expect((await again.client.amounts.unclear()).total).toBe(2)
  await again.client.amounts.settle({ choice: 'keep', leadIds: [right] })
  const { changed: corrected, batchId } = await again.client.amounts.settle({ choice: 'other' })
  expect(corrected).toBe(1)
  expect((await again.client.changes.batches({ limit: 1 }))[0]?.label).toBe(
    'Correct the amount of 1 lead',
  )
  expect(await amountOf(again, wrong)).toBe('1250000.00')
  expect((await again.client.amounts.unclear()).total).toBe(0)
  await again.client.changes.undo({ batchId: batchId ?? '' })
  expect(await amountOf(again, wrong)).toBe('125000000.00')
  const rep = await again.addUser('Riley', 'rep')
  expect((await rep.client.amounts.unclear()).total).toBe(0)
  await expect(rep.client.amounts.settle({ choice: 'keep' })).rejects.toMatchObject({ status: 403 })
})

test('where an earlier system opens it, all amounts were stored by one', async () => {
  const crm = await openTestCore()
  const { id } = await crm.client.leads.create({
    title: 'Forint deal',
    value: { amount: '1250000', currency: 'HUF' },
  })
  await crm.close()
  storeAs(crm, 'lead', id, 'earlier')
  const again = await opened(crm, 'earlier')
  expect(await amountOf(again, id)).toBe('1250000.00')
  expect((await again.client.amounts.unclear()).total).toBe(0)
})

test('an undo of a change from before puts back the amount that was meant', async () => {
  const crm = await openTestCore()
  const { id } = await crm.client.leads.create({
    title: 'Kabul office',
    value: { amount: '250000', currency: 'AFN' },
  })
  await crm.client.leads.update({ id, value: { amount: '300000', currency: 'AFN' } })
  await crm.close()
  storeAs(crm, 'lead', id, 'later')
  const again = await opened(crm, 'later')
  await again.client.changes.undo({})
  expect(await amountOf(again, id)).toBe('250000.00')
})

test('what is opened once stays as it is, and a new database has nothing to bring along', async () => {
  const crm = await openTestCore()
  const { id } = await crm.client.leads.create({
    title: 'Kabul office',
    value: { amount: '250000', currency: 'AFN' },
  })
  await crm.close()
  const again = await openTestCore({ directory: crm.directory, prepare: false })
  expect(await amountOf(again, id)).toBe('250000.00')
})
