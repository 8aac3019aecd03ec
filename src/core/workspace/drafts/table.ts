/** Forms that were typed in and not saved: screen state of this machine, kept out of the change log. */
import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { timestamps } from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'
import { user } from '../../records/users/table'

export const draft = sqliteTable(
  'draft',
  {
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    title: text('title').notNull(),
    /** JSON. */
    place: text('place').notNull(),
    recordId: text('record_id'),
    /** JSON. */
    content: text('content').notNull(),
    /** JSON. */
    basedOn: text('based_on').notNull(),
    ...timestamps(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.key] }),
    index('draft_age').on(table.updatedAt),
  ],
)

declare(draft, { local: true })
