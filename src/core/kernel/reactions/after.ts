/**
 * What follows from a change after its commit: each reaction reads the change log behind a cursor that
 * moves in the transaction of what it does, so that a killed program loses nothing. It reads in portions
 * that give the thread back.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BatchKind } from '../database/database'
import type { Kernel } from '../kernel'
import type { Change } from './within'

/** A change with the action that it is part of. */
export interface LoggedChange extends Change {
  at: number
  batchId: string
  userId: string | null
  /** Null where something other than Rapport made it. */
  kind: BatchKind | null
}

export interface After {
  /** Of its cursor: never to be changed. */
  name: string
  /** Tables that it reads the changes of. */
  tables: readonly string[]
  /** Does what follows, in the transaction that moves its cursor. */
  react(changes: readonly LoggedChange[]): void
}

export type Reactions = ReturnType<typeof createReactions>

/** About so many changes are read in one transaction; an action that changed more is not torn apart. */
const portion = 500
const largestPortion = 20_000

export function createReactions(
  { database, watch }: Kernel,
  { after, report }: { after: readonly After[]; report(error: unknown): void },
) {
  const lastSeq = () => Number(database.value('select coalesce(max(seq), 0) from change'))
  const cursorOf = (name: string) =>
    database.value<number>('select seq from change_cursor where reader = ?', name)
  const moveCursor = (name: string, seq: number) =>
    database
      .prepare(
        `insert into change_cursor (reader, seq) values (?, ?)
         on conflict (reader) do update set seq = excluded.seq`,
      )
      .run(name, seq)
  // What was done before there was this reaction is no news.
  for (const { name } of after) if (cursorOf(name) === undefined) moveCursor(name, lastSeq())

  /** The last change of a portion: the end of the action that its last row is part of. */
  function endOf(from: number): number {
    const row = database.get<{ seq: number; batch_id: string }>(
      'select seq, batch_id from change where seq > ? order by seq limit 1 offset ?',
      from,
      portion - 1,
    )
    if (!row) return lastSeq()
    const end = database.value<number>(
      'select max(seq) from change where batch_id = ? and seq <= ?',
      row.batch_id,
      from + largestPortion,
    )
    return Math.max(row.seq, end ?? 0)
  }

  const changesOf = (tables: readonly string[], from: number, to: number): LoggedChange[] =>
    database
      .all<Row>(
        `select change.seq, change.at, change.batch_id, change.user_id, change.table_name, change.row_id,
           change.operation, change.before, change.after, batch.kind
         from change left join batch on batch.id = change.batch_id
         where change.seq > ? and change.seq <= ?
           and change.table_name in (${tables.map((name) => `'${name}'`).join(', ')})
         order by change.seq`,
        from,
        to,
      )
      .map(toLoggedChange)

  /** Answers whether there may be more. */
  function readPortion(reaction: After, mayWork: () => boolean): boolean {
    if ((cursorOf(reaction.name) ?? 0) >= lastSeq()) return false
    return database.transaction(() => {
      if (!mayWork()) return false
      const from = cursorOf(reaction.name) ?? 0
      const to = endOf(from)
      reaction.react(changesOf(reaction.tables, from, to))
      moveCursor(reaction.name, to)
      return true
    })
  }

  return {
    /** @param mayWork asked within each transaction: whether this program is the one to do it */
    async catchUp(mayWork: () => boolean): Promise<void> {
      for (const reaction of after)
        try {
          const work = { kind: 'job' as const, name: 'reactions' }
          while (watch.during(work, () => readPortion(reaction, mayWork))) await nextTurn()
        } catch (error) {
          // A fault of one must not stop the others; it is tried again the next time.
          report(error)
        }
    },
  }
}

interface Row {
  seq: number
  at: number
  batch_id: string
  user_id: string | null
  table_name: string
  row_id: string
  operation: Change['operation']
  before: string | null
  after: string | null
  kind: BatchKind | null
}

const toLoggedChange = (row: Row): LoggedChange => ({
  seq: row.seq,
  at: row.at,
  batchId: row.batch_id,
  userId: row.user_id,
  table: row.table_name,
  rowId: row.row_id,
  operation: row.operation,
  before: row.before === null ? {} : JSON.parse(row.before),
  after: row.after === null ? {} : JSON.parse(row.after),
  kind: row.kind,
})
