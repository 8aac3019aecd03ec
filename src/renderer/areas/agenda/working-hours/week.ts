/** The hours of a week as they are edited: seven lists of spans, Monday first. Pure. */
import type { WeeklyHours } from '../../../../contract/agenda/working-hours'

export type Week = WeeklyHours
export type Span = Week[number][number]

export const dayNames = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const
export const weekdays = [0, 1, 2, 3, 4]
export const everyDay = [0, 1, 2, 3, 4, 5, 6]

/** Spans one day may have. */
export const mostSpans = 6

const dayEnd = '24:00'
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const timeOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** A time field knows no 24:00: midnight at the end of a span is the end of the day. */
export const endOf = (typed: string) => (typed === '00:00' ? dayEnd : typed)
export const typedEnd = (to: string) => (to === dayEnd ? '00:00' : to)

/** What is wrong with a day; undefined where nothing is. */
export function problemOf(spans: readonly Span[]): string | undefined {
  if (spans.some(({ from, to }) => !from || !to)) return 'Enter both times, or remove the span'
  if (spans.some(({ from, to }) => from >= to)) return 'Must end after it begins'
  const overlaps = spans.some(({ from }, place) => from < (spans[place - 1]?.to ?? ''))
  return overlaps ? 'The spans must follow each other without overlap' : undefined
}

/** What is wrong with the week as a whole. */
export const problemOfWeek = (week: Week): string | undefined =>
  week.every((spans) => spans.length === 0) ? 'At least one day must have hours' : undefined

/** The span that a press on "add" puts after the others; undefined where the day is full. */
export function spanAfter(spans: readonly Span[]): Span | undefined {
  const last = spans.at(-1)
  if (!last) return { from: '09:00', to: '17:00' }
  const from = minutesOf(last.to) + 60
  if (spans.length >= mostSpans || !last.to || from >= 24 * 60) return undefined
  return { from: timeOf(from), to: timeOf(Math.min(from + 240, 24 * 60)) }
}

export const withDay = (week: Week, day: number, spans: Span[]): Week =>
  week.map((before, place) => (place === day ? spans : before))

/** The hours of one day on others as well. */
export const copied = (week: Week, day: number, to: readonly number[]): Week =>
  week.map((before, place) =>
    to.includes(place) ? (week[day] ?? []).map((span) => ({ ...span })) : before,
  )

/** "40 h in 5 days". */
export function hoursText(week: Week): string {
  const minutes = week
    .flat()
    .reduce((sum, { from, to }) => sum + Math.max(0, minutesOf(to) - minutesOf(from) || 0), 0)
  const days = week.filter((spans) => spans.length > 0).length
  const hours = (minutes / 60).toLocaleString(undefined, { maximumFractionDigits: 1 })
  return `${hours} h in ${days} ${days === 1 ? 'day' : 'days'}`
}

/** "09:00–12:00, 13:00–17:00", or "day off". */
export const spansText = (spans: readonly Span[]): string =>
  spans.length === 0 ? 'day off' : spans.map(({ from, to }) => `${from}–${to}`).join(', ')
