/** Local times without a zone, recurrences, and how long before something one is reminded. */
import * as z from 'zod'
import { CalendarDate, EnteredDate, isWithinReach, outOfReach, span } from './shapes'

/** A local date and time without zone, to the minute. */
export const WallTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, {
    message: 'must be a local time like 2026-11-27T15:00',
    abort: true,
  })
  .refine(isRealTime, {
    message: 'must be a local time that exists, like 2026-11-27T15:00',
    abort: true,
  })
/** The same, or only a day. */
export const WallTimeOrDay = z.union([WallTime, CalendarDate], {
  error: 'must be a local time like 2026-11-27T15:00 or a day like 2026-11-27',
})
/** A local time that somebody enters. */
export const EnteredWallTime = WallTime.refine(isWithinReach, outOfReach)
export const EnteredWallTimeOrDay = z.union([EnteredWallTime, EnteredDate], {
  error: `must be a local time like 2026-11-27T15:00 or a day like 2026-11-27, ${span}`,
})
/**
 * RFC 5545 RRULE without its prefix, e.g. `FREQ=WEEKLY;BYDAY=MO`. Understood are FREQ (DAILY, WEEKLY,
 * MONTHLY, YEARLY), INTERVAL, BYDAY (`-1FR` when monthly), BYMONTHDAY, BYMONTH, UNTIL, COUNT, WKST.
 */
export const Recurrence = z.string().max(300)
/** How long before something begins or is due, in minutes; up to a year. */
export const MinutesBefore = z.number().int().min(0).max(525_600)
/** Several reminders at once, each so many minutes before. */
export const ReminderMinutes = z.array(MinutesBefore).max(10, 'must be at most 10 reminders')

/** Dates such as the 30th of February have the form of one. */
function isRealTime(text: string): boolean {
  const time = Date.parse(`${text}:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
