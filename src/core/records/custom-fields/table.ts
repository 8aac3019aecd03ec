/** The fields that a workspace adds to its records; their values are in each record's `custom`. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { customFieldTables } from '../../../contract/kernel/custom-fields'
import { customFieldTypes } from '../../../contract/kernel/words'
import { emptyList, type Json, timestamps } from '../../kernel/database/columns'

export const customField = sqliteTable(
  'custom_field',
  {
    id: text('id').primaryKey(),
    tableName: text('table_name', { enum: customFieldTables }).notNull(),
    key: text('key').notNull(),
    label: text('label').notNull(),
    type: text('type', { enum: customFieldTypes }).notNull(),
    /** JSON array of text. */
    choices: text('choices').$type<Json<string[]>>().notNull().default(emptyList),
    /** Of money: what is offered first; null for the workspace's. */
    currency: text('currency'),
    position: integer('position').notNull(),
    ...timestamps(),
  },
  (table) => [index('custom_field_table').on(table.tableName, table.position)],
)
