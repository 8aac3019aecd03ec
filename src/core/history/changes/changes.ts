/** The change log as people read it: audit, history of one record, recent actions. */
import type { contract } from '../../../contract'
import type { Batch, Change } from '../../../contract/history/changes'
import type { InputOf } from '../../../contract/kernel/base'
import type { Door } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { SqlValue } from '../../kernel/database/database'
import { toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import { invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { endOfDay, startOfDay } from '../../kernel/time/zone'
import type { BatchRow } from '../undo/undo'
import { createChangedFields, type LoggedChange } from './changed-fields'
import { measureLog } from './log-size'

export { createLogRetention } from './log-retention'

export type Changes = ReturnType<typeof createChanges>
type ListInput = InputOf<(typeof contract)['changes']['list']>

interface ChangeRow extends LoggedChange {
  at: number
  user_id: string | null
  user_name: string | null
  door: Door
  batch_id: string
  label: string | null
}

export function createChanges(kernel: Kernel) {
  const { database, workspace } = kernel
  const fieldsOf = createChangedFields(kernel)

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
