/** Each user's preferences, and saved views. */

import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { SavedView } from '../../../contract/workspace/settings'
import { type Json, timestamps } from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'
import { user } from '../../records/users/table'

/** Screen state, not data: kept out of the change log. */
export const preference = sqliteTable(
  'preference',
  {
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    /** JSON. */
    value: text('value').notNull(),
    ...timestamps(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.key] })],
)

export const savedView = sqliteTable(
  'saved_view',
  {
    id: text('id').primaryKey(),
    list: text('list').notNull(),
    name: text('name').notNull(),
    shared: integer('shared').notNull().default(0),
    ownerId: text('owner_id').references(() => user.id, { onDelete: 'set null' }),
    /** JSON. */
    state: text('state').$type<Json<SavedView['state']>>().notNull(),
    ...timestamps(),
  },
  (table) => [index('saved_view_list').on(table.list)],
)

declare(preference, { local: true })
