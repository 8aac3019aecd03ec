/** When somebody works, and the first moment that fits working time and a window of the contact's day. Pure. */
import { Temporal } from 'temporal-polyfill'
import type { WeeklyHours } from '../../../contract/agenda/working-hours'
import type { Moved, StepWindow } from '../../../contract/agenda/working-time'
import { instantOf, wallTimeIn } from '../../kernel/time/wall-time'
import { endOfDay, knownZone } from '../../kernel/time/zone'

/** One person's working time. */
export interface WorkingTime {
  /** IANA zone its days and hours are in. */
  zone: string
  hours: WeeklyHours
  /** The name of the day off that this ISO date is; undefined where it is none. */
  dayOff(date: string): string | undefined
}

export interface Limits {
  /** Whose working days count; undefined: every day and hour will do. */
  working: WorkingTime | undefined
  /** Whether the hours of these days count too; where a window leaves nothing of them, it goes first. */
  hours: boolean
  window: StepWindow | null
  contactZone: string
}

export interface Fit {
  at: number
  moved: Moved[]
}

interface Local {
  date: string
  weekday: number
  /** `HH:mm`. */
  time: string
}

export function localOf(at: number, zone: string): Local {
  const [date = '', time = ''] = wallTimeIn(at, zone).split('T')
  return { date, weekday: weekdayOf(date), time }
}

// Days without a zone are counted by Date: ten times as fast, and planning counts very many.
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)

export const weekdayOf = (date: string): number => new Date(date).getUTCDay() || 7

export const spansOf = (working: WorkingTime, date: string) =>
  working.hours[weekdayOf(date) - 1] ?? []

/** Whether any working time is left on a date: a clock change in spring can leave out all of a short span. */
export const isWorkingDay = (working: WorkingTime, date: string): boolean =>
  working.dayOff(date) === undefined &&
  spansOf(working, date).some(
    (span) => isLong(span) || firstWithin(span, date, working.zone) !== undefined,
  )

type Span = WeeklyHours[number][number]
/** No clock change leaves out as much: this spares looking it up in the zone. */
const longestGap = 180
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const isLong = ({ from, to }: Span) => minutesOf(to) - minutesOf(from) > longestGap

/** The first instant of a span on a date; undefined where the clock change of that day leaves out all of it. */
function firstWithin({ from, to }: Span, date: string, zone: string): number | undefined {
  const wall = Temporal.PlainDateTime.from(`${date}T${from}`)
  const timeZone = knownZone(zone)
  const at = wall.toZonedDateTime(timeZone)
  const isLeftOut = !at.toPlainDateTime().equals(wall)
  // Then the span begins when the clock has jumped.
  const first = isLeftOut
    ? wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).getTimeZoneTransition('next')
    : at
  const end = `${date}T${to}`
  return first && wallTimeIn(first.epochMilliseconds, zone) < end
    ? first.epochMilliseconds
    : undefined
}

/** Days ahead that are looked at before a limit is given up as one that can never be met. */
const reach = 800
const reachWithin = 14

/**
 * The first instant from `at` on that meets the limits, and why it is not `at` itself. Where hours
 * and window never meet within two weeks, the window counts with the working days alone; where it
 * meets no working day either, it counts alone.
 */
export function firstFit(at: number, limits: Limits): Fit {
  const { working, window } = limits
  return (
    (working && limits.hours && search(at, limits, window ? reachWithin : reach)) ||
    (working && search(at, { ...limits, hours: window === null }, reach)) ||
    search(at, { ...limits, working: undefined }, reach) || { at, moved: [] }
  )
}

function search(start: number, limits: Limits, days: number): Fit | undefined {
  const moved: Moved[] = []
  const until = start + days * 86_400_000
  for (let at = start; at < until; ) {
    const obstacle = obstacleAt(at, limits)
    if (!obstacle) return { at, moved }
    const { reason, date, name } = obstacle
    if (!moved.some((one) => one.reason === reason && one.date === date))
      moved.push({ reason, date, name })
    at = Math.max(obstacle.until, at + 60_000)
  }
  return undefined
}

/** What is in the way at an instant, and until when at least. */
function obstacleAt(at: number, limits: Limits): (Moved & { until: number }) | undefined {
  const { working, window, contactZone } = limits
  if (working) {
    const { zone } = working
    const { date, time } = localOf(at, zone)
    const spans = spansOf(working, date)
    const tomorrow = () => endOfDay(date, zone)
    if (spans.length === 0) return { reason: 'weekend', date, name: null, until: tomorrow() }
    const name = working.dayOff(date)
    if (name !== undefined) return { reason: 'holiday', date, name, until: tomorrow() }
    if (limits.hours && !spans.some(({ from, to }) => from <= time && time < to)) {
      const next = spans
        .filter(({ from }) => from > time)
        .map((span) => firstWithin(span, date, zone))
        .find((found) => found !== undefined)
      return { reason: 'working_hours', date, name: null, until: next ?? tomorrow() }
    }
  }
  if (!window) return undefined
  const { date, time, weekday } = localOf(at, contactZone)
  const tomorrow = () => endOfDay(date, contactZone)
  if (!window.weekdays.includes(weekday))
    return { reason: 'window_days', date, name: null, until: tomorrow() }
  if (window.from <= time && time < window.to) return undefined
  return {
    reason: 'window_hours',
    date,
    name: null,
    until: time < window.from ? instantOf(`${date}T${window.from}`, contactZone) : tomorrow(),
  }
}
