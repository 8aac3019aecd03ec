/** How tags, lead sources and industries are spelled, and how many records have each. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { declare } from '../database/declare'

/** Follows from the records: triggers keep it. */
export const spelling = sqliteTable(
  'spelling',
  {
    list: text('list', { enum: ['tag', 'source', 'industry'] }).notNull(),
    /** Equal for spellings that differ in case only. */
    key: text('key').notNull(),
    text: text('text').notNull(),
    uses: integer('uses').notNull(),
  },
  (table) => [primaryKey({ columns: [table.list, table.key, table.text] })],
)

declare(spelling, { derived: true })
