/** The triggers that write the change log: none of the core's code, and no other tool, can go around them. */
import { newIdSql } from '../database/ids'
import type { Schema } from '../database/schema'

const now = `coalesce(session.at, cast(unixepoch('subsec') * 1000 as integer))`

/** `insert into change …` for one row; `before` and `after` are SQL expressions. */
function append(
  table: string,
  row: 'new' | 'old',
  operation: string,
  before: string,
  after: string,
) {
  return `insert into change (at, batch_id, user_id, door, table_name, row_id, operation, before, after)
    select ${now}, coalesce(session.batch_id, ${newIdSql(now)}), session.user_id, coalesce(session.door, 'system'),
      '${table}', ${row}.id, '${operation}', ${before}, ${after}
    from session where session.id = 1;`
}

/** A JSON object of a row's columns, put together as text: twice as fast as by JSON functions. Nulls are left out. */
const rowJson = (row: 'new' | 'old', columns: string[]) =>
  `'{' || concat_ws(',', ${columns
    .map(
      (column) =>
        `iif(${row}.${column} is null, null, '"${column}":' || json_quote(${row}.${column}))`,
    )
    .join(', ')}) || '}'`

/** A JSON object of only those columns whose value changes, put together as text: many times faster than rows. */
const changedJson = (row: 'new' | 'old', columns: string[]) =>
  `'{' || substr(${columns
    .map(
      (column) =>
        `iif(old.${column} is new.${column}, '', ',"${column}":' || json_quote(${row}.${column}))`,
    )
    .join(' || ')}, 2) || '}'`

/** SQL that creates the three change-log triggers of every logged table. */
export function changeTriggers({ logged }: Schema): string[] {
  return logged.flatMap(({ name, columns, derived, secret }) => {
    const kept = columns.filter((column) => !secret.includes(column))
    const compared = kept.filter((column) => !derived.includes(column))
    const meaningful = compared.filter((column) => column !== 'updated_at')
    return [
      `create trigger change_${name}_insert after insert on ${name} begin
        ${append(name, 'new', 'insert', 'null', rowJson('new', kept))} end`,
      // Named, so that what sets only derived columns is not held up by comparing all others.
      `create trigger change_${name}_update after update of ${meaningful.join(', ')} on ${name}
        when ${meaningful.map((column) => `old.${column} is not new.${column}`).join(' or ')} begin
        ${append(name, 'new', 'update', changedJson('old', compared), changedJson('new', compared))} end`,
      `create trigger change_${name}_delete after delete on ${name} begin
        ${append(name, 'old', 'delete', rowJson('old', kept), 'null')} end`,
    ]
  })
}
