/** Makes the cells of a record into values of fields, after a mapping; says of each cell that breaks a rule which. */

import { isCurrency } from '../../../../contract/kernel/currencies'
import type { CustomField } from '../../../../contract/kernel/custom-fields'
import { ownValue } from '../../../../contract/kernel/own-value'
import { isOtherScheme } from '../../../../contract/kernel/text'
import type { CustomFieldType } from '../../../../contract/kernel/words'
import type { ImportOptions, Mapping } from '../../../../contract/transfer/import'
import type { ImportKind } from '../../../../contract/transfer/words'
import { nameFrom } from '../../../kernel/fields/names'
import { isZone } from '../../../kernel/time/zone'
import { nameInHeader } from '../csv/name-columns'
import type { FieldDefinition } from '../fields/field'
import { customKeyOf, fieldsByKind, metadataKeyOf } from '../fields/fields'
import type { ColumnSurvey, Survey } from '../survey/survey-columns'
import { type CellProblem, shownOf, textOf } from './cells'
import { channelFields, channelParts, createChannelReader } from './contact-channels'
import { type CustomReading, customReader, ownCustomReader } from './custom-values'
import { normaliseName } from './name-words'
import { ownReader } from './own-values'
import { decimalSeparatorIn } from './parse-numbers'
import {
  type DecimalSeparator,
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
} from './parse-values'
import { broken, isNoValue, valid } from './parsed-value'

export interface RowOfValues {
  /** By field; blank cells leave their field out. Custom values are under `custom`. */
  values: Record<string, unknown>
  problems: CellProblem[]
  /** What may mean something else than it is read as. */
  warnings: CellProblem[]
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
  /** Columns whose doubtful values were reported already. */
  doubted: Set<string>
  /** Whoever custom fields of people mean; nobody unless given. */
  person?: CustomReading['person']
}

/** Whether a file names records by ids of Rapport: then Rapport wrote it. */
export const isOwnFile = (mapping: Mapping): boolean => mapping.id !== undefined

const nobody: CustomReading['person'] = () => ({ refused: 'names nobody in this workspace' })

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
  /** The field that a yes or no in its cells belongs to. */
  yesNo?: string | undefined
  /** What of a value is read otherwise than it may have been meant. */
  doubts?: ((cell: string) => string | undefined) | undefined
}

export interface NewField {
  type: CustomFieldType
  label: string
}

/** Custom fields that will be made from columns, by their keys. */
export function newFieldTypes(
  { mapping, custom, columns: all }: Pick<ReaderOptions, 'mapping' | 'custom' | 'columns'>,
  survey: Survey,
): Map<string, NewField> {
  const found = new Map<string, NewField>()
  const names = new Set(all)
  for (const [field, columns] of Object.entries(mapping)) {
    const key = customKeyOf(field)
    if (!key || custom.some((one) => one.key === key)) continue
    const column = columns[0] ?? key
    const type = columns.length === 1 ? (ownValue(survey, column)?.type ?? 'text') : 'text'
    found.set(key, { type, label: isOwnFile(mapping) ? nameInHeader(column, names) : column })
  }
  return found
}

export function createRowReader(given: ReaderOptions): (cells: readonly string[]) => RowOfValues {
  const fields = mappedFields(given)
  const isOwn = isOwnFile(given.mapping)
  // A row's currency must be known before its money is read, its JSON before what joins it.
  const first = (field: MappedField) => field.name === 'currency' || field.name === 'metadata'
  fields.sort((a, b) => Number(first(b)) - Number(first(a)))
  const readChannels =
    given.kind === 'contacts' && !isOwn
      ? createChannelReader(given.mapping, given.columns)
      : undefined

  return (cells) => {
    const channels = readChannels?.(cells)
    const values: Record<string, unknown> = {
      ...channels?.values,
      ...(channels && channels.others.length > 0 && { others: channels.others }),
    }
    const problems: CellProblem[] = [...(channels?.problems ?? [])]
    const warnings: CellProblem[] = []
    const row = { currency: given.currency }
    const open = { custom: new Map<string, unknown>(), metadata: new Map<string, unknown>() }
    for (const field of fields) {
      const cell = cellOf(field, cells, isOwn)
      if (cell === '') continue
      if (field.yesNo !== undefined) {
        const answer = yesOrNo(cell)
        if (answer !== undefined) {
          values[field.yesNo] ??= answer
          continue
        }
      }
      const { value, problem } = field.read(cell, row)
      if (problem) {
        problems.push({
          column: field.columns[0]?.name ?? null,
          value: shownOf(cell),
          message: `${field.label} ${problem.message}`,
        })
        continue
      }
      if (value === null || value === undefined) continue
      const doubt = field.doubts?.(cell)
      if (doubt)
        warnings.push({
          column: field.columns[0]?.name ?? null,
          value: shownOf(cell),
          message: `${field.label} ${doubt}`,
        })
      if (field.name === 'currency') row.currency = String(value)
      if (field.into === 'values') values[field.key] = value
      else open[field.into].set(field.key, value)
    }
    for (const [into, found] of Object.entries(open))
      if (found.size > 0) values[into] = joined(found, values[into])
    return { values, problems, warnings }
  }
}

/** Of a column of dates: numbers are none of these, as they may be dates of a spreadsheet. */
const yesOrNo = (cell: string): boolean | undefined =>
  /^[01]$/.test(cell.trim()) || !/\d/.test(cell)
    ? (parseBoolean(cell).value ?? undefined)
    : undefined

/** Where the JSON of another column has a key already, both stay. */
function joined(found: ReadonlyMap<string, unknown>, known?: unknown) {
  if (known === undefined) return Object.fromEntries(found)
  const all = new Map(Object.entries(known as Record<string, unknown>))
  for (const [key, value] of found)
    all.set(all.has(key) && all.get(key) !== value ? `${key}_column` : key, value)
  return Object.fromEntries(all)
}

function cellOf({ columns, glue }: MappedField, cells: readonly string[], isOwn: boolean): string {
  const only = columns[0]
  if (columns.length === 1 && only) return textOf(cells[only.index], isOwn)
  const filled = columns
    .map(({ index }) => textOf(cells[index], isOwn).trim())
    .filter((cell) => cell)
  return glue === null ? (filled[0] ?? '') : filled.join(glue)
}

function mappedFields(given: ReaderOptions): MappedField[] {
  const zone = openTimeZone(given.zone)
  const added = newFieldTypes(given, given.survey)
  const separator = separatorOfFile(given.survey)
  const isOwn = isOwnFile(given.mapping)
  const isChannel = (name: string) =>
    given.kind === 'contacts' && !isOwn && (channelFields as readonly string[]).includes(name)
  const mapped = Object.entries(given.mapping).filter(([name]) => !isChannel(name))
  return mapped.map(([name, columns]) => {
    const at = columns.map((column) => ({ index: given.columns.indexOf(column), name: column }))
    const hints = hintsFor(columns, given, separator)
    const customKey = customKeyOf(name)
    if (customKey) {
      const field = given.custom.find((one) => one.key === customKey)
      const kind = field ?? {
        type: added.get(customKey)?.type ?? 'text',
        choices: [],
        currency: null,
      }
      const reading = { hints, zone, now: given.now, person: given.person ?? nobody }
      const read = isOwn ? ownCustomReader(kind, reading) : customReader(kind, reading)
      return {
        name,
        label: field?.label ?? columns[0] ?? customKey,
        into: 'custom',
        key: customKey,
        columns: at,
        glue: kind.type === 'text' ? joint : null,
        // A person named in a row may be added by the row before it; texts are read as fast as they are looked up.
        read: kind.type === 'person' || kind.type === 'text' ? read : memoised(read),
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
    const lenient = readerOf(field, hints, { ...given, zone }, columns[0] ?? name)
    return {
      name,
      label: field.label,
      into: 'values',
      key: name,
      columns: at,
      glue: glueOf(field),
      yesNo: field.yesNo,
      doubts: isOwn ? undefined : doubtsOf(field, hints, given, columns[0] ?? name),
      read: memoised(isOwn ? ownReader(field, lenient) : lenient),
    }
  })
}

/** Of several addresses in one cell the first is taken, where a record has one. */
function othersOf(cell: string): string | undefined {
  const [first, ...others] = channelParts(cell, 'email')
  return others.length === 0
    ? undefined
    : `is “${first}” only, not ${others.map((one) => `“${one}”`).join(', ')}`
}

/** A point before three digits is taken for thousands, as in 12.500, where nothing in the file says how decimals are written. */
function doubtsOf(
  { type }: FieldDefinition,
  { decimalSeparator }: Hints,
  { doubted }: ReaderOptions,
  column: string,
): MappedField['doubts'] {
  if (type === 'email') return othersOf
  if (decimalSeparator !== undefined || (type !== 'money' && type !== 'integer')) return undefined
  return (cell) => {
    if (doubted.has(column) || !cell.includes('.') || decimalSeparatorIn(cell) !== 'either')
      return undefined
    doubted.add(column)
    const text = cell.trim()
    return `“${text}” is read as ${text.replace('.', '')}, in thousands, like the others of its column: select the decimal separator if that is wrong`
  }
}
/** Whether a cell with a date says no time of day. */
export const isDayAlone = (cell: string): boolean =>
  !/\d:\d|T\d|\d\s*[ap]\.?m\b|^\d{9,}$/i.test(cell)

const joint = ' – '

function glueOf(field: FieldDefinition): string | null {
  if (field.type === 'line' || field.type === 'text') return joint
  if (field.type === 'instant') return ' '
  return field.type === 'tags' ? ',' : null
}

function hintsFor(
  columns: readonly string[],
  { options, survey }: ReaderOptions,
  separator: DecimalSeparator | undefined,
): Hints {
  const found = ownValue(survey, columns[0] ?? '')
  const dateOrder = options.dateOrder ?? found?.dateOrder
  const decimalSeparator = options.decimalSeparator ?? found?.decimalSeparator ?? separator
  return {
    ...(dateOrder && { dateOrder }),
    ...(decimalSeparator && { decimalSeparator }),
    ...(found?.probabilityScale && { scale: found.probabilityScale }),
  }
}
/** Where a column does not show how decimals are written, the others of the file may, if they agree. */
function separatorOfFile(survey: Survey): DecimalSeparator | undefined {
  const found = new Set(Object.values(survey).flatMap(({ decimalSeparator: one }) => one ?? []))
  const [separator] = found
  return found.size === 1 && separator !== 'mixed' ? separator : undefined
}

type Hints = Pick<ColumnSurvey, 'dateOrder' | 'decimalSeparator'> & {
  scale?: NonNullable<ColumnSurvey['probabilityScale']>
}
type Needs = { zone: TimeZone; now: number }

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
  { zone, now }: Needs,
  column: string,
): Reader {
  const maxLength = field.maxLength ?? 255
  const { min, max } = field
  const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
  switch (field.type) {
    case 'line':
      return (cell) => parseText(cell.replace(/\s+/g, ' '), { maxLength })
    case 'profile':
      return (cell) =>
        isOtherScheme(cell)
          ? broken('not_a_website', 'must be a web address like https://www.linkedin.com/in/riley')
          : parseText(cell.replace(/\s+/g, ' '), { maxLength })
    case 'text':
      return (cell) => parseText(cell, { maxLength, lines: true })
    case 'email':
      return (cell) => {
        const parsed = parseEmail(cell)
        return parsed.problem?.rule === 'several_emails'
          ? parseEmail(channelParts(cell, 'email')[0] ?? '')
          : parsed
      }
    case 'phone':
      return (cell) => parsePhone(cell)
    case 'website':
      return parseWebsite
    case 'integer':
      return (cell) => parseInteger(cell, { ...hints, ...bounds })
    case 'number':
      return (cell) => {
        const parsed = parseNumber(cell, hints)
        const { value } = parsed
        const fits = value == null || (value >= (min ?? value) && value <= (max ?? value))
        return fits ? parsed : broken('out_of_range', `must be from ${min} to ${max}`)
      }
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
      return (cell) => parseTags(withoutOwnGroups(cell))
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

function readCurrency(cell: string): Parsed<string | null> {
  if (isNoValue(cell)) return valid(null)
  const code = cell.trim().toUpperCase()
  return isCurrency(code)
    ? valid(code)
    : broken('out_of_range', 'must be a currency of ISO 4217, like EUR')
}

/** Google divides groups by “:::” and stars its own: “* myContacts ::: Clients”. */
const withoutOwnGroups = (cell: string): string =>
  / ::: |^\* /.test(cell)
    ? cell
        .split(/ ::: /)
        .filter((group) => !group.trim().startsWith('* '))
        .join(';')
    : cell

function readZone(cell: string): Parsed<string | null> {
  if (isNoValue(cell)) return valid(null)
  const zone = cell.trim()
  return isZone(zone)
    ? valid(zone)
    : broken('out_of_range', 'must be a time zone like Europe/Prague')
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
