/** Decides what becomes of a to-do of a calendar file: a task with its due date, repeats and reminders. */

import type { Priority } from '../../../contract/kernel/words'
import type { Database } from '../../kernel/database/database'
import { toInstant } from '../../kernel/database/rows'
import { checkedRecurrence, type Effort } from '../../kernel/time/recurrence'
import { textOfRule } from '../../kernel/time/rrule'
import { wallTimeIn } from '../../kernel/time/wall-time'
import type { TaskPatch, TaskRow } from '../tasks/tasks'
import { usualEffort } from './expand'
import type { LinkFinder } from './find-links'
import { writtenText } from './own-entries'
import { sound } from './plan-reminder'
import {
  atSecond,
  changedAlarms,
  type ItemRow,
  type Planned,
  planOf,
  textsOf,
  whyKept,
} from './planned'
import type { TaskCandidate } from './read-calendar'
import type { ReadItem } from './read-item'

interface Needs {
  database: Database
  links: LinkFinder
  mayChangeTask(taskId: string): boolean
}

export function createTaskPlanner({
  database,
  links,
  mayChangeTask,
}: Needs): (
  candidate: TaskCandidate,
  known: ItemRow | undefined,
  row: TaskRow | undefined,
) => Planned {
  const effort = usualEffort()
  return (candidate, known, row) => {
    const { item } = candidate
    const as = planOf(candidate)
    const { fields, reason, occurrence } = fieldsOf(candidate, effort)
    if (!row) {
      if (item.cancelled) return as('skipped', 'it is cancelled')
      const isDone = fields.status === 'completed'
      const found = links.linksOf(item.extra)
      return as('new', [reason, found.reason].filter(Boolean).join('; ') || null, {
        type: 'create_task',
        task: {
          ...fields,
          ...found.links,
          ...(item.extra.taskType && { type: item.extra.taskType }),
          assigneeId: links.userOf(item.extra),
          ...(isDone ? { recurrence: null } : { reminderMinutes: item.alarms }),
        },
        completedAt: item.completedAt ?? undefined,
        occurrence,
      })
    }
    const kept = whyKept(candidate, known, row, { mayChange: mayChangeTask(row.id) })
    if (kept) return as(...kept)
    if (item.cancelled)
      return as('cancelled', null, { type: 'trash_task', taskId: row.id, itemId: known?.id })
    if (known?.raw === candidate.raw()) return as('unchanged')
    const patch = differences(fields, row)
    const alarms =
      row.completed_at === null ? changedAlarms(database, { taskId: row.id }, item) : undefined
    if (Object.keys(patch).length === 0 && !alarms) return as('unchanged')
    return as('updated', reason, {
      type: 'update_task',
      taskId: row.id,
      patch,
      alarms,
      itemId: known?.id,
    })
  }
}

/** RFC 5545: 1 is the highest, 5 the middle, 9 the lowest, 0 says nothing. */
const priorityOf = (priority: number): Priority =>
  priority === 1
    ? 'urgent'
    : priority === 0 || priority === 5
      ? 'medium'
      : priority < 5
        ? 'high'
        : 'low'

const isDone = ({ status, completedAt, percent }: ReadItem) =>
  status === 'COMPLETED' || completedAt !== null || percent >= 100

function statusOf(item: ReadItem) {
  if (item.extra.status) return item.extra.status
  if (isDone(item)) return 'completed'
  return item.status === 'IN-PROCESS' || item.percent > 0 ? 'in_progress' : 'pending'
}

/** A to-do's text, date and rule as a task has them; `reason` says what cannot be kept. */
function fieldsOf({ item, start, recurrenceId }: TaskCandidate, effort: Effort) {
  const { title, description } = textsOf(item)
  const local = start ? wallTimeIn(start.local, 'UTC') : undefined
  const at = start?.isDate ? local?.slice(0, 10) : local
  const due =
    start && at
      ? {
          zone: start.zone,
          ...(start.isDate ? { wallTime: at } : { dueAt: toInstant(start.instant) }),
        }
      : { dueAt: null }
  const { isOurs, recurrence, occurrence } = item.extra
  // A task's own time may be another than the one that its rule gave.
  const own =
    occurrence !== null && occurrence.includes('T') === at?.includes('T') ? occurrence : at
  const rule = isOurs
    ? own && sound(recurrence, own, effort)
    : recurrenceId
      ? undefined
      : ruleOf(item, local, effort)
  return {
    fields: {
      title: title || 'Task without a title',
      description,
      priority: priorityOf(item.priority),
      status: statusOf(item),
      ...due,
      recurrence: rule ?? null,
    } as const,
    occurrence: (rule && isOurs && own) || undefined,
    reason:
      item.rules.length > 0 && !recurrenceId && rule === undefined
        ? 'it repeats in a way that tasks do not: it comes in once'
        : null,
  }
}

/** The rule of a repeating to-do, where tasks can follow it. */
function ruleOf({ rules, dates, exceptDates }: ReadItem, at: string | undefined, effort: Effort) {
  const [rule, ...others] = rules
  if (!rule || !at || others.length + dates.length + exceptDates.length > 0) return undefined
  try {
    return checkedRecurrence(textOfRule(rule), at, effort)
  } catch {
    return undefined
  }
}

type Fields = ReturnType<typeof fieldsOf>['fields']

/** What was done here stays done. */
function differences(fields: Fields, row: TaskRow): TaskPatch {
  const patch: TaskPatch = {}
  if (fields.title !== row.title) patch.title = fields.title
  if (fields.description !== writtenText(row.description)) patch.description = fields.description
  if (fields.priority !== row.priority) patch.priority = fields.priority
  if (fields.status !== row.status && row.completed_at === null && row.status !== 'cancelled')
    patch.status = fields.status
  if ('wallTime' in fields) {
    if (fields.wallTime !== row.wall_time) {
      patch.wallTime = fields.wallTime
      patch.zone = fields.zone
    }
  } else if (fields.dueAt === null) {
    if (row.due_at !== null) patch.dueAt = null
    // Without a time there is nothing to repeat from, even of what is done.
    if (row.recurrence !== null) patch.recurrence = null
  } else if (Date.parse(fields.dueAt) !== (row.due_at === null ? null : atSecond(row.due_at))) {
    patch.dueAt = fields.dueAt
    if ('zone' in fields) patch.zone = fields.zone
  }
  if (fields.recurrence !== row.recurrence && row.completed_at === null)
    patch.recurrence = fields.recurrence
  return patch
}
