/** Tasks: what somebody is to do, with or without a lead. */

import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { taskFields } from '../../../contract/agenda/task-fields'
import { taskStatuses, taskTypes } from '../../../contract/agenda/words'
import { priorities } from '../../../contract/kernel/words'
import { deletedAt, id, seq, timestamps, trashedWith } from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'
import { company } from '../../records/companies/table'
import { contact } from '../../records/contacts/table'
import { customer } from '../../records/customers/table'
import { lead } from '../../records/leads/table'
import { user } from '../../records/users/table'

const open = `status in ('pending', 'in_progress') and deleted_at is null`

export const task = sqliteTable(
  'task',
  {
    seq: seq(),
    id: id(),
    title: text('title').notNull(),
    description: text('description'),
    type: text('type', { enum: taskTypes }).notNull().default('other'),
    priority: text('priority', { enum: priorities }).notNull().default('medium'),
    status: text('status', { enum: taskStatuses }).notNull().default('pending'),
    leadId: text('lead_id').references(() => lead.id, { onDelete: 'set null' }),
    companyId: text('company_id').references(() => company.id, { onDelete: 'set null' }),
    contactId: text('contact_id').references(() => contact.id, { onDelete: 'set null' }),
    customerId: text('customer_id').references(() => customer.id, { onDelete: 'set null' }),
    assigneeId: text('assignee_id').references(() => user.id, { onDelete: 'set null' }),
    /** UTC; a task that is due on a day is due at that day's last minute. */
    dueAt: integer('due_at'),
    /** What was meant: `2026-11-27T15:00`, or `2026-11-27` for the day, in this IANA zone. */
    wallTime: text('wall_time'),
    zone: text('zone'),
    /** RFC 5545 RRULE without its prefix; each occurrence is a row of its own. */
    recurrence: text('recurrence'),
    /** What all occurrences of a rule share, and which of them this is: the local time or day the rule gives. */
    seriesId: text('series_id'),
    occurrence: text('occurrence'),
    completedAt: integer('completed_at'),
    completedBy: text('completed_by').references(() => user.id, { onDelete: 'set null' }),
    /** The due instant that was handed to the outbox last. */
    notifiedFor: integer('notified_for'),
    externalId: text('external_id'),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    ...timestamps(),
    deletedAt: deletedAt(),
    trashedWith: trashedWith(),
    /** When it is due; null once it is done, cancelled or gone. */
    openAt: integer('open_at').generatedAlwaysAs(sql.raw(`case when ${open} then due_at end`), {
      mode: 'virtual',
    }),
    /** The same while nobody has been notified of this instant. */
    notifyAt: integer('notify_at').generatedAlwaysAs(
      sql.raw(`case when ${open} and notified_for is not due_at then due_at end`),
      { mode: 'virtual' },
    ),
  },
  (table) => [
    index('task_notify').on(table.notifyAt, table.seq).where(sql`notify_at is not null`),
    index('task_open').on(table.openAt, table.seq).where(sql`open_at is not null`),
    index('task_open_user')
      .on(table.assigneeId, table.openAt, table.seq)
      .where(sql`open_at is not null`),
    index('task_undated')
      .on(table.assigneeId, table.seq)
      .where(sql`due_at is null and status in ('pending', 'in_progress') and deleted_at is null`),
    index('task_done')
      .on(table.assigneeId, table.completedAt, table.seq)
      .where(sql`completed_at is not null and deleted_at is null`),
    index('task_due').on(table.dueAt, table.seq).where(sql`deleted_at is null`),
    index('task_due_user')
      .on(table.assigneeId, table.dueAt, table.seq)
      .where(sql`deleted_at is null`),
    index('task_title').on(sql`title collate nocase`, table.seq).where(sql`deleted_at is null`),
    index('task_priority')
      .on(
        sql`case priority when 'urgent' then 3 when 'high' then 2 when 'medium' then 1 else 0 end`,
        table.seq,
      )
      .where(sql`deleted_at is null`),
    index('task_created').on(table.createdAt, table.seq).where(sql`deleted_at is null`),
    index('task_lead').on(table.leadId).where(sql`lead_id is not null`),
    index('task_company').on(table.companyId).where(sql`company_id is not null`),
    index('task_contact').on(table.contactId).where(sql`contact_id is not null`),
    index('task_customer').on(table.customerId).where(sql`customer_id is not null`),
    uniqueIndex('task_series')
      .on(table.seriesId, table.occurrence)
      .where(sql`series_id is not null`),
    index('task_external').on(table.externalId).where(sql`external_id is not null`),
    index('task_deleted').on(table.deletedAt).where(sql`deleted_at is not null`),
    index('task_trashed_with').on(table.trashedWith).where(sql`trashed_with is not null`),
  ],
)

const isOpen = `task.status in ('pending', 'in_progress')`

declare(task, {
  fields: taskFields,
  searched: {},
  derived: ['notified_for'],
  // What was done is history, and stays.
  hanging: {
    holders: ['lead', 'customer', 'contact', 'company'],
    rests: isOpen,
    work: { open: isOpen, person: 'assignee_id' },
  },
})
