/** Who is not written to any more: addresses, whatever becomes of the contacts that have them. */
import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { optOutSources } from '../../../contract/outreach/words'
import { id, seq, timestamps } from '../../kernel/database/columns'
import { user } from '../../records/users/table'

export const optOut = sqliteTable(
  'opt_out',
  {
    seq: seq(),
    id: id(),
    /** Lower case, without a plus tag: what addresses are compared by. */
    address: text('address').notNull().unique(),
    reason: text('reason'),
    source: text('source', { enum: optOutSources }).notNull(),
    userId: text('user_id').references(() => user.id, { onDelete: 'set null' }),
    ...timestamps(),
  },
  (table) => [index('opt_out_created').on(table.createdAt, table.seq)],
)
