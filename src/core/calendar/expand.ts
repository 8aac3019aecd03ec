/** The occurrences of a recurring event within a span of days; no rule may run for ever. */
import { createContext, Script } from 'node:vm'
import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import { type ReadItem, type ReadTime, stampOf, Unreadable } from './read-item'

export interface Span {
  from: number
  /** Exclusive. */
  to: number
}

/** Of one event; more is no plan of a person. */
export const mostOccurrences = 500
const mostSteps = 60_000
/** How long one rule may be worked on, in milliseconds: some never find a day. */
const patience = 1000
const day = 86_400_000

/** @throws Unreadable where the rule cannot be followed */
export function expand(item: ReadItem & { start: ReadTime }, span: Span): ReadTime[] {
  const except = new Set(item.exceptDates.map(stampOf))
  // Some programs except a whole day of a series that has times.
  const exceptDays = new Set(item.exceptDates.filter(({ isDate }) => isDate).map(stampOf))
  const starts = new Map<string, ReadTime>()
  const add = (time: ReadTime) => {
    if (time.instant < span.from || time.instant >= span.to) return
    const day = stampOf({ ...time, isDate: true })
    if (except.has(stampOf(time)) || exceptDays.has(day)) return
    starts.set(stampOf(time), time)
    if (starts.size > mostOccurrences)
      throw new Unreadable(`it recurs more than ${mostOccurrences} times within a year`)
  }
  add(item.start)
  for (const date of item.dates) add({ ...date, isDate: item.start.isDate })
  for (const rule of item.rules) within(patience, () => follow(rule, item.start, span, add))
  return [...starts.values()].sort((one, other) => one.instant - other.instant)
}

function follow(rule: ICAL.Recur, start: ReadTime, span: Span, add: (time: ReadTime) => void) {
  if (rule.freq === 'SECONDLY' || rule.freq === 'MINUTELY')
    throw new Unreadable('it recurs every minute or second')
  const until = rule.until ? untilOf(rule.until, start) : Number.POSITIVE_INFINITY
  const endless = rule.clone()
  // Compared as an instant below: the library would compare it with local time.
  endless.until = null as unknown as ICAL.Time
  const wall = DateTime.fromMillis(start.local, { zone: 'utc' })
  const first = ICAL.Time.fromData({
    year: wall.year,
    month: wall.month,
    day: wall.day,
    hour: wall.hour,
    minute: wall.minute,
    second: wall.second,
    isDate: start.isDate,
  })
  const iterator = endless.iterator(first)
  for (let step = 0; step < mostSteps; step++) {
    const next = iterator.next()
    if (!next) return
    const local = Date.UTC(next.year, next.month - 1, next.day, next.hour, next.minute, next.second)
    // Long before the span: which instant it was exactly is no matter.
    if (local < Math.min(span.from, until) - 2 * day) continue
    const instant = start.found.instantOf(local)
    if (instant > until || instant >= span.to) return
    add({ ...start, local, instant })
  }
  throw new Unreadable('it recurs too often to be followed')
}

/** The last instant of a rule. A date, or a time without zone, is meant as the start is. */
function untilOf(until: ICAL.Time, start: ReadTime): number {
  const { year, month, day, hour, minute, second } = until
  const local = Date.UTC(year, month - 1, day, hour, minute, second)
  if (until.isDate) return start.found.instantOf(Date.UTC(year, month - 1, day, 23, 59, 59))
  return until.zone === ICAL.Timezone.utcTimezone ? local : start.found.instantOf(local)
}

/** Runs work that may never end by itself. @throws Unreadable when it has not ended in time */
function within(milliseconds: number, work: () => void): void {
  try {
    run.runInContext(createContext({ work }), { timeout: milliseconds })
  } catch (error) {
    // Made in the other context, it is no Error of this one.
    const isLate = (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
    throw isLate ? new Unreadable('its rule leads nowhere') : error
  }
}
const run = new Script('work()')
