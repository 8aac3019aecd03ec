/** Rows as SQLite answers them, and the small conversions every area needs to show them. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { instantText } from '../time/instant-text'
import type { Json } from './columns'

type Columns<T extends SQLiteTable> = T['_']['columns']

/** The row type of a table under its column names in SQL. */
export type RowOf<T extends SQLiteTable> = {
  [K in keyof Columns<T> as Columns<T>[K]['_']['name']]: Columns<T>[K]['_']['notNull'] extends true
    ? Columns<T>[K]['_']['data']
    : Columns<T>[K]['_']['data'] | null
}

export const toJson = <Value>(value: Value) => JSON.stringify(value) as Json<Value>
export const fromJson = <Value>(json: Json<Value>): Value => JSON.parse(json)

export const toInstant = instantText
export const toInstantOrNull = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : instantText(milliseconds)
export const fromInstant = (text: string | null | undefined): number | null | undefined =>
  text === null || text === undefined ? text : Date.parse(text)

export const toReference = (id: string | null, name: string | null) =>
  id === null ? null : { id, name: name ?? '' }
