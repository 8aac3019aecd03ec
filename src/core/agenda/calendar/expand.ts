/** The occurrences of a recurring event within a span of days; no rule may run for ever. */
import type { Effort } from '../../kernel/time/recurrence'
import { endOf, occurrencesOf, type Rule, RuleFault } from '../../kernel/time/rrule'
import { type ReadItem, type ReadTime, stampOf, Unreadable } from './read-item'

export interface Span {
  from: number
  /** Exclusive. */
  to: number
  /** How many occurrences one event may have in it; `mostOccurrences` where nothing says. */
  most?: number
}

/** Of one event within a year; more is no plan of a person. */
export const mostOccurrences = 500
/** How many times as many are looked at, where exceptions leave most of them out. */
const timesTried = 10
const second = 1000
const day = 86_400_000

/** What all rules of a file may take together. */
export const usualEffort = (): Effort => ({ steps: 5_000_000 })

/** @throws Unreadable where the rule cannot be followed */
export function expand(
  item: ReadItem & { start: ReadTime },
  span: Span,
  effort: Effort = usualEffort(),
): ReadTime[] {
  const except = new Set(item.exceptDates.map(stampOf))
  // Some programs except a whole day of a series that has times.
  const exceptDays = new Set(item.exceptDates.filter(({ isDate }) => isDate).map(stampOf))
  const starts = new Map<string, ReadTime>()
  const most = span.most ?? mostOccurrences
  let tries = 0
  const add = (time: ReadTime) => {
    if (time.instant < span.from || time.instant >= span.to) return
    tries += 1
    const day = stampOf({ ...time, isDate: true })
    if (!except.has(stampOf(time)) && !exceptDays.has(day)) starts.set(stampOf(time), time)
    if (starts.size > most || tries > most * timesTried)
      throw new Unreadable(`it recurs more than ${most} times in the days that are taken in`)
  }
  add(item.start)
  for (const rule of item.rules) follow(rule, item.start, { span, add, effort })
  // They come last: one may say of an occurrence how long it lasts.
  for (const date of item.dates) add(likeStart(date, item.start))
  return [...starts.values()].sort((one, other) => one.instant - other.instant)
}

/** A day among times is at the time of the start, a time among days is its day. */
function likeStart(date: ReadTime, start: ReadTime): ReadTime {
  if (date.isDate === start.isDate) return date
  const midnight = Math.floor(date.local / day) * day
  const local = start.isDate
    ? midnight
    : midnight + (start.local - Math.floor(start.local / day) * day)
  return { ...start, local, instant: start.found.instantOf(local), minutes: date.minutes }
}

function follow(
  rule: Rule,
  start: ReadTime,
  { span, add, effort }: { span: Span; add: (time: ReadTime) => void; effort: Effort },
) {
  const until = untilOf(rule, start)
  const spend = (tries: number) => {
    effort.steps -= tries
    if (effort.steps < 0) throw new Unreadable('the rules of this file take too long to follow')
  }
  try {
    const following = occurrencesOf(rule, {
      start: start.local,
      isDate: start.isDate,
      // No zone is further than a day from UTC.
      from: span.from - 2 * day,
      to: Math.min(span.to, until) + 2 * day,
      spend,
    })
    for (const local of following) {
      const instant = start.found.instantOf(local)
      if (instant > until || instant >= span.to) return
      add({ ...start, local, instant })
    }
  } catch (error) {
    throw error instanceof RuleFault ? new Unreadable(`its RRULE ${error.message}`) : error
  }
}

/** The last instant of a rule. A date, or a time without zone, is meant as the start is. */
function untilOf(rule: Rule, start: ReadTime): number {
  const end = endOf(rule)
  if (!end) return Number.POSITIVE_INFINITY
  const time = end.at - Math.floor(end.at / day) * day
  // Among days the last one is meant, unless the time with it is of a zone.
  const isOfZone = end.isUtc && time !== 0 && time !== day - second
  if (start.isDate && !isOfZone) return start.found.instantOf(end.at - time)
  if (end.isUtc) return end.at
  return start.found.instantOf(end.isDate ? end.at + day - second : end.at)
}
