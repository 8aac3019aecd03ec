/** Guesses what a file holds and which column is which field, by the names of its columns and a sample of its values. */
import type { CustomField } from '../../contract/settings'
import type { Mapping } from '../../contract/transfer'
import { type ImportKind, importKinds } from '../../contract/words'
import { nameFrom } from '../kernel/names'
import { isAddedColumn } from './added-columns'
import {
  parseBoolean,
  parseEmail,
  parseInstant,
  parseInteger,
  parseMoney,
  parseProbability,
  parseWebsite,
} from './csv/parse-values'
import { openTimeZone } from './csv/time-zone'
import { derivedLabels } from './export-columns'
import { customTables, type FieldDefinition, fieldsByKind, normaliseName } from './fields'

export interface Sample {
  columns: readonly string[]
  /** Some rows of the file. */
  rows: readonly (readonly string[])[]
}

export interface SuggestOptions {
  /** Those that exist already. */
  custom: readonly CustomField[]
  /** Whether columns without a field may become new custom fields. */
  mayAddFields: boolean
}

/** The kind whose fields the header fits best. */
export function guessKind(sample: Sample): ImportKind {
  const scored = importKinds.map((kind) => ({ kind, score: fitOf(sample, kind) }))
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).kind
}

function fitOf(sample: Sample, kind: ImportKind): number {
  const fields = fieldsByKind[kind]
  const found = matchColumns(sample, fields)
  const sum = [...found].reduce(
    (total, [field, { score }]) => total + ((field.weight ?? 1) * score) / 100,
    0,
  )
  const complete = fields.every(
    (field) => !field.required || found.has(field) || kind === 'leads' || kind === 'contacts',
  )
  return complete ? sum : sum / 2
}

/** Field → columns; each column once, but for a lead's title that is put together. */
export function suggestMapping(sample: Sample, kind: ImportKind, options: SuggestOptions): Mapping {
  const found = matchColumns(sample, fieldsByKind[kind])
  const mapping: Mapping = {}
  const used = new Set<number>()
  for (const field of fieldsByKind[kind]) {
    const match = found.get(field)
    if (!match) continue
    mapping[field.name] = [sample.columns[match.column] ?? '']
    used.add(match.column)
  }
  if (kind === 'leads') Object.assign(mapping, titleFrom(sample, mapping))
  const rest = sample.columns
    .map((column, index) => ({ column, index }))
    .filter(
      ({ column, index }) =>
        !used.has(index) && !isAddedColumn(column) && !derivedLabels(kind).includes(column),
    )
  const further =
    kind === 'activities' ? asMetadata(rest) : asCustomFields(sample, rest, kind, options)
  return { ...further.existing, ...mapping, ...further.added }
}

type Rest = { column: string; index: number }[]

/** Of an activity nothing is lost: what has no field becomes a detail under the column's name. */
function asMetadata(rest: Rest) {
  const added: Mapping = {}
  for (const { column, index } of rest)
    added[`metadata.${nameFrom(column) || `column_${index + 1}`}`] ??= [column]
  return { existing: {}, added }
}

const mostNewFields = 30

function asCustomFields(sample: Sample, rest: Rest, kind: ImportKind, options: SuggestOptions) {
  const existing: Mapping = {}
  const added: Mapping = {}
  const table = customTables[kind]
  if (!table) return { existing, added }
  const known = options.custom.filter((field) => field.table === table)
  for (const { column, index } of rest) {
    const key = nameFrom(column)
    const field = known.find(
      (one) => one.key === key || normaliseName(one.label) === normaliseName(column),
    )
    if (field) existing[`custom.${field.key}`] ??= [column]
    else if (
      key &&
      options.mayAddFields &&
      Object.keys(added).length < mostNewFields &&
      sample.rows.some((row) => row[index]?.trim())
    )
      added[`custom.${key}`] ??= [column]
  }
  return { existing, added }
}

const titleParts = ['product', 'product name', 'service', 'item', 'plan', 'package', 'model']

/** A lead without a title of its own is called after its company and what it is about. */
function titleFrom(sample: Sample, mapping: Mapping): Mapping {
  if (mapping.title) return {}
  const product = sample.columns.find((column) => titleParts.includes(normaliseName(column)))
  const parts = [mapping.company?.[0], product].filter((part) => part !== undefined)
  const title = parts.length > 0 ? parts : (mapping.contact ?? mapping.contactEmail)
  return title ? { title } : {}
}

// Names ---------------------------------------------------------------------------------------

interface Match {
  column: number
  score: number
}

/** The best column for each field, if any; no column twice. */
function matchColumns(
  sample: Sample,
  fields: readonly FieldDefinition[],
): Map<FieldDefinition, Match> {
  const candidates: (Match & { field: FieldDefinition })[] = []
  for (const [column, name] of sample.columns.entries()) {
    if (isAddedColumn(name)) continue
    const normal = normaliseName(name)
    for (const field of fields) {
      const score = Math.max(scoreByName(normal, field), scoreByValues(sample, column, field))
      if (score > 0 && valuesFit(sample, column, field)) candidates.push({ column, score, field })
    }
  }
  candidates.sort((a, b) => b.score - a.score || a.column - b.column)
  const found = new Map<FieldDefinition, Match>()
  const used = new Set<number>()
  for (const { field, column, score } of candidates) {
    if (found.has(field) || used.has(column)) continue
    found.set(field, { column, score })
    used.add(column)
  }
  return found
}

/** Words that say too little inside of a longer name. */
const vague = new Set(
  'name id date type title status user owner email phone contact company lead deal account value start time data active note notes tag person'.split(
    ' ',
  ),
)

function scoreByName(column: string, field: FieldDefinition): number {
  if (column === normaliseName(field.label)) return 100
  // What other programs call “id” is an id of theirs.
  if (field.name !== 'id' && column === normaliseName(field.name)) return 100
  let best = 0
  for (const [index, synonym] of field.synonyms.entries()) {
    if (column === synonym) return 98 - Math.min(index, 20) / 2
    if (vague.has(synonym) || !` ${column} `.includes(` ${synonym} `)) continue
    const share = synonym.split(' ').length / column.split(' ').length
    if (share >= 0.5) best = Math.max(best, 30 + 40 * share)
  }
  return best
}

/** Addresses are known by how they look, whatever their column is called. */
function scoreByValues(sample: Sample, column: number, field: FieldDefinition): number {
  if (field.type !== 'email') return 0
  const values = valuesOf(sample, column)
  return values.length > 0 && values.every((value) => parseEmail(value).value) ? 40 : 0
}

const utc = openTimeZone('UTC')

/** Whether most of the values can be read as the field's type; text can always. */
function valuesFit(sample: Sample, column: number, field: FieldDefinition): boolean {
  const reads = readerOf(field)
  if (!reads) return true
  const values = valuesOf(sample, column)
  return values.filter(reads).length >= values.length / 2
}

function readerOf(field: FieldDefinition): ((cell: string) => boolean) | undefined {
  switch (field.type) {
    case 'email':
      return (cell) => parseEmail(cell).problem === undefined
    case 'website':
      return (cell) => parseWebsite(cell).problem === undefined
    case 'integer':
      return (cell) => parseInteger(cell).problem === undefined
    case 'money':
      return (cell) => parseMoney(cell, { currency: 'USD' }).problem === undefined
    case 'probability':
      return (cell) => parseProbability(cell, { scale: 'percent' }).problem === undefined
    case 'boolean':
      return (cell) => parseBoolean(cell).problem === undefined
    case 'date':
    case 'instant':
      return (cell) =>
        parseInstant(cell, { zone: utc, dateOrder: 'dmy', now: 0 }).value != null ||
        parseInstant(cell, { zone: utc, dateOrder: 'mdy', now: 0 }).value != null
    case 'currency':
      return (cell) => /^[a-z]{3}$/i.test(cell.trim())
    case 'choice':
      return (cell) =>
        Object.values(field.choices ?? {}).some((spellings) =>
          spellings.includes(normaliseName(cell)),
        )
    default:
      return undefined
  }
}

const valuesOf = (sample: Sample, column: number): string[] =>
  sample.rows.map((row) => row[column]?.trim() ?? '').filter((value) => value !== '')
