/** Activities, the words users may add to, and templates for common ones. */

import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { activityFields } from '../../../contract/timeline/activity-fields'
import { activityCategories, directions } from '../../../contract/timeline/words'
import {
  deletedAt,
  emptyObject,
  id,
  type Json,
  seq,
  timestamps,
  trashedWith,
} from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'
import { company } from '../../records/companies/table'
import { contact } from '../../records/contacts/table'
import { customer } from '../../records/customers/table'
import { lead } from '../../records/leads/table'
import { user } from '../../records/users/table'

export const activity = sqliteTable(
  'activity',
  {
    seq: seq(),
    id: id(),
    category: text('category', { enum: activityCategories }).notNull().default('manual'),
    type: text('type').notNull(),
    subject: text('subject'),
    description: text('description'),
    companyId: text('company_id').references(() => company.id, { onDelete: 'set null' }),
    contactId: text('contact_id').references(() => contact.id, { onDelete: 'set null' }),
    leadId: text('lead_id').references(() => lead.id, { onDelete: 'set null' }),
    customerId: text('customer_id').references(() => customer.id, { onDelete: 'set null' }),
    userId: text('user_id').references(() => user.id, { onDelete: 'set null' }),
    occurredAt: integer('occurred_at'),
    scheduledAt: integer('scheduled_at'),
    dueAt: integer('due_at'),
    completedAt: integer('completed_at'),
    completedBy: text('completed_by').references(() => user.id, { onDelete: 'set null' }),
    durationMinutes: integer('duration_minutes'),
    /** IANA zone the plan was made in; null is the workspace's. */
    zone: text('zone'),
    allDay: integer('all_day').notNull().default(0),
    location: text('location'),
    direction: text('direction', { enum: directions }),
    outcome: text('outcome'),
    metadata: text('metadata')
      .$type<Json<Record<string, unknown>>>()
      .notNull()
      .default(emptyObject),
    visibleToRep: integer('visible_to_rep').notNull().default(1),
    externalId: text('external_id'),
    /** The due instant that was handed to the outbox last. */
    notifiedFor: integer('notified_for'),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    ...timestamps(),
    deletedAt: deletedAt(),
    trashedWith: trashedWith(),
    /** Its instant on a timeline. */
    at: integer('at')
      .notNull()
      .generatedAlwaysAs(
        sql`coalesce(occurred_at, completed_at, scheduled_at, due_at, created_at)`,
        { mode: 'virtual' },
      ),
    /** When it was planned to begin, else to be done: where a calendar shows it and reminders count from. */
    plannedAt: integer('planned_at').generatedAlwaysAs(sql`coalesce(scheduled_at, due_at)`, {
      mode: 'virtual',
    }),
    /** When an open activity wants to be done; null once it is done or gone. */
    openAt: integer('open_at').generatedAlwaysAs(
      sql`case when completed_at is null and occurred_at is null and deleted_at is null then coalesce(due_at, scheduled_at) end`,
      { mode: 'virtual' },
    ),
    /** The same while nobody has been notified of this instant. */
    notifyAt: integer('notify_at').generatedAlwaysAs(
      sql`case when completed_at is null and occurred_at is null and deleted_at is null and notified_for is not coalesce(due_at, scheduled_at) then coalesce(due_at, scheduled_at) end`,
      { mode: 'virtual' },
    ),
  },
  (table) => [
    index('activity_lead').on(table.leadId, table.at, table.seq).where(sql`lead_id is not null`),
    index('activity_company')
      .on(table.companyId, table.at, table.seq)
      .where(sql`company_id is not null`),
    index('activity_contact')
      .on(table.contactId, table.at, table.seq)
      .where(sql`contact_id is not null`),
    index('activity_customer')
      .on(table.customerId, table.at, table.seq)
      .where(sql`customer_id is not null`),
    // Carries what statistics by person count.
    index('activity_user')
      .on(table.userId, table.at, table.seq, table.category, table.deletedAt)
      .where(sql`user_id is not null`),
    index('activity_at').on(table.at, table.seq).where(sql`deleted_at is null`),
    index('activity_category')
      .on(table.category, table.at, table.seq)
      .where(sql`deleted_at is null`),
    index('activity_type')
      .on(table.type, table.at, table.seq, table.category)
      .where(sql`deleted_at is null`),
    index('activity_open')
      .on(table.openAt, table.seq)
      .where(sql`open_at is not null and deleted_at is null`),
    index('activity_open_user')
      .on(table.userId, table.openAt, table.seq)
      .where(sql`open_at is not null and deleted_at is null`),
    index('activity_open_lead').on(table.leadId, table.openAt).where(sql`open_at is not null`),
    index('activity_planned')
      .on(table.plannedAt, table.seq)
      .where(sql`planned_at is not null and deleted_at is null`),
    index('activity_planned_user')
      .on(table.userId, table.plannedAt, table.seq)
      .where(sql`planned_at is not null and deleted_at is null`),
    // Each stay of a lead in a stage that it has left, for conversion rates.
    index('activity_stays')
      .on(table.leadId, sql`metadata ->> '$.old'`, sql`metadata ->> '$.entered_at'`, table.at)
      .where(sql`type = 'stage_changed' and category = 'system' and deleted_at is null`),
    index('activity_notify').on(table.notifyAt, table.seq).where(sql`notify_at is not null`),
    index('activity_external').on(table.externalId).where(sql`external_id is not null`),
    index('activity_deleted').on(table.deletedAt).where(sql`deleted_at is not null`),
    index('activity_trashed_with').on(table.trashedWith).where(sql`trashed_with is not null`),
  ],
)

/** Numbers of activities that are not in the trash, kept by triggers; empty text is nobody. */
export const activityTally = sqliteTable(
  'activity_tally',
  {
    category: text('category', { enum: activityCategories }).notNull(),
    type: text('type').notNull(),
    userId: text('user_id').notNull(),
    activities: integer('activities').notNull(),
  },
  (table) => [primaryKey({ columns: [table.category, table.type, table.userId] })],
)

/** Manual activity types and outcomes: the built-in ones and those users add. */
export const word = sqliteTable(
  'word',
  {
    id: text('id').primaryKey(),
    list: text('list', { enum: ['activity_type', 'outcome'] }).notNull(),
    name: text('name').notNull(),
    label: text('label').notNull(),
    builtIn: integer('built_in').notNull().default(0),
    active: integer('active').notNull().default(1),
    position: integer('position').notNull(),
    ...timestamps(),
  },
  (table) => [index('word_list').on(table.list, table.position)],
)

export const activityTemplate = sqliteTable('activity_template', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  type: text('type').notNull(),
  subject: text('subject'),
  description: text('description'),
  durationMinutes: integer('duration_minutes'),
  outcome: text('outcome'),
  direction: text('direction', { enum: directions }),
  scheduleInDays: integer('schedule_in_days'),
  /** Null for those that came with the database. Not a foreign key: it decides only who may change it. */
  createdBy: text('created_by'),
  ...timestamps(),
})

const isOpen = `activity.category <> 'system' and activity.completed_at is null and activity.occurred_at is null
    and coalesce(activity.scheduled_at, activity.due_at) is not null`

declare(activity, {
  fields: activityFields,
  // System activities repeat their records.
  searched: { when: (row) => `${row}.category <> 'system'` },
  derived: ['notified_for'],
  // What was done is history, and stays.
  hanging: {
    holders: ['lead', 'customer', 'contact', 'company'],
    rests: isOpen,
    work: { open: isOpen, person: 'user_id' },
  },
})

declare(activityTally, {
  derived: true,
  tally: {
    table: 'activity',
    keys: {
      category: (row) => `${row}.category`,
      type: (row) => `${row}.type`,
      user_id: (row) => `coalesce(${row}.user_id, '')`,
    },
    sums: { activities: () => '1' },
    columns: ['category', 'type', 'user_id'],
  },
})
