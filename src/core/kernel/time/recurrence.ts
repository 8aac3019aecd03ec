/**
 * What comes again: a part of RFC 5545's RRULE, worked out in local time so that 9:00 stays 9:00 when
 * the clocks change. Each occurrence is a row of its own and carries the rule from itself on: its
 * COUNT says how many are left, itself among them.
 */
import { invalid } from '../errors'
import { occurrencesOf, readRule } from './rrule'
import { instantOf, isDay } from './wall-time'

export interface Occurrence {
  /** RRULE without its prefix. */
  rule: string
  /** The local time, or the day, that the rule gives; it stays when the occurrence is moved. */
  at: string
  zone: string
}

/** The days and times that are tried; it ends rules that never come true. */
export interface Effort {
  steps: number
}
const usualEffort = (): Effort => ({ steps: 2_000_000 })
/** Years of five digits are beyond what can be written down. */
const lastDay = Date.UTC(9999, 11, 31, 23, 59)
const day = 86_400_000

/**
 * The first occurrence whose instant is later than `after` (epoch milliseconds).
 * @returns undefined when the rule has come to its end
 */
export function nextOccurrence(
  { rule, at, zone }: Occurrence,
  after: number,
  effort: Effort = usualEffort(),
): Occurrence | undefined {
  const parts = partsOf(rule)
  const count = parts.has('COUNT') ? Number(parts.get('COUNT')) : Number.POSITIVE_INFINITY
  const until = parts.get('UNTIL')
  const isDate = isDay(at)
  const start = Date.parse(isDate ? at : `${at}Z`)
  const following = occurrencesOf(readRule(textOf(withoutEnd(parts))), {
    start,
    isDate,
    // Each that is passed counts; without a count nobody needs them.
    from: parts.has('COUNT') ? start : Math.max(start, after - 2 * day),
    to: lastDay,
    spend: (tries) => {
      effort.steps -= tries
      if (effort.steps < 0) throw endless
    },
  })
  let passed = 0
  try {
    for (const local of following) {
      if (local <= start) continue
      const next = new Date(local).toISOString().slice(0, isDate ? 10 : 16)
      passed++
      const instant = instantOf(next, zone)
      if (passed >= count || (until !== undefined && isBeyond(next, instant, until)))
        return undefined
      if (instant <= after) continue
      if (parts.has('COUNT')) parts.set('COUNT', String(count - passed))
      return { rule: textOf(parts), at: next, zone }
    }
  } catch (error) {
    if (error !== endless) throw error
  }
  return undefined
}
const endless = new Error('The rule leads nowhere.')

/**
 * The rule as it is stored.
 * @param at the local time or day it begins with
 * @param effort shared by all rules of a file
 * @throws invalid naming the part that cannot be done
 */
export function checkedRecurrence(rule: string, at: string, effort?: Effort): string {
  const parts = partsOf(
    rule
      .trim()
      .replace(/^RRULE:/i, '')
      .toUpperCase(),
  )
  const refuse = (message: string) => invalid('recurrence', message)
  const frequency = parts.get('FREQ') ?? ''
  if (!frequencies.has(frequency))
    throw refuse('must have a FREQ of DAILY, WEEKLY, MONTHLY or YEARLY')
  for (const [name, value] of parts) {
    const form = forms[name]
    if (!form) throw refuse(`must not have ${name || 'an empty part'}`)
    if (!form.test(value)) throw refuse(`has a ${name} that is none`)
  }
  const isMonthly = frequency === 'MONTHLY' || (frequency === 'YEARLY' && parts.has('BYMONTH'))
  if (parts.has('BYMONTH') && frequency !== 'YEARLY')
    throw refuse('must not have BYMONTH unless it is yearly')
  if (parts.has('BYMONTHDAY') && !isMonthly)
    throw refuse('must not have BYMONTHDAY unless it is monthly, or yearly with BYMONTH')
  if (/\d/.test(parts.get('BYDAY') ?? '') && !isMonthly)
    throw refuse('must not count weekdays unless it is monthly, or yearly with BYMONTH')
  if (/\d/.test(parts.get('BYDAY') ?? '') && parts.has('BYMONTHDAY'))
    throw refuse('must not count weekdays and days of the month at once')
  if (parts.has('BYDAY') && frequency === 'YEARLY' && !isMonthly)
    throw refuse('must not have BYDAY when it is yearly without BYMONTH')
  if (parts.has('COUNT') && parts.has('UNTIL')) throw refuse('must not have both COUNT and UNTIL')
  if (parts.has('UNTIL') && Number.isNaN(Date.parse(isoOf(parts.get('UNTIL') ?? ''))))
    throw refuse('has an UNTIL that is none')
  const sample = { at, zone: 'UTC', rule: textOf(withoutEnd(parts)) }
  if (!nextOccurrence(sample, instantOf(at, 'UTC'), effort)) throw refuse('never comes again')
  return textOf(parts)
}

const frequencies = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'])
const weekday = '([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)'
const monthDay = '-?([1-9]|[12]\\d|3[01])'
const month = '([1-9]|1[0-2])'
const listOf = (item: string) => new RegExp(`^${item}(,${item})*$`)
/** The parts that are understood, and how their values look. */
const forms: Readonly<Record<string, RegExp>> = {
  FREQ: /^[A-Z]+$/,
  INTERVAL: /^[1-9]\d{0,2}$/,
  COUNT: /^[1-9]\d{0,3}$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  BYDAY: listOf(weekday),
  BYMONTHDAY: listOf(monthDay),
  BYMONTH: listOf(month),
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
}

const partsOf = (rule: string): Map<string, string> =>
  new Map(
    rule.split(';').map((part) => {
      const [name = '', value = ''] = part.split(/=(.*)/s)
      return [name, value]
    }),
  )
const textOf = (parts: ReadonlyMap<string, string>): string =>
  [...parts].map(([name, value]) => `${name}=${value}`).join(';')
const withoutEnd = (parts: ReadonlyMap<string, string>) =>
  new Map([...parts].filter(([name]) => name !== 'COUNT' && name !== 'UNTIL'))

/** `20261231T170000Z` → `2026-12-31T17:00:00Z`. */
const isoOf = (text: string): string =>
  text.replace(
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?/,
    (_, year, month, day, hour, minute, second) =>
      hour === undefined
        ? `${year}-${month}-${day}`
        : `${year}-${month}-${day}T${hour}:${minute}:${second}`,
  )

/** UNTIL is an instant when it ends in Z, else a local time or a whole day. */
function isBeyond(wallTime: string, instant: number, until: string): boolean {
  const end = isoOf(until)
  return until.endsWith('Z')
    ? instant > Date.parse(end)
    : wallTime > end.slice(0, Math.min(end.length, wallTime.length)) && !wallTime.startsWith(end)
}
