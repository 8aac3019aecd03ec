/** Works lanes off side by side, each of them row after row. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { waitAfter } from './backoff'
import type { Due } from './due'
import type { Lane, Outcome, QueueRow } from './options'
import type { Attempt, Running } from './running'

/** How many attempts ended in which way. */
export type Counts = Record<Outcome['became'], number>

interface Steps<Row extends QueueRow, Answer, Context> {
  due: Due<Row, Answer, Context>
  settleAnswers(): void
  take(id: string, mayWork: () => boolean): Attempt<Row> | undefined
  run(attempt: Attempt<Row>, lane: Lane): Promise<Outcome>
}

export function createWorking<Row extends QueueRow, Answer, Context>(
  { clock, storage, options, rows, report, isOver }: Running<Row, Answer, Context>,
  { due, settleAnswers, take, run }: Steps<Row, Answer, Context>,
) {
  const workers = new Map<string, { lane: Lane; again: boolean; ended: Promise<Counts> }>()
  const inTurn = createTurns(options.concurrency ?? Number.POSITIVE_INFINITY)

  /** One lane's rows one after the other, until none is due or may go. */
  async function workLane(lane: Lane, mayWork: () => boolean, counts: Counts): Promise<void> {
    while (!isOver()) {
      settleAnswers()
      const first = due.first(lane)
      if (!first || !due.isFree(lane)) return
      if (lane.isReady && !(await lane.isReady())) return
      if (isOver()) return
      const attempt = takeOrPutOff(first, mayWork)
      if (attempt) counts[(await run(attempt, lane)).became]++
      else if (due.first(lane)?.id === first.id) return
      await nextTurn()
    }
  }

  /** A row that cannot even be asked must not keep those behind it waiting. */
  function takeOrPutOff(row: Row, mayWork: () => boolean): Attempt<Row> | undefined {
    try {
      return take(row.id, mayWork)
    } catch (error) {
      if (storage.isTrouble(error)) throw error
      report(error)
      rows.write(row.id, { next_attempt_at: clock.now() + waitAfter(row.id, 1, options.backoff) })
      return undefined
    }
  }

  /** A lane that is at work looks once more before it ends. */
  function inLane(lane: Lane, mayWork: () => boolean): Promise<Counts> {
    const working = workers.get(lane.key)
    if (working) {
      Object.assign(working, { lane, again: true })
      return working.ended
    }
    const counts = none()
    const worker = { lane, again: false, ended: Promise.resolve(counts) }
    workers.set(lane.key, worker)
    worker.ended = inTurn(async () => {
      do {
        worker.again = false
        await workLane(worker.lane, mayWork, counts)
      } while (worker.again && !isOver())
      return counts
    }).finally(() => workers.delete(lane.key))
    return worker.ended
  }

  return {
    async workLanes(lanes: Lane[], mayWork: () => boolean): Promise<Counts> {
      const ended = await Promise.allSettled(lanes.map((lane) => inLane(lane, mayWork)))
      const failed = ended.find((one) => one.status === 'rejected')
      if (failed) throw failed.reason
      return ended.reduce(
        (sum, one) => (one.status === 'fulfilled' ? plus(sum, one.value) : sum),
        none(),
      )
    },
    /** Resolves when no lane is at work. */
    ended: () => Promise.allSettled([...workers.values()].map(({ ended }) => ended)),
  }
}

/** No more at once than there are turns. */
function createTurns(count: number) {
  const waiting: (() => void)[] = []
  let free = count
  return async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}

const none = (): Counts => ({ done: 0, cancelled: 0, unknown: 0, failed: 0 })
const plus = (one: Counts, other: Counts): Counts => ({
  done: one.done + other.done,
  cancelled: one.cancelled + other.cancelled,
  unknown: one.unknown + other.unknown,
  failed: one.failed + other.failed,
})
