/**
 * Triggers by which what hangs on a record stays with it, whoever changes the record and through which
 * door: its open work and its quotes rest in the trash with it and come back with it, and its open work
 * goes to a new owner with it.
 */
import type { Schema } from '../database/schema'
import { hangingOf, heldBy, holderIsTrashed, trashedAt } from './hangs-on'

type Tables = Pick<Schema, 'hanging' | 'byName'>

const at = `(select coalesce(session.at, cast(unixepoch('subsec') * 1000 as integer)) from session where id = 1)`
const notQuiet = `(select quiet from session where id = 1) is not 1`
const workGoesAlong = `(select keeps_work from session where id = 1) is not 1`

/** SQL that is true of a row that rests with its holder although that is in the trash already. */
const isLeftOut = (schema: Tables, table: string): string =>
  `${table}.deleted_at is null and ${hangingOf(schema, table).rests} and ${holderIsTrashed(schema, table)}`

/** Whether a row is open although its holder is in the trash: so it may come back by undo or redo. */
export const leftOutSql = (schema: Tables, table: string): string =>
  `select 1 from ${table} where id = ? and ${isLeftOut(schema, table)}`

/** Lays such a row into the trash, to come back with its holder. */
export const restSql = (schema: Tables, table: string): string =>
  `update ${table} set deleted_at = ${trashedAt(schema, table)}, trashed_with = ${heldBy(schema, table)}, updated_at = ${at}
   where id = ? and ${isLeftOut(schema, table)}`

/** The tables whose rows may hang on rows of this one. */
const heldIn = ({ hanging }: Tables, holder: string): string[] =>
  [...hanging].filter(([, { holders }]) => holders.includes(holder)).map(([table]) => table)

function restTriggers(schema: Tables, holder: string): string[] {
  const tables = heldIn(schema, holder)
  const rest = tables.map(
    (
      table,
    ) => `update ${table} set deleted_at = new.deleted_at, trashed_with = new.id, updated_at = ${at}
      where ${holder}_id = new.id and ${heldBy(schema, table)} = new.id and deleted_at is null and ${hangingOf(schema, table).rests};`,
  )
  const comeBack = tables.map(
    (table) => `update ${table} set deleted_at = null, trashed_with = null, updated_at = ${at}
      where trashed_with = new.id;`,
  )
  // What it held is in the trash by itself then.
  const letGo = tables.map(
    (table) => `update ${table} set trashed_with = null where trashed_with = old.id;`,
  )
  return [
    `create trigger hanging_rests_with_${holder} after update of deleted_at on ${holder}
      when old.deleted_at is null and new.deleted_at is not null begin ${rest.join('\n')} end`,
    `create trigger hanging_returns_with_${holder} after update of deleted_at on ${holder}
      when old.deleted_at is not null and new.deleted_at is null begin ${comeBack.join('\n')} end`,
    `create trigger hanging_outlives_${holder} after delete on ${holder} begin ${letGo.join('\n')} end`,
  ]
}

/** Only what its old owner was to do: what somebody else was given on purpose stays with them. */
function giveTrigger(schema: Tables, holder: string): string {
  /** Of a table: whether its row hangs on the record, by itself or through what it hangs on. */
  const isHeld = (table: string): string => {
    const held = `${table}.${holder}_id = new.id and ${heldBy(schema, table)} = new.id`
    const between = hangingOf(schema, table).holders.filter((one) =>
      schema.hanging.get(one)?.holders.includes(holder),
    )
    if (between.length === 0) return held
    const through = between.map(
      (one) => `${table}.${one}_id in (select ${one}.id from ${one} where ${isHeld(one)})`,
    )
    return `(${[`(${held})`, ...through].join(' or ')})`
  }
  const gives = heldIn(schema, holder).flatMap((table) => {
    const { rests, work } = hangingOf(schema, table)
    if (!work) return []
    const which = [...new Set([rests, work.open])].join(' and ')
    // The plus: what hangs on one record is far less than what its old owner ever did.
    return `update ${table} set ${work.person} = new.owner_id, updated_at = ${at}
        where ${isHeld(table)} and +${work.person} = old.owner_id and ${which}
          and (deleted_at is null or trashed_with is not null);`
  })
  return `create trigger work_given_with_${holder} after update of owner_id on ${holder}
      when ${notQuiet} and ${workGoesAlong}
        and old.owner_id is not null and new.owner_id is not null and old.owner_id <> new.owner_id begin
      ${gives.join('\n')} end`
}

/** SQL that creates them. */
export function hangingTriggers(schema: Tables): string[] {
  const holders = [...new Set([...schema.hanging.values()].flatMap((one) => one.holders))]
  const owned = holders.filter((holder) => schema.byName.get(holder)?.columns.includes('owner_id'))
  return [
    ...holders.flatMap((holder) => restTriggers(schema, holder)),
    ...owned.map((holder) => giveTrigger(schema, holder)),
  ]
}
