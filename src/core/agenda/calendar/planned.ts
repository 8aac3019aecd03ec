/** What is to become of a thing in a calendar file. */
import type { CalendarOutcome } from '../../../contract/agenda/calendar'
import type { Database } from '../../kernel/database/database'
import type { RowOf } from '../../kernel/database/rows'
import type { ActivityPatch, NewActivity } from '../../timeline/activities/activities'
import { minutesBefore, type NewReminder, type ReminderPatch } from '../reminders/reminders'
import type { NewTask, TaskPatch } from '../tasks/tasks'
import { sequenceOf } from './own-entries'
import type { Candidate, EventCandidate } from './read-calendar'
import { mostAlarms, type ReadItem, titleIn } from './read-item'
import type { calendarItem } from './table'

export type ItemRow = RowOf<typeof calendarItem>

/** A reminder that Rapport wrote, as an event. */
export interface ReminderCandidate extends Omit<EventCandidate, 'kind'> {
  kind: 'reminder'
}
export type KnownCandidate = Candidate | ReminderCandidate

export interface Planned {
  candidate: KnownCandidate
  outcome: CalendarOutcome
  reason: string | null
  /** What is written. */
  change:
    | { type: 'create'; activity: NewActivity }
    | {
        type: 'update'
        activityId: string
        patch: ActivityPatch
        /** Its reminders, minutes before; undefined where they stay. */
        alarms: number[] | undefined
        itemId: string | undefined
      }
    | { type: 'trash'; activityId: string; itemId: string | undefined }
    | TaskChange
    | ReminderChange
    | undefined
}
/** An occurrence that its series does not have any more. */
export interface Dropped {
  uid: string
  recurrenceId: string
  activityId: string
  summary: string
  start: number
  /** The day it took whole. */
  day: string | null
}

/** What is written of a to-do. */
export type TaskChange =
  | {
      type: 'create_task'
      task: NewTask
      completedAt: number | undefined
      /** Which one of its rule it is, where that is not its own time. */
      occurrence: string | undefined
    }
  | {
      type: 'update_task'
      taskId: string
      patch: TaskPatch
      /** Minutes before; undefined where they stay. */
      alarms: number[] | undefined
      itemId: string | undefined
    }
  | { type: 'trash_task'; taskId: string; itemId: string | undefined }

/** What is written of a reminder. */
export type ReminderChange =
  | { type: 'create_reminder'; reminder: NewReminder; occurrence: string }
  | {
      type: 'update_reminder'
      reminderId: string
      patch: ReminderPatch
      itemId: string | undefined
    }
  | { type: 'trash_reminder'; reminderId: string; itemId: string | undefined }

/** Calendar files know no less than a second. */
export const atSecond = (instant: number): number => Math.floor(instant / 1000) * 1000

/** Whether what is here is a later version of the same. */
function isOlder(
  { item }: KnownCandidate,
  known: ItemRow | undefined,
  row: { created_at: number; updated_at: number },
): boolean {
  const sequence = known ? known.sequence : sequenceOf(row)
  if (item.sequence !== sequence) return item.sequence < sequence
  const modifiedAt = known ? known.modified_at : atSecond(row.updated_at)
  return item.modifiedAt !== null && modifiedAt !== null && item.modifiedAt < modifiedAt
}

/** What becomes of a candidate, by its outcome. */
export const planOf =
  (candidate: KnownCandidate) =>
  (
    outcome: Planned['outcome'],
    reason: string | null = null,
    change?: Planned['change'],
  ): Planned => ({ candidate, outcome, reason, change })

/**
 * Why what is here stays as it is, whatever the file says; undefined where the file may change it.
 * @param settled why it is over with here already, where it is
 */
export function whyKept(
  candidate: KnownCandidate,
  known: ItemRow | undefined,
  row: { created_at: number; updated_at: number; deleted_at: number | null },
  { mayChange, settled }: { mayChange: boolean; settled?: string | undefined },
): [CalendarOutcome, string] | undefined {
  if (row.deleted_at !== null) return ['skipped', 'it was deleted here']
  if (!mayChange) return ['skipped', 'it may not be changed']
  if (settled) return ['unchanged', settled]
  if (isOlder(candidate, known, row)) return ['unchanged', 'what is here is newer']
  return undefined
}

/** The reminders that a file wants of an activity or task; undefined where they are as they were. */
export function changedAlarms(
  database: Database,
  subject: { activityId: string } | { taskId: string },
  { alarms }: ReadItem,
): number[] | undefined {
  const current = minutesBefore(database, subject).slice(0, mostAlarms)
  return current.join() === alarms.join() ? undefined : alarms
}

const longestTitle = 255

/** A title as long as one may be here; what is cut off stays in the description. */
export function textsOf(item: ReadItem): { title: string; description: string | null } {
  const title = titleIn(item)
  if (item.summary.length <= longestTitle) return { title, description: item.description }
  return {
    title: title && `${title.slice(0, longestTitle - 1)}…`,
    description: `${item.summary}${item.description ? `\n\n${item.description}` : ''}`,
  }
}

/** How the version of an event is kept: its text, of an occurrence only the text's hash. */
export const versionOf = ({ raw, hash, recurrenceId }: KnownCandidate) =>
  recurrenceId ? `sha256:${hash}` : raw()
