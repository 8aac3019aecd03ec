/** What the import of each kind of record has to say: how a record is recognised, made and changed. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { spellingKey } from '../../contract/spelling'
import type { ImportOptions, Mapping } from '../../contract/transfer'
import type { Actor } from '../kernel/actor'
import type { SqlValue } from '../kernel/database'
import type { Ground } from '../kernel/ground'
import type { CellProblem } from './cells'
import type { Link, ReferredTable } from './lookups/link'
import type { Lookups } from './lookups/lookups'
import type { OwnIds } from './own-ids'
import type { PositionState } from './positions'
import type { NewField } from './read-values'
import type { Columns, RowStore, StoredRow } from './row-store'

/** One record of the file on its way. */
export interface ImportRow<Values> {
  values: Values
  /** The cells by column, as they stand, blank ones left out. */
  cells(): [column: string, cell: string][]
  /** What stands in the first column of a field. */
  cell(field: string): string
  /** Why it cannot be imported. */
  problems: CellProblem[]
  /** What is imported otherwise than it stands in the file. */
  warnings: CellProblem[]
  /** What became of each cell that refers to another record. */
  references: { field: string; label: string; outcome: ReferenceOutcome }[]
}
export type ReferenceOutcome = 'linked' | 'created' | 'left'

export interface KindContext {
  ground: Ground
  actor: Actor
  options: ImportOptions
  mapping: Mapping
  lookups: Lookups
  ownIds: OwnIds
  /** Custom fields to be made when their first value is written. */
  newFields: ReadonlyMap<string, NewField>
  /** Size of the file: it has fewer records than that. */
  bytes: number
  state: KindState
}

/** What an import keeps between transactions. */
export interface KindState {
  positions: PositionState
  /** Records made because another one named them, until their own row comes. */
  stubs: string[]
  /** By pipeline: the keys of its open stages and of those to be made, in the order of the funnel. */
  stagePlans: Record<string, string[]>
  /** By the id of a record that comes further down in a file of our own: which ones refer to it, and its name. */
  awaited: Record<string, { name: string; by: string[] }>
  /** Open tasks that the file says are done: the next of those that recur is made at the end. */
  ended: string[]
}

/** A way of recognising a record. */
export interface Key {
  /** The field, as `matchedBy` counts it. */
  name: string
  /** The same for all records of a file that this key takes for one. */
  token: string
  /** Different records may have this in common: two rows of a file that differ otherwise are two. */
  isWeak?: boolean
  /** Rows with this key, in any order, those in the trash included. */
  find(): StoredRow[]
}

export interface KindImport<Values> {
  table: SQLiteTable
  noun: string
  nouns: string
  /** Whether new records write no entry of their own on timelines. */
  isQuiet?: boolean
  /** Strongest first. */
  keys(row: ImportRow<Values>): Key[]
  /** What later records of the file find a new record by. */
  tokens(row: ImportRow<Values>): string[]
  /** Whether the record refers to others of the same file, which must be written before. */
  refersToItsKind?(values: Values): boolean
  /** The record that a row of the file is about is there. @param isWritten by this row */
  isThere?(row: ImportRow<Values>, id: string, rows: RowStore, isWritten: boolean): void
  /** After the last record. */
  finish?(rows: RowStore): void
  /** Adds to `row.problems` instead where it must not be. */
  create(row: ImportRow<Values>, rows: RowStore): Columns | undefined
  /** What the file says of a row; it may be equal to what is stored. */
  patch(row: ImportRow<Values>, current: StoredRow, rows: RowStore): Columns | undefined
  /**
   * What tells a row from a record of the same name: “e-mail”; undefined where nothing does. Of kinds that have it, rows
   * of one file are never taken for one record silently.
   */
  differs?(row: ImportRow<Values>, stored: StoredRow): string | undefined
  /** At the beginning of each transaction. @param othersWrote since the last one */
  refresh?(othersWrote: boolean): void
}

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

/** What a row says of another record, in a column of ids, one of names, or both. */
interface Told {
  /** Of the column of names; that of ids is called `<field>Id`. */
  field: string
  label: string
  table: ReferredTable
  id: string | undefined
  name: string | undefined
  /** The id of what is linked now. */
  current: SqlValue | undefined
  /** What else an id may lead to. */
  byId?(id: string): Link
  byName(name: string): Link
}

/** Reads what a row refers to: the id decides where it leads to a record, else the name does. */
export function createReferenceReader({
  mapping,
  lookups,
}: Pick<KindContext, 'mapping' | 'lookups'>) {
  const link = createLinkReader(mapping)
  return (
    row: ImportRow<unknown>,
    { field, label, table, id, name, current, byId, byName }: Told,
  ): Link => {
    const column = name === undefined ? `${field}Id` : field
    if (id !== undefined) {
      if (current === id) return undefined
      const found = byId ? byId(id) : lookups.identified(table, id)
      if (found) return link(row, column, label, name ?? id, found)
    }
    const value = name ?? id
    if (value === undefined || lookups.isNamed(table, current, value)) return undefined
    return link(row, column, label, value, byName(value))
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
    const tell = (message: string) =>
      problemOf(mapping, field, label, value, `“${value.slice(0, 80)}” ${message}`)
    if (!link) return undefined
    if ('refused' in link) row.problems.push(tell(link.refused))
    else if ('left' in link) row.warnings.push(tell(link.left))
    else if (link.told) row.warnings.push(tell(link.told))
    const outcome = 'id' in link ? 'linked' : 'make' in link ? 'created' : 'left'
    row.references.push({ field, label, outcome })
    return 'left' in link ? undefined : link
  }
}

/** Whether a file says whose its records are: then a blank cell means nobody's. */
export const namesOwners = (mapping: Mapping): boolean =>
  mapping.owner !== undefined || mapping.ownerId !== undefined

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
      .map((tag) => spellingKey(String(tag)))
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
