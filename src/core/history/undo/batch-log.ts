/** What the change log says of the rows of a batch. */
import { seesAll } from '../../kernel/authorisation'
import { erasedText } from '../../kernel/change-log/erased'
import type { Database } from '../../kernel/database/database'
import type { ChangeRow, Judging, Values } from './reversal'

export type BatchLog = ReturnType<typeof createBatchLog>

/** What records are called by. */
export const namingColumns = ['title', 'name', 'subject', 'label'] as const

export function createBatchLog(database: Database) {
  return {
    /** The row as it is now. */
    current: (table: string, rowId: string) =>
      database.get<Values>(`select * from ${table} where id = ?`, rowId),

    latestSeq: () => Number(database.value('select coalesce(max(seq), 0) from change')),

    lastSeqOf: (batchId: string) =>
      Number(
        database.value('select coalesce(max(seq), 0) from change where batch_id = ?', batchId),
      ),

    /** All that the batch did to a row. */
    changesTo: (batchId: string, table: string, rowId: string) =>
      database.all<ChangeRow>(
        'select * from change where row_id = ? and +batch_id = ? and table_name = ? order by seq',
        rowId,
        batchId,
        table,
      ),

    lastChangeTo: (batchId: string, table: string, rowId: string) =>
      database.get<ChangeRow>(
        'select * from change where row_id = ? and +batch_id = ? and table_name = ? order by seq desc limit 1',
        rowId,
        batchId,
        table,
      ),

    isInsertedBy: (batchId: string, rowId: string): boolean =>
      database.get(
        `select 1 from change where row_id = ? and +batch_id = ? and operation = 'insert'`,
        rowId,
        batchId,
      ) !== undefined,

    /** Of some changes, the numbers of those of which the log does not know any more what was there. */
    erasedAmong: (changes: readonly Pick<ChangeRow, 'seq'>[]): ReadonlySet<number> =>
      new Set(
        database
          .all<Pick<ChangeRow, 'seq'>>(
            `select seq from change where seq in (select value from json_each(?)) and (instr(before, ?) > 0 or instr(after, ?) > 0)`,
            JSON.stringify(changes.map(({ seq }) => seq)),
            erasedText,
            erasedText,
          )
          .map(({ seq }) => seq),
      ),

    /** Who changed a row last, after a change of the batch. */
    changedSinceBy: (batchId: string, rowId: string, seq: number) =>
      database.value<string>(
        `select user.name from change join user on user.id = change.user_id
         where change.row_id = ? and change.seq > ? and +change.batch_id <> ? order by change.seq desc limit 1`,
        rowId,
        seq,
        batchId,
      ),

    /** What a row was called last, in changes that its reader made or may see. */
    nameOf({ actor, batchId }: Judging, table: string, rowId: string) {
      const naming = namingColumns.map((column) => `coalesce(after, before) ->> '$.${column}'`)
      return database.value<string>(
        `select coalesce(${naming.join(', ')}) as name from change
         where row_id = ? and table_name = ? and name is not null and (user_id = ? or ?)
           and seq <= (select max(seq) from change where row_id = ? and +batch_id = ?)
         order by seq desc limit 1`,
        rowId,
        table,
        actor.userId,
        seesAll(actor) ? 1 : 0,
        rowId,
        batchId,
      )
    },
  }
}
