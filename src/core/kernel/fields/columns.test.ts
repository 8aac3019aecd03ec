import { integer, sqliteTable, text as textColumn } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { email, fieldsOf, money, phone, reference, text } from '../../../contract/kernel/fields'
import { declare } from '../database/declare'
import { columnsOf } from './columns'

const deal = sqliteTable('deal', {
  name: textColumn('name').notNull(),
  nameFolded: textColumn('name_folded'),
  source: textColumn('source'),
  phone: textColumn('phone'),
  phoneNumber: textColumn('phone_number'),
  email: textColumn('email'),
  buyerId: textColumn('buyer_id'),
  amountMinor: integer('amount_minor'),
})
declare(deal, {
  following: [
    { column: 'name_folded', from: 'name', by: 'fold' },
    { column: 'phone_number', from: 'phone', by: 'read_phone' },
  ],
  spelled: { source: 'source' },
})

const dealFields = fieldsOf({
  name: text({ label: 'Name', sorts: true }),
  source: text({ label: 'Source', sorts: true }),
  phone: phone({ label: 'Phone' }),
  email: email({ label: 'E-mail' }),
  buyer: reference('company', { label: 'Buyer' }),
  amount: money({ label: 'Amount', sorts: true }),
})

test('a field is stored in the column of its name, and in what the table says to follow from it', () => {
  const { fields, sorts } = columnsOf(dealFields, deal, {
    amount: { sql: 'deal.amount_minor / 100.0' },
  })
  expect(fields).toEqual({
    name: { sql: 'deal.name', type: 'text', folded: 'deal.name_folded' },
    source: { sql: 'deal.source', type: 'text', spelled: 'source' },
    phone: { sql: 'deal.phone', type: 'phone', number: 'deal.phone_number' },
    email: { sql: 'deal.email', type: 'text', read: expect.any(Function) },
    buyer: { sql: 'deal.buyer_id', type: 'id', of: 'company' },
    amount: { sql: 'deal.amount_minor / 100.0', type: 'number' },
  })
  expect(sorts).toEqual({
    name: { sql: 'deal.name' },
    source: { sql: 'deal.source', nullable: true },
    amount: { sql: 'deal.amount_minor / 100.0', nullable: true },
  })
})

test('a field without a column does not compile until its storage is declared', () => {
  // @ts-expect-error No column is called amount or amountId.
  expect(columnsOf(dealFields, deal, {}).fields.amount.sql).toBe('')
})
