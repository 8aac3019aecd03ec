/** Reminders: when somebody wants to hear of something again. */
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { reminderStatuses } from '../../../contract/agenda/words'
import { deletedAt, id, seq, timestamps, trashedWith } from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'
import { company } from '../../records/companies/table'
import { contact } from '../../records/contacts/table'
import { customer } from '../../records/customers/table'
import { lead } from '../../records/leads/table'
import { user } from '../../records/users/table'
import { activity } from '../../timeline/activities/table'
import { task } from '../tasks/table'

/** Open, not in the trash: SQL of what can still come due. */
const open = `status in ('pending', 'snoozed') and deleted_at is null`

export const reminder = sqliteTable(
  'reminder',
  {
    seq: seq(),
    id: id(),
    notes: text('notes'),
    userId: text('user_id').references(() => user.id, { onDelete: 'set null' }),
    activityId: text('activity_id').references(() => activity.id, { onDelete: 'cascade' }),
    taskId: text('task_id').references(() => task.id, { onDelete: 'cascade' }),
    companyId: text('company_id').references(() => company.id, { onDelete: 'cascade' }),
    contactId: text('contact_id').references(() => contact.id, { onDelete: 'cascade' }),
    leadId: text('lead_id').references(() => lead.id, { onDelete: 'cascade' }),
    customerId: text('customer_id').references(() => customer.id, { onDelete: 'cascade' }),
    /** The plan whose current step it calls for; it is done with that step. The plan's table says where it refers to. */
    planId: text('plan_id'),
    /** UTC; follows from wall time and zone, or from the activity or task and the offset. */
    remindAt: integer('remind_at').notNull(),
    /** What was meant: `2026-11-27T15:00` in this IANA zone. With an offset it follows remind_at, in UTC. */
    wallTime: text('wall_time').notNull(),
    zone: text('zone').notNull(),
    /** Minutes before the activity or task; null for an instant of its own. */
    offsetMinutes: integer('offset_minutes'),
    /** RFC 5545 RRULE without its prefix; each occurrence is a row of its own. */
    recurrence: text('recurrence'),
    /** What all occurrences of a rule share, and which of them this is: the local time the rule gives. */
    seriesId: text('series_id'),
    occurrence: text('occurrence'),
    status: text('status', { enum: reminderStatuses }).notNull().default('pending'),
    snoozedUntil: integer('snoozed_until'),
    completedAt: integer('completed_at'),
    completedBy: text('completed_by').references(() => user.id, { onDelete: 'set null' }),
    /** The due instant that was handed to the outbox last. */
    notifiedFor: integer('notified_for'),
    notificationSentAt: integer('notification_sent_at'),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    ...timestamps(),
    deletedAt: deletedAt(),
    trashedWith: trashedWith(),
    /** When it comes up; null once it is done or gone. */
    dueAt: integer('due_at').generatedAlwaysAs(
      sql.raw(`case when ${open} then coalesce(snoozed_until, remind_at) end`),
      { mode: 'virtual' },
    ),
    /** The same while nobody has been notified of this instant. */
    notifyAt: integer('notify_at').generatedAlwaysAs(
      sql.raw(
        `case when ${open} and notified_for is not coalesce(snoozed_until, remind_at) then coalesce(snoozed_until, remind_at) end`,
      ),
      { mode: 'virtual' },
    ),
  },
  (table) => [
    index('reminder_notify').on(table.notifyAt, table.seq).where(sql`notify_at is not null`),
    index('reminder_due').on(table.dueAt, table.seq).where(sql`due_at is not null`),
    index('reminder_due_user')
      .on(table.userId, table.dueAt, table.seq)
      .where(sql`due_at is not null`),
    index('reminder_done')
      .on(table.userId, table.completedAt, table.seq)
      .where(sql`completed_at is not null and deleted_at is null`),
    index('reminder_at').on(table.remindAt, table.seq).where(sql`deleted_at is null`),
    index('reminder_at_user')
      .on(table.userId, table.remindAt, table.seq)
      .where(sql`deleted_at is null`),
    index('reminder_activity').on(table.activityId).where(sql`activity_id is not null`),
    index('reminder_task').on(table.taskId).where(sql`task_id is not null`),
    index('reminder_company').on(table.companyId).where(sql`company_id is not null`),
    index('reminder_contact').on(table.contactId).where(sql`contact_id is not null`),
    index('reminder_lead').on(table.leadId).where(sql`lead_id is not null`),
    index('reminder_customer').on(table.customerId).where(sql`customer_id is not null`),
    // Of all states: plans that end or go look for theirs.
    index('reminder_of_plan').on(table.planId).where(sql`plan_id is not null`),
    uniqueIndex('reminder_plan')
      .on(table.planId)
      .where(sql.raw(`plan_id is not null and ${open}`)),
    uniqueIndex('reminder_series')
      .on(table.seriesId, table.occurrence)
      .where(sql`series_id is not null`),
    index('reminder_deleted').on(table.deletedAt).where(sql`deleted_at is not null`),
    index('reminder_trashed_with').on(table.trashedWith).where(sql`trashed_with is not null`),
  ],
)

declare(reminder, {
  derived: ['notified_for', 'notification_sent_at'],
  // What it reminds of comes before all. The reminders of plans follow their plan.
  hanging: {
    holders: ['activity', 'task', 'lead', 'customer', 'contact', 'company'],
    rests: 'reminder.plan_id is null',
    work: { open: `reminder.status in ('pending', 'snoozed')`, person: 'user_id' },
  },
})
