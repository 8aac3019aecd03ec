/** What the import of each kind of record has to say: how a record is recognised, made and changed. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { ImportOptions, Mapping } from '../../contract/transfer'
import type { CustomFieldType } from '../../contract/words'
import type { Actor } from '../kernel/actor'
import type { SqlValue } from '../kernel/database'
import type { Ground } from '../kernel/ground'
import type { Link, Lookups } from './lookups'
import type { PositionState } from './positions'
import type { CellProblem } from './read-values'
import type { Columns, RowStore, StoredRow } from './row-store'

/** One record of the file on its way. */
export interface ImportRow<Values> {
  values: Values
  /** The cells by column, as they stand, blank ones left out. */
  cells(): [column: string, cell: string][]
  /** Why it cannot be imported. */
  problems: CellProblem[]
  /** What is imported otherwise than it stands in the file. */
  warnings: CellProblem[]
}

export interface KindContext {
  ground: Ground
  actor: Actor
  options: ImportOptions
  mapping: Mapping
  lookups: Lookups
  /** Custom fields to be made when their first value is written. */
  newFields: ReadonlyMap<string, { type: CustomFieldType; column: string }>
  /** Size of the file: it has fewer records than that. */
  bytes: number
  state: KindState
}

/** What an import keeps between transactions. */
export interface KindState {
  positions: PositionState
  /** Records made because another one named them, until their own row comes. */
  stubs: string[]
}

/** A way of recognising a record. */
export interface Key {
  /** The field, as `matchedBy` counts it. */
  name: string
  /** The same for all records of a file that this key takes for one. */
  token: string
  /** Rows with this key, in any order, those in the trash included. */
  find(): StoredRow[]
}

export interface KindImport<Values> {
  table: SQLiteTable
  noun: string
  nouns: string
  /** Strongest first. */
  keys(row: ImportRow<Values>): Key[]
  /** What later records of the file find a new record by. */
  tokens(row: ImportRow<Values>): string[]
  /** Whether the record refers to others of the same file, which must be written before. */
  refersToItsKind?(values: Values): boolean
  /** Adds to `row.problems` instead where it must not be. */
  create(row: ImportRow<Values>, rows: RowStore): Columns | undefined
  /** What the file says of a row; it may be equal to what is stored. */
  patch(row: ImportRow<Values>, current: StoredRow, rows: RowStore): Columns | undefined
  /** At the beginning of each transaction. @param othersWrote since the last one */
  refresh?(othersWrote: boolean): void
}

export const token = (...parts: string[]): string => parts.join('\0')

/** The problem of a field, under the column it comes from. */
export function problemOf(
  mapping: Mapping,
  field: string,
  label: string,
  value: string,
  message: string,
): CellProblem {
  return {
    column: mapping[field]?.[0] ?? null,
    value: value.slice(0, 200),
    message: `${label} ${message}`,
  }
}

/** Collects links of a row; refusals become its problems. */
export function createLinkReader(mapping: Mapping) {
  return (
    row: ImportRow<unknown>,
    field: string,
    label: string,
    value: string,
    link: Link,
  ): Link => {
    if (link && 'refused' in link)
      row.problems.push(
        problemOf(mapping, field, label, value, `“${value.slice(0, 80)}” ${link.refused}`),
      )
    return link
  }
}

export const parseJsonObject = (value: SqlValue | undefined): Record<string, unknown> => {
  if (typeof value !== 'string') return {}
  const parsed: unknown = JSON.parse(value)
  return parsed instanceof Object ? (parsed as Record<string, unknown>) : {}
}

/** Undefined where the record has these tags already, in whatever order. */
export function tagsPatch(
  tags: string[] | undefined,
  current: SqlValue | undefined,
): string[] | undefined {
  if (!tags) return undefined
  const stored: unknown = typeof current === 'string' ? JSON.parse(current) : []
  const key = (list: unknown[]) =>
    list
      .map((tag) => String(tag).toLowerCase())
      .sort()
      .join('\0')
  return key(tags) === key(Array.isArray(stored) ? stored : []) ? undefined : tags
}

/** Custom values of the file over those that are stored. */
export function customPatch(
  custom: Record<string, unknown> | undefined,
  current: SqlValue | undefined,
) {
  return custom === undefined ? undefined : { ...parseJsonObject(current), ...custom }
}

/** What a record is known by elsewhere; a record of another Rapport keeps the id it has there. */
export const outerId = (values: { id?: string; externalId?: string }): string | undefined =>
  values.externalId ?? values.id

/**
 * One not in the trash before one that is, then the oldest. Chosen here: to sort rows of so many columns
 * costs SQLite twenty times what finding them does.
 */
export function bestOf(rows: readonly StoredRow[]): StoredRow | undefined {
  let best = rows[0]
  for (const row of rows.slice(1)) {
    const better =
      row.deleted_at === null
        ? best?.deleted_at !== null || Number(row.seq) < Number(best.seq)
        : best?.deleted_at !== null && Number(row.seq) < Number(best?.seq)
    if (better) best = row
  }
  return best
}
