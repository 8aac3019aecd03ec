/**
 * What a comparison means: its operator and what somebody typed become questions to a value. The
 * compiler asks them of columns, the evaluator of values in memory; what an operator means for a type of
 * field is decided here alone.
 *
 * **Time.** An instant is asked by its instant. A whole day, which has no time of day, and a date are
 * asked by their day: they belong to a span when their day is none before the day of its beginning and none
 * after the day of its end, in the workspace's zone. "Within the last 14 days" is from now back to the
 * same time of day 14 days ago for an instant, and today and the 14 days before it for a day.
 */
import * as z from 'zod'
import type { Comparison, Span, SpanUnit } from '../../../contract/kernel/conditions'
import { fold } from '../../../contract/kernel/fold'
import { spellingKey } from '../../../contract/kernel/spelling'
import { invalid } from '../errors'
import { dateIn, endOfDay, startOfDay, zonedTime } from '../time/zone'
import type { FieldMeaning, FieldType } from './field'
import { readPhone, searchedPhone } from './phone-numbers'

/** Where and when a condition is asked. */
export interface Circumstances {
  /** Zone in which days begin and end. */
  zone: string
  /** Whose phone numbers are written without a country code. */
  country: string | null
  /** Epoch milliseconds. */
  now: number
}

export type Question =
  | ValueQuestion
  /** Another value than before. */
  | { is: 'changed' }
  /** Asked of the value before. */
  | { before: Question }
  | { all: readonly Question[] }
  | { any: readonly Question[] }
  | { not: Question }

/** What a single value is asked. Of no value, which is null, only `null` and `empty` are true. */
export type ValueQuestion =
  | { is: 'null' }
  /** Null, text without letters, a list without entries. */
  | { is: 'empty' }
  /** One of these, to the letter and the millisecond; a boolean is 1 or 0. */
  | { is: 'same'; values: readonly (string | number)[] }
  /** One of these texts, which are folded, as the value is for it. */
  | { is: 'same text'; texts: readonly string[] }
  /** Has this text in it, which is folded. */
  | { is: 'containing'; text: string }
  /** A phone with one of these numbers, in E.164. */
  | { is: 'same number'; numbers: readonly string[] }
  /** A phone with some of these digits in a row. */
  | { is: 'dialled with'; digits: readonly string[] }
  /** A list with any of these entries, by their spelling keys. */
  | { is: 'having'; keys: readonly string[] }
  /** A number, a date or a text between these. Text is compared without the case of A to Z. */
  | ({ is: 'in range' } & Range)
  /** An instant between these, epoch milliseconds; a whole day by its day. */
  | ({ is: 'in span' } & InstantSpan)
  /** An instant on one of these days. */
  | { is: 'on days'; days: readonly string[] }

export type Bound = string | number
export interface Range {
  after?: Bound
  before?: Bound
  from?: Bound
  to?: Bound
}
export interface InstantSpan {
  from?: number
  before?: number
  to?: number
}

/** @throws invalid naming the field and the rule when operator or value does not fit the field */
export function readComparison(
  comparison: Comparison,
  field: FieldMeaning,
  circumstances: Circumstances,
): Question {
  const { operator, value } = comparison
  const refuse = (rule: string) => invalid('filter', `${comparison.field} ${rule}`)
  const reading = { ...field, ...circumstances, refuse }

  const one = (): Scalar => {
    if (value === undefined || (typeof value === 'object' && value !== null))
      throw refuse(`${operator} needs one value`)
    return value
  }
  const several = (): Scalar[] => {
    if (!Array.isArray(value)) throw refuse(`${operator} needs a list of values`)
    return value
  }

  switch (operator) {
    case 'is_empty':
      return { is: 'empty' }
    case 'is_not_empty':
      return { not: { is: 'empty' } }
    case 'equals':
      return equalTo([one()], reading)
    case 'not_equals':
      return { not: equalTo([one()], reading) }
    case 'in':
      return equalTo(several(), reading)
    case 'not_in':
      return { not: equalTo(several(), reading) }
    case 'contains':
      return containing(one(), reading)
    case 'greater_than':
    case 'less_than':
      return ofSize(operator, one(), reading)
    case 'between': {
      const [lowest, highest, ...more] = several()
      if (lowest === undefined || highest === undefined || more.length > 0)
        throw refuse('between needs two values')
      return between(lowest, highest, reading)
    }
    case 'within_last':
    case 'within_next':
      return within(operator, spanOf(value, operator, refuse), reading)
    case 'changed':
      return { is: 'changed' }
    case 'changed_from':
      return { all: [{ is: 'changed' }, { before: equalTo([one()], reading) }] }
    case 'changed_to':
      return { all: [{ is: 'changed' }, equalTo([one()], reading)] }
  }
}

type Scalar = string | number | boolean | null
type Refuse = (rule: string) => Error
type Reading = FieldMeaning & Circumstances & { refuse: Refuse }

const isText = (type: FieldType) => type === 'text' || type === 'phone'
const isList = (type: FieldType) => type === 'tags' || type === 'list'

/** A value as a text column has it. */
const textOf = (value: Scalar): string =>
  typeof value === 'boolean' ? String(Number(value)) : String(value)

const readText = (value: Scalar, { read }: Reading): string =>
  read?.(textOf(value)) ?? textOf(value)

function equalTo(values: readonly Scalar[], reading: Reading): Question {
  const given = values.filter((value) => value !== null)
  const questions = given.length === 0 ? [] : equalToGiven(given, reading)
  return {
    any: given.length < values.length ? [...questions, { is: 'null' }] : questions,
  }
}

function equalToGiven(values: readonly Exclude<Scalar, null>[], reading: Reading): Question[] {
  const { type, zone, country } = reading
  if (isList(type))
    return [{ is: 'having', keys: values.map((value) => spellingKey(String(value))) }]
  if (type === 'instant') {
    const days = values.filter(isDay)
    const instants = values.filter((value) => !isDay(value))
    return [
      ...(instants.length === 0
        ? []
        : [{ is: 'same' as const, values: instants.map((one) => readInstant(one, reading)) }]),
      ...(days.length === 0 ? [] : [onDays(days, zone)]),
    ]
  }
  if (!isText(type))
    return [{ is: 'same', values: values.map((value) => readPlain(value, reading)) }]
  const same: Question = {
    is: 'same text',
    texts: values.map((value) => fold(readText(value, reading))),
  }
  if (type !== 'phone') return [same]
  const numbers = values.flatMap((value) => readPhone(textOf(value), country) ?? [])
  return numbers.length === 0 ? [same] : [same, { is: 'same number', numbers }]
}

/** One day is a span, which an index serves. */
function onDays(days: readonly string[], zone: string): Question {
  const [day = ''] = days
  return days.length > 1
    ? { is: 'on days', days }
    : { is: 'in span', from: startOfDay(day, zone), before: endOfDay(day, zone) }
}

function containing(value: Scalar, reading: Reading): Question {
  const { type, country, refuse } = reading
  if (isList(type)) return { is: 'having', keys: [spellingKey(String(value))] }
  if (type === 'boolean' || type === 'instant') throw refuse('contains no text')
  const question: Question = { is: 'containing', text: fold(readText(value, reading)) }
  // A value that has more to it than a number is no part of one.
  if (type !== 'phone' || /[^+\d\s().\-/]/.test(String(value))) return question
  const digits = searchedPhone(String(value), country)
  return digits.length === 0 ? question : { any: [question, { is: 'dialled with', digits }] }
}

function ofSize(operator: 'greater_than' | 'less_than', value: Scalar, reading: Reading): Question {
  const bound = readBound(value, reading)
  const isAfter = operator === 'greater_than'
  if (reading.type !== 'instant')
    return isAfter ? { is: 'in range', after: bound } : { is: 'in range', before: bound }
  const [first, next] = stretchOf(value, reading)
  return isAfter ? { is: 'in span', from: next } : { is: 'in span', before: first }
}

function between(lowest: Scalar, highest: Scalar, reading: Reading): Question {
  const from = readBound(lowest, reading)
  const to = readBound(highest, reading)
  if (reading.type === 'instant') {
    const [first] = stretchOf(lowest, reading)
    const [last, next] = stretchOf(highest, reading)
    if (first > last) throw reading.refuse('between needs the earlier value first')
    return { is: 'in span', from: first, to: next - 1 }
  }
  if (typeof from === typeof to && from > to && !isText(reading.type))
    throw reading.refuse('between needs the smaller value first')
  return { is: 'in range', from, to }
}

/** Where what was typed for an instant begins, and where what comes after it does: a day, or a millisecond. */
function stretchOf(value: Scalar, reading: Reading): [first: number, next: number] {
  if (isDay(value)) return [startOfDay(value, reading.zone), endOfDay(value, reading.zone)]
  const instant = readInstant(value, reading)
  return [instant, instant + 1]
}

function within(
  operator: 'within_last' | 'within_next',
  { amount, unit }: Span,
  { type, zone, now, refuse }: Reading,
): Question {
  if (type !== 'instant' && type !== 'date') throw refuse(`has no dates for ${operator}`)
  if (type === 'date' && (unit === 'minutes' || unit === 'hours'))
    throw refuse(`has days only: ${operator} needs days, weeks, months or years`)
  const isLast = operator === 'within_last'
  const other = awayFrom(now, isLast ? -amount : amount, unit, zone)
  const [from, to] = isLast ? [other, now] : [now, other]
  if (from < firstInstant || to > lastInstant) throw refuse(`${operator} reaches too far`)
  return type === 'date'
    ? { is: 'in range', from: dateIn(from, zone), to: dateIn(to, zone) }
    : { is: 'in span', from, to }
}

/** ISO dates have four digits for the year, so that their text is in their order. */
const firstInstant = Date.UTC(1, 0)
const lastInstant = Date.UTC(9999, 0)

const awayFrom = (now: number, amount: number, unit: SpanUnit, zone: string): number =>
  zonedTime(now, zone).add({ [unit]: amount }).epochMilliseconds

function spanOf(value: Comparison['value'], operator: string, refuse: Refuse): Span {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse(`${operator} needs an amount and a unit, like 14 days`)
  return value
}

/** Something to compare by size. */
function readBound(value: Scalar, reading: Reading): Bound {
  const { type, refuse } = reading
  if (type === 'boolean' || type === 'id' || isList(type))
    throw refuse('cannot be compared by size')
  if (value === null) throw refuse('cannot be compared by size with no value')
  if (isText(type)) return textOf(value)
  if (type !== 'instant') return readPlain(value, reading)
  return isDay(value) ? value : readInstant(value, reading)
}

/** A value of a type that is neither text, list nor instant. */
function readPlain(value: Exclude<Scalar, null>, { type, refuse }: Reading): Bound {
  switch (type) {
    case 'number': {
      const number = typeof value === 'number' ? value : Number(value)
      if (typeof value === 'boolean' || !Number.isFinite(number) || String(value).trim() === '')
        throw refuse('must be a number')
      return number
    }
    case 'boolean':
      return value === true || value === 'true' || value === 1 ? 1 : 0
    case 'date':
      if (!isDay(value)) throw refuse('must be a date like 2026-11-20')
      return value
    default:
      return textOf(value)
  }
}

function readInstant(value: Scalar, { refuse }: Reading): number {
  const instant = typeof value === 'number' ? value : Date.parse(String(value))
  if (!Number.isSafeInteger(instant)) throw refuse('must be a date or an ISO date and time')
  return instant
}

const Day = z.iso.date()
const isDay = (value: Scalar): value is string =>
  typeof value === 'string' && Day.safeParse(value).success
