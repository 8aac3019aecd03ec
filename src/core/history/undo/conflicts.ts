/** What must stay: rows that were changed since, and rows that others have come to refer to. */
import type { Database } from '../../kernel/database/database'
import type { BatchLog } from './batch-log'
import type { References } from './references'
import { nameOfTable, type Refusals } from './refusals'
import { type ChangeRow, type Judging, type Reversal, type Values, valuesIn } from './reversal'

export type Conflicts = ReturnType<typeof createConflicts>

export type JudgedChange = Pick<ChangeRow, 'seq' | 'table_name' | 'row_id' | 'operation'>

/** Their rows go back as a whole only: what an e-mail says is what was approved, and sent. */
const wholeTables = new Set(['email_message'])

export function createConflicts(
  database: Database,
  {
    log,
    references,
    refusals: { refuse, refuseReferred },
  }: { log: BatchLog; references: References; refusals: Refusals },
) {
  const { schema } = database

  /** Refuses the rows that were changed after the batch did, or that others have come to refer to. */
  function judge(judging: Judging, changes: readonly JudgedChange[]) {
    const { batchId, refused } = judging
    const erased = log.erasedAmong(changes)
    const touched = touchedSince(batchId, changes)
    const dependants = dependantsOutside(batchId, changes)
    for (const { seq, table_name: table, row_id: id, operation } of changes) {
      if (refused.has(id)) continue
      if (erased.has(seq)) {
        refuse(judging, table, id, 'its data were erased for good')
        continue
      }
      if (
        touched.has(seq) &&
        (differsNow(batchId, table, id) ||
          (wholeTables.has(table) && differsSince(batchId, table, id)))
      ) {
        const name = log.changedSinceBy(batchId, id, seq)
        refuse(judging, table, id, `changed since${name ? ` by ${name}` : ''}`)
        continue
      }
      const dependant = operation === 'insert' ? dependants.get(id) : undefined
      if (dependant) refuse(judging, table, id, inUse(dependant))
    }
  }

  /** What others wrote while the batch is on its way back. */
  function judgeNews(reversal: Reversal) {
    const { batchId } = reversal
    const news = database.all<ChangeRow>(
      'select * from change where seq > ? and +batch_id <> ? order by seq',
      reversal.watchedSeq,
      reversal.action.batchId ?? '',
    )
    for (const { seq, table_name: table, row_id: id, after } of news) {
      reversal.watchedSeq = Math.max(reversal.watchedSeq, seq)
      const mine = log.lastChangeTo(batchId, table, id)
      if (mine) judge(reversal, [mine])
      refuseReferred(reversal, table, valuesIn(after), inUse(table))
    }
  }

  /**
   * Of some changes, the numbers of those whose rows others have changed later. The batch may have taken long: what
   * counts is what came after this very change.
   */
  const touchedSince = (batchId: string, changes: readonly JudgedChange[]): ReadonlySet<number> =>
    new Set(
      database
        .all<Pick<ChangeRow, 'seq'>>(
          `select distinct mine.seq from change mine
             cross join change later on later.row_id = mine.row_id and later.seq > mine.seq
               and later.table_name = mine.table_name
           where mine.seq in (select value from json_each(?)) and +later.batch_id <> ?
             and (select undoes from batch where id = later.batch_id) is not ?`,
          JSON.stringify(changes.map(({ seq }) => seq)),
          batchId,
          batchId,
        )
        .map(({ seq }) => seq),
    )

  /** Whether the row is no longer as the batch left it. */
  function differsNow(batchId: string, table: string, rowId: string): boolean {
    const left: Values = {}
    let isWhole = false
    let isGone = false
    for (const { operation, after } of log.changesTo(batchId, table, rowId)) {
      isGone = operation === 'delete'
      if (isGone) continue
      isWhole ||= operation === 'insert'
      Object.assign(left, valuesIn(after))
    }
    const row = log.current(table, rowId)
    if (isGone || !row) return isGone ? row !== undefined : !isWhole
    const columns = isWhole ? (schema.byName.get(table)?.columns ?? []) : Object.keys(left)
    return columns.some(
      (column) =>
        column !== 'updated_at' &&
        !schema.byName.get(table)?.derived.includes(column) &&
        (row[column] ?? null) !== (left[column] ?? null),
    )
  }

  /** Whether anything of the row was changed after the batch, and is not back as it was. */
  function differsSince(batchId: string, table: string, rowId: string): boolean {
    const row = log.current(table, rowId)
    const left: Values = {}
    for (const { before } of database.all<ChangeRow>(
      `select * from change where row_id = ? and table_name = ? and seq > (
         select max(seq) from change where row_id = ? and +batch_id = ? and table_name = ?) order by seq desc`,
      ...[rowId, table, rowId, batchId, table],
    ))
      Object.assign(left, valuesIn(before))
    return Object.entries(left).some(
      ([column, value]) => column !== 'updated_at' && (row?.[column] ?? null) !== value,
    )
  }

  /** The rows that a batch made and others came to refer to by another action → the table of these. */
  function dependantsOutside(
    batchId: string,
    changes: readonly JudgedChange[],
  ): ReadonlyMap<string, string> {
    const dependants = new Map<string, string>()
    const made = Map.groupBy(
      changes.filter(({ operation }) => operation === 'insert'),
      ({ table_name: table }) => table,
    )
    for (const [table, rows] of made) {
      const ids = JSON.stringify(rows.map(({ row_id: id }) => id))
      for (const { table: from, column } of references.to.get(table) ?? []) {
        const found = database.all<{ id: string }>(
          `select distinct child.${column} as id from ${from} child
           where child.${column} in (select value from json_each(?)) and not exists (
             select 1 from change where change.row_id = child.id and +change.batch_id = ?
               and (change.operation = 'insert' or change.after ->> '$.${column}' = child.${column}))`,
          ids,
          batchId,
        )
        for (const { id } of found) if (!dependants.has(id)) dependants.set(id, from)
      }
    }
    return dependants
  }

  return { judge, judgeNews }
}

const inUse = (table: string) => `in use since (${nameOfTable(table)})`
