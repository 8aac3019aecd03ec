/** Reminders, tasks and planned activities as the one queue and the calendar show them. */
import type { AgendaItem, AgendaKind } from '../../contract/agenda'
import { type ActivityRow, activitySource } from '../activities/activities'
import type { ListSource } from '../kernel/list'
import { toInstant, toInstantOrNull, toReference } from '../kernel/rows'
import { isDay } from '../kernel/wall-time'
import { wholeDayAt, wholeDaySql } from '../kernel/whole-days'
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
  /** SQL of the day it takes whole at one of its instants; undefined where it always has a time. */
  day?: (column: string) => string
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
    day: () => wholeDaySql.task,
  },
  activity: {
    source: activitySource,
    person: 'activity.user_id',
    due: 'activity.open_at',
    planned: 'activity.planned_at',
    done: 'activity.at',
    isDone: `+activity.category = 'manual' and activity.completed_at is not null and +activity.planned_at is not null`,
    day: wholeDayAt,
    hidden: 'activity.visible_to_rep = 0',
  },
}

export type Rows = { reminder: ReminderRow; task: TaskRow; activity: ActivityRow }

export interface ItemContext {
  /** The instant it stands at. */
  at: number
  /** What is due before is overdue. */
  now: number
  /** The date where it is looked at: what takes a whole day is overdue once that day is over. */
  today: string
}

const isOverdue = (due: number | null, day: string | null, { now, today }: ItemContext): boolean =>
  due !== null && (day === null ? due < now : day < today)

export const toItem: {
  [K in AgendaKind]: (row: Rows[K], context: ItemContext) => AgendaItem
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
    day: null,
    durationMinutes: null,
    recurrence: row.recurrence,
    overdue: row.due_at !== null && row.due_at < now,
    doneAt: toInstantOrNull(row.completed_at),
  }),
  task: (row, context) => ({
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
    at: toInstant(context.at),
    allDay: dayOfTask(row) !== null,
    day: dayOfTask(row),
    durationMinutes: null,
    recurrence: row.recurrence,
    overdue: isOverdue(row.open_at, dayOfTask(row), context),
    doneAt: toInstantOrNull(row.completed_at),
  }),
  activity: (row, context) => {
    const dueDay = row.open_at === row.planned_at ? row.day : null
    const day = row.open_at === null || context.at === row.planned_at ? row.day : null
    return {
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
      at: toInstant(context.at),
      allDay: day !== null,
      day,
      durationMinutes: row.duration_minutes,
      recurrence: null,
      overdue: isOverdue(row.open_at, dueDay, context),
      doneAt: toInstantOrNull(row.completed_at ?? (row.open_at === null ? row.occurred_at : null)),
    }
  },
}

const dayOfTask = ({ wall_time }: TaskRow): string | null =>
  wall_time !== null && isDay(wall_time) ? wall_time : null
