/** Customers: what leads become. */

import { sql } from 'drizzle-orm'
import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CustomValues } from '../../../contract/kernel/custom-fields'
import { customerFields } from '../../../contract/records/customer-fields'
import { customerStatuses } from '../../../contract/records/words'
import {
  deletedAt,
  emptyList,
  emptyObject,
  id,
  type Json,
  seq,
  timestamps,
} from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'
import { company } from '../companies/table'
import { contact } from '../contacts/table'
import { user } from '../users/table'

export const customer = sqliteTable(
  'customer',
  {
    seq: seq(),
    id: id(),
    name: text('name').notNull(),
    /** As it is looked up: lower case, without accents. */
    nameFolded: text('name_folded'),
    companyId: text('company_id').references(() => company.id, { onDelete: 'set null' }),
    contactId: text('contact_id').references(() => contact.id, { onDelete: 'set null' }),
    ownerId: text('owner_id').references(() => user.id, { onDelete: 'set null' }),
    status: text('status', { enum: customerStatuses }).notNull().default('active'),
    /** ISO date. */
    since: text('since'),
    description: text('description'),
    tags: text('tags').$type<Json<string[]>>().notNull().default(emptyList),
    custom: text('custom').$type<Json<CustomValues>>().notNull().default(emptyObject),
    externalId: text('external_id'),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    ...timestamps(),
    deletedAt: deletedAt(),
  },
  (table) => [
    index('customer_folded').on(table.nameFolded).where(sql`name_folded is not null`),
    index('customer_name').on(sql`name collate nocase`, table.seq).where(sql`deleted_at is null`),
    index('customer_company').on(table.companyId).where(sql`company_id is not null`),
    index('customer_contact').on(table.contactId).where(sql`contact_id is not null`),
    index('customer_owner').on(table.ownerId).where(sql`owner_id is not null`),
    index('customer_external').on(table.externalId).where(sql`external_id is not null`),
    index('customer_updated').on(table.updatedAt, table.seq).where(sql`deleted_at is null`),
    index('customer_created').on(table.createdAt, table.seq).where(sql`deleted_at is null`),
    index('customer_deleted').on(table.deletedAt).where(sql`deleted_at is not null`),
  ],
)

declare(customer, {
  fields: customerFields,
  searched: { besides: ['custom'] },
  following: [{ column: 'name_folded', from: 'name', by: 'fold' }],
  spelled: { tags: 'tag' },
})
