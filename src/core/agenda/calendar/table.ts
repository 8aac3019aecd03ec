/** Calendars: secret feeds others subscribe to, and what came in from .ics files. */
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { timestamps } from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'
import { user } from '../../records/users/table'
import { activity } from '../../timeline/activities/table'
import { reminder } from '../reminders/table'
import { task } from '../tasks/table'

export const calendarFeed = sqliteTable('calendar_feed', {
  id: text('id').primaryKey(),
  userId: text('user_id')
    .notNull()
    .unique()
    .references(() => user.id, { onDelete: 'cascade' }),
  /** SHA-256 of the secret in its address, hex. */
  hash: text('hash').notNull().unique(),
  lastReadAt: integer('last_read_at'),
  ...timestamps(),
})

/**
 * An event as a calendar file or an account gave it to somebody: known again by UID and RECURRENCE-ID.
 * A quarantined one goes by the hash of its text, for its UID may be what is wrong with it.
 */
export const calendarItem = sqliteTable(
  'calendar_item',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').references(() => user.id, { onDelete: 'cascade' }),
    uid: text('uid').notNull(),
    /** Empty for the event itself. */
    recurrenceId: text('recurrence_id').notNull().default(''),
    sequence: integer('sequence').notNull().default(0),
    /** LAST-MODIFIED, or where that lacks DTSTAMP. */
    modifiedAt: integer('modified_at'),
    activityId: text('activity_id').references(() => activity.id, { onDelete: 'cascade' }),
    taskId: text('task_id').references(() => task.id, { onDelete: 'cascade' }),
    reminderId: text('reminder_id').references(() => reminder.id, { onDelete: 'cascade' }),
    /** CREATED, as it is written again. */
    originCreatedAt: integer('origin_created_at'),
    /** `quarantined`: could not be read; the raw text is kept until somebody looks at it. */
    state: text('state', { enum: ['imported', 'quarantined'] }).notNull(),
    reason: text('reason'),
    raw: text('raw').notNull(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex('calendar_item_uid').on(table.userId, table.uid, table.recurrenceId),
    index('calendar_item_activity').on(table.activityId).where(sql`activity_id is not null`),
    index('calendar_item_task').on(table.taskId).where(sql`task_id is not null`),
    index('calendar_item_reminder').on(table.reminderId).where(sql`reminder_id is not null`),
    index('calendar_item_state').on(table.userId, table.state, table.createdAt),
  ],
)

declare(calendarFeed, { secret: ['hash', 'last_read_at'] })
