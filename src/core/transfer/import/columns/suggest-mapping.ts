/** Guesses what a file holds and which column is which field, by the names of its columns and a sample of its values. */

import type { CustomField } from '../../../../contract/kernel/custom-fields'
import type { Mapping } from '../../../../contract/transfer/import'
import { type ImportKind, importKinds } from '../../../../contract/transfer/words'
import { nameFrom } from '../../../kernel/fields/names'
import { derivedLabels, exportLabels, labelsOnDemand } from '../../export/export'
import { nameInHeader } from '../csv/name-columns'
import { ownIdLabel } from '../fields/common-fields'
import { contactFields } from '../fields/contact-fields'
import type { FieldDefinition, FieldType } from '../fields/field'
import { customTables, fieldsByKind } from '../fields/fields'
import { leadFields } from '../fields/lead-fields'
import { channelOfColumn, channelParts, isKindColumn } from '../values/contact-channels'
import { normaliseColumn, normaliseName } from '../values/name-words'
import {
  parseBoolean,
  parseEmail,
  parseInstant,
  parseInteger,
  parseMoney,
  parseProbability,
  parseWebsite,
} from '../values/parse-values'
import { openTimeZone } from '../values/time-zone'
import { isAddedColumn } from './added-columns'
import { holdsOwnIds, holdsStages } from './column-looks'

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

/** Whether Rapport wrote the file: then a column is what it is called, whatever it holds. */
const isOurs = ({ columns }: Sample): boolean => columns.includes(ownIdLabel)

/** The kind whose fields the header fits best. */
export function guessKind(sample: Sample): ImportKind {
  const scoreOf = isOurs(sample) ? fitOfOwn : fitOf
  const scored = importKinds.map((kind) => ({ kind, score: scoreOf(sample, kind) }))
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).kind
}

/** What Rapport wrote has the names of its columns: how many of them, and of these how many it has. */
function fitOfOwn({ columns }: Sample, kind: ImportKind): number {
  const labels = exportLabels(kind)
  const known = columns.filter((column) => labels.includes(column)).length
  return known + known / labels.length
}

function fitOf(sample: Sample, kind: ImportKind): number {
  const fields = fieldsByKind[kind]
  const found = matchColumns(sample, kind)
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
  const found = matchColumns(sample, kind)
  const mapping: Mapping = {}
  const used = new Set<number>()
  for (const field of fieldsByKind[kind]) {
    const match = found.get(field)
    if (!match) continue
    mapping[field.name] = [sample.columns[match.column] ?? '']
    used.add(match.column)
  }
  const isOwn = isOurs(sample)
  if (kind === 'leads' && !isOwn) Object.assign(mapping, titleFrom(sample, mapping))
  if (kind === 'contacts' && !isOwn) addChannels(sample, mapping, used)
  const known = options.custom.filter((field) => field.table === customTables[kind])
  const fields = isOwn ? labelsOnDemand(kind).filter((one) => isField(one, sample, known)) : []
  const derived = derivedLabels(kind).filter((label) => !fields.includes(label))
  const rest = sample.columns
    .map((column, index) => ({ column, index }))
    .filter(
      ({ column, index }) =>
        !used.has(index) &&
        !isAddedColumn(column) &&
        !derived.includes(column) &&
        !(kind === 'contacts' && !isOwn && isKindColumn(column, sample.columns, mapping)),
    )
  const further =
    kind === 'activities'
      ? asMetadata(rest)
      : asCustomFields(sample, rest, { ...options, custom: known }, kind)
  return { ...further.existing, ...mapping, ...further.added }
}

/** Whether a column that could be a derived one, as few exports have it, is a custom field of the same label. */
const isField = (label: string, { columns }: Sample, known: readonly CustomField[]): boolean =>
  known.some((field) => field.label === label) && !columns.includes(`${label} (2)`)

type Rest = { column: string; index: number }[]

/** Of an activity nothing is lost: what has no field becomes a detail under the column's name. */
function asMetadata(rest: Rest) {
  const added: Mapping = {}
  for (const { column, index } of rest)
    added[`metadata.${nameFrom(column) || `column_${index + 1}`}`] ??= [column]
  return { existing: {}, added }
}

/** Every record shows all of them: more belong into another program, or are picked by hand. */
const mostNewFields = 100

function asCustomFields(
  sample: Sample,
  rest: Rest,
  { custom, mayAddFields }: SuggestOptions,
  kind: ImportKind,
) {
  const existing: Mapping = {}
  const added: Mapping = {}
  if (!customTables[kind]) return { existing, added }
  const find = isOurs(sample) ? ownFieldFinder(sample, custom) : fieldFinder(custom)
  for (const { column, index } of rest) {
    const { field, key } = find(column)
    if (field) existing[`custom.${field.key}`] ??= [column]
    else if (
      key &&
      mayAddFields &&
      Object.keys(added).length < mostNewFields &&
      sample.rows.some((row) => row[index]?.trim())
    )
      added[`custom.${key}`] ??= [column]
  }
  return { existing, added }
}

type FieldFinder = (column: string) => { field?: CustomField | undefined; key: string }

const withNames = (custom: readonly CustomField[]) =>
  custom.map((field) => ({ field, name: normaliseName(field.label) }))

/** The field that a column is by its name, or the key of one that can be made of it. */
function fieldFinder(custom: readonly CustomField[]): FieldFinder {
  const known = withNames(custom)
  return (column) => {
    const key = nameFrom(column)
    const name = normaliseName(column)
    return { key, field: known.find((one) => one.field.key === key || one.name === name)?.field }
  }
}

/** In a file of our own several columns may have one label: they are in the order of their fields. */
function ownFieldFinder({ columns }: Sample, custom: readonly CustomField[]): FieldFinder {
  const names = new Set(columns)
  const known = new Set(withNames(custom))
  const keys = new Set(custom.map(({ key }) => key))
  return (column) => {
    const label = nameInHeader(column, names)
    const name = normaliseName(label)
    const left = [...known]
    const found =
      left.find((one) => one.field.label === label) ??
      left.find((one) => one.field.key === nameFrom(label) || one.name === name)
    if (found) {
      known.delete(found)
      return { field: found.field, key: found.field.key }
    }
    const key = [label, column].map(nameFrom).find((one) => !keys.has(one)) ?? ''
    keys.add(key)
    return { key }
  }
}

/** A person's further addresses and numbers come after the main one. */
function addChannels(sample: Sample, mapping: Mapping, used: Set<number>) {
  for (const [index, column] of sample.columns.entries()) {
    const channel = used.has(index) ? undefined : channelOfColumn(column)
    const field = contactFields.find(({ name }) => name === channel)
    const known = (channel && mapping[channel]) ?? []
    if (!channel || !field || known.length === mostColumns) continue
    if (!valuesFit(sample, index, field)) continue
    mapping[channel] = [...known, column]
    used.add(index)
  }
}
/** That one field takes. */
const mostColumns = 10

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
function matchColumns(sample: Sample, kind: ImportKind): Map<FieldDefinition, Match> {
  const fields = fieldsByKind[kind]
  const candidates: (Match & { field: FieldDefinition })[] = []
  const isOwn = isOurs(sample)
  const stages = kind === 'leads' ? stagesByName(sample) : []
  for (const [column, name] of sample.columns.entries()) {
    if (isAddedColumn(name)) continue
    const normal = normaliseColumn(name)
    for (const field of fields) {
      if (isOwn) {
        if (field.label === name) candidates.push({ column, score: 100, field })
        continue
      }
      if (field.isOwnOnly) continue
      const score = Math.max(
        scoreByName(normal, field),
        scoreByValues(sample, column, field, kind, stages),
      )
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

/** Addresses are known by how they look, whatever their column is called; ids and stages by that and a hint in its name. */
function scoreByValues(
  sample: Sample,
  column: number,
  field: FieldDefinition,
  kind: ImportKind,
  stages: readonly number[],
): number {
  const name = sample.columns[column] ?? ''
  if (field.name === 'externalId')
    return holdsOwnIds(kind, name, valuesOf(sample, column), column === 0) ? 50 : 0
  if (kind === 'leads' && field.name === 'stage') return scoreAsStage(sample, column, stages)
  const isOne = looks[field.type]
  if (!isOne) return 0
  const values = valuesOf(sample, column)
  return values.length > 0 && values.every(isOne) ? 40 : 0
}

/** One address, or a list with one. */
function hasAddress(cell: string): boolean {
  return channelParts(cell, 'email').some((part) => parseEmail(part).value != null)
}

const looks: { [T in FieldType]?: (value: string) => boolean } = {
  email: hasAddress,
  profile: (value) => /^(https?:\/\/)?([a-z]{2,3}\.)?linkedin\.com\/(in|pub)\/\S+$/i.test(value),
}

const fieldOfLeads = (name: string) => leadFields.find((field) => field.name === name)

/** Columns that are the stage by their name. */
function stagesByName({ columns }: Sample): number[] {
  const stage = fieldOfLeads('stage')
  return columns.flatMap((name, column) =>
    stage && scoreByName(normaliseName(name), stage) >= 85 ? column : [],
  )
}

/** More than any status, but only where no other column is the stage by its name. */
function scoreAsStage(sample: Sample, column: number, stages: readonly number[]): number {
  const status = fieldOfLeads('status')
  const isStatus = status && readerOf(status)
  if (!isStatus || stages.some((other) => other !== column)) return 0
  return holdsStages(sample.columns[column] ?? '', valuesOf(sample, column), isStatus) ? 110 : 0
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
  // Sentences are no ids.
  if (field.name === 'externalId') return (cell) => /\d/.test(cell) || !/\s/.test(cell)
  switch (field.type) {
    case 'email':
      return hasAddress
    case 'website':
      return (cell) => parseWebsite(cell).problem === undefined
    case 'integer':
      return (cell) => parseInteger(cell).problem === undefined
    case 'money':
      // A currency with many decimals: which one it is, other columns say.
      return (cell) => parseMoney(cell, { currency: 'CLF' }).problem === undefined
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
