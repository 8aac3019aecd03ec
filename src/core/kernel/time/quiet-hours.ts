/** Hours and days in which nobody is to be disturbed, in a time zone. */
import { Temporal } from 'temporal-polyfill'
import { timeText } from './time-text'
import { zonedTime } from './zone'

export interface QuietHours {
  on: boolean
  /** Times of day like 22:00. */
  from: string
  to: string
  /** ISO weekdays that are quiet all day: 6 is Saturday. */
  days: number[]
}

/**
 * When quiet hours end that hold at this instant; undefined while it is not quiet.
 * A night belongs to both of its days: 22:00 to 07:00 is quiet at 23:00 and at 06:00.
 */
export function quietUntil(
  now: number,
  { on, from, to, days }: QuietHours,
  zone: string,
): number | undefined {
  if (!on) return undefined
  let local = zonedTime(now, zone)
  const isQuietDay = () => days.includes(local.dayOfWeek)
  const isQuietTime = () => {
    const time = timeText(local)
    return from < to ? time >= from && time < to : from > to && (time >= from || time < to)
  }
  // A week has no more ends of nights and days than this.
  for (let step = 0; step < 16 && (isQuietDay() || isQuietTime()); step++)
    local = isQuietDay() ? local.add({ days: 1 }).startOfDay() : nextTime(local, to)
  return local.epochMilliseconds > now ? local.epochMilliseconds : undefined
}

/** The next instant at which clocks show this time of day, or would have shown it. */
export function nextTime(local: Temporal.ZonedDateTime, time: string): Temporal.ZonedDateTime {
  const onDay = (days: number) => local.toPlainDate().add({ days }).toPlainDateTime(time)
  // Where clocks are set back a time of day comes twice.
  for (const days of [0, 1])
    for (const disambiguation of ['compatible', 'later'] as const) {
      const at = onDay(days).toZonedDateTime(local.timeZoneId, { disambiguation })
      if (Temporal.ZonedDateTime.compare(at, local) > 0) return at
    }
  return local.add({ days: 1 })
}
