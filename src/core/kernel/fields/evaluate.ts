/**
 * Asks a condition of a record in memory, and says why it holds or does not. It answers what the compiled
 * condition does: a test holds the two together on random data.
 */
import {
  type Comparison,
  type Condition,
  isComparison,
  kindOf,
  type Part,
  partsOf,
} from '../../../contract/kernel/conditions'
import { fold, isAscii } from '../../../contract/kernel/fold'
import { sameValue } from '../../../contract/kernel/same-value'
import { spellingKey } from '../../../contract/kernel/spelling'
import { invalid } from '../errors'
import { dateIn } from '../time/zone'
import type { FieldMeaning } from './field'
import { readPhone } from './phone-numbers'
import {
  type Bound,
  type Circumstances,
  type InstantSpan,
  type Question,
  type Range,
  readComparison,
  type ValueQuestion,
} from './questions'

/** What has no time of day: the day, and the instant that stands for it. */
export interface WholeDay {
  at: number
  day: string
}

/** A value as it is stored: an instant in epoch milliseconds, an amount in major units. */
export type Value = string | number | boolean | null | readonly string[] | WholeDay

/** The values of a record by the names of its fields, `company.industry` and `custom.tier` included. */
export type Values = Readonly<Record<string, Value>>

/** One comparison of a condition, and what it found. */
export interface Finding {
  comparison: Comparison
  actual: Value
  /** What it was before, where the comparison asks for that. */
  previous?: Value
  holds: boolean
}

export interface EvaluationContext extends Circumstances {
  /** @throws invalid where there is no such field */
  fieldOf(name: string): FieldMeaning
  /** The record before it was changed; null where it has just been created. */
  previous?: Values | null
}

/** Whether a condition holds, and what each of its comparisons found, in their order. */
export function evaluate(
  condition: Condition,
  values: Values,
  context: EvaluationContext,
): { holds: boolean; why: Finding[] } {
  const why: Finding[] = []

  function partHolds(part: Part): boolean {
    if (isComparison(part)) {
      const finding = find(part, values, context)
      why.push(finding)
      return finding.holds
    }
    // Every part is asked, so that `why` has them all.
    const answers = partsOf(part).map(partHolds)
    switch (kindOf(part)) {
      case 'all':
        return answers.every(Boolean)
      case 'any':
        return answers.some(Boolean)
      case 'none':
        return !answers.some(Boolean)
    }
  }

  return { holds: partHolds(condition), why }
}

function find(comparison: Comparison, values: Values, context: EvaluationContext): Finding {
  const { field: name, operator } = comparison
  const field = context.fieldOf(name)
  const question = readComparison(comparison, field, context)
  const actual = valueIn(values, name)
  if (!operator.startsWith('changed'))
    return { comparison, actual, holds: answers(question, { value: actual }, context) }
  if (context.previous === undefined)
    throw invalid('filter', `${name} ${operator} needs the record as it was before`)
  const previous = context.previous === null ? null : valueIn(context.previous, name)
  return {
    comparison,
    actual,
    previous,
    holds: answers(question, { value: actual, previous }, context),
  }
}

const valueIn = (values: Values, name: string): Value =>
  Object.hasOwn(values, name) ? (values[name] ?? null) : null

/** Whether a question is true of no value. */
export const isTrueOfNothing = (question: Question, circumstances: Circumstances): boolean =>
  answers(question, { value: null }, circumstances)

interface Asked {
  value: Value
  previous?: Value
}

function answers(question: Question, asked: Asked, circumstances: Circumstances): boolean {
  if ('all' in question) return question.all.every((one) => answers(one, asked, circumstances))
  if ('any' in question) return question.any.some((one) => answers(one, asked, circumstances))
  if ('not' in question) return !answers(question.not, asked, circumstances)
  if (!('is' in question))
    return answers(question.before, { value: asked.previous ?? null }, circumstances)
  if (question.is === 'changed') return !sameValue(asked.value, asked.previous)
  return isTrueOf(question, asked.value, circumstances)
}

function isTrueOf(
  question: ValueQuestion,
  value: Value,
  { zone, country }: Circumstances,
): boolean {
  if (question.is === 'empty')
    return value === null || value === '' || (Array.isArray(value) && value.length === 0)
  if (question.is === 'null') return value === null
  if (value === null) return false
  switch (question.is) {
    case 'same':
      return question.values.includes(plainOf(value))
    case 'same text':
      return question.texts.includes(fold(textOf(value)))
    case 'containing':
      return fold(textOf(value)).includes(question.text)
    case 'same number': {
      const number = readPhone(textOf(value), country)
      return number !== null && question.numbers.includes(number)
    }
    case 'dialled with': {
      const text = textOf(value)
      const written = [readPhone(text, country) ?? '', text.replace(/\D/g, '')]
      return question.digits.some((digits) => written.some((one) => one.includes(digits)))
    }
    case 'having':
      return entriesOf(value).some((entry) => question.keys.includes(spellingKey(entry)))
    case 'in range':
      return isInRange(plainOf(value), question)
    case 'in span':
      return isInSpan(value, question, zone)
    case 'on days':
      return question.days.includes(isWholeDay(value) ? value.day : dateIn(Number(value), zone))
  }
}

function isInRange(value: Bound, { after, before, from, to }: Range): boolean {
  return (
    (after === undefined || compare(value, after) > 0) &&
    (before === undefined || compare(value, before) < 0) &&
    (from === undefined || compare(value, from) >= 0) &&
    (to === undefined || compare(value, to) <= 0)
  )
}

function isInSpan(value: Value, { from, before, to }: InstantSpan, zone: string): boolean {
  if (isWholeDay(value))
    return (
      (from === undefined || value.day >= dateIn(from, zone)) &&
      (before === undefined || value.day < dateIn(before, zone)) &&
      (to === undefined || value.day <= dateIn(to, zone))
    )
  const at = Number(value)
  return (
    (from === undefined || at >= from) &&
    (before === undefined || at < before) &&
    (to === undefined || at <= to)
  )
}

/** As SQLite does: numbers before texts, and texts by their code points without the case of A to Z. */
function compare(one: Bound, other: Bound): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'number') return -1
  if (typeof other === 'number') return 1
  return compareText(lowerAscii(one), lowerAscii(other))
}

function compareText(one: string, other: string): number {
  if (isAscii(one) && isAscii(other)) return one < other ? -1 : one > other ? 1 : 0
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

const lowerAscii = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

const isWholeDay = (value: Value): value is WholeDay =>
  typeof value === 'object' && value !== null && 'day' in value

const entriesOf = (value: Value): readonly string[] => (Array.isArray(value) ? value : [])

const plainOf = (value: Value): Bound =>
  typeof value === 'boolean'
    ? Number(value)
    : isWholeDay(value)
      ? value.at
      : typeof value === 'number'
        ? value
        : textOf(value)

/** A number has the digits that people write, and no more of them than SQL makes of it. */
const textOf = (value: Value): string =>
  typeof value === 'number'
    ? String(Number(value.toPrecision(15)))
    : typeof value === 'boolean'
      ? String(Number(value))
      : String(value)
