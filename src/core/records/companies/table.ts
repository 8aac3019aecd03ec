/** Companies. */

import { sql } from 'drizzle-orm'
import { type AnySQLiteColumn, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CustomValues } from '../../../contract/kernel/custom-fields'
import { companyFields } from '../../../contract/records/company-fields'
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
import { user } from '../users/table'

export const company = sqliteTable(
  'company',
  {
    seq: seq(),
    id: id(),
    name: text('name').notNull(),
    /** As it is looked up: lower case, without accents. */
    nameFolded: text('name_folded'),
    domain: text('domain'),
    website: text('website'),
    industry: text('industry'),
    employees: integer('employees'),
    phone: text('phone'),
    /** The number as it is dialled and compared; it follows from the one above. */
    phoneNumber: text('phone_number'),
    address: text('address'),
    city: text('city'),
    country: text('country'),
    description: text('description'),
    parentId: text('parent_id').references((): AnySQLiteColumn => company.id, {
      onDelete: 'set null',
    }),
    ownerId: text('owner_id').references(() => user.id, { onDelete: 'set null' }),
    /** JSON array of text. */
    tags: text('tags').$type<Json<string[]>>().notNull().default(emptyList),
    /** JSON object of custom field values. */
    custom: text('custom').$type<Json<CustomValues>>().notNull().default(emptyObject),
    externalId: text('external_id'),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    ...timestamps(),
    deletedAt: deletedAt(),
  },
  (table) => [
    index('company_name').on(sql`name collate nocase`, table.seq).where(sql`deleted_at is null`),
    // Leads are listed by the name of their company, also of one in the trash.
    index('company_name_any').on(sql`name collate nocase`),
    index('company_folded').on(table.nameFolded).where(sql`name_folded is not null`),
    index('company_domain').on(table.domain).where(sql`domain is not null`),
    index('company_phone').on(table.phoneNumber).where(sql`phone_number is not null`),
    index('company_external').on(table.externalId).where(sql`external_id is not null`),
    index('company_owner').on(table.ownerId).where(sql`owner_id is not null`),
    index('company_parent').on(table.parentId).where(sql`parent_id is not null`),
    index('company_updated').on(table.updatedAt, table.seq).where(sql`deleted_at is null`),
    index('company_created').on(table.createdAt, table.seq).where(sql`deleted_at is null`),
    index('company_industry').on(table.industry, table.seq).where(sql`deleted_at is null`),
    index('company_deleted').on(table.deletedAt).where(sql`deleted_at is not null`),
  ],
)

declare(company, {
  fields: companyFields,
  searched: { besides: ['custom'], domains: ['domain'] },
  following: [
    { column: 'name_folded', from: 'name', by: 'fold' },
    { column: 'phone_number', from: 'phone', by: 'read_phone' },
  ],
  spelled: { tags: 'tag', industry: 'industry' },
})
