/** E-mail accounts: the servers that mail goes out by. Passwords are no part of a row. */

import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { smtpSecurities } from '../../../contract/kernel/words'
import type { MailQuietHours } from '../../../contract/outreach/accounts'
import { id, type Json, seq, timestamps } from '../../kernel/database/columns'
import { user } from '../../records/users/table'

export const mailAccount = sqliteTable(
  'mail_account',
  {
    seq: seq(),
    id: id(),
    name: text('name').notNull(),
    /** Whose it is; null: everybody sends by it. */
    userId: text('user_id').references(() => user.id, { onDelete: 'cascade' }),
    fromName: text('from_name'),
    fromAddress: text('from_address').notNull(),
    replyTo: text('reply_to'),
    host: text('host').notNull(),
    port: integer('port').notNull(),
    security: text('security', { enum: smtpSecurities }).notNull(),
    /** Null where the server asks nobody who they are. */
    username: text('username'),
    perHour: integer('per_hour').notNull(),
    perDay: integer('per_day').notNull(),
    /** At least this many seconds between two messages. */
    spacingSeconds: integer('spacing_seconds').notNull(),
    /** JSON: when nobody is written to, in the recipient's zone. */
    quietHours: text('quiet_hours').$type<Json<MailQuietHours>>().notNull(),
    isDefault: integer('is_default').notNull().default(0),
    active: integer('active').notNull().default(1),
    ...timestamps(),
  },
  (table) => [
    index('mail_account_user').on(table.userId),
    uniqueIndex('mail_account_default').on(table.isDefault).where(sql`is_default = 1`),
  ],
)
