/** Reads a VTIMEZONE: which offset it gives to a local time. Of its own, for no rule in it may run for ever. */
import type ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import { endOf, occurrencesOf, type Rule, RuleFault, readRule } from '../../kernel/time/rrule'

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
      const observance = readObservance(one)
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
  rule: Rule | undefined
  /** The last that the rule may give, local as well. */
  until: number
  /** Minutes east of Greenwich before and from then on. */
  from: number
  to: number
}
interface Onset {
  at: number
  from: number
  to: number
}

const minute = 60_000
const mostObservances = 500
const mostDates = 2000
const yearOf = (local: number) => new Date(local).getUTCFullYear()
const instantOf = ({ at, from }: Onset) => at - from * minute

/** The last local beginnings up to the end of a year, the rule's of at least two years among them. */
function beginningsUpTo(
  { start, dates, rule, until }: Observance,
  year: number,
  spend: Spend,
): number[] {
  spend(dates.length + 1)
  const end = Date.UTC(year + 1, 0)
  const found = [start, ...dates].filter((one) => one < end)
  if (!rule) return found
  const to = Math.min(until, end - 1)
  const from = Date.UTC(yearOf(to) - 3 * Number(rule.get('INTERVAL') ?? 1), 0)
  return [...found, ...occurrencesOf(rule, { start, isDate: false, from, to, spend })]
}

function readObservance(component: ICAL.Component): Observance | undefined {
  const start = localOf(component.getFirstPropertyValue('dtstart'))
  const from = offsetOf(component.getFirstPropertyValue('tzoffsetfrom'))
  const to = offsetOf(component.getFirstPropertyValue('tzoffsetto'))
  if (start === undefined || from === undefined || to === undefined) return undefined
  const rules = component.getAllProperties('rrule')
  const rule = rules[0] && yearlyRule(String(rules[0].getFirstValue()), start)
  if (rules.length > 1 || rule === 'unreadable') return undefined
  // An instant by RFC; a date, or a time without zone, is the local one.
  const last = rule && endOf(rule)
  const until = last ? last.at + (last.isUtc ? from * minute : 0) : Number.POSITIVE_INFINITY
  const dates = component
    .getAllProperties('rdate')
    .flatMap((property) => property.getValues())
    .slice(0, mostDates)
    .map(localOf)
    .filter((one) => one !== undefined)
  return { start, from, to, dates, rule, until }
}

/** Milliseconds as if UTC of a date or time of ical.js, which moves a day that does not exist to one that does. */
function localOf(value: unknown): number | undefined {
  const parts = value as { year?: unknown } | null
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

/** Only what zones need: once a year, by month and day. */
function yearlyRule(text: string, start: number): Rule | 'unreadable' {
  try {
    const rule = readRule(text)
    if (rule.get('FREQ') !== 'YEARLY' || [...rule.keys()].some((name) => !allowed.has(name)))
      return 'unreadable'
    // Without a month, that of the start is meant.
    const month = String(new Date(start).getUTCMonth() + 1)
    return new Map([['BYMONTH', month], ...rule])
  } catch (error) {
    if (error instanceof RuleFault) return 'unreadable'
    throw error
  }
}
const allowed = new Set([
  ...['FREQ', 'BYMONTH', 'BYDAY', 'BYMONTHDAY', 'BYSETPOS', 'INTERVAL', 'UNTIL', 'COUNT', 'WKST'],
])
