/** When a notification may go out: not in quiet hours, and mail no more often than it is wanted. */
import { DateTime } from 'luxon'
import type { NotificationSettings } from '../../contract/notifications'
import type { NotificationChannel } from '../../contract/words'

/**
 * When quiet hours end that hold at this instant; undefined while it is not quiet.
 * A night belongs to both of its days: 22:00 to 07:00 is quiet at 23:00 and at 06:00.
 */
export function quietUntil(
  now: number,
  { on, from, to, days }: NotificationSettings['quietHours'],
  zone: string,
): number | undefined {
  if (!on) return undefined
  let local: DateTime = DateTime.fromMillis(now, { zone })
  const isQuietDay = () => days.includes(local.weekday)
  const isQuietTime = () => {
    const time = local.toFormat('HH:mm')
    return from < to ? time >= from && time < to : time >= from || time < to
  }
  // A week has no more ends of nights and days than this.
  for (let step = 0; step < 16 && (isQuietDay() || isQuietTime()); step++)
    local = isQuietDay() ? local.startOf('day').plus({ days: 1 }) : nextTime(local, to)
  return local.toMillis() > now ? local.toMillis() : undefined
}

/** The earliest instant at which something that is to be told now may go out by this channel. */
export function earliest(
  now: number,
  channel: NotificationChannel,
  settings: NotificationSettings,
  zone: string,
): number {
  const wanted = channel === 'email' ? mailTime(now, settings.emailAs, zone) : now
  return quietUntil(wanted, settings.quietHours, zone) ?? wanted
}

/** The hour of the day at which daily things come, local time. */
export const dailyHour = 8

function mailTime(now: number, emailAs: NotificationSettings['emailAs'], zone: string): number {
  if (emailAs === 'single') return now
  const local = DateTime.fromMillis(now, { zone })
  return emailAs === 'hourly'
    ? local.startOf('hour').plus({ hours: 1 }).toMillis()
    : nextTime(local, `0${dailyHour}:00`).toMillis()
}

/** The next instant at which clocks show this time of day, or would have shown it. */
function nextTime(local: DateTime, time: string): DateTime {
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
