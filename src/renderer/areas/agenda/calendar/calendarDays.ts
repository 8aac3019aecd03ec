/** Days, weeks and months of the calendar, and times of day, in the zone of the user. */
import { Temporal } from 'temporal-polyfill'

export const calendarViews = ['day', 'week', 'month'] as const
export type CalendarView = (typeof calendarViews)[number]

export interface Span {
  /** ISO instants: the span begins with the one and ends before the other. */
  from: string
  to: string
  /** ISO dates of its first and last day. */
  first: string
  last: string
}

/**
 * What a view of this date shows; of a month the whole weeks it touches.
 * @param date ISO date
 * @param weekStart 1 for Monday to 7 for Sunday
 */
export function spanOf(view: CalendarView, date: string, zone: string, weekStart: number): Span {
  const day = Temporal.PlainDate.from(date)
  const [first, last] = bounds(view, day, weekStart)
  return {
    from: beginOf(first, zone),
    to: beginOf(last.add({ days: 1 }), zone),
    first: first.toString(),
    last: last.toString(),
  }
}

/** The date as many days, weeks or months on. */
export function stepDate(view: CalendarView, date: string, by: number): string {
  const day = Temporal.PlainDate.from(date)
  if (view === 'month') return day.with({ day: 1 }).add({ months: by }).toString()
  return day.add(view === 'week' ? { weeks: by } : { days: by }).toString()
}

/** "Thursday, 26 November 2026", "23 – 29 November 2026", "November 2026". */
export function titleOf(view: CalendarView, date: string, weekStart: number): string {
  const day = Temporal.PlainDate.from(date)
  if (view === 'month') return write(day, { month: 'long', year: 'numeric' })
  if (view === 'day') {
    return write(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  }
  const [first, last] = bounds('week', day, weekStart)
  return new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).formatRange(atNoon(first), atNoon(last))
}

/** ISO date of the instant in the zone. */
export const dateIn = (instant: string | Date, zone: string): string =>
  zoned(instant, zone).toPlainDate().toString()

/** Local date and time, as 2026-11-27T15:00. */
export const wallTimeIn = (instant: string | Date, zone: string): string =>
  zoned(instant, zone).toPlainDateTime().toString({ smallestUnit: 'minute' })

/** "14:05" in the user's own writing. */
export const timeIn = (instant: string, zone: string): string =>
  new Date(instant).toLocaleTimeString(undefined, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  })

/** ISO instant of a local date and time. */
export const instantOf = (wallTime: string, zone: string): string =>
  Temporal.PlainDateTime.from(wallTime).toZonedDateTime(zone).toInstant().toString()

/** The day that weeks begin with where this language is spoken: 1 for Monday to 7 for Sunday. */
export function weekStartOf(language: string): number {
  const locale: Intl.Locale & { getWeekInfo?(): { firstDay: number } } = new Intl.Locale(language)
  return locale.getWeekInfo?.().firstDay ?? 1
}

/** This machine's zone. */
export const localZone = () => Temporal.Now.timeZoneId()

function bounds(view: CalendarView, day: Temporal.PlainDate, weekStart: number) {
  if (view === 'day') return [day, day] as const
  if (view === 'week') {
    const first = startOfWeek(day, weekStart)
    return [first, first.add({ days: 6 })] as const
  }
  const first = day.with({ day: 1 })
  const last = day.with({ day: day.daysInMonth })
  return [startOfWeek(first, weekStart), startOfWeek(last, weekStart).add({ days: 6 })] as const
}

const startOfWeek = (day: Temporal.PlainDate, weekStart: number) =>
  day.subtract({ days: (day.dayOfWeek - weekStart + 7) % 7 })

const beginOf = (day: Temporal.PlainDate, zone: string) =>
  day.toZonedDateTime(zone).toInstant().toString()

const zoned = (instant: string | Date, zone: string) =>
  Temporal.Instant.from(
    typeof instant === 'string' ? instant : instant.toISOString(),
  ).toZonedDateTimeISO(zone)

const atNoon = (day: Temporal.PlainDate) => new Date(`${day.toString()}T12:00:00Z`)

const write = (day: Temporal.PlainDate, form: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(undefined, { ...form, timeZone: 'UTC' }).format(atNoon(day))
