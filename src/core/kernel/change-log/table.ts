/** The append-only change log, the actions (batches) it is grouped by, and who is acting now. */
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { batchKinds } from '../../../contract/kernel/live-event'
import { doors } from '../../../contract/kernel/words'
import { declare } from '../database/declare'

export const batch = sqliteTable(
  'batch',
  {
    id: text('id').primaryKey(),
    at: integer('at').notNull(),
    /** Not a foreign key: the log outlives the users it names. */
    userId: text('user_id'),
    door: text('door', { enum: doors }).notNull(),
    kind: text('kind', { enum: batchKinds }).notNull(),
    label: text('label').notNull(),
    /** The batch this one takes back, and the user's action at the root of that chain. */
    undoes: text('undoes'),
    root: text('root'),
    undoneBy: text('undone_by'),
    undoneAt: integer('undone_at'),
  },
  (table) => [
    // Ends with the rowid, as every index does: the order in which things were done.
    index('batch_user').on(table.userId),
    index('batch_at').on(table.at),
    index('batch_root').on(table.root).where(sql`root is not null`),
    index('batch_undoes').on(table.undoes).where(sql`undoes is not null`),
  ],
)

export const change = sqliteTable(
  'change',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    at: integer('at').notNull(),
    batchId: text('batch_id').notNull(),
    userId: text('user_id'),
    door: text('door', { enum: doors }).notNull(),
    tableName: text('table_name').notNull(),
    rowId: text('row_id').notNull(),
    operation: text('operation', { enum: ['insert', 'update', 'delete'] }).notNull(),
    /** JSON of column → value; for an update only the columns that changed. */
    before: text('before'),
    after: text('after'),
  },
  (table) => [
    index('change_row').on(table.rowId, table.seq),
    index('change_batch').on(table.batchId, table.seq),
  ],
)

/** One row: who acts, for the triggers. Empty between transactions. */
export const session = sqliteTable('session', {
  id: integer('id').primaryKey(),
  at: integer('at'),
  userId: text('user_id'),
  door: text('door', { enum: doors }),
  batchId: text('batch_id'),
  /** 1 while an undo puts rows back: then no system activities are written. */
  quiet: integer('quiet').notNull().default(sql`0`),
  /** 1 while records get another owner and their open work stays with the old one. */
  keepsWork: integer('keeps_work').notNull().default(sql`0`),
})

/** How far each reader of the change log has come: it works at least once, and is idempotent. */
export const changeCursor = sqliteTable('change_cursor', {
  reader: text('reader').primaryKey(),
  seq: integer('seq').notNull(),
})

declare(session, { logged: false })
declare(change, { logged: false })
declare(batch, { logged: false })
declare(changeCursor, { local: true })
