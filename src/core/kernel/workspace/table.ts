/** Settings of the workspace, each under its own name. */
import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { timestamps } from '../database/columns'

export const setting = sqliteTable('setting', {
  id: text('id').primaryKey(),
  /** JSON. */
  value: text('value').notNull(),
  ...timestamps(),
})
