/** Quotes. */

import { sql } from 'drizzle-orm'
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { quoteFields } from '../../../contract/records/quote-fields'
import type { QuoteLine } from '../../../contract/records/quotes'
import { quoteStatuses } from '../../../contract/records/words'
import {
  amountOf,
  deletedAt,
  emptyList,
  id,
  type Json,
  seq,
  timestamps,
  trashedWith,
} from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'
import { lead } from '../leads/table'
import { user } from '../users/table'

export const quote = sqliteTable(
  'quote',
  {
    seq: seq(),
    id: id(),
    number: text('number').notNull().unique(),
    title: text('title').notNull(),
    leadId: text('lead_id')
      .notNull()
      .references(() => lead.id, { onDelete: 'cascade' }),
    status: text('status', { enum: quoteStatuses }).notNull().default('draft'),
    currency: text('currency').notNull(),
    /** JSON array of { description, quantity, unitPrice (decimal text), discount (percent) }. */
    lines: text('lines').$type<Json<QuoteLine[]>>().notNull().default(emptyList),
    /** Percent. */
    taxRate: real('tax_rate').notNull().default(0),
    subtotalMinor: integer('subtotal_minor').notNull().default(0),
    taxMinor: integer('tax_minor').notNull().default(0),
    totalMinor: integer('total_minor').notNull().default(0),
    totalAmount: amountOf('total_amount', 'total_minor'),
    /** ISO date. */
    validUntil: text('valid_until'),
    notes: text('notes'),
    sentAt: integer('sent_at'),
    decidedAt: integer('decided_at'),
    declineReason: text('decline_reason'),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    ...timestamps(),
    deletedAt: deletedAt(),
    trashedWith: trashedWith(),
  },
  (table) => [
    index('quote_lead').on(table.leadId),
    index('quote_updated').on(table.updatedAt, table.seq).where(sql`deleted_at is null`),
    index('quote_created').on(table.createdAt, table.seq).where(sql`deleted_at is null`),
    index('quote_deleted').on(table.deletedAt).where(sql`deleted_at is not null`),
    index('quote_trashed_with').on(table.trashedWith).where(sql`trashed_with is not null`),
  ],
)

declare(quote, {
  fields: quoteFields,
  searched: { besides: ['notes', 'lines'] },
  hanging: { holders: ['lead'], rests: 'true' },
})
