/** One queue in one running program: what its parts share. */
import { randomUUID } from 'node:crypto'
import type { Kernel } from '../kernel'
import type { QueueOptions, QueueRow, StateNames, Step } from './options'
import { createPauses } from './pauses'
import { createQueueRows } from './rows'

/** What a queue is built on. */
export interface QueueKernel extends Pick<Kernel, 'database' | 'clock'> {
  holds: Pick<Kernel['holds'], 'isHeld' | 'leaving'>
  storage: Pick<Kernel['storage'], 'isTrouble'>
  watch: Pick<Kernel['watch'], 'during' | 'isPaused'>
}

export type RunOptions<Row extends QueueRow, Answer, Context> = QueueOptions<
  Row,
  Answer,
  Context
> & {
  /** Names this running program among those that share the database. */
  holder?: string
  /** Hears of faults that nobody waits for. */
  report(error: unknown): void
}

export type Running<Row extends QueueRow, Answer, Context> = ReturnType<
  typeof createRunning<Row, Answer, Context>
>

/** Rows that one attempt is about, as they were when they were taken. */
export interface Attempt<Row> {
  rows: [Row, ...Row[]]
  takenBy: string
}

const sameNames: StateNames = {
  waiting: 'waiting',
  taken: 'taken',
  done: 'done',
  failed: 'failed',
  unknown: 'unknown',
  cancelled: 'cancelled',
}

export function createRunning<Row extends QueueRow, Answer, Context>(
  kernel: QueueKernel,
  options: RunOptions<Row, Answer, Context>,
) {
  const { database, clock, watch } = kernel
  const states = { ...sameNames, ...options.states }
  const rows = createQueueRows<Row>(database, { ...options, states })
  let isClosed = false

  const transaction: NonNullable<typeof options.transaction> =
    options.transaction ?? ((_step, work) => database.transaction(() => work(undefined as Context)))

  return {
    ...kernel,
    options,
    report: options.report,
    holder: options.holder ?? randomUUID(),
    states,
    rows,
    pauses: createPauses(clock),
    /** Rows whose attempt this program has not settled. */
    underWay: new Set<string>(),

    /** Does one step of the queue in its transaction. */
    step<T>(of: Step<Row>, work: (context: Context) => T): T {
      const record = { kind: rows.name, id: of.row.id }
      return watch.during({ kind: 'job', name: options.name, record }, () => transaction(of, work))
    },

    /** It takes nothing more. */
    end(): void {
      isClosed = true
    },
    /** The database may be closed before the queue is. */
    isOver: () => isClosed || !database.connection.open,

    leaseOf: (row: Row) => options.leaseOf?.(row) ?? options.lease,
  }
}

export const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error)
