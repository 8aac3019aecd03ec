/** What is to become of a thing in a calendar file. */
import type { CalendarOutcome } from '../../../contract/agenda/calendar'
import type { RowOf } from '../../kernel/database/rows'
import type { ActivityPatch, NewActivity } from '../../timeline/activities/activities'
import type { NewReminder, ReminderPatch } from '../reminders/reminders'
import type { NewTask, TaskPatch } from '../tasks/tasks'
import { sequenceOf } from './collect-events'
import type { Candidate, EventCandidate } from './read-calendar'
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
export function isOlder(
  { item }: KnownCandidate,
  known: ItemRow | undefined,
  row: { created_at: number; updated_at: number },
): boolean {
  const sequence = known ? known.sequence : sequenceOf(row)
  if (item.sequence !== sequence) return item.sequence < sequence
  const modifiedAt = known ? known.modified_at : atSecond(row.updated_at)
  return item.modifiedAt !== null && modifiedAt !== null && item.modifiedAt < modifiedAt
}
