/**
 * Instants and calendar dates as text. Instants show in the machine's zone; dates have no zone.
 *
 * By Date, which alone always knows the machine's zone: Temporal asks it by name, and fails where the
 * system says none. It also would be 57 kB more for the first page.
 */

const calendarDate = /^\d{4}-\d{2}-\d{2}$/

/** Whether the value is a date without time, which no zone may shift. */
export const isCalendarDate = (value: string) => calendarDate.test(value)

/** "just now", "5 minutes ago", "in 3 hours", "yesterday", "12 Nov", "12 Nov 2025". */
export function relativeText(value: string, now: Date = new Date()): string {
  return isCalendarDate(value) ? relativeDate(value, now) : relativeInstant(value, now)
}

/** "Friday, 20 November 2026 at 14:05", without the time for a calendar date. */
export function exactText(value: string): string {
  return isCalendarDate(value)
    ? write('exactDate', localDate(value))
    : write('exactMoment', new Date(value))
}

/** "20 Nov" this year, else "20 Nov 2025"; with the time for an instant if `withTime`. */
export function shortText(value: string, now: Date = new Date(), withTime = false): string {
  const date = isCalendarDate(value) ? localDate(value) : new Date(value)
  const day = write(date.getFullYear() === now.getFullYear() ? 'day' : 'dayOfYear', date)
  return withTime && !isCalendarDate(value) ? `${day}, ${timeText(value)}` : day
}

/** "Fri, November 20" this year, else "Thu, November 20, 2025": a calendar date over what happened on it. */
export function headingText(value: string, now: Date): string {
  const date = localDate(value)
  return write(date.getFullYear() === now.getFullYear() ? 'heading' : 'headingOfYear', date)
}

/** "14:05" in the user's own writing. */
export const timeText = (value: string) => write('time', new Date(value))

/** Whole days from today to the value's day in the machine's zone; negative is past. */
export function daysUntil(value: string, now: Date = new Date()): number {
  return daysBetween(dateOf(now), isCalendarDate(value) ? value : dateOf(new Date(value)))
}

/** Whether an instant has passed, or a date's whole day has. */
export const isPast = (value: string, now: Date = new Date()): boolean =>
  isCalendarDate(value) ? daysUntil(value, now) < 0 : new Date(value) < now

/** Whole days from one calendar date to another. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000

/** The calendar date of an instant in the machine's zone, e.g. 2026-11-20. */
export const dateOf = (instant: Date): string =>
  [
    String(instant.getFullYear()).padStart(4, '0'),
    twoDigits(instant.getMonth() + 1),
    twoDigits(instant.getDate()),
  ].join('-')

/** `2026-11-27T15:00`: an instant as this machine's clock shows it. */
export const wallTimeOf = (instant: Date | string): string => {
  const local = new Date(instant)
  return `${dateOf(local)}T${twoDigits(local.getHours())}:${twoDigits(local.getMinutes())}`
}

const twoDigits = (value: number) => String(value).padStart(2, '0')

/** A full hour so many days from now; its midnight where no hour is given. */
export const daysFrom = (now: Date, days: number, hour = 0): Date =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour)

/** The same calendar date so many years later; 1 March where that year has no 29 February. */
export function yearsAfter(date: string, years: number): string {
  const day = localDate(date)
  day.setFullYear(day.getFullYear() + years)
  return dateOf(day)
}

/** "1 h 30 min". */
export function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return `${rest} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

const time = { hour: 'numeric', minute: '2-digit' } as const
const heading = { weekday: 'short', day: 'numeric', month: 'long' } as const
const exactDate = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
const forms = {
  exactDate,
  exactMoment: { ...exactDate, ...time },
  day: { day: 'numeric', month: 'short' },
  dayOfYear: { day: 'numeric', month: 'short', year: 'numeric' },
  heading,
  headingOfYear: { ...heading, year: 'numeric' },
  time,
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** Making a formatter takes a hundred times longer than using it, so each is kept. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function write(form: keyof typeof forms, date: Date): string {
  // A formatter stays in the zone it was made in; the machine may travel.
  const key = `${form} ${date.getTimezoneOffset()}`
  const known = formatters.get(key)
  if (known) return known.format(date)
  const made = new Intl.DateTimeFormat(undefined, forms[form])
  formatters.set(key, made)
  return made.format(date)
}

/** Local midnight of a calendar date: `new Date('2026-11-20')` would be midnight in UTC. */
export function localDate(value: string): Date {
  const [year = 0, month = 1, day = 1] = value.split('-').map(Number)
  return new Date(year, month - 1, day)
}

function relativeDate(value: string, now: Date): string {
  const days = daysUntil(value, now)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  if (days > 1 && days < 7) return `in ${days} days`
  if (days < -1 && days > -7) return `${-days} days ago`
  return shortText(value, now)
}

function relativeInstant(value: string, now: Date): string {
  const seconds = (new Date(value).getTime() - now.getTime()) / 1000
  if (Math.abs(seconds) < 45) return 'just now'
  const days = daysUntil(value, now)
  if (days === 0 || Math.abs(seconds) < 6 * 3600) return distanceText(seconds)
  if (days === 1) return `tomorrow, ${timeText(value)}`
  if (days === -1) return `yesterday, ${timeText(value)}`
  if (Math.abs(days) < 7) return distance.format(days, 'day')
  return shortText(value, now)
}

const distance = new Intl.RelativeTimeFormat('en')

function distanceText(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  return Math.abs(minutes) < 45
    ? distance.format(minutes, 'minute')
    : distance.format(Math.round(seconds / 3600), 'hour')
}
