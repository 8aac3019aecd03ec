/** Reads calendar dates and instants in the ways people, spreadsheets and programs write them. */
import { isWithinReach, outOfReach } from '../../../../contract/kernel/shapes'
import { broken, isNoValue, type Parsed, valid } from './parsed-value'
import { asIfUtc, type TimeZone, type WallTime } from './time-zone'

/**
 * In which order a column has day, month and year, as `findColumnHints` found it or a person chose:
 * it decides what `03/04/2017` is. `mixed` where the column has both orders, so that such a
 * value is ambiguous.
 */
export type DateOrder = 'dmy' | 'mdy' | 'ymd' | 'mixed'

export interface DateOptions {
  dateOrder?: DateOrder
  /** Epoch milliseconds. Needed for years of two digits, which are at most 20 years ahead of it. */
  now?: number
  /** Where the calendar hangs on which an instant has its date; UTC if left out. */
  zone?: TimeZone
}

export interface InstantOptions extends DateOptions {
  /** Where the clock hangs that shows the wall times of the column. */
  zone: TimeZone
}

/**
 * A calendar date as ISO text, `2017-03-01`. Of a date with a time, the date; of an instant (a time
 * with its offset, unix time), the date in `zone`, unless it is midnight as written: programs give
 * out calendar dates so.
 */
export function parseDate(cell: string, options: DateOptions = {}): Parsed<string | null> {
  if (isNoValue(cell)) return valid(null)
  const moment = readMoment(cell, options)
  if ('problem' in moment) return moment
  const isMidnight = moment.offset !== undefined && isStartOfDay(moment.wall)
  if (moment.offset === undefined || isMidnight) return withinReach(toIsoDate(moment.wall))
  const instant = asIfUtc(moment.wall) - moment.offset
  if (options.zone) return withinReach(toIsoDate(options.zone.toWallTime(instant)))
  return withinReach(toIsoDate(wallInUtc(instant)))
}

/**
 * An instant as epoch milliseconds. A time without offset is wall time in `zone`, a date without
 * time its midnight there.
 */
export function parseInstant(cell: string, options: InstantOptions): Parsed<number | null> {
  if (isNoValue(cell)) return valid(null)
  const moment = readMoment(cell, options)
  if ('problem' in moment) return moment
  const instant =
    moment.offset === undefined
      ? options.zone.toInstant(moment.wall)
      : asIfUtc(moment.wall) - moment.offset
  const { problem } = withinReach(new Date(instant).toISOString())
  return problem ? { problem } : valid(instant)
}

/** A file brings in no date that a form refuses. */
const withinReach = (text: string): Parsed<string> =>
  isWithinReach(text) ? valid(text) : broken('out_of_range', outOfReach)

/**
 * What a cell says of its column's order of day, month and year: an order, `either` for a date
 * like `03/04/2017`, undefined where it says nothing.
 */
export function dateOrderIn(cell: string): 'dmy' | 'mdy' | 'ymd' | 'either' | undefined {
  const match = NUMERIC.exec(splitTime(cell.trim()).date)
  if (!match || match[2] === '.') return undefined
  const [first, second, third] = [Number(match[1]), Number(match[3]), Number(match[4])]
  const short = match[4]?.length === 2
  const fits = {
    dmy: isDayAndMonth(first, second),
    mdy: isDayAndMonth(second, first),
    ymd: short && isDayAndMonth(third, second) && match[1]?.length === 2,
  }
  const orders = (['dmy', 'mdy', 'ymd'] as const).filter((order) => fits[order])
  // A year in front is so rare that it counts only where nothing else can be meant.
  const usual = orders.filter((order) => order !== 'ymd')
  if (usual.length === 0) return orders[0]
  if (first === second) return undefined
  return usual.length === 1 ? usual[0] : 'either'
}

interface Moment {
  wall: WallTime
  /** Milliseconds ahead of UTC, where the text says so. */
  offset?: number
}

type MomentOrProblem = Moment | ReturnType<typeof broken>

function readMoment(cell: string, options: DateOptions): MomentOrProblem {
  if (cell.length > LONGEST) return notADate()
  const text = cell.trim().replaceAll(/\s+/g, ' ')
  if (/^\d+([.,]\d+)?$/.test(text)) return readBareNumber(text.replace(',', '.'))
  const { date, time } = splitTime(text)
  const day = readDate(date, options)
  if ('problem' in day) return day
  if (time === undefined) return { wall: { ...day, ...midnight } }
  return readTime(time, day)
}

/** Unix time, the day number of a spreadsheet, or a date without separators. */
function readBareNumber(text: string): MomentOrProblem {
  const [integer = '', fraction = ''] = text.split('.')
  const digits = integer.length
  if ((digits === 12 || digits === 13) && !fraction) return atUtc(Number(integer))
  if (digits === 9 || digits === 10) return atUtc(Math.round(Number(text) * 1000))
  if (digits === 5) {
    // Day 1 was 1900-01-01 but for a leap day 1900 never had; seconds drown in the fraction's noise.
    const seconds = Math.round((Number(text) - EXCEL_DAY_OF_1970) * 86_400)
    return { wall: wallInUtc(seconds * 1000) }
  }
  const compact = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$/.exec(fraction ? '' : integer)
  const [year, month, day, hour, minute, second] = (compact ?? []).slice(1).map(Number)
  if (year === undefined || month === undefined || day === undefined) return notADate()
  if (year < 1900 || year > 2199 || !exists(year, month, day)) return notADate()
  if (hour === undefined || Number.isNaN(hour)) {
    return { wall: { year, month, day, ...midnight } }
  }
  return toTimeOfDay({ year, month, day }, { hour, minute: minute ?? 0, second: second ?? 0 })
}

const EXCEL_DAY_OF_1970 = 25_569
/** JavaScript's own form with the long name of a zone has about 70 characters. */
const LONGEST = 120

type Day = Pick<WallTime, 'year' | 'month' | 'day'>
const midnight = { hour: 0, minute: 0, second: 0, millisecond: 0 }

const TIME =
  /[T ,]+(\d{1,2}(?::\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?(?: ?[ap]\.?m\.?)?(?: ?(?:Z|UTC|GMT)?(?:[+-]\d{2}:?(?:\d{2})?)?)(?: \([^()]*\))?)$/i

/** Cuts a text into its date and what follows it as a time of day. */
function splitTime(text: string): { date: string; time?: string } {
  const match = TIME.exec(text)
  // Without minutes or half of the day it is no time but the year of a date.
  if (!match?.[1] || !/:|[ap]\.?m/i.test(match[1])) return { date: text }
  return { date: text.slice(0, match.index), time: match[1] }
}

function readTime(text: string, day: Day): MomentOrProblem {
  const match =
    /^(\d{1,2})(?::(\d{2}))?(?::(\d{2})(?:[.,](\d+))?)?(?: ?([ap])\.?m\.?)?(?: ?(Z|UTC|GMT)?([+-]\d{2}:?(?:\d{2})?)?)?(?: \(.*\))?$/i.exec(
      text,
    )
  if (!match) return notADate()
  const [, hours, minutes, seconds, fraction = '', half, utc, offset] = match
  let hour = Number(hours)
  if (half) {
    if (hour < 1 || hour > 12) return noSuchTime()
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  }
  const moment = toTimeOfDay(day, {
    hour,
    minute: Number(minutes ?? 0),
    second: Number(seconds ?? 0),
    millisecond: Number(fraction.slice(0, 3).padEnd(3, '0')),
  })
  if ('problem' in moment || (!utc && !offset)) return moment
  if (!offset) return { ...moment, offset: 0 }
  const [, sign, offsetHours, offsetMinutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? []
  const ahead = Number(offsetHours) * 60 + Number(offsetMinutes ?? 0)
  return { ...moment, offset: ahead * (sign === '-' ? -60_000 : 60_000) }
}

function toTimeOfDay(
  day: Day,
  time: { hour: number; minute: number; second: number; millisecond?: number },
): MomentOrProblem {
  if (time.hour > 23 || time.minute > 59 || time.second > 59) return noSuchTime()
  return { wall: { ...day, millisecond: 0, ...time } }
}

const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/
const WEEKDAY = /^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,? /i

function readDate(text: string, options: DateOptions): Day | ReturnType<typeof broken> {
  const date = text.replace(WEEKDAY, '').replace(/,$/, '')
  const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(date)
  if (iso) return toDay(Number(iso[1]), Number(iso[3]), Number(iso[4]))
  const numeric = NUMERIC.exec(date)
  if (numeric) return readNumericDate(numeric, options)

  const dayFirst =
    /^(\d{1,2})(?:st|nd|rd|th|\.)?[ -]?(?:of )?([a-z]{3,9})\.?,?[ -]?(\d{4}|\d{2})$/i.exec(date)
  if (dayFirst) return readNamedDate(dayFirst[3], dayFirst[2], dayFirst[1], options)
  const monthFirst =
    /^([a-z]{3,9})\.?[ -]?(\d{1,2})(?:st|nd|rd|th)?(?:, ?|[ -])(\d{4}|\d{2})$/i.exec(date)
  if (monthFirst) return readNamedDate(monthFirst[3], monthFirst[1], monthFirst[2], options)
  const yearFirst = /^(\d{4})[ -]([a-z]{3,9})\.?[ -](\d{1,2})$/i.exec(date)
  if (yearFirst) return readNamedDate(yearFirst[1], yearFirst[2], yearFirst[3], options)
  return notADate()
}

function readNamedDate(
  year: string | undefined,
  name: string | undefined,
  day: string | undefined,
  options: DateOptions,
): Day | ReturnType<typeof broken> {
  const month = monthNames.findIndex((full) => full.startsWith((name ?? '').toLowerCase())) + 1
  if (month === 0) return notADate()
  const whole = wholeYear(year ?? '', options.now)
  return whole === undefined ? twoDigitYear() : toDay(whole, month, Number(day))
}

function readNumericDate(
  match: RegExpExecArray,
  options: DateOptions,
): Day | ReturnType<typeof broken> {
  const [text, first = '', separator, second = '', third = ''] = match
  // A year of four digits at the end is not in front, whatever the rest of the column does.
  const chosen = third.length === 4 && options.dateOrder === 'ymd' ? undefined : options.dateOrder
  const order = separator === '.' ? 'dmy' : orderOf(Number(first), Number(second), chosen)
  if (order === 'either') {
    const day = Number(first)
    const month = Number(second)
    const [one, other] = [monthNames[month - 1], monthNames[day - 1]].map(capitalise)
    return broken(
      'ambiguous_date',
      `may be ${day} ${one} or ${month} ${other}: choose the order of day and month`,
    )
  }
  const parts = {
    dmy: [third, second, first],
    mdy: [third, first, second],
    ymd: [first, second, third],
  }[order]
  const year = wholeYear(parts[0] ?? '', options.now)
  if (year === undefined) return twoDigitYear()
  const day = toDay(year, Number(parts[1]), Number(parts[2]))
  if (!('problem' in day) || !chosen || chosen === 'mixed') return day
  return broken('no_such_date', `"${text}" is no date as ${orderNames[order]}`)
}

const orderNames = { dmy: 'day, month, year', mdy: 'month, day, year', ymd: 'year, month, day' }

/** The order given; without one, the only order that makes a date. */
function orderOf(first: number, second: number, chosen: DateOrder | undefined) {
  if (chosen && chosen !== 'mixed') return chosen
  if (first === second || !isDayAndMonth(second, first)) return 'dmy'
  return isDayAndMonth(first, second) ? 'either' : 'mdy'
}

function isDayAndMonth(day: number, month: number): boolean {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12
}

function wholeYear(digits: string, now: number | undefined): number | undefined {
  if (digits.length === 4) return Number(digits)
  if (now === undefined) return undefined
  const latest = new Date(now).getUTCFullYear() + 20
  const year = Math.floor(latest / 100) * 100 + Number(digits)
  return year > latest ? year - 100 : year
}

function toDay(year: number, month: number, day: number): Day | ReturnType<typeof broken> {
  if (!exists(year, month, day)) return broken('no_such_date', 'must be a date that exists')
  return { year, month, day }
}

function exists(year: number, month: number, day: number): boolean {
  if (year < 1 || !isDayAndMonth(day, month)) return false
  const date = new Date(asIfUtc({ year, month, day, ...midnight }))
  return date.getUTCDate() === day
}

function atUtc(instant: number): Moment {
  return { wall: wallInUtc(instant), offset: 0 }
}

function wallInUtc(instant: number): WallTime {
  const date = new Date(instant)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  }
}

function isStartOfDay(wall: WallTime): boolean {
  return wall.hour + wall.minute + wall.second + wall.millisecond === 0
}

function toIsoDate({ year, month, day }: Day): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

const monthNames =
  'january february march april may june july august september october november december'.split(' ')

function capitalise(name: string | undefined): string {
  return name ? name.charAt(0).toUpperCase() + name.slice(1) : ''
}

function notADate() {
  return broken('not_a_date', 'must be a date like 2026-11-20')
}

function noSuchTime() {
  return broken('no_such_time', 'must have a time of day that exists')
}

function twoDigitYear() {
  return broken('two_digit_year', 'must have a year of four digits')
}
