/** What a table says of itself besides its columns. `schema.ts` puts together what follows from it. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { FieldDefinitions } from '../../../contract/kernel/fields'
import type { Reading } from './readings'

/** A column that follows from another of its own row: kept by writers and triggers, not in the change log. */
export interface Following {
  column: string
  /** The column it follows from; its name is one word, and so the same in SQL and in the tables. */
  from: string
  /** How it is read from that. */
  by: Reading
}

/** Counts and sums of another table, kept by triggers: totals over a million rows are read from a few. */
export interface Tally {
  /** What is counted: its rows that are not in the trash. */
  table: string
  /** Column of the tally → SQL of its value for a row. */
  keys: Readonly<Record<string, (row: string) => string>>
  sums: Readonly<Record<string, (row: string) => string>>
  /** Columns of the counted table that any of it depends on. */
  columns: readonly string[]
}

/**
 * What a row hangs on: the closest record that it names. It rests in the trash with that record, and goes
 * to a new owner with it.
 */
export interface Hanging {
  /** The tables of such records, the closest first. The row names each in `<table>_id`. */
  holders: readonly string[]
  /** SQL that is true of rows that go to the trash with their record. */
  rests: string
  /** Work that is given to the record's new owner: SQL that is true while it is open, and the column that says whose it is. */
  work?: { open: string; person: string }
}

/** What the text search finds rows by, besides the fields that are declared as searched. */
export interface SearchedText {
  /** Columns that are no fields. */
  besides?: readonly string[]
  /** Columns with domains, which are found by the letters they mean, too, as those of e-mail addresses are. */
  domains?: readonly string[]
  /** SQL that is true of rows that are found. */
  when?: (row: string) => string
}

export interface Declaration {
  /** Its fields in the contract: labels of the history and what the search finds come from them. */
  fields?: FieldDefinitions
  /** State of this installation, its screens and its jobs: not in the change log, and never leaves this machine. */
  local?: true
  /** All of it, or these columns, follow from other rows: triggers keep them, and undo leaves them alone. */
  derived?: true | readonly string[]
  /** The tables whose changes move derived columns. */
  derivedFrom?: readonly string[]
  /** Columns that never enter the change log. */
  secret?: readonly string[]
  /** Whether changes of its rows enter the change log: by default those of tables that are neither local nor derived. */
  logged?: boolean
  following?: readonly Following[]
  /** Found by the text search, through a full-text table of its own. */
  searched?: SearchedText
  /** Column → the list of spellings that it shares: what differs in case only takes the spelling in use. */
  spelled?: Readonly<Record<string, string>>
  tally?: Tally
  hanging?: Hanging
  /** Its rows are the people who act: the change log names them. */
  people?: true
}

const key = Symbol('declaration')

export function declare(table: SQLiteTable, declaration: Declaration): void {
  Object.assign(table, { [key]: declaration })
}

export const declarationOf = (table: SQLiteTable): Declaration =>
  (table as SQLiteTable & { [key]?: Declaration })[key] ?? {}
