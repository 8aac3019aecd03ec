/** Reminders, tasks and planned activities as the one queue and the calendar show them. */
import type { AgendaItem, AgendaKind } from '../../contract/agenda'
import { type ActivityRow, activitySource } from '../activities/activities'
import type { ListSource } from '../kernel/list'
import { toInstant, toInstantOrNull, toReference } from '../kernel/rows'
import { isDay } from '../kernel/wall-time'
import { type ReminderRow, reminderName, reminderSource } from '../reminders/reminders'
import { type TaskRow, taskSource } from '../tasks/tasks'

/** Where a kind is found on its indexes. */
export interface KindSource {
  source: ListSource
  /** The column of whose it is. */
  person: string
  /** The column by which open ones are due; null for all others. */
  due: string
  /** The column by which a calendar shows it, done or not. */
  planned: string
  /** The column that doneness walks along, and what else makes one count as done. */
  done: string
  isDone: string
  /** What a rep may not see even of its own. */
  hidden?: string
}

export const kindSources: Readonly<Record<AgendaKind, KindSource>> = {
  reminder: {
    source: reminderSource,
    person: 'reminder.user_id',
    due: 'reminder.due_at',
    planned: 'reminder.remind_at',
    done: 'reminder.completed_at',
    // Those without somebody ended with their activity or task, which counts itself.
    isDone: `reminder.status = 'completed' and reminder.completed_by is not null`,
  },
  task: {
    source: taskSource,
    person: 'task.assignee_id',
    due: 'task.open_at',
    planned: 'task.due_at',
    done: 'task.completed_at',
    isDone: 'task.completed_at is not null',
  },
  activity: {
    source: activitySource,
    person: 'activity.user_id',
    due: 'activity.open_at',
    planned: 'activity.planned_at',
    done: 'activity.at',
    isDone: `+activity.category = 'manual' and activity.completed_at is not null and +activity.planned_at is not null`,
    hidden: 'activity.visible_to_rep = 0',
  },
}

export type Rows = { reminder: ReminderRow; task: TaskRow; activity: ActivityRow }

/**
 * @param at the instant it stands at
 * @param now what is due before is overdue
 */
export const toItem: {
  [K in AgendaKind]: (row: Rows[K], context: { at: number; now: number }) => AgendaItem
} = {
  reminder: (row, { at, now }) => ({
    kind: 'reminder',
    id: row.id,
    title: reminderName(row),
    text: row.notes,
    type: null,
    priority: null,
    user: toReference(row.user_id, row.user_name),
    company: toReference(row.shown_company_id, row.company_name),
    contact: toReference(row.shown_contact_id, row.contact_name),
    lead: toReference(row.shown_lead_id, row.lead_title),
    customer: toReference(row.shown_customer_id, row.customer_name),
    about: row.activity_id
      ? { kind: 'activity', id: row.activity_id, name: row.activity_name ?? '' }
      : row.task_id
        ? { kind: 'task', id: row.task_id, name: row.task_title ?? '' }
        : row.plan_id
          ? { kind: 'plan', id: row.plan_id, name: row.plan_name ?? '' }
          : null,
    at: toInstant(at),
    allDay: false,
    durationMinutes: null,
    recurrence: row.recurrence,
    overdue: row.due_at !== null && row.due_at < now,
    doneAt: toInstantOrNull(row.completed_at),
  }),
  task: (row, { at, now }) => ({
    kind: 'task',
    id: row.id,
    title: row.title,
    text: row.description,
    type: row.type,
    priority: row.priority,
    user: toReference(row.assignee_id, row.assignee_name),
    company: toReference(row.company_id, row.company_name),
    contact: toReference(row.contact_id, row.contact_name),
    lead: toReference(row.lead_id, row.lead_title),
    customer: toReference(row.customer_id, row.customer_name),
    about: null,
    at: toInstant(at),
    allDay: row.wall_time !== null && isDay(row.wall_time),
    durationMinutes: null,
    recurrence: row.recurrence,
    overdue: row.open_at !== null && row.open_at < now,
    doneAt: toInstantOrNull(row.completed_at),
  }),
  activity: (row, { at, now }) => ({
    kind: 'activity',
    id: row.id,
    title: row.subject ?? row.type,
    text: row.description,
    type: row.type,
    priority: null,
    user: toReference(row.user_id, row.user_name),
    company: toReference(row.company_id, row.company_name),
    contact: toReference(row.contact_id, row.contact_name),
    lead: toReference(row.lead_id, row.lead_title),
    customer: toReference(row.customer_id, row.customer_name),
    about: null,
    at: toInstant(at),
    allDay: row.all_day === 1,
    durationMinutes: row.duration_minutes,
    recurrence: null,
    overdue: row.open_at !== null && row.open_at < now,
    doneAt: toInstantOrNull(row.completed_at ?? (row.open_at === null ? row.occurred_at : null)),
  }),
}
