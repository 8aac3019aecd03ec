/**
 * What a row hangs on: the closest record that it names, by what its table declares. It rests in the trash
 * with that record, and goes to a new owner with it; a contact that a lead's task also names does not
 * decide over the task.
 */
import type { Database } from '../database/database'
import type { Hanging } from '../database/declare'
import type { Schema } from '../database/schema'
import { conflict } from '../errors'

type Tables = Pick<Schema, 'hanging'>

/** @throws where the table hangs on nothing: that is a fault of the program */
export function hangingOf({ hanging }: Tables, table: string): Hanging {
  const found = hanging.get(table)
  if (!found) throw new Error(`${table} hangs on nothing`)
  return found
}

export const isHanging = ({ hanging }: Tables, table: string): boolean => hanging.has(table)

/** SQL of the id of what a row hangs on. */
export const heldBy = (schema: Tables, table: string): string => {
  const columns = hangingOf(schema, table).holders.map((holder) => `${table}.${holder}_id`)
  return columns.length === 1 ? String(columns[0]) : `coalesce(${columns.join(', ')})`
}

/** SQL that is true of a row whose holder is in the trash. */
export const holderIsTrashed = (schema: Tables, table: string): string =>
  `(${hangingOf(schema, table)
    .holders.map(
      (holder) =>
        `(${heldBy(schema, table)} = ${table}.${holder}_id and exists (
           select 1 from ${holder} holder where holder.id = ${table}.${holder}_id and holder.deleted_at is not null))`,
    )
    .join(' or ')})`

/** SQL of the instant at which the holder of a row went to the trash. */
export const trashedAt = (schema: Tables, table: string): string => {
  const instants = hangingOf(schema, table).holders.map(
    (holder) =>
      `(select holder.deleted_at from ${holder} holder where holder.id = ${table}.${holder}_id)`,
  )
  return instants.length === 1 ? String(instants[0]) : `coalesce(${instants.join(', ')})`
}

/** @throws conflict where what the row hangs on is in the trash */
export function requireHolder(database: Database, table: string, id: string): void {
  const { schema } = database
  for (const holder of hangingOf(schema, table).holders)
    if (
      database.get(
        `select 1 from ${table} join ${holder} holder on holder.id = ${table}.${holder}_id
         where ${table}.id = ? and ${heldBy(schema, table)} = holder.id and holder.deleted_at is not null`,
        id,
      )
    )
      throw conflict(`Its ${holder} is in the trash. Restore that first.`)
}
