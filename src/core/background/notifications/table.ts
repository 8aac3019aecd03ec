/** Notifications: the in-app centre, and the outbox that brings them to people by other ways. */
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { notificationChannels, notificationKinds } from '../../../contract/background/words'
import { id, seq, timestamps } from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'
import { user } from '../../records/users/table'

/** One thing one person hears of, once: `key` makes it so. */
export const notification = sqliteTable(
  'notification',
  {
    seq: seq(),
    id: id(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: notificationKinds }).notNull(),
    /** What it is about and for which instant, e.g. `reminder:ID:1795190200455`. */
    key: text('key').notNull().unique(),
    title: text('title').notNull(),
    body: text('body').notNull().default(''),
    /** Where a click leads: a kind of record and its id; both null for a screen of its own. */
    recordKind: text('record_kind'),
    recordId: text('record_id'),
    /** What its buttons act on: reminder, task or activity. */
    subjectKind: text('subject_kind', { enum: ['reminder', 'task', 'activity'] }),
    subjectId: text('subject_id'),
    /** JSON: what a digest gathers. */
    items: text('items').notNull().default('[]'),
    /** JSON: "kind:id" of each record it gathers, also of those beyond the named ones. */
    gathered: text('gathered').notNull().default('[]'),
    at: integer('at').notNull(),
    readAt: integer('read_at'),
    /** 1 where it counts as read only because what it is about was done, moved or gone. */
    settled: integer('settled').notNull().default(0),
    ...timestamps(),
  },
  (table) => [
    index('notification_user').on(table.userId, table.seq),
    index('notification_unread').on(table.userId, table.seq).where(sql`read_at is null`),
    index('notification_subject').on(table.subjectId).where(sql`subject_id is not null`),
    index('notification_at').on(table.at),
  ],
)

export const deliveryStates = ['waiting', 'taken', 'sent', 'unknown', 'dead', 'cancelled'] as const

/** The outbox: one row for each way a notification goes out by. */
export const delivery = sqliteTable(
  'delivery',
  {
    seq: seq(),
    id: id(),
    notificationId: text('notification_id')
      .notNull()
      .references(() => notification.id, { onDelete: 'cascade' }),
    channel: text('channel', { enum: notificationChannels }).notNull(),
    /** The notification's key and the channel. */
    key: text('key').notNull().unique(),
    state: text('state', { enum: deliveryStates }).notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    /** Not before this instant: backoff, quiet hours. */
    nextAttemptAt: integer('next_attempt_at').notNull(),
    takenAt: integer('taken_at'),
    takenBy: text('taken_by'),
    sentAt: integer('sent_at'),
    /** For people: why it did not go out. */
    error: text('error'),
    ...timestamps(),
  },
  (table) => [
    index('delivery_waiting').on(table.nextAttemptAt, table.seq).where(sql`state = 'waiting'`),
    index('delivery_taken').on(table.takenAt).where(sql`state = 'taken'`),
    index('delivery_failed')
      .on(table.updatedAt, table.seq)
      .where(sql`state in ('dead', 'unknown')`),
    index('delivery_notification').on(table.notificationId),
  ],
)

/** What digests have mentioned, e.g. `overdue:task:ID:INSTANT`, so that it is mentioned once. */
export const told = sqliteTable(
  'told',
  {
    key: text('key').primaryKey(),
    at: integer('at').notNull(),
  },
  (table) => [index('told_at').on(table.at)],
)

for (const table of [notification, told, delivery]) declare(table, { local: true })
