/** Fields that a workspace adds to its records. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { customFieldTypes } from '../../../contract/kernel/words'
import { customFieldTables } from '../../../contract/records/custom-fields'
import { timestamps } from '../../kernel/database/columns'

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
