/** Writes the rows of a batch as they were before it, newest change first. */
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import type { Portion } from '../../kernel/portions/portions'
import { leftOutSql, restSql } from '../../kernel/records/hanging-triggers'
import { isHanging } from '../../kernel/records/hangs-on'
import type { BatchLog } from './batch-log'
import type { Conflicts } from './conflicts'
import type { Permissions } from './permissions'
import type { Refusals } from './refusals'
import { type ChangeRow, type Refusal, type Reversal, type Values, valuesIn } from './reversal'

/** Fewer changes than these cost less than their commit. */
const fewestAtOnce = 50

export function createTakingBack(
  { database, clock }: Pick<Kernel, 'database' | 'clock'>,
  {
    log,
    refuse,
    judgeNews,
    permissions: { mayTakeBack, asOfNow },
    checkTaken,
  }: {
    log: BatchLog
    refuse: Refusals['refuse']
    judgeNews: Conflicts['judgeNews']
    permissions: Permissions
    checkTaken(tables: ReadonlySet<string>): void
  },
) {
  const { schema } = database

  /**
   * Takes back at most so many changes in one transaction, and beyond some no more than a portion has time for. Answers whether
   * more are left.
   * @param alongside writes in the same transaction how far it is
   */
  return function step(
    actor: Actor,
    reversal: Reversal,
    size: number,
    { portion, alongside }: { portion?: Portion; alongside?: () => void } = {},
  ): boolean {
    const rows = database.all<ChangeRow>(
      'select * from change where batch_id = ? and seq <= ? order by seq desc limit ?',
      reversal.batchId,
      reversal.nextSeq,
      size,
    )
    let isLast = rows.length < size
    if (!isLast) leaveEntriesOfNext(rows)
    judgeNews(reversal)
    database.act(asOfNow(actor), reversal.action, (writer) => {
      reversal.action = { ...reversal.action, batchId: writer.batchId }
      if (mayComeBeforeItsParent(rows, reversal))
        database.connection.pragma('defer_foreign_keys = on')
      const taken = new Set<string>()
      for (const [index, row] of rows.entries()) {
        if (takeBack(writer, row, reversal)) {
          reversal.undone++
          taken.add(row.table_name)
          noteLeftOut(reversal, row)
        }
        reversal.nextSeq = row.seq - 1
        const mayEnd = index + 1 >= fewestAtOnce && !isEntryOfNext(row)
        if (index < rows.length - 1 && mayEnd && portion?.isOver()) {
          isLast = false
          break
        }
      }
      if (isLast) for (const [id, table] of reversal.leftOut) writer.run(restSql(schema, table), id)
      checkTaken(taken)
      if (isLast && (reversal.undone > 0 || reversal.isResumed)) markUndone(reversal, writer)
      alongside?.()
    })
    reversal.watchedSeq = log.latestSeq()
    return !isLast
  }

  /** Answers whether it changed anything. */
  function takeBack(writer: Writer, change: ChangeRow, reversal: Reversal): boolean {
    const { table_name: table, row_id: id, operation } = change
    if (reversal.refused.has(id)) return false
    if (!mayTakeBack(writer.actor, reversal, change)) return false
    if (operation === 'insert') {
      if (table === 'activity' && belongsToRefused(change, reversal.refused)) return false
      return writer.run(`delete from ${table} where id = ?`, id) > 0
    }
    const before = valuesBefore(change, reversal)
    if (operation === 'delete') return insert(writer, table, before)
    try {
      return update(writer, table, id, before)
    } catch (error) {
      if (!isTaken(error)) throw error
      refuse(reversal, table, id, 'another has its place now')
      return false
    }
  }

  /** Triggers set the hour of a row that follows another: it gets its own back. */
  function valuesBefore({ row_id: id, before }: ChangeRow, reversal: Reversal): Values {
    const values = valuesIn(before)
    const updatedAt = values.updated_at ?? reversal.updatedAt.get(id)
    if (updatedAt !== undefined) {
      values.updated_at = updatedAt
      reversal.updatedAt.set(id, updatedAt)
    }
    return values
  }

  function update(writer: Writer, table: string, id: string, values: Values): boolean {
    const set = Object.keys(values).map((column) => `${column} = ?`)
    return (
      writer.run(
        `update ${table} set ${set.join(', ')} where id = ?`,
        ...Object.values(values),
        id,
      ) > 0
    )
  }

  /** A row made since may have its number by now: then it gets a new one. */
  function insert(writer: Writer, table: string, { seq, ...others }: Values): boolean {
    const isFree =
      seq !== undefined &&
      !database.get(`select 1 from ${table} where seq = ? and id <> ?`, seq, others.id ?? null)
    const values = isFree ? { seq, ...others } : others
    const columns = Object.keys(values)
    return (
      writer.run(
        `insert or ignore into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
        ...Object.values(values),
      ) > 0
    )
  }

  /** What it hangs on may have gone to the trash since: then it comes back with that. */
  function noteLeftOut(
    reversal: Reversal,
    { table_name: table, row_id: id, operation }: ChangeRow,
  ) {
    if (operation === 'insert' || !isHanging(schema, table)) return
    if (database.get(leftOutSql(schema, table), id)) reversal.leftOut.set(id, table)
  }

  function markUndone({ batch, action }: Reversal, writer: Writer) {
    const now = clock.now()
    const mark = 'update batch set undone_by = ?, undone_at = ? where id = ?'
    writer.run(mark, writer.batchId, now, batch.id)
    const { root } = action
    if (!root) return
    if (action.kind === 'redo')
      writer.run('update batch set undone_by = null, undone_at = null where id = ?', root)
    else {
      writer.run(mark, writer.batchId, now, root)
      writer.run(
        `update batch set undone_by = ?, undone_at = ? where root = ? and kind = 'redo' and undone_at is null`,
        writer.batchId,
        now,
        root,
      )
    }
  }
}

/**
 * Whether a row may be written before one that it refers to, or deleted after it: rows that were deleted come back in the reverse
 * order, and go again in that one. Only then are foreign keys looked at no earlier than at the commit: SQLite has every
 * prepared statement of the connection compiled again after that pragma, which takes longer than a portion.
 */
const mayComeBeforeItsParent = (rows: readonly ChangeRow[], { action }: Reversal): boolean =>
  action.kind === 'redo' || rows.some(({ operation }) => operation === 'delete')

/** An entry on a timeline was written with the change before it in the log, and goes in the same transaction. */
const isEntryOfNext = ({ table_name: table, operation, after }: ChangeRow): boolean =>
  table === 'activity' && operation === 'insert' && valuesIn(after).category === 'system'

/** Takes off the end what has to wait for the next transaction. */
function leaveEntriesOfNext(rows: ChangeRow[]): void {
  for (let last = rows.at(-1); last && rows.length > 1 && isEntryOfNext(last); last = rows.at(-1))
    rows.pop()
}

/** The timeline entry of a lead or customer that stays, stays with it. */
function belongsToRefused({ after }: ChangeRow, refused: Map<string, Refusal>): boolean {
  const row = valuesIn(after)
  return (
    row.category === 'system' &&
    [row.lead_id, row.customer_id].some((id) => typeof id === 'string' && refused.has(id))
  )
}

/** Whether another row has what only one may have, such as being the default. */
const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE'
