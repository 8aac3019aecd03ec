/** Makes the cells of a record into values of fields, after a mapping; says of each cell that breaks a rule which. */
import type { CustomField } from '../../contract/settings'
import type { ImportOptions, Mapping } from '../../contract/transfer'
import type { CustomFieldType, ImportKind } from '../../contract/words'
import { nameFrom } from '../kernel/names'
import { isZone } from '../kernel/zone'
import {
  openTimeZone,
  type Parsed,
  parseBoolean,
  parseDate,
  parseEmail,
  parseInstant,
  parseInteger,
  parseMoney,
  parseNumber,
  parsePhone,
  parseProbability,
  parseTags,
  parseText,
  parseWebsite,
  type TimeZone,
} from './csv/parse-values'
import { broken, isNoValue, valid } from './csv/parsed-value'
import { restoreNeutralised } from './csv/write-csv'
import {
  customKeyOf,
  type FieldDefinition,
  fieldsByKind,
  metadataKeyOf,
  normaliseName,
} from './fields'
import type { ColumnSurvey, Survey } from './survey'

export interface CellProblem {
  column: string | null
  value: string
  /** A sentence that names the field. */
  message: string
}

export interface RowOfValues {
  /** By field; blank cells leave their field out. Custom values are under `custom`. */
  values: Record<string, unknown>
  problems: CellProblem[]
}

export interface ReaderOptions {
  kind: ImportKind
  mapping: Mapping
  columns: readonly string[]
  options: ImportOptions
  survey: Survey
  /** Those of the kind's table. */
  custom: readonly CustomField[]
  zone: string
  currency: string
  now: number
}

type Reader = (cell: string, row: { currency: string }) => Parsed<unknown>
interface MappedField {
  name: string
  label: string
  /** Into which object of the row: its values, or one of the open ones. */
  into: 'values' | 'custom' | 'metadata'
  key: string
  columns: { index: number; name: string }[]
  glue: string | null
  read: Reader
}

/** Types of custom fields that will be made from columns. */
export function newFieldTypes(
  { mapping, custom }: Pick<ReaderOptions, 'mapping' | 'custom'>,
  survey: Survey,
): Map<string, { type: CustomFieldType; column: string }> {
  const found = new Map<string, { type: CustomFieldType; column: string }>()
  for (const [field, columns] of Object.entries(mapping)) {
    const key = customKeyOf(field)
    if (!key || custom.some((one) => one.key === key)) continue
    const column = columns[0] ?? key
    const type = columns.length === 1 ? (survey[column]?.type ?? 'text') : 'text'
    found.set(key, { type, column })
  }
  return found
}

export function createRowReader(given: ReaderOptions): (cells: readonly string[]) => RowOfValues {
  const fields = mappedFields(given)
  // A row's currency must be known before its money is read, its JSON before what joins it.
  const first = (field: MappedField) => field.name === 'currency' || field.name === 'metadata'
  fields.sort((a, b) => Number(first(b)) - Number(first(a)))

  return (cells) => {
    const values: Record<string, unknown> = {}
    const problems: CellProblem[] = []
    const row = { currency: given.currency }
    for (const field of fields) {
      const cell = cellOf(field, cells)
      if (cell === '') continue
      const { value, problem } = field.read(cell, row)
      if (problem) {
        problems.push({
          column: field.columns[0]?.name ?? null,
          value: cell.length > 200 ? `${cell.slice(0, 199)}…` : cell,
          message: `${field.label} ${problem.message}`,
        })
        continue
      }
      if (value === null || value === undefined) continue
      if (field.name === 'currency') row.currency = String(value)
      if (field.into === 'values') values[field.key] = value
      else values[field.into] = joined(values[field.into], field.key, value)
    }
    return { values, problems }
  }
}

/** Where the JSON of another column has the key already, both stay. */
function joined(open: unknown, key: string, value: unknown): Record<string, unknown> {
  const known = (open ?? {}) as Record<string, unknown>
  const free = key in known && known[key] !== value ? `${key}_column` : key
  return { ...known, [free]: value }
}

function cellOf({ columns, glue }: MappedField, cells: readonly string[]): string {
  const only = columns[0]
  if (columns.length === 1 && only) return textOf(cells[only.index])
  const filled = columns.map(({ index }) => textOf(cells[index]).trim()).filter((cell) => cell)
  return glue === null ? (filled[0] ?? '') : filled.join(glue)
}

/** What a spreadsheet guard or a database dump put in the place of the value. */
function textOf(cell: string | undefined): string {
  if (!cell || cell === 'NULL' || cell === '\\N') return ''
  return cell.charCodeAt(0) === 39 ? restoreNeutralised(cell) : cell
}

function mappedFields(given: ReaderOptions): MappedField[] {
  const zone = openTimeZone(given.zone)
  const added = newFieldTypes(given, given.survey)
  return Object.entries(given.mapping).map(([name, columns]) => {
    const at = columns.map((column) => ({ index: given.columns.indexOf(column), name: column }))
    const hints = hintsFor(columns, given)
    const customKey = customKeyOf(name)
    if (customKey) {
      const field = given.custom.find((one) => one.key === customKey)
      const type = field?.type ?? added.get(customKey)?.type ?? 'text'
      return {
        name,
        label: field?.label ?? columns[0] ?? customKey,
        into: 'custom',
        key: customKey,
        columns: at,
        glue: type === 'text' ? joint : null,
        read: memoised(customReader(type, field?.choices ?? [], hints, { ...given, zone })),
      }
    }
    const metadataKey = metadataKeyOf(name)
    if (metadataKey)
      return {
        name,
        label: columns[0] ?? metadataKey,
        into: 'metadata',
        key: metadataKey,
        columns: at,
        glue: joint,
        read: (cell) => parseText(cell, { maxLength: 100_000, lines: true }),
      }
    const field = fieldsByKind[given.kind].find((one) => one.name === name)
    if (!field) throw new Error(`There is no field ${name}.`)
    return {
      name,
      label: field.label,
      into: 'values',
      key: name,
      columns: at,
      glue: glueOf(field),
      read: memoised(readerOf(field, hints, { ...given, zone }, columns[0] ?? name)),
    }
  })
}

const joint = ' – '

function glueOf(field: FieldDefinition): string | null {
  if (field.type === 'line' || field.type === 'text') return joint
  if (field.type === 'instant') return ' '
  return field.type === 'tags' ? ',' : null
}

function hintsFor(columns: readonly string[], { options, survey }: ReaderOptions): Hints {
  const found = survey[columns[0] ?? '']
  const dateOrder = options.dateOrder ?? found?.dateOrder
  const decimalSeparator = options.decimalSeparator ?? found?.decimalSeparator
  return {
    ...(dateOrder && { dateOrder }),
    ...(decimalSeparator && { decimalSeparator }),
    ...(found?.probabilityScale && { scale: found.probabilityScale }),
  }
}
type Hints = Pick<ColumnSurvey, 'dateOrder' | 'decimalSeparator'> & {
  scale?: NonNullable<ColumnSurvey['probabilityScale']>
}
type Surroundings = { zone: TimeZone; now: number }

/** Values of a column repeat; dates and names are read once each. */
function memoised(read: Reader): Reader {
  const known = new Map<string, Parsed<unknown>>()
  let currency = ''
  return (cell, row) => {
    if (cell.length > 60) return read(cell, row)
    if (row.currency !== currency) {
      known.clear()
      currency = row.currency
    }
    let parsed = known.get(cell)
    if (parsed === undefined) {
      parsed = read(cell, row)
      if (known.size >= 5000) known.clear()
      known.set(cell, parsed)
    }
    return parsed
  }
}

function readerOf(
  field: FieldDefinition,
  hints: Hints,
  { zone, now }: Surroundings,
  column: string,
): Reader {
  const maxLength = field.maxLength ?? 255
  const { min, max } = field
  const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
  switch (field.type) {
    case 'line':
      return (cell) => parseText(cell.replace(/\s+/g, ' '), { maxLength })
    case 'text':
      return (cell) => parseText(cell, { maxLength, lines: true })
    case 'email':
      return parseEmail
    case 'phone':
      return (cell) => parsePhone(cell)
    case 'website':
      return parseWebsite
    case 'integer':
      return (cell) => parseInteger(cell, { ...hints, ...bounds })
    case 'probability':
      return (cell) => parseProbability(cell, hints)
    case 'money':
      return (cell, { currency }) => {
        const parsed = parseMoney(cell, { ...hints, currency })
        return parsed.value && min !== undefined && parsed.value.minor < min
          ? broken('out_of_range', 'must not be negative')
          : parsed
      }
    case 'currency':
      return readCurrency
    case 'date':
      return (cell) => parseDate(cell, { ...hints, zone, now })
    case 'instant':
      return (cell) => parseInstant(cell, { ...hints, zone, now })
    case 'boolean':
      return parseBoolean
    case 'tags':
      return (cell) => parseTags(cell)
    case 'zone':
      return readZone
    case 'choice':
      return (cell) => readChoice(cell, field)
    case 'word':
      return readWord
    case 'json':
      return (cell) => readJson(cell, column)
  }
}

function customReader(
  type: CustomFieldType,
  choices: readonly string[],
  hints: Hints,
  { zone, now }: Surroundings,
): Reader {
  switch (type) {
    case 'text':
      return (cell) => parseText(cell, { maxLength: 10_000, lines: true })
    case 'number':
      return (cell) => parseNumber(cell, hints)
    case 'date':
      return (cell) => parseDate(cell, { ...hints, zone, now })
    case 'boolean':
      return parseBoolean
    case 'choice':
      return (cell) => {
        const wanted = cell.trim().toLowerCase()
        const choice = choices.find((one) => one.toLowerCase() === wanted)
        return choice === undefined
          ? broken('out_of_range', `must be one of ${choices.join(', ')}`)
          : valid(choice)
      }
  }
}

function readCurrency(cell: string): Parsed<string | null> {
  if (isNoValue(cell)) return valid(null)
  const code = cell.trim().toUpperCase()
  return /^[A-Z]{3}$/.test(code)
    ? valid(code)
    : broken('out_of_range', 'must be a three-letter ISO 4217 code')
}

function readZone(cell: string): Parsed<string | null> {
  if (isNoValue(cell)) return valid(null)
  const zone = cell.trim()
  return isZone(zone)
    ? valid(zone)
    : broken('out_of_range', 'must be an IANA time zone like Europe/Prague')
}

function readChoice(cell: string, field: FieldDefinition): Parsed<string | null> {
  if (isNoValue(cell)) return valid(null)
  const wanted = normaliseName(cell)
  for (const [word, spellings] of Object.entries(field.choices ?? {}))
    if (word === wanted || spellings.includes(wanted)) return valid(word)
  return broken('out_of_range', `must be one of ${Object.keys(field.choices ?? {}).join(', ')}`)
}

/** “Voicemail Left” → `voicemail_left`. */
function readWord(cell: string): Parsed<string | null> {
  if (isNoValue(cell)) return valid(null)
  const word = nameFrom(cell)
  return word === '' ? broken('out_of_range', 'must contain a letter from a to z') : valid(word)
}

/** An object as JSON; what is none is kept as text under the name of its column. */
function readJson(cell: string, column: string): Parsed<Record<string, unknown>> {
  const text = cell.trim()
  if (text.startsWith('{'))
    try {
      return valid(JSON.parse(text))
    } catch {
      // Kept as text below.
    }
  return valid({ [nameFrom(column) || 'metadata']: text })
}
