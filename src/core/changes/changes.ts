/** The change log as people read it: audit, history of one record, recent actions. */
import { getTableName } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import type { contract } from '../../contract'
import type { InputOf } from '../../contract/base'
import type { Batch, Change } from '../../contract/changes'
import { moneyFromMinor } from '../../contract/money'
import type { Door } from '../../contract/words'
import type { Actor } from '../kernel/actor'
import { seesAll } from '../kernel/authorisation'
import { loggedTables } from '../kernel/change-triggers'
import type { Clause } from '../kernel/conditions'
import type { SqlValue } from '../kernel/database'
import { invalid } from '../kernel/errors'
import type { Ground } from '../kernel/ground'
import { toInstant, toInstantOrNull, toReference } from '../kernel/rows'
import { endOfDay, startOfDay } from '../kernel/zone'
import type { BatchRow } from '../undo/undo'

export type Changes = ReturnType<typeof createChanges>
type ListInput = InputOf<(typeof contract)['changes']['list']>

interface ChangeRow {
  seq: number
  at: number
  user_id: string | null
  user_name: string | null
  door: Door
  batch_id: string
  label: string | null
  table_name: string
  row_id: string
  operation: Change['operation']
  before: string | null
  after: string | null
}

/** Columns no reader asks for. */
const silentColumns = new Set(['seq', 'id', 'created_at', 'updated_at', 'created_by', 'position'])

/** What a row is called by, in the tables that call theirs by anything; the first there is. */
const namings = ['name', 'title', 'subject', 'label', 'notes', 'number']

/** `table.column` → the SQL that names the row it refers to, to show a name instead of an id. */
const nameOfReferred = new Map<string, string>()
for (const { name, table } of loggedTables)
  for (const key of getTableConfig(table).foreignKeys) {
    const { columns, foreignTable } = key.reference()
    const known = new Set(getTableConfig(foreignTable).columns.map((column) => column.name))
    const naming = namings.find((column) => known.has(column))
    if (columns[0] && naming)
      nameOfReferred.set(
        `${name}.${columns[0].name}`,
        `select ${naming} from ${getTableName(foreignTable)} where id = ?`,
      )
  }

export function createChanges({ database, workspace }: Ground) {
  function list(actor: Actor, input: ListInput) {
    const zone = workspace.timezone()
    const clauses: Clause[] = []
    const add = (sql: string, ...parameters: SqlValue[]) => clauses.push({ sql, parameters })
    if (input.rowId) add('change.row_id = ?', input.rowId)
    if (input.table) add('change.table_name = ?', input.table)
    if (input.batchId) add('change.batch_id = ?', input.batchId)
    if (input.userId) add('change.user_id = ?', input.userId)
    if (input.from) add('change.at >= ?', startOfDay(input.from, zone))
    if (input.to) add('change.at < ?', endOfDay(input.to, zone))
    if (!seesAll(actor))
      add(
        `(change.user_id = ? or change.row_id in (select id from lead where owner_id = ?)
          or change.row_id in (select id from customer where owner_id = ?))`,
        actor.userId,
        actor.userId,
        actor.userId,
      )
    const where = clauses.map((clause) => clause.sql).join(' and ') || '1'
    const parameters = clauses.flatMap((clause) => clause.parameters)
    const before = input.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(input.cursor)
    if (!Number.isSafeInteger(before))
      throw invalid('cursor', 'must be the nextCursor of a page before')
    const rows = database.all<ChangeRow>(
      `select change.*, user.name as user_name, batch.label from change
       left join user on user.id = change.user_id left join batch on batch.id = change.batch_id
       where ${where} and change.seq < ? order by change.seq desc limit ?`,
      ...parameters,
      before,
      input.limit + 1,
    )
    const total =
      clauses.length === 0
        ? Number(database.value('select count(*) from change'))
        : Number(database.value(`select count(*) from change where ${where}`, ...parameters))
    const page = rows.slice(0, input.limit)
    return {
      items: page.map(toShape),
      nextCursor: rows.length > input.limit ? String(page.at(-1)?.seq) : null,
      total,
    }
  }

  const toShape = (row: ChangeRow): Change => ({
    seq: row.seq,
    at: toInstant(row.at),
    user: toReference(row.user_id, row.user_name),
    door: row.door,
    batchId: row.batch_id,
    label: row.label ?? 'Changed by another program',
    table: row.table_name,
    rowId: row.row_id,
    operation: row.operation,
    fields: fieldsOf(row),
  })

  function fieldsOf(row: ChangeRow): Change['fields'] {
    const before: Record<string, SqlValue> = JSON.parse(row.before ?? '{}')
    const after: Record<string, SqlValue> = JSON.parse(row.after ?? '{}')
    const currency = currencyOf(row, { ...before, ...after })
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((column) => !silentColumns.has(column))
      .map((column) => ({
        field: column,
        label: labelOf(column),
        before: shown(row.table_name, column, before[column] ?? null, currency),
        after: shown(row.table_name, column, after[column] ?? null, currency),
      }))
  }

  function currencyOf(row: ChangeRow, values: Record<string, SqlValue>): string {
    if (typeof values.currency === 'string') return values.currency
    if (!('value_minor' in values) && !('total_minor' in values)) return workspace.currency()
    return (
      database.value<string>(`select currency from ${row.table_name} where id = ?`, row.row_id) ??
      workspace.currency()
    )
  }

  function shown(table: string, column: string, value: SqlValue, currency: string): unknown {
    if (value === null) return null
    const naming = nameOfReferred.get(`${table}.${column}`)
    if (naming) return database.value<string | number>(naming, value) ?? value
    if (column.endsWith('_minor') && typeof value === 'number')
      return moneyFromMinor(value, currency)
    if (column.endsWith('_at') && typeof value === 'number') return toInstant(value)
    if (typeof value === 'string' && /^[[{]/.test(value)) {
      try {
        return JSON.parse(value)
      } catch {
        return value
      }
    }
    return value
  }

  /** Recent actions, newest first, each with the number of rows it changed. */
  function batches(actor: Actor, input: { mine: boolean; limit: number }): Batch[] {
    const own = input.mine || !seesAll(actor)
    return database
      .all<BatchRow & { door: Door; user_name: string | null; changes: number }>(
        `select batch.*, user.name as user_name,
           (select count(*) from change where change.batch_id = batch.id) as changes
         from batch left join user on user.id = batch.user_id
         ${own ? 'where batch.user_id = ?' : ''} order by batch.at desc, batch.rowid desc limit ?`,
        ...(own ? [actor.userId] : []),
        input.limit,
      )
      .map((row) => ({
        id: row.id,
        at: toInstant(row.at),
        user: toReference(row.user_id, row.user_name),
        door: row.door,
        kind: row.kind,
        label: row.label,
        changes: row.changes,
        undoneAt: toInstantOrNull(row.undone_at),
        undoable: row.undone_at === null && row.kind !== 'system' && row.kind !== 'undo',
      }))
  }

  return { list, batches }
}

/** `expected_close_date` → “Expected close date”, `owner_id` → “Owner”. */
function labelOf(column: string): string {
  const words = column.replace(/_(id|minor|at)$/, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
