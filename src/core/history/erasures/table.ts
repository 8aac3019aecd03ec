/** Who deleted which record for good, without anything the record said. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { doors } from '../../../contract/kernel/words'
import { declare } from '../../kernel/database/declare'

export const erasure = sqliteTable(
  'erasure',
  {
    seq: integer('seq').primaryKey(),
    id: text('id').notNull().unique(),
    /** Kind of record and its id. Not a foreign key: the row is gone. */
    tableName: text('table_name').notNull(),
    rowId: text('row_id').notNull(),
    /** A restored backup of before has to be erased again. */
    at: integer('at').notNull(),
    userId: text('user_id'),
    door: text('door', { enum: doors }).notNull(),
    reason: text('reason', { enum: ['asked', 'purged', 'expired', 'restored'] }).notNull(),
    /** When the record was made: backups from then until `at` hold it. */
    madeAt: integer('made_at').notNull(),
    /** Entries of the log and other texts that were redacted. */
    entries: integer('entries').notNull().default(0),
  },
  (table) => [
    uniqueIndex('erasure_row').on(table.rowId, table.tableName),
    index('erasure_at').on(table.at),
  ],
)

// That somebody was erased outlives a restore, and is shown to no one else.
declare(erasure, { local: true })
