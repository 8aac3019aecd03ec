/** Reminders so many minutes before an activity or task. */
import type { Database, Writer } from '../../kernel/database/database'
import { invalid } from '../../kernel/errors'
import { wallTimeIn } from '../../kernel/time/wall-time'
import { startOf } from './reminder-triggers'
import { reminder } from './table'

/** What a reminder is for, and counts its offset from. */
export interface ReminderSubject {
  activityId?: string | null | undefined
  taskId?: string | null | undefined
}

/** When the activity or task begins or is due, as offsets count from it; null while it has no time. */
function startOfSubject(
  database: Database,
  { activityId, taskId }: ReminderSubject,
): number | null {
  const subject = activityId ? 'activity' : 'task'
  const id = activityId ?? taskId
  if (!id) return null
  return (
    database.value<number | null>(
      `select ${startOf[subject](subject)} from ${subject} where id = ?`,
      id,
    ) ?? null
  )
}

/** What is stored of a time that follows from an activity's or task's. @throws invalid where it has none */
export function timeBefore(database: Database, subject: ReminderSubject, minutes: number) {
  const start = startOfSubject(database, subject)
  if (start === null) throw invalid('offsetMinutes', 'needs an activity or task that has a time')
  const remindAt = start - minutes * 60_000
  return { remindAt, wallTime: wallTimeIn(remindAt, 'UTC'), zone: 'UTC', offsetMinutes: minutes }
}

/**
 * Several reminders before one activity or task, within the action that makes it.
 * @throws invalid where it has no time to be reminded before
 */
export function addRemindersBefore(
  writer: Pick<Writer, 'actor' | 'now' | 'insert'>,
  database: Database,
  {
    subject,
    userId,
    minutes,
  }: { subject: ReminderSubject; userId: string | null | undefined; minutes: readonly number[] },
): void {
  if (minutes.length > 0 && startOfSubject(database, subject) === null)
    throw invalid('reminderMinutes', 'needs a time to be reminded before')
  for (const offset of new Set(minutes)) {
    const time = timeBefore(database, subject, offset)
    writer.insert(reminder, {
      ...subject,
      userId,
      ...time,
      // “A day before” of something in an hour: nobody needs to hear it, unless it is postponed.
      ...(time.remindAt < writer.now ? { status: 'dismissed', completedAt: writer.now } : {}),
      createdBy: writer.actor.userId,
    })
  }
}

const open = `deleted_at is null and status in ('pending', 'snoozed') and offset_minutes is not null`

/** How many minutes before it one is still to be reminded, ascending. */
export const minutesBefore = (
  database: Database,
  { activityId, taskId }: ReminderSubject,
): number[] =>
  database
    .all<{ offset_minutes: number }>(
      `select distinct offset_minutes from reminder where ${activityId ? 'activity_id' : 'task_id'} = ? and ${open}
       order by offset_minutes`,
      activityId ?? taskId ?? null,
    )
    .map((row) => row.offset_minutes)

/** From now on one is reminded so many minutes before it, and at no other offset. */
export function changeRemindersBefore(
  writer: Writer,
  database: Database,
  about: {
    subject: ReminderSubject
    userId: string | null | undefined
    minutes: readonly number[]
  },
): void {
  const { activityId, taskId } = about.subject
  const current = minutesBefore(database, about.subject)
  const surplus = current.filter((minutes) => !about.minutes.includes(minutes))
  for (const minutes of surplus)
    writer.run(
      `update reminder set deleted_at = ?, updated_at = ?
       where ${activityId ? 'activity_id' : 'task_id'} = ? and offset_minutes = ? and ${open}`,
      writer.now,
      writer.now,
      activityId ?? taskId ?? null,
      minutes,
    )
  const missing = about.minutes.filter((minutes) => !current.includes(minutes))
  addRemindersBefore(writer, database, { ...about, minutes: missing })
}
