/** When a notification may go out: not in quiet hours, and mail no more often than it is wanted. */
import type { NotificationSettings } from '../../../contract/background/notifications'
import type { NotificationChannel } from '../../../contract/background/words'
import { nextTime, quietUntil } from '../../kernel/time/quiet-hours'
import { zonedTime } from '../../kernel/time/zone'

/** The earliest instant at which something that happens now may go out by this channel. */
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
  const local = zonedTime(now, zone)
  const next =
    emailAs === 'hourly'
      ? local.round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 })
      : nextTime(local, `0${dailyHour}:00`)
  return next.epochMilliseconds
}
