/** Contacts: people. */

import { sql } from 'drizzle-orm'
import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CustomValues } from '../../../contract/kernel/custom-fields'
import { contactFields } from '../../../contract/records/contact-fields'
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
import { user } from '../users/table'

export const contact = sqliteTable(
  'contact',
  {
    seq: seq(),
    id: id(),
    /** First and last name, else the e-mail address: what lists show and sort by. */
    name: text('name').notNull(),
    /** As it is looked up: lower case, without accents. */
    nameFolded: text('name_folded'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    email: text('email'),
    phone: text('phone'),
    mobile: text('mobile'),
    /** The numbers as they are dialled and compared; they follow from the two above. */
    phoneNumber: text('phone_number'),
    mobileNumber: text('mobile_number'),
    jobTitle: text('job_title'),
    linkedin: text('linkedin'),
    timezone: text('timezone'),
    description: text('description'),
    companyId: text('company_id').references(() => company.id, { onDelete: 'set null' }),
    ownerId: text('owner_id').references(() => user.id, { onDelete: 'set null' }),
    tags: text('tags').$type<Json<string[]>>().notNull().default(emptyList),
    custom: text('custom').$type<Json<CustomValues>>().notNull().default(emptyObject),
    externalId: text('external_id'),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    ...timestamps(),
    deletedAt: deletedAt(),
  },
  (table) => [
    index('contact_name').on(sql`name collate nocase`, table.seq).where(sql`deleted_at is null`),
    index('contact_folded').on(table.nameFolded).where(sql`name_folded is not null`),
    index('contact_email').on(sql`email collate nocase`).where(sql`email is not null`),
    index('contact_phone').on(table.phoneNumber).where(sql`phone_number is not null`),
    index('contact_mobile').on(table.mobileNumber).where(sql`mobile_number is not null`),
    index('contact_external').on(table.externalId).where(sql`external_id is not null`),
    index('contact_company').on(table.companyId).where(sql`company_id is not null`),
    index('contact_owner').on(table.ownerId).where(sql`owner_id is not null`),
    index('contact_updated').on(table.updatedAt, table.seq).where(sql`deleted_at is null`),
    index('contact_created').on(table.createdAt, table.seq).where(sql`deleted_at is null`),
    index('contact_deleted').on(table.deletedAt).where(sql`deleted_at is not null`),
  ],
)

declare(contact, {
  fields: contactFields,
  searched: { besides: ['custom'] },
  following: [
    { column: 'name_folded', from: 'name', by: 'fold' },
    { column: 'phone_number', from: 'phone', by: 'read_phone' },
    { column: 'mobile_number', from: 'mobile', by: 'read_phone' },
  ],
  spelled: { tags: 'tag' },
})
