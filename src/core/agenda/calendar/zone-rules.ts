/** Reads a VTIMEZONE: which offset it gives to a local time. Of its own, for no rule in it may run for ever. */
import type ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'

export interface ZoneRules {
  /** Minutes east of Greenwich at a local time, given as milliseconds as if it were UTC. */
  offsetAtLocal(local: number): number
  /** The same at an instant. */
  offsetAt(instant: number): number
}

/** Called with the number of days before they are examined. @throws when there are too many */
type Spend = (days: number) => void

/** Undefined where it says nothing that can be relied on. */
export function readZoneRules(
  component: ICAL.Component,
  spend: Spend = () => {},
): ZoneRules | undefined {
  const observances: Observance[] = []
  for (const name of ['standard', 'daylight'])
    for (const one of component.getAllSubcomponents(name).slice(0, mostObservances)) {
      const observance = readObservance(one, spend)
      if (!observance) return undefined
      observances.push(observance)
    }
  const [earliest] = observances.toSorted((one, other) => one.start - other.start)
  if (!earliest) return undefined
  const known = new Map<number, Onset[]>()

  /** The beginnings that may decide about a local time in this year, latest first. */
  function onsets(year: number): Onset[] {
    let found = known.get(year)
    if (!found) {
      found = observances
        .flatMap((one) =>
          beginningsUpTo(one, year + 1, spend).map((at) => ({ at, from: one.from, to: one.to })),
        )
        .sort((one, other) => instantOf(other) - instantOf(one))
      known.set(year, found)
    }
    return found
  }

  return {
    // In a gap the offset before counts, in an overlap the first of the two: as RFC 5545 says.
    offsetAtLocal: (local) =>
      onsets(yearOf(local)).find(
        ({ at, from, to }) => at + Math.max(0, to - from) * minute <= local,
      )?.to ?? earliest.from,
    offsetAt: (instant) =>
      onsets(yearOf(instant)).find((onset) => instantOf(onset) <= instant)?.to ?? earliest.from,
  }
}

interface Observance {
  /** Local beginnings, as if UTC. */
  start: number
  dates: number[]
  rule: YearlyRule | undefined
  /** Minutes east of Greenwich before and from then on. */
  from: number
  to: number
}
interface YearlyRule {
  months: number[]
  /** 0 (Sunday) to 6, and which of the month: 1 to 5, -1 to -5, or 0 for any. */
  weekday: { day: number; nth: number } | undefined
  monthDays: number[]
  interval: number
  /** Local, as if UTC. */
  until: number
}
interface Onset {
  at: number
  from: number
  to: number
}

const minute = 60_000
const day = 24 * 60 * minute
const mostObservances = 500
const mostDates = 2000
const yearOf = (local: number) => new Date(local).getUTCFullYear()
const instantOf = ({ at, from }: Onset) => at - from * minute

/** The last local beginnings up to the end of a year, the rule's of at least two years among them. */
function beginningsUpTo({ start, dates, rule }: Observance, year: number, spend: Spend): number[] {
  spend(dates.length + 1)
  const end = Date.UTC(year + 1, 0)
  const found = [start, ...dates].filter((one) => one < end)
  if (!rule) return found
  const first = yearOf(start)
  let from = Math.min(year, yearOf(Math.min(rule.until, end)))
  from -= (from - first) % rule.interval
  for (let years = 0; from >= first && years < 3; from -= rule.interval, years++)
    found.push(
      ...daysInYear(rule, from, start, spend).filter((one) => one >= start && one <= rule.until),
    )
  return found
}

function daysInYear(rule: YearlyRule, year: number, start: number, spend: Spend): number[] {
  spend(31 * rule.months.length)
  const time = ((start % day) + day) % day
  return rule.months.flatMap((month) => {
    const days = daysInMonth(year, month)
    return Array.from({ length: days }, (_, index) => index + 1)
      .filter((date) => fits(rule, Date.UTC(year, month - 1, date), date, days))
      .map((date) => Date.UTC(year, month - 1, date) + time)
  })
}

const daysInMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

function fits({ weekday, monthDays }: YearlyRule, at: number, date: number, days: number) {
  const inList =
    monthDays.length === 0 || monthDays.includes(date) || monthDays.includes(date - days - 1)
  if (!inList) return false
  if (!weekday) return true
  if (new Date(at).getUTCDay() !== weekday.day) return false
  const nth = Math.floor((date - 1) / 7) + 1
  const fromEnd = -(Math.floor((days - date) / 7) + 1)
  return weekday.nth === 0 || weekday.nth === nth || weekday.nth === fromEnd
}

function readObservance(component: ICAL.Component, spend: Spend): Observance | undefined {
  const start = localOf(component.getFirstPropertyValue('dtstart'))
  const from = offsetOf(component.getFirstPropertyValue('tzoffsetfrom'))
  const to = offsetOf(component.getFirstPropertyValue('tzoffsetto'))
  if (start === undefined || from === undefined || to === undefined) return undefined
  const rules = component.getAllProperties('rrule')
  const rule = rules[0] && readRule(String(rules[0].getFirstValue()), { start, from, spend })
  if (rules.length > 1 || rule === 'unreadable') return undefined
  const dates = component
    .getAllProperties('rdate')
    .flatMap((property) => property.getValues())
    .slice(0, mostDates)
    .map(localOf)
    .filter((one) => one !== undefined)
  return { start, from, to, dates, rule }
}

/** Milliseconds as if UTC of a date or time of ical.js. */
function localOf(value: unknown): number | undefined {
  const parts = value as { year?: unknown; month?: number; day?: number; hour?: number } | null
  if (typeof parts?.year !== 'number') return undefined
  const { year, month, day, hour, minute, second } = value as ICAL.Time
  return new Temporal.PlainDateTime(year, month, day, hour, minute, second).toZonedDateTime('UTC')
    .epochMilliseconds
}

function offsetOf(value: unknown): number | undefined {
  const text = String(value ?? '')
  const [, sign, hours, minutes, seconds = '0'] = /^([+-])(\d\d):?(\d\d):?(\d\d)?$/.exec(text) ?? []
  if (!sign) return undefined
  const size = Number(hours) * 60 + Number(minutes) + Number(seconds) / 60
  return size > 24 * 60 ? undefined : sign === '-' ? -size : size
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

/** Only what zones need: once a year, by month and day. */
function readRule(
  text: string,
  { start, from, spend }: { start: number; from: number; spend: Spend },
): YearlyRule | 'unreadable' {
  const parts = new Map(
    text.split(';').map((part) => part.toUpperCase().split('=', 2) as [string, string]),
  )
  const numbers = (name: string) => (parts.get(name) ?? '').split(',').filter(Boolean).map(Number)
  const allowed = ['FREQ', 'BYMONTH', 'BYDAY', 'BYMONTHDAY', 'INTERVAL', 'UNTIL', 'COUNT', 'WKST']
  if (parts.get('FREQ') !== 'YEARLY' || [...parts.keys()].some((name) => !allowed.includes(name)))
    return 'unreadable'
  const months = parts.has('BYMONTH') ? numbers('BYMONTH') : [new Date(start).getUTCMonth() + 1]
  const monthDays = numbers('BYMONTHDAY')
  const [, nth = '', name = ''] = /^([+-]?\d)?([A-Z]{2})$/.exec(parts.get('BYDAY') ?? '') ?? []
  const day = weekdays.indexOf(name)
  const [interval = 1] = numbers('INTERVAL')
  const isSound =
    months.length <= 12 &&
    monthDays.length <= 62 &&
    months.every((month) => month >= 1 && month <= 12) &&
    monthDays.every((date) => Math.abs(date) >= 1 && Math.abs(date) <= 31) &&
    (day >= 0 || !parts.has('BYDAY')) &&
    Number.isInteger(interval) &&
    interval >= 1
  if (!isSound) return 'unreadable'
  const rule = {
    months,
    weekday: day >= 0 ? { day, nth: Number(nth) } : undefined,
    monthDays: day < 0 && monthDays.length === 0 ? [new Date(start).getUTCDate()] : monthDays,
    interval,
    until: Number.POSITIVE_INFINITY,
  }
  const [count] = numbers('COUNT')
  if (count !== undefined) return { ...rule, until: lastOf(rule, { start, count, spend }) }
  const until = parts.get('UNTIL')
  if (until === undefined) return rule
  try {
    const last = Temporal.PlainDateTime.from(until.replace(/Z$/, '')).toZonedDateTime('UTC')
    // An instant by RFC; a date, or a time without zone, is the local one.
    return { ...rule, until: last.epochMilliseconds + (until.endsWith('Z') ? from * minute : 0) }
  } catch {
    return 'unreadable'
  }
}

function lastOf(
  rule: YearlyRule,
  { start, count, spend }: { start: number; count: number; spend: Spend },
): number {
  let left = Math.min(count, mostDates)
  for (let year = yearOf(start), years = 0; years < mostDates; year += rule.interval, years++)
    for (const one of daysInYear(rule, year, start, spend)) {
      if (one < start) continue
      left -= 1
      if (left <= 0) return one
    }
  return start
}
