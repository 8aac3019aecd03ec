/** Days and times of day in English, for what the core writes itself: mails, notifications, reasons. */
import type { Temporal } from 'temporal-polyfill'

type Length = 'short' | 'long'

/** Made once: a formatter takes a hundred times longer to make than to use, and digests name many days. */
const namesOf = (length: Length) => ({
  weekday: new Intl.DateTimeFormat('en', { weekday: length, timeZone: 'UTC' }),
  month: new Intl.DateTimeFormat('en', { month: length, timeZone: 'UTC' }),
})
const names: Readonly<Record<Length, ReturnType<typeof namesOf>>> = {
  short: namesOf('short'),
  long: namesOf('long'),
}

/** `Fri 27 Nov`, or `Friday 27 November`. */
export function dayText(
  { year, month, day }: Temporal.PlainDate | Temporal.ZonedDateTime,
  length: Length = 'short',
): string {
  const at = Date.UTC(year, month - 1, day)
  const { weekday, month: monthName } = names[length]
  return `${weekday.format(at)} ${day} ${monthName.format(at)}`
}

/** `15:00`. */
export const timeText = (time: Temporal.ZonedDateTime): string =>
  time.toPlainTime().toString({ smallestUnit: 'minute' })
