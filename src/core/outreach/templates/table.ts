/** Templates of messages, and the snippets they share. */
import { sql } from 'drizzle-orm'
import { index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { templateKinds } from '../../../contract/outreach/words'
import { id, seq, timestamps } from '../../kernel/database/columns'
import { user } from '../../records/users/table'

export const template = sqliteTable(
  'template',
  {
    seq: seq(),
    id: id(),
    kind: text('kind', { enum: templateKinds }).notNull(),
    name: text('name').notNull(),
    /** What templates call a snippet by: `{{ snippets.key }}`; null for templates. */
    key: text('key'),
    subject: text('subject'),
    body: text('body').notNull().default(''),
    /** The body with formatting; null: plain text only. */
    html: text('html'),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    ...timestamps(),
  },
  (table) => [
    index('template_name').on(table.kind, sql`name collate nocase`),
    uniqueIndex('template_key').on(table.key).where(sql`key is not null`),
  ],
)
