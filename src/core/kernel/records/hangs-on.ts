/**
 * What a task, activity, reminder or quote hangs on: the closest record that it names. It rests in the
 * trash with that record, and goes to a new owner with it; a contact that a lead's task also names does
 * not decide over the task.
 */
import type { Database } from '../database/database'
import { conflict } from '../errors'

/** Records that others hang on, the closest first. */
export const holders = ['lead', 'customer', 'contact', 'company'] as const
/** Of a reminder, too: what it reminds of comes before all. */
const remindedOf = ['activity', 'task'] as const

export type Holder = (typeof holders)[number]

export const hangingTables = ['task', 'activity', 'reminder', 'quote'] as const
export type HangingTable = (typeof hangingTables)[number]

const holdersOf = (table: HangingTable): readonly string[] =>
  table === 'quote' ? ['lead'] : table === 'reminder' ? [...remindedOf, ...holders] : holders

/** SQL of the id of what a row hangs on. */
export const heldBy = (table: HangingTable): string => {
  const columns = holdersOf(table).map((holder) => `${table}.${holder}_id`)
  return columns.length === 1 ? String(columns[0]) : `coalesce(${columns.join(', ')})`
}

/** SQL that is true of a row whose holder is in the trash. */
export const holderIsTrashed = (table: HangingTable): string =>
  `(${holdersOf(table)
    .map(
      (holder) =>
        `(${heldBy(table)} = ${table}.${holder}_id and exists (
           select 1 from ${holder} holder where holder.id = ${table}.${holder}_id and holder.deleted_at is not null))`,
    )
    .join(' or ')})`

/** SQL of the instant at which the holder of a row went to the trash. */
export const trashedAt = (table: HangingTable): string => {
  const instants = holdersOf(table).map(
    (holder) =>
      `(select holder.deleted_at from ${holder} holder where holder.id = ${table}.${holder}_id)`,
  )
  return instants.length === 1 ? String(instants[0]) : `coalesce(${instants.join(', ')})`
}

export const isHanging = (table: string): table is HangingTable =>
  (hangingTables as readonly string[]).includes(table)

/** @throws conflict where what the row hangs on is in the trash */
export function requireHolder(database: Database, table: HangingTable, id: string): void {
  for (const holder of holdersOf(table))
    if (
      database.get(
        `select 1 from ${table} join ${holder} holder on holder.id = ${table}.${holder}_id
         where ${table}.id = ? and ${heldBy(table)} = holder.id and holder.deleted_at is not null`,
        id,
      )
    )
      throw conflict(`Its ${holder} is in the trash. Restore that first.`)
}
