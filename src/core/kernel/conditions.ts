/** Turns a condition into SQL. Field names are looked up, values are bound: nothing of it is pasted in. */
import { fold } from '../../contract/fold'
import type { Comparison, Condition } from '../../contract/shapes'
import { spellingKey } from '../../contract/spelling'
import type { Clause } from './clause'
import type { SqlValue } from './database'
import { invalid } from './errors'
import { readPhone, searchedPhone } from './phone-numbers'
import { aheadIn, overIn, withinSpan } from './whole-days'
import { endOfDay, startOfDay } from './zone'

export type { Clause } from './clause'
export type FieldType = 'text' | 'id' | 'number' | 'instant' | 'date' | 'boolean' | 'tags' | 'phone'

export interface Field {
  /** SQL of its value. */
  sql: string
  type: FieldType
  /** SQL of the day where an instant means a whole day; null where it has a time. */
  day?: string
  /** SQL of a column that holds the folded text already. */
  folded?: string
  /** How a value is written where it is stored in another form than it is typed. */
  read?(value: string): string
  /** Of a phone: SQL of the number as it was read. */
  number?: string
}
export type Fields = Readonly<Record<string, Field>>

export interface ConditionContext {
  fields: Fields
  /** SQL of the JSON column that `custom.key` fields are read from. */
  custom?: string
  /** Zone in which a bare date begins and ends. */
  zone: string
  /** Whose phone numbers are written without a country code. */
  country: string | null
}

/** @throws invalid naming the field when a field, operator or value does not fit */
export function compileCondition(condition: Condition, context: ConditionContext): Clause {
  const { height, values } = extentOf(condition)
  if (height > highestExpression || values > mostValues)
    throw invalid('filter', 'has too many parts for one condition')
  return compileGroup(condition, context)
}

/** SQLite takes expressions up to a height of 1000 and 32766 values; the rest of the query needs some. */
const highestExpression = 800
const mostValues = 20_000

/** How high the expression becomes (a chain of n parts is n high), and how many values it binds. */
function extentOf(condition: Condition | Comparison): { height: number; values: number } {
  if ('field' in condition) {
    const values = Array.isArray(condition.value) ? condition.value.length : 1
    return { height: values + 5, values }
  }
  const parts = ('all' in condition ? condition.all : condition.any).map(extentOf)
  return {
    height: parts.length + Math.max(0, ...parts.map((part) => part.height)),
    values: parts.reduce((sum, part) => sum + part.values, 0),
  }
}

function compileGroup(condition: Condition, context: ConditionContext): Clause {
  const [parts, glue, empty] =
    'all' in condition ? [condition.all, ' and ', '1'] : [condition.any, ' or ', '0']
  if (parts.length === 0) return { sql: empty, parameters: [] }
  const clauses = parts.map((part) =>
    'field' in part ? compileComparison(part, context) : compileGroup(part, context),
  )
  return {
    sql: `(${clauses.map((clause) => clause.sql).join(glue)})`,
    parameters: clauses.flatMap((clause) => clause.parameters),
  }
}

function fieldOf(name: string, { fields, custom }: ConditionContext): Field {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (field) return field
  const key = /^custom\.([a-z][a-z0-9_]{0,59})$/.exec(name)?.[1]
  if (key && custom) return { sql: `json_extract(${custom}, '$.${key}')`, type: 'text' }
  throw invalid('filter', `there is no field ${name}`)
}

function compileComparison(comparison: Comparison, context: ConditionContext): Clause {
  const { operator } = comparison
  const field = fieldOf(comparison.field, context)
  const column = isText(field) ? `${field.sql} collate nocase` : field.sql
  if (operator === 'is_empty' || operator === 'is_not_empty') {
    const empty =
      field.type === 'tags' ? `${field.sql} = '[]'` : `(${field.sql} is null or ${field.sql} = '')`
    return { sql: operator === 'is_empty' ? empty : `not ${empty}`, parameters: [] }
  }
  if (operator === 'in' || operator === 'not_in') {
    if (!Array.isArray(comparison.value))
      throw invalid('filter', `${comparison.field} ${operator} needs a list of values`)
    const any = comparison.value.map((value) => equals(field, column, value, comparison, context))
    if (any.length === 0) return { sql: operator === 'in' ? '0' : '1', parameters: [] }
    const sql = `(${any.map((clause) => clause.sql).join(' or ')})`
    return {
      sql: operator === 'in' ? sql : `not ${sql}`,
      parameters: any.flatMap((clause) => clause.parameters),
    }
  }
  const value = comparison.value
  if (value === undefined || Array.isArray(value))
    throw invalid('filter', `${comparison.field} ${operator} needs one value`)
  switch (operator) {
    case 'equals':
      return equals(field, column, value, comparison, context)
    case 'not_equals': {
      const clause = equals(field, column, value, comparison, context)
      return { sql: `not ${clause.sql}`, parameters: clause.parameters }
    }
    case 'contains':
      if (field.type === 'tags') return hasTag(field, value)
      return orNumber(field, containsText(field.sql, readOf(field, value), field.folded), () =>
        numberContains(field, String(value), context),
      )
    case 'greater_than':
    case 'less_than': {
      if (field.type === 'tags' || field.type === 'boolean' || field.type === 'id')
        throw invalid('filter', `${comparison.field} cannot be compared by size`)
      const bound = boundOf(field, value, comparison, context, operator === 'greater_than')
      if (field.day !== undefined && typeof bound.value === 'number') {
        const within = operator === 'less_than' ? overIn : aheadIn
        const clause = within({ at: field.sql, day: field.day }, bound.value, context.zone)
        return { ...clause, sql: `coalesce(${clause.sql}, 0)` }
      }
      const sign = bound.inclusive ? '>=' : operator === 'greater_than' ? '>' : '<'
      return { sql: `coalesce(${column} ${sign} ?, 0)`, parameters: [bound.value] }
    }
  }
}

const readOf = (field: Field, value: unknown): string =>
  field.read?.(String(value)) ?? String(value)

const isText = (field: Field) => field.type === 'text' || field.type === 'phone'

/**
 * Whether text has another in it, whatever the case and the accents of either. ASCII text, which most is,
 * needs no folding by ourselves.
 */
export function containsText(sql: string, value: unknown, folded?: string): Clause {
  const wanted = fold(String(value))
  if (folded !== undefined)
    return { sql: `coalesce(instr(${folded}, ?) > 0, 0)`, parameters: [wanted] }
  return {
    sql: `coalesce(case when ${isAscii(sql)} then ${sql} like ? escape '\\' else instr(fold(${sql}), ?) > 0 end, 0)`,
    parameters: [`%${wanted.replace(/[\\%_]/g, '\\$&')}%`, wanted],
  }
}

/** Whether two texts are the same but for case and accents. */
function sameText(sql: string, value: string, folded?: string): Clause {
  const wanted = fold(value)
  // Without coalesce around the column its index serves.
  if (folded !== undefined)
    return { sql: `(${folded} is not null and ${folded} = ?)`, parameters: [wanted] }
  return {
    sql: `coalesce(case when ${isAscii(sql)} then ${sql} = ? collate nocase else fold(${sql}) = ? end, 0)`,
    parameters: [wanted, wanted],
  }
}

const isAscii = (sql: string) => `octet_length(${sql}) = length(${sql})`

/** What a phone field answers also by its number, however either is spelled. */
function orNumber(field: Field, typed: Clause, read: () => Clause | undefined): Clause {
  const number = field.number === undefined ? undefined : read()
  if (!number) return typed
  return {
    sql: `(${typed.sql} or ${number.sql})`,
    parameters: [...typed.parameters, ...number.parameters],
  }
}

/** Some of the digits of a number; none where the value has more to it than a number. */
function numberContains(field: Field, value: string, { country }: ConditionContext) {
  const forms = /[^+\d\s().\-/]/.test(value) ? [] : searchedPhone(value, country)
  if (forms.length === 0) return undefined
  const pairs = forms.flatMap((digits) => [
    { sql: `instr(${field.number}, ?) > 0`, digits },
    { sql: `instr(digits_of(${field.sql}), ?) > 0`, digits },
  ])
  return {
    sql: `coalesce(${pairs.map(({ sql }) => sql).join(' or ')}, 0)`,
    parameters: pairs.map(({ digits }) => digits),
  }
}

function hasTag(field: Field, value: unknown): Clause {
  return {
    sql: `(${field.sql} <> '[]' and exists (select 1 from json_each(${field.sql}) where spelling_key(value) = ?))`,
    parameters: [spellingKey(String(value))],
  }
}

/** Never null, so that `not` turns it round. */
function equals(
  field: Field,
  column: string,
  value: unknown,
  comparison: Comparison,
  context: ConditionContext,
): Clause {
  if (value === null) return { sql: `(${field.sql} is null)`, parameters: [] }
  if (field.type === 'tags') return hasTag(field, value)
  if (field.type === 'instant' && typeof value === 'string' && isDate(value)) {
    const span = { from: startOfDay(value, context.zone), before: endOfDay(value, context.zone) }
    const clauses = withinSpan({ at: field.sql, day: field.day }, span, context.zone)
    return {
      sql: `coalesce(${clauses.map(({ sql }) => sql).join(' and ')}, 0)`,
      parameters: clauses.flatMap(({ parameters }) => parameters),
    }
  }
  if (!isText(field) || typeof value !== 'string') {
    const bound = boundOf(field, value, comparison, context, false)
    return { sql: `coalesce(${column} = ?, 0)`, parameters: [bound.value] }
  }
  const same = sameText(field.sql, readOf(field, value), field.folded)
  return orNumber(field, same, () => {
    const number = readPhone(value, context.country)
    return number === null
      ? undefined
      : { sql: `coalesce(${field.number} = ?, 0)`, parameters: [number] }
  })
}

const isDate = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)

function boundOf(
  field: Field,
  value: unknown,
  comparison: Comparison,
  context: ConditionContext,
  after: boolean,
): { value: SqlValue; inclusive: boolean } {
  const wrong = (rule: string) => invalid('filter', `${comparison.field} ${rule}`)
  switch (field.type) {
    case 'number': {
      const number = typeof value === 'number' ? value : Number(value)
      if (typeof value === 'boolean' || !Number.isFinite(number)) throw wrong('must be a number')
      return { value: number, inclusive: false }
    }
    case 'boolean':
      return { value: value === true || value === 'true' || value === 1 ? 1 : 0, inclusive: false }
    case 'instant': {
      const text = String(value)
      if (isDate(text))
        return after
          ? { value: endOfDay(text, context.zone), inclusive: true }
          : { value: startOfDay(text, context.zone), inclusive: false }
      const instant = typeof value === 'number' ? value : Date.parse(text)
      if (!Number.isFinite(instant)) throw wrong('must be a date or an ISO date and time')
      return { value: instant, inclusive: false }
    }
    case 'date':
      if (!isDate(String(value))) throw wrong('must be a date like 2026-11-20')
      return { value: String(value), inclusive: false }
    default:
      return {
        value: typeof value === 'boolean' ? Number(value) : (value as string | number),
        inclusive: false,
      }
  }
}
