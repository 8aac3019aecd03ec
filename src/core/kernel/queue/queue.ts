/**
 * A durable queue: rows that are to reach somebody outside, each once.
 *
 * A row comes first, then attempts: waiting → taken → done | failed | unknown. It is marked taken in the
 * transaction that asks whether it may go, attempted after that, and settled in a second one. What a
 * program took that did not live to settle it is unknown: it is shown, and never attempted again by
 * itself, unless the receiver knows repetitions. The answer that comes late still counts.
 */
import { createAttempting } from './attempting'
import { createDue } from './due'
import type { Columns, Lane, Outcome, QueueRow } from './options'
import { createRunning, type QueueKernel, type RunOptions } from './running'
import { createSettling } from './settling'
import { createTaking } from './taking'
import { createWaking } from './waking'
import { type Counts, createWorking } from './working'

export type { Lane, Outcome, Permission, QueueRow, Settled } from './options'
export type { Pause } from './pauses'
export type { QueueKernel } from './running'
export type { Counts } from './working'

export interface WorkOptions {
  lanes?: Lane[]
  /** Asked within the transaction that takes a row: whether this program is the one to do it. */
  mayWork?: () => boolean
}

/** How long closing waits for what is under way, milliseconds. */
const patience = 5_000

export function durableQueue<Row extends QueueRow, Answer, Context = undefined>(
  kernel: QueueKernel,
  options: RunOptions<Row, Answer, Context>,
) {
  const running = createRunning(kernel, options)
  const { clock, rows, states, pauses } = running
  const due = createDue(running)
  const settling = createSettling(running)
  const { settle, settleAnswers, giveUpLost } = settling
  const take = createTaking(running, settling.settleRow)
  const run = createAttempting(running, settling)
  const { workLanes, ended } = createWorking(running, { due, settleAnswers, take, run })
  const waking = createWaking(running, { nextIn: due.nextIn, work })

  /** Attempts everything that is due now. Asked while at work, it looks once more before it answers. */
  async function work({
    lanes = options.lanes(),
    mayWork = () => true,
  }: WorkOptions = {}): Promise<Counts> {
    try {
      giveUpLost()
      settleAnswers()
      due.mendWaits(lanes)
      return await workLanes(lanes, mayWork)
    } finally {
      waking.sleep()
    }
  }

  return {
    holder: running.holder,
    /** Adds a row, in the transaction under way if there is one. Answers its id; undefined where one of its key is there. */
    enqueue(columns: Columns): string | undefined {
      const id = rows.insert(columns)
      waking.added()
      return id
    },
    work,
    wake: waking.wake,
    start: waking.start,
    takeOver: settling.takeOver,
    /**
     * Takes what is due in a lane for somebody who comes for it, and settles it later. What is not
     * settled within its lease is lost.
     */
    handOut(lane: Lane): Row[][] {
      giveUpLost()
      due.mendWaits([lane])
      const handed: Row[][] = []
      for (let first = due.first(lane); first; ) {
        const attempt = take(first.id)
        if (attempt) handed.push(attempt.rows)
        const next = due.first(lane)
        if (!attempt && next?.id === first.id) break
        first = next
      }
      return handed
    },
    /** What became of rows that were handed out together. */
    settle([first, ...others]: Row[], outcome: Outcome): void {
      if (first?.taken_by) settle({ rows: [first, ...others], takenBy: first.taken_by }, outcome)
    },
    /** A person wants it attempted again, whatever became of it. */
    retry(id: string): void {
      const now = clock.now()
      const columns = { state: states.waiting, attempts: 0, next_attempt_at: now, updated_at: now }
      rows.write(id, { ...columns, error: null })
      waking.added()
    },
    /** A person wants it attempted no more. */
    cancel: (id: string, error: string): void =>
      rows.write(id, { state: states.cancelled, error, updated_at: clock.now() }),
    /** Lanes that pause after failures. */
    paused: pauses.all,
    /** Lanes that pause may try at once. */
    endPauses: pauses.end,
    /**
     * Takes nothing more, and waits for what is under way, so that it is settled before the database
     * closes; not long for who says nothing: that attempt is lost, and unknown at the next start.
     */
    async close(): Promise<void> {
      running.end()
      waking.end()
      let limit: NodeJS.Timeout | undefined
      const enough = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, patience).unref()
      })
      await Promise.race([ended(), enough])
      clearTimeout(limit)
    },
  }
}
