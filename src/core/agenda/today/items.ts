/** Reminders, tasks and planned activities as the one queue and the calendar show them. */
import type { AgendaItem, AgendaKind } from '../../../contract/agenda/today'
import { toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import { isDay } from '../../kernel/time/wall-time'
import { type LinkIds, toLinks } from '../../records/links/links'
import { type ActivityRow, activityDay, activityDayAt } from '../../timeline/activities/activities'
import {
  linksOfReminder,
  type ReminderRow,
  reminderName,
  reminderSubjects,
  subjectJoins,
} from '../reminders/reminders'
import { type TaskRow, taskDay } from '../tasks/tasks'

/** An instant by which items of a kind are found. */
interface Way {
  column: string
  /** What has that instant and is not in the trash, in the words of the index, so that it serves. */
  where: string
  /** The index that holds a person's in its order. */
  own: string
}

/** Where a kind is found on its indexes. */
export interface KindSource {
  /** What an item shows, but for the names of the records it is about. */
  select: string
  joins: string
  /** The column of whose it is. */
  person: string
  /** By when open ones are due. */
  due: Way
  /** By when a calendar shows it, done or not. */
  planned: Way
  /** By when it was done, together with `isDone`. */
  done: Way
  isDone: string
  /** SQL of the day it takes whole at one of its instants; undefined where it always has a time. */
  day?: (column: string) => string
  /** What a rep may not see even of its own. */
  hidden?: string
}

const way = (column: string, own: string, trashed = ''): Way => ({
  column,
  own,
  where: `${column} is not null${trashed && ` and ${trashed} is null`}`,
})

const reminderColumns = [
  'id',
  'notes',
  'user_id',
  'activity_id',
  'task_id',
  'plan_id',
  'recurrence',
  'due_at',
  'completed_at',
] as const
const linkColumns = ['company_id', 'contact_id', 'lead_id', 'customer_id'] as const
const taskColumns = [
  'id',
  'title',
  'description',
  'type',
  'priority',
  'assignee_id',
  'wall_time',
  'recurrence',
  'open_at',
  'completed_at',
  ...linkColumns,
] as const
const activityColumns = [
  'id',
  'type',
  'subject',
  'description',
  'user_id',
  'occurred_at',
  'completed_at',
  'planned_at',
  'open_at',
  'duration_minutes',
  ...linkColumns,
] as const
const columnsOf = (table: AgendaKind, columns: readonly string[]): string =>
  columns.map((column) => `${table}.${column}`).join(', ')

export const kindSources: Readonly<Record<AgendaKind, KindSource>> = {
  reminder: {
    select: `${columnsOf('reminder', reminderColumns)}, ${reminderSubjects}, person.name as user_name`,
    joins: `${subjectJoins} left join user person on person.id = reminder.user_id`,
    person: 'reminder.user_id',
    // Nothing in the trash is due.
    due: way('reminder.due_at', 'reminder_due_user'),
    planned: way('reminder.remind_at', 'reminder_at_user', 'reminder.deleted_at'),
    done: way('reminder.completed_at', 'reminder_done', 'reminder.deleted_at'),
    // Those without somebody ended with their activity or task, which counts itself.
    isDone: `reminder.status = 'completed' and reminder.completed_by is not null`,
  },
  task: {
    select: `${columnsOf('task', taskColumns)}, person.name as assignee_name`,
    joins: 'left join user person on person.id = task.assignee_id',
    person: 'task.assignee_id',
    due: way('task.open_at', 'task_open_user'),
    planned: way('task.due_at', 'task_due_user', 'task.deleted_at'),
    done: way('task.completed_at', 'task_done', 'task.deleted_at'),
    isDone: 'task.completed_at is not null',
    day: () => taskDay,
  },
  activity: {
    select: `${columnsOf('activity', activityColumns)}, ${activityDay} as day, person.name as user_name`,
    joins: 'left join user person on person.id = activity.user_id',
    person: 'activity.user_id',
    due: way('activity.open_at', 'activity_open_user', 'activity.deleted_at'),
    planned: way('activity.planned_at', 'activity_planned_user', 'activity.deleted_at'),
    done: way('activity.at', 'activity_user', 'activity.deleted_at'),
    isDone: `+activity.category = 'manual' and activity.completed_at is not null and +activity.planned_at is not null`,
    day: activityDayAt,
    hidden: 'activity.visible_to_rep = 0',
  },
}

type Names = 'company_name' | 'contact_name' | 'lead_title' | 'customer_name'
type ReminderParts =
  | (typeof reminderColumns)[number]
  | `shown_${(typeof linkColumns)[number]}`
  | 'activity_name'
  | 'task_title'
  | 'plan_name'
  | 'user_name'
/** Rows as an item is made of them. */
export interface Rows {
  reminder: Pick<ReminderRow, ReminderParts | Names>
  task: Pick<TaskRow, (typeof taskColumns)[number] | 'assignee_name' | Names>
  activity: Pick<ActivityRow, (typeof activityColumns)[number] | 'day' | 'user_name' | Names>
}
/** Rows as they are selected: the names of the records they are about are found together. */
export type SelectedRow<Kind extends AgendaKind> = Omit<Rows[Kind], Names>

/** The records that a row is shown with. */
export const linkIdsOf: { [Kind in AgendaKind]: (row: SelectedRow<Kind>) => LinkIds } = {
  reminder: (row) => ({
    company_id: row.shown_company_id,
    contact_id: row.shown_contact_id,
    lead_id: row.shown_lead_id,
    customer_id: row.shown_customer_id,
  }),
  task: (row) => row,
  activity: (row) => row,
}

export interface ItemContext {
  /** The instant it is shown at. */
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
    ...linksOfReminder(row),
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
    ...toLinks(row),
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
      ...toLinks(row),
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

const dayOfTask = ({ wall_time }: Pick<TaskRow, 'wall_time'>): string | null =>
  wall_time !== null && isDay(wall_time) ? wall_time : null
