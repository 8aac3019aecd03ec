/** Reminders as lists and the agenda read them, with the names of what they are for, and as answers show them. */
import type { Reminder } from '../../../contract/agenda/reminders'
import { type RowOf, toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import type { ListSource } from '../../kernel/fields/list'
import { wallTimeIn } from '../../kernel/time/wall-time'
import { linkJoins, linkNames } from '../../records/links/links'
import type { reminder } from './table'

export type ReminderRow = RowOf<typeof reminder> & {
  /** Its own, else its activity's or task's. */
  shown_company_id: string | null
  shown_contact_id: string | null
  shown_lead_id: string | null
  shown_customer_id: string | null
  activity_name: string | null
  task_title: string | null
  plan_name: string | null
  company_name: string | null
  contact_name: string | null
  lead_title: string | null
  customer_name: string | null
  user_name: string | null
  completed_by_name: string | null
}

const shown = (kind: string) => `coalesce(reminder.${kind}_id, subject.${kind}_id, task.${kind}_id)`
/** SQL of the records that it is shown with, and of the names of what it is for, which `subjectJoins` joins. */
export const reminderSubjects = `${['company', 'contact', 'lead', 'customer'].map((kind) => `${shown(kind)} as shown_${kind}_id`).join(', ')},
    iif(subject.id is null, null, coalesce(subject.subject,
      (select label from word where list = 'activity_type' and name = subject.type), subject.type)) as activity_name,
    task.title as task_title, plan.name as plan_name`
/** SQL that joins what it is for. */
export const subjectJoins = `left join activity subject on subject.id = reminder.activity_id
    left join task on task.id = reminder.task_id
    left join plan on plan.id = reminder.plan_id`

export const reminderSource: ListSource = {
  table: 'reminder',
  select: `reminder.*, ${reminderSubjects}, ${linkNames}, person.name as user_name,
    completer.name as completed_by_name`,
  joins: `${subjectJoins}
    ${linkJoins(shown)}
    left join user person on person.id = reminder.user_id
    left join user completer on completer.id = reminder.completed_by`,
  fields: {
    notes: { sql: 'reminder.notes', type: 'text' },
    status: { sql: 'reminder.status', type: 'text' },
    user: { sql: 'reminder.user_id', type: 'id', of: 'user' },
    activity: { sql: 'reminder.activity_id', type: 'id', of: 'activity' },
    task: { sql: 'reminder.task_id', type: 'id', of: 'task' },
    company: { sql: 'reminder.company_id', type: 'id', of: 'company' },
    contact: { sql: 'reminder.contact_id', type: 'id', of: 'contact' },
    lead: { sql: 'reminder.lead_id', type: 'id', of: 'lead' },
    customer: { sql: 'reminder.customer_id', type: 'id', of: 'customer' },
    remindAt: { sql: 'reminder.remind_at', type: 'instant' },
    dueAt: { sql: 'reminder.due_at', type: 'instant' },
    completedAt: { sql: 'reminder.completed_at', type: 'instant' },
    createdAt: { sql: 'reminder.created_at', type: 'instant' },
    updatedAt: { sql: 'reminder.updated_at', type: 'instant' },
  },
  searched: ['reminder.notes'],
  defaultSort: 'remindAt',
  sorts: {
    remindAt: { sql: 'reminder.remind_at' },
    dueAt: { sql: 'reminder.due_at', nullable: true },
    completedAt: { sql: 'reminder.completed_at', nullable: true },
  },
}

/** What people call it: the first line of its notes, else what it is for. */
export const reminderName = (
  row: Pick<
    ReminderRow,
    | 'notes'
    | 'activity_name'
    | 'task_title'
    | 'lead_title'
    | 'customer_name'
    | 'contact_name'
    | 'company_name'
  >,
): string =>
  row.notes?.trim().split('\n')[0]?.trim() ||
  row.activity_name ||
  row.task_title ||
  row.lead_title ||
  row.customer_name ||
  row.contact_name ||
  row.company_name ||
  'Reminder'

/** The records it is shown with. */
export const linksOfReminder = (
  row: Pick<
    ReminderRow,
    | `shown_${'company' | 'contact' | 'lead' | 'customer'}_id`
    | `${'company' | 'contact' | 'customer'}_name`
    | 'lead_title'
  >,
) => ({
  company: toReference(row.shown_company_id, row.company_name),
  contact: toReference(row.shown_contact_id, row.contact_name),
  lead: toReference(row.shown_lead_id, row.lead_title),
  customer: toReference(row.shown_customer_id, row.customer_name),
})

/** One that follows an activity or task is shown where its person is. @param zoneOf the zone of a user */
export function timeShown(row: ReminderRow, zoneOf: (userId: string | null) => string) {
  if (row.offset_minutes === null) return { wallTime: row.wall_time, zone: row.zone }
  const zone = zoneOf(row.user_id)
  return { wallTime: wallTimeIn(row.remind_at, zone), zone }
}

export const toReminder = (
  row: ReminderRow,
  zoneOf: (userId: string | null) => string,
): Reminder => ({
  id: row.id,
  notes: row.notes,
  user: toReference(row.user_id, row.user_name),
  activity: toReference(row.activity_id, row.activity_name),
  task: toReference(row.task_id, row.task_title),
  plan: toReference(row.plan_id, row.plan_name),
  ...linksOfReminder(row),
  remindAt: toInstant(row.remind_at),
  ...timeShown(row, zoneOf),
  offsetMinutes: row.offset_minutes,
  recurrence: row.recurrence,
  status: row.status,
  snoozedUntil: toInstantOrNull(row.status === 'snoozed' ? row.snoozed_until : null),
  dueAt: toInstantOrNull(row.due_at),
  notificationSentAt: toInstantOrNull(row.notification_sent_at),
  completedAt: toInstantOrNull(row.completed_at),
  completedBy: toReference(row.completed_by, row.completed_by_name),
  createdAt: toInstant(row.created_at),
  updatedAt: toInstant(row.updated_at),
  deletedAt: toInstantOrNull(row.deleted_at),
})
