/** Hours and days in which nobody is to be disturbed, in a time zone. */
import { DateTime } from 'luxon'
import { knownZone } from './zone'

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
  let local: DateTime = DateTime.fromMillis(now, { zone: knownZone(zone) })
  const isQuietDay = () => days.includes(local.weekday)
  const isQuietTime = () => {
    const time = local.toFormat('HH:mm')
    return from < to ? time >= from && time < to : from > to && (time >= from || time < to)
  }
  // A week has no more ends of nights and days than this.
  for (let step = 0; step < 16 && (isQuietDay() || isQuietTime()); step++)
    local = isQuietDay() ? local.startOf('day').plus({ days: 1 }) : nextTime(local, to)
  return local.toMillis() > now ? local.toMillis() : undefined
}

/** The next instant at which clocks show this time of day, or would have shown it. */
export function nextTime(local: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  for (const days of [0, 1]) {
    const { year, month, day } = local.plus({ days })
    const at = DateTime.fromObject({ year, month, day, hour, minute }, { zone: local.zone })
    // Where clocks are set back a time of day comes twice.
    const later = at.getPossibleOffsets().find((one) => one > local)
    if (later) return later
  }
  return local.plus({ days: 1 })
}
