/** What an area says about its records. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { ListSource } from '../fields/list'
import type { RowScope } from './write-rights'

export interface RecordRow {
  seq: number
  id: string
  deleted_at: number | null
}

export interface RecordDefinition<Row extends RecordRow, Shape> {
  /** Singular and plural noun for messages and labels. */
  noun: string
  nouns: string
  table: SQLiteTable
  source: ListSource
  /** How labels name a row. */
  nameOf(row: Row): string
  toShape(row: Row): Shape
  /** The rows an actor may see and change; undefined for all. See `ownedBy` for what it may mention. */
  scope: RowScope
  /** Where fewer: the rows an actor may delete, restore, give away and change in bulk. */
  ownScope?: RowScope
}

/** “Name”, short enough for a toast. */
export const quoted = (name: string) => `“${name.length > 60 ? `${name.slice(0, 59)}…` : name}”`
