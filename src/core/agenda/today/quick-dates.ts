/** Days that phrases count with: spans, working days, and what comes next. All are ISO dates. */
import { addDays, weekdayOf } from '../working-hours/working-hours'

/** What a phrase is read against. */
export interface Moment {
  /** Epoch milliseconds. */
  now: number
  /** The local time now. */
  here: string
  zone: string
  /** Whether it is a working day of the one who writes. */
  works(date: string): boolean
}

export const two = (number: number) => String(number).padStart(2, '0')
const four = (number: number) => String(number).padStart(4, '0')
export const today = ({ here }: Moment) => here.slice(0, 10)

const daysIn = (yearNumber: number, month: number): number =>
  new Date(Date.UTC(2000 + (((yearNumber % 400) + 400) % 400), month, 0)).getUTCDate()

/** The day of these numbers; undefined where there is none, as of 31 April. */
export function dayOf(yearNumber: number, month: number, day: number): string | undefined {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(yearNumber, month)
    ? `${four(yearNumber)}-${two(month)}-${two(day)}`
    : undefined
}

export const partsOf = (date: string) => {
  const [yearNumber = 0, month = 1, day = 1] = date.split('-').map(Number)
  return { year: yearNumber, month, day }
}

/** The same day so many months later, or the last of a shorter month. */
export function addMonths(date: string, number: number): string {
  const { year: from, month, day } = partsOf(date)
  const index = from * 12 + month - 1 + number
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1]
  return dayOf(toYear, toMonth, Math.min(day, daysIn(toYear, toMonth))) ?? date
}

/** Nobody plans further ahead or writes of longer ago, and a slip of the hand should not. */
export const reach = 1200

const firstDay = '1900-01-01'
export const isWithinReach = (date: string, moment: Moment): boolean =>
  date >= firstDay && date <= addMonths(today(moment), reach)

export interface Span {
  first: string
  last: string
}

export const monthSpan = (yearNumber: number, month: number): Span => ({
  first: `${four(yearNumber)}-${two(month)}-01`,
  last: `${four(yearNumber)}-${two(month)}-${two(daysIn(yearNumber, month))}`,
})

export const quarterSpan = (yearNumber: number, quarter: number): Span => ({
  first: monthSpan(yearNumber, quarter * 3 - 2).first,
  last: monthSpan(yearNumber, quarter * 3).last,
})

/** The week, month, quarter or year that a date is in, or so many later. */
export function spanOf(kind: string, date: string, later: number): Span {
  if (kind === 'week') {
    const first = addDays(date, 1 - weekdayOf(date) + later * 7)
    return { first, last: addDays(first, 6) }
  }
  const step = kind === 'month' ? 1 : kind === 'quarter' ? 3 : 12
  const { year: from, month } = partsOf(addMonths(`${date.slice(0, 7)}-01`, later * step))
  if (kind === 'month') return monthSpan(from, month)
  if (kind === 'quarter') return quarterSpan(from, Math.ceil(month / 3))
  return { first: `${four(from)}-01-01`, last: `${four(from)}-12-31` }
}

/** The first working day of a span from a day of it on, else that day itself. */
export function workingDay(
  { works }: Moment,
  from: string,
  { first, last }: Span,
  step: 1 | -1,
): string {
  for (let date = from; first <= date && date <= last; date = addDays(date, step))
    if (works(date)) return date
  return from
}

/** Which part of a span is meant: its beginning where nothing says. */
export function within(moment: Moment, part: string, span: Span, isWeek: boolean): string {
  const length = Math.round((Date.parse(span.last) - Date.parse(span.first)) / 86_400_000)
  if (/^(?:end|late)/.test(part)) return workingDay(moment, span.last, span, -1)
  if (/^mid/.test(part)) {
    // The 15th of a month, Wednesday of a week.
    const middle = isWeek ? 2 : length < 31 ? 14 : Math.floor(length / 2)
    return workingDay(moment, addDays(span.first, middle), span, 1)
  }
  return workingDay(moment, span.first, span, 1)
}

/** A month, quarter or year named without its year: the next one whose day is not past. */
export function comingOf(
  moment: Moment,
  spanIn: (yearNumber: number) => Span,
  part: string,
  given: string | undefined,
): string {
  if (given) return within(moment, part, spanIn(Number(given)), false)
  const { year: now } = partsOf(today(moment))
  const here = within(moment, part, spanIn(now), false)
  return here >= today(moment) ? here : within(moment, part, spanIn(now + 1), false)
}

/** The end of what runs now, as a deadline: its last working day that is not past. */
export function endOfCurrent(moment: Moment, kind: string): string {
  const span = spanOf(kind, today(moment), 0)
  const last = workingDay(moment, span.last, span, -1)
  return last >= today(moment) ? last : span.last
}

/** So many working days after a day. */
export function addWorkingDays(
  { works }: Moment,
  date: string,
  number: number,
): string | undefined {
  let left = number
  let day = date
  // Three days in four off is more than any calendar holds; one without working days ends here.
  for (let tries = number * 4 + 60; left > 0; tries--) {
    if (tries === 0) return undefined
    day = addDays(day, 1)
    if (works(day)) left--
  }
  return day
}

/** The next such weekday after a day. */
export const nextWeekday = (date: string, weekday: number): string =>
  addDays(date, ((weekday - weekdayOf(date) + 6) % 7) + 1)

/** The Monday of a week of ISO 8601; undefined for a 53rd where a year has none. */
export function mondayOfWeek(yearNumber: number, week: number): string | undefined {
  const fourth = `${four(yearNumber)}-01-04`
  const monday = addDays(fourth, 1 - weekdayOf(fourth) + (week - 1) * 7)
  return week >= 1 && addDays(monday, 3).startsWith(four(yearNumber)) ? monday : undefined
}

/** The first day from today on among those that exist. */
export const notPast = (moment: Moment, ...dates: (string | undefined)[]): string | undefined =>
  dates.find((date) => date !== undefined && date >= today(moment))

export const years = (moment: Moment, number: number) => {
  const { year: now } = partsOf(today(moment))
  return Array.from({ length: number }, (_, index) => now + index)
}
