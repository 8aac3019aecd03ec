/** Workspace settings, each user's preferences, custom fields and saved views. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { customFieldTypes } from '../../../contract/kernel/words'
import { customFieldTables } from '../../../contract/workspace/settings'
import { timestamps } from '../../kernel/database/columns'
import { user } from '../../records/users/table'

export const setting = sqliteTable('setting', {
  id: text('id').primaryKey(),
  /** JSON. */
  value: text('value').notNull(),
  ...timestamps(),
})

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

export const customField = sqliteTable(
  'custom_field',
  {
    id: text('id').primaryKey(),
    tableName: text('table_name', { enum: customFieldTables }).notNull(),
    key: text('key').notNull(),
    label: text('label').notNull(),
    type: text('type', { enum: customFieldTypes }).notNull(),
    /** JSON array of text. */
    choices: text('choices').notNull().default('[]'),
    position: integer('position').notNull(),
    ...timestamps(),
  },
  (table) => [index('custom_field_table').on(table.tableName, table.position)],
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
    state: text('state').notNull(),
    ...timestamps(),
  },
  (table) => [index('saved_view_list').on(table.list)],
)
