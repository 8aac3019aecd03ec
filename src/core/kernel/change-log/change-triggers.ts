/** The triggers that write the change log: none of the core's code, and no other tool, can go around them. */
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import * as schema from '../../assembly/tables'
import { followingColumns } from '../database/following-columns'
import { newIdSql } from '../database/ids'

/** Tables that are the log itself, follow from other tables, or are screen and job state rather than data. */
const unlogged = new Set([
  'session',
  'change',
  'batch',
  'lead_tally',
  'activity_tally',
  'spelling',
  'preference',
  'draft',
  'import_file',
  'import_run',
  'import_rejection',
  'import_record',
  'import_mapping',
  'change_cursor',
  'notification',
  'told',
  'delivery',
  'job',
  'job_run',
  'lease',
  'hold',
  'installation',
  'erasure',
])
/** Columns that follow from other rows: triggers keep them right, undo leaves them alone. */
export const derivedColumns: Readonly<Record<string, readonly string[]>> = {
  lead: ['last_activity_at', 'next_step_at', 'next_step_zone', 'next_step_date'],
  reminder: ['notified_for', 'notification_sent_at'],
  task: ['notified_for'],
  activity: ['notified_for'],
  email_message: ['next_attempt_at', 'taken_at', 'taken_by', 'attempts', 'error'],
}
/** Secrets never enter the log. */
const secretColumns: Record<string, readonly string[]> = {
  api_token: ['hash', 'last_used_at'],
  calendar_feed: ['hash', 'last_read_at'],
}

export interface LoggedTable {
  name: string
  table: SQLiteTable
  /** Names of stored columns, in table order. */
  columns: string[]
  derived: readonly string[]
}

export const loggedTables: readonly LoggedTable[] = Object.values(schema)
  .map((table) => {
    const name = getTableName(table)
    return {
      name,
      table,
      columns: Object.values(getTableColumns(table))
        .filter((column) => column.generated === undefined)
        .map((column) => column.name),
      derived: [...(derivedColumns[name] ?? []), ...(followingColumns[name] ?? [])],
    }
  })
  .filter(({ name }) => !unlogged.has(name))

export const tableByName: ReadonlyMap<string, LoggedTable> = new Map(
  loggedTables.map((table) => [table.name, table]),
)

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
export function changeTriggers(): string[] {
  return loggedTables.flatMap(({ name, columns, derived }) => {
    const never = [...(secretColumns[name] ?? []), ...(followingColumns[name] ?? [])]
    const kept = columns.filter((column) => !never.includes(column))
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
