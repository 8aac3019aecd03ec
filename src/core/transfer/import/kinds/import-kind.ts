/** What the import of each kind of record has to say: how a record is recognised, made and changed. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { ImportOptions, Mapping } from '../../../../contract/transfer/import'
import type { Actor } from '../../../kernel/actor'
import type { Kernel } from '../../../kernel/kernel'
import type { Lookups } from '../lookups/lookups'
import type { StageState } from '../lookups/stages'
import type { OwnIds } from '../recognise/own-ids'
import type { Columns, RowStore, StoredRow } from '../runs/row-store'
import type { CellProblem } from '../values/cells'
import type { NewField } from '../values/read-values'
import type { PositionState } from './positions'

/** One record of the file on its way. */
export interface ImportRow<Values> {
  values: Values
  /** The cells by column, unchanged, blank ones left out. */
  cells(): [column: string, cell: string][]
  /** What the first column of a field has. */
  cell(field: string): string
  /** Why it cannot be imported. */
  problems: CellProblem[]
  /** What is imported otherwise than it is in the file. */
  warnings: CellProblem[]
  /** What became of each cell that refers to another record. */
  references: { field: string; label: string; outcome: ReferenceOutcome }[]
}
export type ReferenceOutcome = 'linked' | 'created' | 'left'

export interface KindContext {
  kernel: Kernel
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
export interface KindState extends StageState {
  positions: PositionState
  /** Records made because another one named them, until their own row comes. */
  stubs: string[]
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
   * What distinguishes a row from a record of the same name: “e-mail”; undefined where nothing does. Of kinds that have it, rows
   * of one file are never taken for one record silently.
   */
  differs?(row: ImportRow<Values>, stored: StoredRow): string | undefined
  /** At the beginning of each transaction. @param othersWrote since the last one */
  refresh?(othersWrote: boolean): void
}
