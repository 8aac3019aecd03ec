/** What an area says about its queue: where the rows are, whether one may go, how it is attempted, what the answer means. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { SqlValue } from '../database/database'
import type { Backoff } from './backoff'

/** The columns that the table of a queue has. */
export interface QueueRow {
  seq: number
  id: string
  state: string
  /** How often it was attempted, the attempt under way included. */
  attempts: number
  /** Not before this instant, epoch milliseconds. */
  next_attempt_at: number
  taken_at: number | null
  /** The program that attempts it, and the first row of that attempt: `PROGRAM/ROW`. */
  taken_by: string | null
  /** For people: why it waits or did not arrive. */
  error: string | null
  updated_at: number
}

/** What the table calls the states. */
export interface StateNames {
  waiting: string
  taken: string
  done: string
  failed: string
  unknown: string
  cancelled: string
}

/** Rows that go to one place. They go out one after the other; lanes do not wait for each other. */
export interface Lane {
  key: string
  /** SQL that selects its rows. */
  where: string
  parameters: SqlValue[]
  /** Another one when what it leads to was changed: a pause is over then. */
  version?: string | number
  /** Nothing of it goes before this instant: its limits. */
  freeAt?(now: number): number
  /** Whether it can be tried at all: a password may be missing. */
  isReady?(): Promise<boolean>
}

/** Further columns to be written in the same statement. */
export type Columns = Readonly<Record<string, SqlValue>>

/** Whether a row may go now. */
export type Permission =
  | { may: 'go'; also?: Columns }
  | { may: 'wait'; until: number; also?: Columns }
  /** Needless by now: it is not attempted any more. */
  | { may: 'never'; error: string }
  /** Nothing of its lane may go now. */
  | { may: 'stop' }
  /** It has left the queue: what asked has given it another state. */
  | { may: 'leave' }

/** What became of an attempt. Whoever says that it failed is certain that nothing arrived. */
export type Outcome = (
  | { became: 'done' }
  | { became: 'cancelled'; error: string }
  /** It may have arrived, or not: never attempted again by itself. */
  | { became: 'unknown'; error: string }
  /** `lane`: no fault of the row. Its lane pauses, and it does not count as an attempt. */
  | { became: 'failed'; retry: boolean | 'lane'; error: string }
) & { also?: Columns }

/** The transactions of a queue: one that takes, settles, postpones or gives up. */
export type Step<Row> =
  | { kind: 'take'; row: Row }
  | { kind: 'settle'; row: Row; outcome: Outcome }
  | { kind: 'abandon'; row: Row; outcome: Outcome }

export interface QueueOptions<Row extends QueueRow, Answer, Context> {
  /** As the watchdog and people call this work. */
  name: string
  table: SQLiteTable
  states?: Partial<StateNames>
  /** A column: rows that have 1 in it go before others of their lane. */
  urgent?: string
  lanes(): Lane[]
  /** How many lanes work at once; all unless given. */
  concurrency?: number
  /** An attempt that took longer counts as lost: it is unknown until its answer comes after all. Milliseconds. */
  lease: number
  backoff: Backoff
  /** How often a row is attempted before it has failed. */
  mostAttempts(row: Row): number
  /** The transaction of a step; one outside of the change log unless given. */
  transaction?: <T>(step: Step<Row>, work: (context: Context) => T) => T
  /** Asked in the transaction that takes the row: opt-outs, limits, quiet hours, the stop switch. */
  mayGo(row: Row, context: Context): Permission
  /** Rows that go out in the same attempt. @param mayGo asks and, where a row may not, writes that down */
  together?: (row: Row, mayGo: (row: Row) => boolean) => Row[]
  /** Whether it leaves Rapport: then it asks the holds, and counts as an effect. */
  leaves(row: Row): boolean
  /** Whether a lost attempt may be made again, as the receiver knows repetitions. */
  isRepeatable?: (row: Row) => boolean
  /** Does it. Where it throws nobody knows how far it came. */
  attempt(row: Row, others: readonly Row[]): Promise<Answer>
  judge(answer: Answer, row: Row): Outcome
  /** What is said of a row whose attempt nobody finished. */
  lostError(row: Row): string
  /** Longer than the lease for some rows, or shorter. */
  leaseOf?: (row: Row) => number
  /**
   * Writes down what became of a row, with what follows from it in the same transaction.
   * `write` sets the row's state, and `also` further columns.
   */
  settle?: (settled: Settled<Row>, context: Context, write: (also?: Columns) => void) => void
  /** When a row that a wrong clock put off may go; now unless given. */
  earliest?: (row: Row, now: number) => number
}

export interface Settled<Row> {
  row: Row
  outcome: Outcome
  /** Whether the queue is through with it; else it waits for its next attempt. */
  isFinal: boolean
}
