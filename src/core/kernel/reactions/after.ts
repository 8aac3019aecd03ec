/**
 * What follows from a change after its commit: each reaction reads the change log behind a cursor that
 * moves in the transaction of what it does, so that a killed program loses nothing. What was changed is read in
 * portions before.
 */
import type { BatchKind } from '../database/database'
import type { Kernel } from '../kernel'
import { gather, type InPortions } from '../portions/portions'
import type { Change } from './within'

/** A change with the action that it is part of. */
export interface LoggedChange extends Change {
  at: number
  batchId: string
  userId: string | null
  /** Null where something other than Rapport made it. */
  kind: BatchKind | null
}

export interface After<Found = unknown> {
  /** Of its cursor: never to be changed. */
  name: string
  /** Tables that it reads the changes of. */
  tables: readonly string[]
  /** What of some changes is to be followed up. It writes nothing. */
  find(changes: readonly LoggedChange[]): Found[]
  /** Does what follows from all that was found in whole actions, in the transaction that moves its cursor. */
  react(found: readonly Found[]): void
}

/** Hides what it finds, so that reactions of all kinds make one list. */
export const reaction = <Found>(after: After<Found>): After => after as After

export type Reactions = ReturnType<typeof createReactions>

/** About so many changes are followed up together; an action that changed more is not torn apart. */
const changesTogether = 500
const mostTogether = 20_000
/** So many are read before the thread may be given back. */
const readAtOnce = 50

export function createReactions(
  { database, watch, portions }: Kernel,
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

  /** The last change that is followed up together with the first after `from`: the end of the action that its last row is part of. */
  function endOf(from: number): number {
    const row = database.get<{ seq: number; batch_id: string }>(
      'select seq, batch_id from change where seq > ? order by seq limit 1 offset ?',
      from,
      changesTogether - 1,
    )
    if (!row) return lastSeq()
    const end = database.value<number>(
      'select max(seq) from change where batch_id = ? and seq <= ?',
      row.batch_id,
      from + mostTogether,
    )
    return Math.max(row.seq, end ?? 0)
  }

  /** What a reaction finds in these changes, some changes at a time. */
  function* find({ tables, find }: After, from: number, to: number): Generator<unknown[]> {
    for (let after = from; after < to; after += readAtOnce) {
      const rows = database.all<Row>(
        `select change.seq, change.at, change.batch_id, change.user_id, change.table_name, change.row_id,
           change.operation, change.before, change.after, batch.kind
         from change left join batch on batch.id = change.batch_id
         where change.seq > ? and change.seq <= ?
           and change.table_name in (${tables.map((name) => `'${name}'`).join(', ')})
         order by change.seq`,
        after,
        Math.min(after + readAtOnce, to),
      )
      yield find(rows.map(toLoggedChange))
    }
  }

  /** Follows up some whole actions. Answers whether there may be more. */
  async function followUp(
    reaction: After,
    mayWork: () => boolean,
    closing: AbortSignal | undefined,
  ): Promise<boolean> {
    const { name } = reaction
    const from = cursorOf(name) ?? 0
    if (from >= lastSeq()) return false
    const to = endOf(from)
    const inPortions: InPortions = (work) =>
      portions.run((portion) => during(() => work(portion)), closing)
    const found = await gather(inPortions, find(reaction, from, to))
    let isMine = false
    await inPortions(() => {
      isMine = database.transaction(() => {
        // Another program may have followed it up meanwhile.
        if (!mayWork() || (cursorOf(name) ?? 0) !== from) return false
        reaction.react(found)
        moveCursor(name, to)
        return true
      })
      return false
    })
    return isMine
  }

  const during = <Result>(work: () => Result): Result =>
    watch.during({ kind: 'job', name: 'reactions' }, work)

  return {
    /**
     * @param mayWork asked within each transaction: whether this program is the one to do it
     * @param closing ends it between two portions; the rest is followed up at the next start
     */
    async catchUp(mayWork: () => boolean, closing?: AbortSignal): Promise<void> {
      for (const reaction of after)
        try {
          while (await followUp(reaction, mayWork, closing));
        } catch (error) {
          if (closing?.aborted && error === closing.reason) return
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
