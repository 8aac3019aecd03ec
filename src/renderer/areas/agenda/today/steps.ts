/** Open tasks and reminders of one record, in the order they come. */
import type { Reminder } from '../../../../contract/agenda/reminders'
import type { Task } from '../../../../contract/agenda/tasks'
import type { Reference } from '../../../../contract/kernel/shapes'
import type { Priority } from '../../../../contract/kernel/words'
import { isPast } from '../../../ui/dates'
import { reminderName } from '../reminders/words'
import { dueOf } from '../tasks/due'

export interface Step {
  kind: 'task' | 'reminder'
  id: string
  name: string
  /** Of a task. */
  type: string | null
  priority: Priority | null
  recurrence: string | null
  /** Instant, or a date where it has no time of day; null where it has no day. */
  at: string | null
  overdue: boolean
  user: Reference | null
}

/**
 * Soonest first; what has no day comes last. A reminder that goes with a listed task is shown with it,
 * one that calls for the step of a plan by the plan's card.
 */
export function stepsOf(tasks: readonly Task[], reminders: readonly Reminder[], now: Date): Step[] {
  const listed = new Set(tasks.map(({ id }) => id))
  const steps = [
    ...tasks.map((task) => ({ due: task.dueAt, step: stepOfTask(task, now) })),
    ...reminders
      .filter(({ task, plan }) => plan === null && (task === null || !listed.has(task.id)))
      .map((reminder) => ({ due: reminder.dueAt, step: stepOfReminder(reminder, now) })),
  ]
  return steps
    .sort((one, other) => (one.due ?? '9').localeCompare(other.due ?? '9'))
    .map(({ step }) => step)
}

const stepOfTask = (task: Task, now: Date): Step => ({
  kind: 'task',
  id: task.id,
  name: task.title,
  type: task.type,
  priority: task.priority,
  recurrence: task.recurrence,
  at: dueOf(task),
  overdue: task.dueAt !== null && isPast(dueOf(task) ?? task.dueAt, now),
  user: task.assignee,
})

const stepOfReminder = (reminder: Reminder, now: Date): Step => ({
  kind: 'reminder',
  id: reminder.id,
  name: reminderName(reminder),
  type: null,
  priority: null,
  recurrence: reminder.recurrence,
  at: reminder.dueAt,
  overdue: reminder.dueAt !== null && new Date(reminder.dueAt) < now,
  user: reminder.user,
})
