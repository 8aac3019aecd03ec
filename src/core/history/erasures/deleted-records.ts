/** What is left to do when records were deleted for good: the log forgets them, and it stays on record that they are gone. */
import type { Erasure } from '../../../contract/history/erasures'
import type { Database, Writer } from '../../kernel/database/database'
import { newId } from '../../kernel/database/ids'
import { redactRow } from './redact-log'

export type ErasureReason = Erasure['reason']

/** Kinds of records that a restored backup would bring back. */
export const recorded: ReadonlySet<string> = new Set([
  'reminder',
  'task',
  'activity',
  'quote',
  'lead',
  'customer',
  'contact',
  'company',
  'cadence',
])

/**
 * To be called in an action that deleted rows for good: takes what they said out of the log, and puts on
 * record that they are gone. Answers how many entries were redacted.
 * @param contact how many were redacted for a contact before, and the last change before it was deleted
 */
export function redactDeleted(
  database: Database,
  writer: Writer,
  reason: ErasureReason,
  { before, from } = { before: 0, from: 0 },
): number {
  const deleted = database.all<{ table_name: string; row_id: string }>(
    `select distinct table_name, row_id from change where batch_id = ? and seq > ? and operation = 'delete'`,
    writer.batchId,
    from,
  )
  let entries = 0
  for (const { table_name: table, row_id: rowId } of deleted) {
    const madeAt = firstKnown(database, writer, table, rowId)
    const redacted = redactRow(database, table, rowId)
    entries += redacted
    if (!recorded.has(table)) continue
    database
      .prepare(
        `insert or ignore into erasure (id, table_name, row_id, at, user_id, door, reason, made_at, entries)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        newId(writer.now),
        table,
        rowId,
        writer.now,
        writer.actor.userId || null,
        writer.actor.door,
        reason,
        madeAt,
        table === 'contact' ? before + redacted : redacted,
      )
  }
  return entries
}

/** When a row that the action deleted was made, as far as itself or the log says. */
function firstKnown(
  database: Database,
  { now, batchId }: Writer,
  table: string,
  rowId: string,
): number {
  const loggedAt = database.value<number>(
    'select at from change where row_id = ? and table_name = ? order by seq limit 1',
    rowId,
    table,
  )
  const createdAt = database.value<number | null>(
    `select before ->> '$.created_at' from change where row_id = ? and table_name = ? and batch_id = ? and operation = 'delete'`,
    rowId,
    table,
    batchId,
  )
  return Math.min(createdAt ?? now, loggedAt ?? now)
}
