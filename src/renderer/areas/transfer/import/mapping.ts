/** Which column feeds which field: the same mapping seen from the columns, and what it makes of a row. */

import type * as z from 'zod'
import type { ImportField, InspectedFile, Mapping } from '../../../../contract/transfer/import'

export type Field = z.infer<typeof ImportField>
type FileForm = Pick<InspectedFile, 'columns' | 'sampleRows'>

/** Names of the fields a column feeds, in the order of the mapping. */
export const fieldsOf = (mapping: Mapping, column: string): string[] =>
  Object.entries(mapping)
    .filter(([, columns]) => columns.includes(column))
    .map(([field]) => field)

/**
 * The mapping with other fields for one column. A field that several columns feed takes them in
 * the order in which they were given to it.
 */
export function withFields(mapping: Mapping, column: string, fields: readonly string[]): Mapping {
  const changed: Mapping = {}
  for (const [field, columns] of Object.entries(mapping)) {
    const others = columns.filter((other) => other !== column)
    const next = fields.includes(field) && columns.includes(column) ? columns : others
    if (next.length > 0) changed[field] = next
  }
  for (const field of fields) {
    const columns = changed[field] ?? []
    if (!columns.includes(column)) changed[field] = [...columns, column]
  }
  return changed
}

/** Only what the file and the kind know of: a remembered mapping may be older than both. */
export function withoutUnknown(
  mapping: Mapping,
  columns: readonly string[],
  fields: readonly Field[],
): Mapping {
  const names = new Set(fields.map(({ name }) => name))
  return Object.fromEntries(
    Object.entries(mapping)
      .filter(([field]) => names.has(field) || isOwn(field))
      .map(([field, from]) => [field, from.filter((column) => columns.includes(column))] as const)
      .filter(([, from]) => from.length > 0),
  )
}

/** A field of one's own: a custom field, made by the import if need be, or a detail of an activity. */
export const isOwn = (field: string) => /^(custom|metadata)\./.test(field)

/** What a field of one's own would be called after its column; undefined where no name can be made. */
export function ownFieldOf(column: string, prefix: 'custom' | 'metadata'): string | undefined {
  const key = column
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 60)
  return key ? `${prefix}.${key}` : undefined
}

/** Labels of the required fields that no column feeds yet. */
export const missingFields = (mapping: Mapping, fields: readonly Field[]): string[] =>
  fields
    .filter(({ name, required }) => required && !mapping[name] && !mapping[`${name}Id`])
    .map(({ label }) => label)

/** Columns that feed no field. */
export function unusedColumns(mapping: Mapping, columns: readonly string[]): string[] {
  const used = new Set(Object.values(mapping).flat())
  return columns.filter((column) => !used.has(column))
}

/** The first values of a column that are not blank, each once. */
export function examplesOf({ columns, sampleRows }: FileForm, column: string, most = 3): string[] {
  const index = columns.indexOf(column)
  const values = sampleRows.map((row) => row[index]?.trim() ?? '').filter(Boolean)
  return [...new Set(values)].slice(0, most)
}

/** Fields that keep several values apart. */
const lists = new Set(['email', 'phone', 'mobile'])

/** What one row of the file says about each mapped field; several columns are joined. */
export function readRow(
  { columns, sampleRows }: FileForm,
  mapping: Mapping,
  row: number,
): { field: string; value: string }[] {
  const cells = sampleRows[row] ?? []
  return Object.entries(mapping).map(([field, from]) => ({
    field,
    value: from
      .map((column) => cells[columns.indexOf(column)]?.trim() ?? '')
      .filter(Boolean)
      .join(lists.has(field) ? ', ' : ' – '),
  }))
}
