/** Users, teams and the tokens that let a user in through the HTTP API. */
import { sql } from 'drizzle-orm'
import { type AnySQLiteColumn, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { roles } from '../../../contract/kernel/words'
import { deletedAt, id, seq, timestamps } from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'

export const team = sqliteTable(
  'team',
  {
    seq: seq(),
    id: id(),
    name: text('name').notNull(),
    description: text('description'),
    managerId: text('manager_id').references((): AnySQLiteColumn => user.id, {
      onDelete: 'set null',
    }),
    ...timestamps(),
    deletedAt: deletedAt(),
  },
  () => [index('team_name').on(sql`name collate nocase`)],
)

export const user = sqliteTable(
  'user',
  {
    seq: seq(),
    id: id(),
    name: text('name').notNull(),
    email: text('email'),
    role: text('role', { enum: roles }).notNull().default('rep'),
    teamId: text('team_id').references(() => team.id, { onDelete: 'set null' }),
    managerId: text('manager_id').references((): AnySQLiteColumn => user.id, {
      onDelete: 'set null',
    }),
    active: integer('active').notNull().default(1),
    /** The owner of this installation, who comes in through the desktop. */
    isLocal: integer('is_local').notNull().default(0),
    timezone: text('timezone'),
    signature: text('signature'),
    externalId: text('external_id'),
    ...timestamps(),
    deletedAt: deletedAt(),
  },
  (table) => [
    index('user_name').on(sql`name collate nocase`),
    index('user_email').on(sql`email collate nocase`),
    index('user_external').on(table.externalId).where(sql`external_id is not null`),
    index('user_team').on(table.teamId),
  ],
)

export const apiToken = sqliteTable(
  'api_token',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** SHA-256 of the token, hex. */
    hash: text('hash').notNull().unique(),
    lastUsedAt: integer('last_used_at'),
    ...timestamps(),
  },
  (table) => [index('api_token_user').on(table.userId)],
)

declare(user, { people: true })
declare(apiToken, { secret: ['hash', 'last_used_at'] })
