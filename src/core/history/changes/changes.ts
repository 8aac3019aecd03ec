/** The change log as people read it: audit, history of one record, recent actions. */
import type { contract } from '../../../contract'
import type { Batch, Change } from '../../../contract/history/changes'
import type { InputOf } from '../../../contract/kernel/base'
import { moneyFromMinor } from '../../../contract/kernel/money'
import { ownValue } from '../../../contract/kernel/own-value'
import { sameValue } from '../../../contract/kernel/same-value'
import type { Door } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { SqlValue } from '../../kernel/database/database'
import { toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import { invalid } from '../../kernel/errors'
import { fieldLabel } from '../../kernel/fields/field-names'
import type { Kernel } from '../../kernel/kernel'
import { isDay } from '../../kernel/time/wall-time'
import { dateIn, endOfDay, knownZone, startOfDay } from '../../kernel/time/zone'
import type { BatchRow } from '../undo/undo'
import { measureLog } from './log-size'

export { createLogRetention } from './log-retention'

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

/** What the log has of custom values; undefined where another program has written what are none. */
function valuesIn(json: SqlValue | undefined): Record<string, unknown> | undefined {
  if (json === undefined || json === null) return {}
  if (typeof json !== 'string') return undefined
  try {
    const values: unknown = JSON.parse(json)
    return typeof values === 'object' && values !== null && !Array.isArray(values)
      ? (values as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** Instants that may mean a whole day. */
const wholeDayColumns: Readonly<Record<string, readonly string[]>> = {
  task: ['due_at'],
  activity: ['scheduled_at', 'due_at'],
}

export function createChanges({ database, workspace, customFields }: Kernel) {
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
    const hasMoney = Object.keys({ ...before, ...after }).some((column) =>
      column.endsWith('_minor'),
    )
    const currency = hasMoney ? currencyOf(row, after) : workspace.currency()
    const earlier = typeof before.currency === 'string' ? before.currency : currency
    const held = { ...after, ...before }
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((column) => !silentColumns.has(column))
      .flatMap((column) => {
        const whole = {
          field: column,
          label: database.schema.labels.get(`${row.table_name}.${column}`) ?? fieldLabel(column),
          before: shown(row, held, column, before[column] ?? null, earlier),
          after: shown(row, after, column, after[column] ?? null, currency),
        }
        if (column !== 'custom') return [whole]
        return customChanges(row.table_name, before.custom, after.custom) ?? [whole]
      })
  }

  /** Each custom value that differs, under the label of its field; people are named. Undefined where one side is no values. */
  function customChanges(
    table: string,
    before: SqlValue | undefined,
    after: SqlValue | undefined,
  ): Change['fields'] | undefined {
    const was = valuesIn(before)
    const is = valuesIn(after)
    if (!was || !is) return undefined
    return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) => {
      const [old, now] = [was, is].map((values) => ownValue(values, key) ?? null)
      if (sameValue(old, now)) return []
      const field = customFields.find(table, key)
      const named = (value: unknown) =>
        field?.type === 'person' && typeof value === 'string'
          ? (database.value<string>('select name from user where id = ?', value) ?? value)
          : value
      return [
        {
          field: `custom.${key}`,
          label: field?.label ?? fieldLabel(key),
          before: named(old),
          after: named(now),
        },
      ]
    })
  }

  /** What a row's money was in after a change. */
  const currencyOf = (row: ChangeRow, after: Record<string, SqlValue>): string => {
    const currency = valueAfter(row, after, 'currency')
    return typeof currency === 'string' ? currency : workspace.currency()
  }

  /** What a column held after a change that says nothing of it: what its next change began with, else what it holds. */
  function valueAfter(row: ChangeRow, after: Record<string, SqlValue>, column: string): SqlValue {
    if (column in after) return after[column] ?? null
    const next = database.get<{ value: SqlValue }>(
      `select before ->> ? as value from change
       where table_name = ? and row_id = ? and seq > ? and json_type(before, ?) is not null
       order by seq limit 1`,
      `$.${column}`,
      row.table_name,
      row.row_id,
      row.operation === 'delete' ? row.seq - 1 : row.seq,
      `$.${column}`,
    )
    if (next) return next.value
    return (
      database.value<SqlValue>(
        `select ${column} from ${row.table_name} where id = ?`,
        row.row_id,
      ) ?? null
    )
  }

  /** The whole day that an instant meant in a row; undefined where it had a time. */
  function wholeDayOf(
    row: ChangeRow,
    held: Record<string, SqlValue>,
    column: string,
    instant: number,
  ): string | undefined {
    const value = (name: string) => valueAfter(row, held, name)
    if (row.table_name === 'task') {
      const wallTime = value('wall_time')
      return typeof wallTime === 'string' && isDay(wallTime) ? wallTime : undefined
    }
    if (value('all_day') !== 1) return undefined
    const scheduledAt = column === 'due_at' ? value('scheduled_at') : null
    if (scheduledAt !== null && scheduledAt !== instant) return undefined
    const zone = value('zone')
    return dateIn(instant, knownZone(typeof zone === 'string' ? zone : null, workspace.timezone()))
  }

  /** @param held what the row held then, as far as the change says */
  function shown(
    row: ChangeRow,
    held: Record<string, SqlValue>,
    column: string,
    value: SqlValue,
    currency: string,
  ): unknown {
    if (value === null) return null
    const table = row.table_name
    const naming = database.schema.nameOfReferred.get(`${table}.${column}`)
    if (naming) return database.value<string | number>(naming, value) ?? value
    if (column.endsWith('_minor') && typeof value === 'number')
      return moneyFromMinor(value, currency)
    if (column.endsWith('_at') && typeof value === 'number') {
      const day = wholeDayColumns[table]?.includes(column)
        ? wholeDayOf(row, held, column, value)
        : undefined
      return day ?? toInstant(value)
    }
    if (typeof value === 'string' && /^[[{]/.test(value)) {
      try {
        return JSON.parse(value)
      } catch {
        return value
      }
    }
    return value
  }

  /** Recent actions, the last one first whatever its clock said, each with the number of rows it changed. */
  function batches(actor: Actor, input: { mine: boolean; limit: number }): Batch[] {
    const own = input.mine || !seesAll(actor)
    return database
      .all<BatchRow & { door: Door; user_name: string | null; changes: number }>(
        `select batch.*, user.name as user_name,
           (select count(*) from change where change.batch_id = batch.id) as changes
         from batch left join user on user.id = batch.user_id
         ${own ? 'where batch.user_id = ?' : ''} order by batch.rowid desc limit ?`,
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

  return { list, batches, size: () => measureLog(database) }
}
