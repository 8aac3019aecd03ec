/** What is to become of a thing in a calendar file. */
import type { CalendarOutcome } from '../../contract/calendar'
import type { ActivityPatch, NewActivity } from '../activities/activities'
import type { RowOf } from '../kernel/rows'
import type { NewTask, TaskPatch } from '../tasks/tasks'
import { sequenceOf } from './collect-events'
import type { Candidate } from './read-calendar'
import type { calendarItem } from './table'

export type ItemRow = RowOf<typeof calendarItem>

export interface Planned {
  candidate: Candidate
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
    | undefined
}
/** An occurrence that its series does not have any more. */
export interface Dropped {
  uid: string
  recurrenceId: string
  activityId: string
  summary: string
  start: number
}

/** What is written of a to-do. */
export type TaskChange =
  | { type: 'create_task'; task: NewTask; completedAt: number | undefined }
  | {
      type: 'update_task'
      taskId: string
      patch: TaskPatch
      /** Minutes before; undefined where they stay. */
      alarms: number[] | undefined
      itemId: string | undefined
    }
  | { type: 'trash_task'; taskId: string; itemId: string | undefined }

/** Whether what is here is a later version of the same. */
export function isOlder(
  { item }: Candidate,
  known: ItemRow | undefined,
  row: { created_at: number; updated_at: number },
): boolean {
  const sequence = known ? known.sequence : sequenceOf(row)
  if (item.sequence !== sequence) return item.sequence < sequence
  const modifiedAt = known ? known.modified_at : Math.floor(row.updated_at / 1000) * 1000
  return item.modifiedAt !== null && modifiedAt !== null && item.modifiedAt < modifiedAt
}
