/** Turns a condition into SQL. Field names are looked up, values are bound: nothing of it is pasted in. */
import { fold } from '../../../contract/kernel/fold'
import type { Comparison, Condition } from '../../../contract/kernel/shapes'
import { spellingKey } from '../../../contract/kernel/spelling'
import type { Clause } from '../database/clause'
import type { SqlValue } from '../database/database'
import { invalid } from '../errors'
import { spelledTexts } from '../spellings/spellings'
import { aheadIn, overIn, withinSpan } from '../time/whole-days'
import { endOfDay, startOfDay } from '../time/zone'
import { readPhone, searchedPhone } from './phone-numbers'

export type { Clause } from '../database/clause'
export type FieldType = 'text' | 'id' | 'number' | 'instant' | 'date' | 'boolean' | 'tags' | 'phone'

export interface Field {
  /** SQL of its value. */
  sql: string
  type: FieldType
  /** SQL of the day where an instant means a whole day; null where it has a time. */
  day?: string
  /** SQL of a column that holds the folded text already. */
  folded?: string
  /** The list of spellings that has every text of its column. */
  spelled?: string
  /** How a value is written where it is stored in another form than it is typed. */
  read?(value: string): string
  /** Of a phone: SQL of the number as it was read. */
  number?: string
}
export type Fields = Readonly<Record<string, Field>>

/** What `custom.key` of a table is; undefined where nobody has said, and it is text. */
export type CustomFields = (table: string, key: string) => Field | undefined

export interface ConditionContext {
  /** The table that is asked. */
  table: string
  fields: Fields
  /** SQL of the JSON column that `custom.key` fields are read from. */
  custom?: string
  customField?: CustomFields
  /** Zone in which a bare date begins and ends. */
  zone: string
  /** Whose phone numbers are written without a country code. */
  country: string | null
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
  return compileGroup(condition, context)
}

/** SQLite takes expressions up to a height of 1000, which a chain of as many parts has. */
const mostParts = 300
const mostValues = 20_000
/** Each part is looked at for each row, which takes about a microsecond. */
const mostLooks = 10_000_000
/** However many rows there are, a condition may have so many parts. */
const partsOfAny = 20

function sizeOf(condition: Condition | Comparison): { parts: number; values: number } {
  if ('field' in condition)
    return { parts: 1, values: Array.isArray(condition.value) ? condition.value.length : 1 }
  const sizes = ('all' in condition ? condition.all : condition.any).map(sizeOf)
  return {
    parts: sizes.reduce((sum, { parts }) => sum + parts, 1),
    values: sizes.reduce((sum, { values }) => sum + values, 0),
  }
}

function compileGroup(condition: Condition, context: ConditionContext): Clause {
  const [parts, glue, empty] =
    'all' in condition ? [condition.all, ' and ', '1'] : [condition.any, ' or ', '0']
  if (parts.length === 0) return { sql: empty, parameters: [] }
  const clauses = parts
    .toSorted((one, other) => effortOf(one, context) - effortOf(other, context))
    .map((part) =>
      'field' in part ? compileComparison(part, context) : compileGroup(part, context),
    )
  return {
    sql: `(${clauses.map((clause) => clause.sql).join(glue)})`,
    parameters: clauses.flatMap((clause) => clause.parameters),
  }
}

/** How much work a part is for each row, roughly: what is easy is asked first, and decides for most rows. */
function effortOf(part: Condition | Comparison, context: ConditionContext): number {
  if (!('field' in part)) {
    const parts = 'all' in part ? part.all : part.any
    return Math.max(0, ...parts.map((each) => effortOf(each, context)))
  }
  const field = fieldOf(part.field, context)
  if (part.operator.endsWith('empty') || field.spelled !== undefined) return 0
  if (field.type === 'tags' || field.day !== undefined) return 4
  // Numbers are computed at times.
  if (!isText(field)) return field.type === 'number' ? 1 : 0
  return (part.operator === 'contains' ? 3 : 2) - (field.folded === undefined ? 0 : 1)
}

function fieldOf(name: string, context: ConditionContext): Field {
  const { table, fields, custom, customField } = context
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (field) return field
  const key = /^custom\.([a-z][a-z0-9_]{0,59})$/.exec(name)?.[1]
  if (key && custom)
    return customField?.(table, key) ?? { sql: `json_extract(${custom}, '$.${key}')`, type: 'text' }
  throw invalid('filter', `there is no field ${name}`)
}

function compileComparison(comparison: Comparison, context: ConditionContext): Clause {
  const { operator } = comparison
  const field = fieldOf(comparison.field, context)
  if (operator === 'is_empty' || operator === 'is_not_empty') {
    const empty =
      field.type === 'tags' ? `${field.sql} = '[]'` : `(${field.sql} is null or ${field.sql} = '')`
    return { sql: operator === 'is_empty' ? empty : `not ${empty}`, parameters: [] }
  }
  if (operator === 'in' || operator === 'not_in') {
    if (!Array.isArray(comparison.value))
      throw invalid('filter', `${comparison.field} ${operator} needs a list of values`)
    const clause = isAnyOf(field, comparison.value, comparison, context)
    return operator === 'in' ? clause : { ...clause, sql: `not ${clause.sql}` }
  }
  const value = comparison.value
  if (value === undefined || Array.isArray(value))
    throw invalid('filter', `${comparison.field} ${operator} needs one value`)
  switch (operator) {
    case 'equals':
      return isAnyOf(field, [value], comparison, context)
    case 'not_equals': {
      const clause = isAnyOf(field, [value], comparison, context)
      return { sql: `not ${clause.sql}`, parameters: clause.parameters }
    }
    case 'contains':
      if (field.type === 'tags') return hasAnyTag(field, [value])
      return anyOf([
        ofText(field, (sql) => containsText(sql, readOf(field, value), field.folded)),
        ...numberContains(field, String(value), context),
      ])
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
      return { sql: `coalesce(${columnOf(field)} ${sign} ?, 0)`, parameters: [bound.value] }
    }
  }
}

const readOf = (field: Field, value: unknown): string =>
  field.read?.(String(value)) ?? String(value)

const isText = (field: Field) => field.type === 'text' || field.type === 'phone'

const columnOf = (field: Field) => (isText(field) ? `${field.sql} collate nocase` : field.sql)

const anyOf = (clauses: readonly Clause[]): Clause => ({
  sql: `(${clauses.map(({ sql }) => sql).join(' or ') || '0'})`,
  parameters: clauses.flatMap(({ parameters }) => parameters),
})

/** Whether one of these values: however many, they are one parameter and one look. */
const among = (sql: string, values: readonly SqlValue[]): Clause =>
  values.length === 1
    ? { sql: `${sql} = ?`, parameters: [...values] }
    : { sql: `${sql} in (select value from json_each(?))`, parameters: [JSON.stringify(values)] }

const notNull = ({ sql, parameters }: Clause): Clause => ({
  sql: `coalesce(${sql}, 0)`,
  parameters,
})

/** What is asked of a text: of each spelling once where those are known, rather than of each row. */
function ofText({ sql, spelled }: Field, clauseOf: (sql: string) => Clause): Clause {
  if (spelled === undefined) return clauseOf(sql)
  const asked = clauseOf('text')
  const found = `select text from (${spelledTexts(spelled)}) where ${asked.sql}`
  return ifThere(sql, { ...asked, sql: `${sql} in (${found})` })
}

/**
 * Whether text has another in it, whatever the case and the accents of either. ASCII text, which most is,
 * needs no folding by ourselves.
 */
export function containsText(sql: string, value: unknown, folded?: string): Clause {
  const wanted = fold(String(value))
  if (folded !== undefined)
    return { sql: `coalesce(instr(${folded}, ?) > 0, 0)`, parameters: [wanted] }
  return ifThere(sql, {
    sql: `case when ${isAscii(sql)} then ${sql} like ? escape '\\' else instr(fold(${sql}), ?) > 0 end`,
    parameters: [`%${wanted.replace(/[\\%_]/g, '\\$&')}%`, wanted],
  })
}

/** Whether text is one of others but for case and accents. */
function sameText(sql: string, values: readonly string[], folded?: string): Clause {
  const wanted = values.map(fold)
  if (folded !== undefined) return ifThere(folded, among(folded, wanted))
  const [only] = wanted
  if (wanted.length > 1 || only === undefined)
    return ifThere(
      sql,
      among(`case when ${isAscii(sql)} then lower(${sql}) else fold(${sql}) end`, wanted),
    )
  return ifThere(sql, {
    sql: `(lower(${sql}) = ? or (${isOther(sql)} and fold(${sql}) = ?))`,
    parameters: [only, only],
  })
}

/** Never null. Unlike coalesce it lets the column's index serve, one of what is not null included. */
const ifThere = (sql: string, clause: Clause): Clause => ({
  ...clause,
  sql: `(${sql} is not null and ${clause.sql})`,
})

const isAscii = (sql: string) => `octet_length(${sql}) = length(${sql})`
const isOther = (sql: string) => `octet_length(${sql}) <> length(${sql})`

/** Some of the digits of a number; none where the value has more to it than a number. */
function numberContains(field: Field, value: string, { country }: ConditionContext): Clause[] {
  if (field.number === undefined || /[^+\d\s().\-/]/.test(value)) return []
  return searchedPhone(value, country).map((digits) =>
    notNull({
      sql: `instr(${field.number}, ?) > 0 or instr(digits_of(${field.sql}), ?) > 0`,
      parameters: [digits, digits],
    }),
  )
}

function hasAnyTag(field: Field, values: readonly unknown[]): Clause {
  const { sql, parameters } = among(
    'key',
    values.map((value) => spellingKey(String(value))),
  )
  const spellings = `select text from spelling where list = 'tag' and ${sql}`
  return {
    sql: `(${field.sql} <> '[]' and exists (select 1 from json_each(${field.sql}) where value in (${spellings})))`,
    parameters,
  }
}

/** Never null, so that `not` turns it round. */
function isAnyOf(
  field: Field,
  values: readonly unknown[],
  comparison: Comparison,
  context: ConditionContext,
): Clause {
  const given = values.filter((value) => value !== null)
  const clauses = clausesFor(field, given, comparison, context)
  if (given.length < values.length) clauses.push({ sql: `${field.sql} is null`, parameters: [] })
  return anyOf(clauses)
}

function clausesFor(
  field: Field,
  values: readonly unknown[],
  comparison: Comparison,
  context: ConditionContext,
): Clause[] {
  if (values.length === 0) return []
  if (field.type === 'tags') return [hasAnyTag(field, values)]
  const isApart = (value: unknown): value is string =>
    typeof value === 'string' && (isText(field) || (field.type === 'instant' && isDate(value)))
  const apart = values.filter(isApart)
  const rest = values.filter((value) => !isApart(value))
  const clauses: Clause[] = []
  if (rest.length > 0) {
    const bounds = rest.map((value) => boundOf(field, value, comparison, context, false).value)
    clauses.push(notNull(among(columnOf(field), bounds)))
  }
  if (apart.length === 0) return clauses
  if (field.type === 'instant') return [...clauses, onAnyDay(field, apart, context)]
  const texts = apart.map((value) => readOf(field, value))
  clauses.push(ofText(field, (sql) => sameText(sql, texts, field.folded)))
  if (field.number === undefined) return clauses
  const numbers = apart.flatMap((value) => readPhone(value, context.country) ?? [])
  return numbers.length === 0 ? clauses : [...clauses, notNull(among(field.number, numbers))]
}

function onAnyDay(field: Field, dates: readonly string[], { zone }: ConditionContext): Clause {
  const [date = ''] = dates
  if (dates.length > 1) {
    const day = field.day === undefined ? '' : `${field.day}, `
    const { sql, parameters } = among(`coalesce(${day}day_in(${field.sql}, ?), '')`, dates)
    return { sql, parameters: [zone, ...parameters] }
  }
  const span = { from: startOfDay(date, zone), before: endOfDay(date, zone) }
  const clauses = withinSpan({ at: field.sql, day: field.day }, span, zone)
  return notNull({
    sql: clauses.map(({ sql }) => sql).join(' and '),
    parameters: clauses.flatMap(({ parameters }) => parameters),
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
