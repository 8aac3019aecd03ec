/** Columns that many tables share, so that every table spells them the same. */
import { integer, text } from 'drizzle-orm/sqlite-core'

/** UUIDv7 text; what other tables and all doors refer to. */
export const id = () => text('id').notNull().unique()

/** Rowid that survives VACUUM: the full-text index and list cursors stand on it. */
export const seq = () => integer('seq').primaryKey()

/** Milliseconds since the epoch, UTC. */
export const timestamps = () => ({
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

/** Set while the row is in the trash. */
export const deletedAt = () => integer('deleted_at')
