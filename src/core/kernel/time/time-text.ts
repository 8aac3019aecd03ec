/** Days and times of day in English, for what the core writes itself: mails, notifications, reasons. */
import type { Temporal } from 'temporal-polyfill'

/** `Fri 27 Nov`, or `Friday 27 November`. */
export function dayText(
  date: Temporal.PlainDate | Temporal.ZonedDateTime,
  length: 'short' | 'long' = 'short',
): string {
  const weekday = date.toLocaleString('en', { weekday: length })
  return `${weekday} ${date.day} ${date.toLocaleString('en', { month: length })}`
}

/** `15:00`. */
export const timeText = (time: Temporal.ZonedDateTime): string =>
  time.toPlainTime().toString({ smallestUnit: 'minute' })
