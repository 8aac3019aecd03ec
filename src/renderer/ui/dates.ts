/** Instants and calendar dates as text. Instants show in the machine's zone; dates have no zone. */
import dayjs from 'dayjs'
import relativeTime from 'dayjs/plugin/relativeTime'

dayjs.extend(relativeTime)

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

/** "14:05" in the user's own writing. */
export const timeText = (value: string) => write('time', new Date(value))

/** Whole days from today to the value's day in the machine's zone; negative is past. */
export function daysUntil(value: string, now: Date = new Date()): number {
  const date = isCalendarDate(value) ? localDate(value) : new Date(value)
  return dayjs(date).startOf('day').diff(dayjs(now).startOf('day'), 'day')
}

/** Whether an instant has passed, or a date's whole day has. */
export const isPast = (value: string, now: Date = new Date()): boolean =>
  isCalendarDate(value) ? daysUntil(value, now) < 0 : new Date(value) < now

/** The calendar date of an instant in the machine's zone, e.g. 2026-11-20. */
export const dateOf = (instant: Date) => dayjs(instant).format('YYYY-MM-DD')

/** "1 h 30 min". */
export function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return `${rest} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

const time = { hour: 'numeric', minute: '2-digit' } as const
const exactDate = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
const forms = {
  exactDate,
  exactMoment: { ...exactDate, ...time },
  day: { day: 'numeric', month: 'short' },
  dayOfYear: { day: 'numeric', month: 'short', year: 'numeric' },
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
  if (days === 0 || Math.abs(seconds) < 6 * 3600) return dayjs(value).from(now)
  if (days === 1) return `tomorrow, ${timeText(value)}`
  if (days === -1) return `yesterday, ${timeText(value)}`
  if (Math.abs(days) < 7) return dayjs(value).from(now)
  return shortText(value, now)
}
