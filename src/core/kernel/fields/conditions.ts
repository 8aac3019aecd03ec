/** Turns a condition into SQL. Field names are looked up, values are bound: nothing of it is pasted in. */
import {
  type Comparison,
  type Condition,
  isComparison,
  kindOf,
  type Part,
  partsOf,
} from '../../../contract/kernel/conditions'
import type { Clause } from '../database/clause'
import type { SqlValue } from '../database/database'
import { invalid } from '../errors'
import { spelledTexts } from '../spellings/spellings'
import { aheadIn, overIn, throughIn } from '../time/whole-days'
import { isTrueOfNothing } from './evaluate'
import type { Field } from './field'
import {
  type Circumstances,
  type InstantSpan,
  type Question,
  type Range,
  readComparison,
} from './questions'
import type { ReachedField } from './reach'
import { among, containsText, ifThere, sameText } from './text-sql'

export interface ConditionContext extends Circumstances {
  /** @throws invalid where there is no such field */
  fieldOf(name: string): ReachedField
  /** How many rows it is asked of. */
  rows: number
}

/** @throws invalid naming the field when a field, operator or value does not fit */
export function compileCondition(condition: Condition, context: ConditionContext): Clause {
  const { parts, values } = sizeOf(condition)
  const most = Math.min(mostParts, Math.max(partsOfAny, Math.floor(mostLooks / context.rows)))
  if (parts > most) throw invalid('filter', `has ${parts} parts: here a condition may have ${most}`)
  if (values > mostValues)
    throw invalid('filter', `has ${values} values: a condition may have ${mostValues}`)
  const { sql, parameters } = compileGroup(condition, context)
  return { sql, parameters }
}

/** SQLite takes expressions up to a height of 1000, which a chain of as many parts has. */
const mostParts = 300
const mostValues = 20_000
/** Each part is looked at for each row, which takes about a microsecond. */
const mostLooks = 10_000_000
/** However many rows there are, a condition may have so many parts. */
const partsOfAny = 20

function sizeOf(part: Part): { parts: number; values: number } {
  if (isComparison(part))
    return { parts: 1, values: Array.isArray(part.value) ? part.value.length : 1 }
  const sizes = partsOf(part).map(sizeOf)
  return {
    parts: sizes.reduce((sum, { parts }) => sum + parts, 1),
    values: sizes.reduce((sum, { values }) => sum + values, 0),
  }
}

interface Weighed extends Clause {
  /** How much work it is for each row, roughly: what is easy is asked first, and decides for most rows. */
  effort: number
}

function compileGroup(group: Condition, context: ConditionContext): Weighed {
  const parts = partsOf(group)
    .map((part) =>
      isComparison(part) ? compileComparison(part, context) : compileGroup(part, context),
    )
    .toSorted((one, other) => one.effort - other.effort)
  const kind = kindOf(group)
  const joined = kind === 'all' ? allOf(parts) : anyOf(parts)
  return {
    ...(kind === 'none' ? not(joined) : joined),
    effort: Math.max(0, ...parts.map(({ effort }) => effort)),
  }
}

function compileComparison(comparison: Comparison, context: ConditionContext): Weighed {
  const field = context.fieldOf(comparison.field)
  const question = readComparison(comparison, field, context)
  const clause = ask(question, field, comparison, context)
  const effort = effortOf(comparison, field)
  const { visible } = field
  if (visible === undefined) return { ...clause, effort }
  // What may not be known counts as no value.
  const known = notNull(visible)
  const sure = isTrueOfNothing(question, context)
    ? anyOf([not(known), clause])
    : allOf([known, clause])
  return { ...sure, effort }
}

function effortOf({ operator }: Comparison, field: Field): number {
  if (operator.endsWith('empty') || field.spelled !== undefined) return 0
  if (field.type === 'tags' || field.type === 'list' || field.day !== undefined) return 4
  // Numbers are computed at times.
  if (!isText(field)) return field.type === 'number' ? 1 : 0
  return (operator === 'contains' ? 3 : 2) - (field.folded === undefined ? 0 : 1)
}

/** SQL of a question to a column. It is never null, so that `not` turns it round. */
function ask(
  question: Question,
  field: Field,
  comparison: Comparison,
  context: ConditionContext,
): Clause {
  const askOne = (one: Question) => ask(one, field, comparison, context)
  if ('all' in question) return allOf(question.all.map(askOne))
  if ('any' in question) return anyOf(question.any.map(askOne))
  if ('not' in question) return not(askOne(question.not))
  if (!('is' in question) || question.is === 'changed')
    throw invalid(
      'filter',
      `${comparison.field} ${comparison.operator} needs the record as it was before, which a list does not have`,
    )
  const { sql } = field
  switch (question.is) {
    case 'null':
      return plain(`${sql} is null`)
    case 'empty':
      return plain(`(${sql} is null or ${sql} = '${isList(field) ? '[]' : ''}')`)
    case 'same':
      return notNull(among(sql, question.values))
    case 'same text':
      return ofText(field, (text) => sameText(text, question.texts, field.folded))
    case 'containing':
      return ofText(field, (text) => containsText(text, question.text, field.folded))
    case 'same number':
      return field.number === undefined ? never : notNull(among(field.number, question.numbers))
    case 'dialled with':
      return anyOf(question.digits.map((digits) => hasDigits(field, digits)))
    case 'having':
      return hasEntry(field, question.keys)
    case 'in range':
      return inRange(field, question)
    case 'in span':
      return inSpan(field, question, context.zone)
    case 'on days': {
      const day = field.day === undefined ? '' : `${field.day}, `
      const clause = among(`coalesce(${day}day_in(${sql}, ?), '')`, question.days)
      return { ...clause, parameters: [context.zone, ...clause.parameters] }
    }
  }
}

const isText = ({ type }: Field) => type === 'text' || type === 'phone'
const isList = ({ type }: Field) => type === 'tags' || type === 'list'

const plain = (sql: string): Clause => ({ sql, parameters: [] })
const never = plain('0')

const joined = (clauses: readonly Clause[], glue: string, empty: string): Clause => ({
  sql: `(${clauses.map(({ sql }) => sql).join(glue) || empty})`,
  parameters: clauses.flatMap(({ parameters }) => parameters),
})
const allOf = (clauses: readonly Clause[]) => joined(clauses, ' and ', '1')
const anyOf = (clauses: readonly Clause[]) => joined(clauses, ' or ', '0')
const not = ({ sql, parameters }: Clause): Clause => ({ sql: `not ${sql}`, parameters })
const notNull = ({ sql, parameters }: Clause): Clause => ({
  sql: `coalesce(${sql}, 0)`,
  parameters,
})

/** What is asked of a text: of each spelling once where those are known, rather than of each row. */
function ofText(field: Field, clauseOf: (sql: string) => Clause): Clause {
  const { sql, spelled, type } = field
  if (spelled !== undefined) {
    const asked = clauseOf('text')
    const found = `select text from (${spelledTexts(spelled)}) where ${asked.sql}`
    return ifThere(sql, { ...asked, sql: `${sql} in (${found})` })
  }
  if (type !== 'number') return clauseOf(sql)
  // As people write it: without the zero that SQL puts behind the point of a whole number.
  return ifThere(sql, clauseOf(`format('%.15g', ${sql})`))
}

/** A number as it was read, or as it was typed. */
const hasDigits = ({ sql, number }: Field, digits: string): Clause =>
  notNull({
    sql:
      number === undefined
        ? `instr(digits_of(${sql}), ?) > 0`
        : `instr(${number}, ?) > 0 or instr(digits_of(${sql}), ?) > 0`,
    parameters: number === undefined ? [digits] : [digits, digits],
  })

function hasEntry({ sql, type }: Field, keys: readonly string[]): Clause {
  const clause = among(type === 'tags' ? 'key' : 'spelling_key(value)', keys)
  const isOne =
    type === 'tags'
      ? `value in (select text from spelling where list = 'tag' and ${clause.sql})`
      : clause.sql
  return ifThere(sql, {
    ...clause,
    sql: `${sql} <> '[]' and exists (select 1 from json_each(${sql}) where ${isOne})`,
  })
}

function inRange(field: Field, { after, before, from, to }: Range): Clause {
  const column = isText(field) ? `${field.sql} collate nocase` : field.sql
  const bound = (sign: string, value: SqlValue | undefined): Clause[] =>
    value === undefined ? [] : [{ sql: `${column} ${sign} ?`, parameters: [value] }]
  return bounded([
    ...bound('>', after),
    ...bound('<', before),
    ...bound('>=', from),
    ...bound('<=', to),
  ])
}

function inSpan({ sql: at, day }: Field, { from, before, to }: InstantSpan, zone: string): Clause {
  const bound = (sign: string, instant: number | undefined, ofDay: typeof overIn): Clause[] => {
    if (instant === undefined) return []
    if (day !== undefined) return [ofDay({ at, day }, instant, zone)]
    return [{ sql: `${at} ${sign} ?`, parameters: [instant] }]
  }
  return bounded([
    ...bound('>=', from, aheadIn),
    ...bound('<', before, overIn),
    ...bound('<=', to, throughIn),
  ])
}

const bounded = (bounds: readonly Clause[]): Clause =>
  notNull({
    sql: bounds.map(({ sql }) => sql).join(' and '),
    parameters: bounds.flatMap(({ parameters }) => parameters),
  })
