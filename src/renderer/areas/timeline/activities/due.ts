/** When an activity is due, and whether it still is. */
import type { Activity } from '../../../../contract/timeline/activities'

/** When an activity is due: the day that it takes whole, else the instant; a due time of its own is no day. */
export const dueOf = ({
  day,
  dueAt,
  scheduledAt,
}: Pick<Activity, 'day' | 'dueAt' | 'scheduledAt'>): string | null => {
  const due = dueAt ?? scheduledAt
  return day !== null && (scheduledAt === null || due === scheduledAt) ? day : due
}

/** Planned and not done yet. */
export const isOpen = (
  activity: Pick<Activity, 'completedAt' | 'occurredAt' | 'scheduledAt' | 'dueAt'>,
) =>
  activity.completedAt === null &&
  activity.occurredAt === null &&
  (activity.scheduledAt ?? activity.dueAt) !== null
