/**
 * A durable queue: rows that are to reach somebody outside, each once.
 *
 * A row comes first, then attempts: waiting → taken → done | failed | unknown. It is marked taken in the
 * transaction that asks whether it may go, attempted after that, and settled in a second one. What a
 * program took that did not live to settle it is unknown: it is shown, and never attempted again by
 * itself, unless the receiver knows repetitions. The answer that comes late still counts.
 */
import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Kernel } from '../kernel'
import { waitAfter } from './backoff'
import type {
  Columns,
  Lane,
  Outcome,
  Permission,
  QueueOptions,
  QueueRow,
  StateNames,
  Step,
} from './options'
import { createPauses } from './pauses'
import { createQueueRows } from './rows'

export type { Lane, Outcome, Permission, QueueRow, Settled } from './options'
export type { Pause } from './pauses'

/** How many attempts ended in which way. */
export type Counts = Record<Outcome['became'], number>

export interface WorkOptions {
  lanes?: Lane[]
  /** Asked within the transaction that takes a row: whether this program is the one to do it. */
  mayWork?: () => boolean
}

/** Rows that one attempt is about, as they were when they were taken. */
interface Attempt<Row> {
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
/** Clocks change and computers sleep: looked at again at least this often, milliseconds. */
const longestSleep = 30_000
const shortestSleep = 200
/** How long closing waits for what is under way, milliseconds. */
const patience = 5_000

/** What a queue is built on. */
export interface QueueKernel extends Pick<Kernel, 'database' | 'clock'> {
  holds: Pick<Kernel['holds'], 'isHeld' | 'leaving'>
  storage: Pick<Kernel['storage'], 'isTrouble'>
  watch: Pick<Kernel['watch'], 'during' | 'isPaused'>
}

export function durableQueue<Row extends QueueRow, Answer, Context = undefined>(
  { database, clock, holds, storage, watch }: QueueKernel,
  options: QueueOptions<Row, Answer, Context> & {
    /** Names this running program among those that share the database. */
    holder?: string
    /** Hears of faults that nobody waits for. */
    report(error: unknown): void
  },
) {
  const { holder = randomUUID(), report } = options
  const states = { ...sameNames, ...options.states }
  const rows = createQueueRows<Row>(database, { ...options, states })
  const pauses = createPauses(clock)
  /** Rows whose attempt this program has not settled. */
  const underWay = new Set<string>()
  /** Answers that could not be written down yet. */
  const unsettled = new Map<Attempt<Row>, Outcome>()
  const workers = new Map<string, { lane: Lane; again: boolean; ended: Promise<Counts> }>()
  const turns: (() => void)[] = []
  let freeTurns = options.concurrency ?? Number.POSITIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let isStarted = false
  let isClosed = false
  let othersAreGone = false

  const transaction: NonNullable<typeof options.transaction> =
    options.transaction ?? ((_step, work) => database.transaction(() => work(undefined as Context)))

  const step = <T>(of: Step<Row>, work: (context: Context) => T): T => {
    const record = { kind: rows.name, id: of.row.id }
    return watch.during({ kind: 'job', name: options.name, record }, () => transaction(of, work))
  }

  /** The database may be closed before the queue is. */
  const isOver = () => isClosed || !database.connection.open

  // Taking --------------------------------------------------------------------------------------

  /** Marks a row as taken, unless something speaks against it now: then that is written down. */
  function take(id: string, mayWork: () => boolean): Attempt<Row> | undefined {
    const found = rows.get(id)
    if (!found) return undefined
    return step({ kind: 'take', row: found }, (context) => {
      const first = rows.get(id)
      if (!first || !mayWork() || !passes(first, context)) return undefined
      const others = options.together?.(first, (row) => passes(row, context)) ?? []
      const takenBy = `${holder}/${id}`
      return { takenBy, rows: [mark(first, takenBy), ...others.map((row) => mark(row, takenBy))] }
    })
  }

  const allowed = new Map<string, Columns | undefined>()

  function passes(row: Row, context: Context): boolean {
    const now = clock.now()
    if (row.state !== states.waiting || row.next_attempt_at > now || underWay.has(row.id))
      return false
    if (options.leaves(row) && holds.isHeld()) return false
    const permission: Permission = options.mayGo(row, context)
    if (permission.may === 'go') {
      allowed.set(row.id, permission.also)
      return true
    }
    if (permission.may === 'wait')
      rows.write(row.id, {
        next_attempt_at: Math.max(permission.until, now + 1),
        updated_at: now,
        ...permission.also,
      })
    if (permission.may === 'never') {
      const outcome = { became: 'cancelled' as const, error: permission.error }
      settleRow(row, outcome, context)
    }
    return false
  }

  function mark(row: Row, takenBy: string): Row {
    const now = clock.now()
    rows.write(row.id, {
      state: states.taken,
      taken_at: now,
      taken_by: takenBy,
      attempts: row.attempts + 1,
      error: null,
      updated_at: now,
      ...allowed.get(row.id),
    })
    allowed.delete(row.id)
    return rows.get(row.id) as Row
  }

  // Attempting ----------------------------------------------------------------------------------

  /** One lane's rows one after the other, until none is due or may go. */
  async function workLane(lane: Lane, mayWork: () => boolean, counts: Counts): Promise<void> {
    while (!isOver()) {
      settleAnswers()
      const now = clock.now()
      const first = rows.next(lane, now)
      if (!first || first.next_attempt_at > now || laneFreeAt(lane, now) > now) return
      if (lane.isReady && !(await lane.isReady())) return
      if (isOver()) return
      const attempt = takeOrPutOff(first, mayWork)
      if (attempt) counts[(await run(attempt, lane)).became]++
      else if (isStillFirst(first, lane)) return
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

  function isStillFirst(row: Row, lane: Lane): boolean {
    const now = clock.now()
    const next = rows.next(lane, now)
    return next?.id === row.id && next.next_attempt_at <= now
  }

  const laneFreeAt = (lane: Lane, now: number) =>
    Math.max(pauses.until(lane), lane.freeAt?.(now) ?? 0)

  async function run(attempt: Attempt<Row>, lane: Lane): Promise<Outcome> {
    const [first, ...others] = attempt.rows
    for (const { id } of attempt.rows) underWay.add(id)
    const answering = ask(first, others)
    const inTime = await withinLease(answering, first)
    if (!inTime) void answering.then((outcome) => answered(attempt, outcome)).catch(report)
    const outcome = inTime ?? lost(first)
    if (outcome.became === 'failed' && outcome.retry === 'lane') pauses.failed(lane, outcome.error)
    else if (inTime) pauses.worked(lane)
    if (inTime) answered(attempt, outcome)
    else giveUp(attempt, outcome)
    return outcome
  }

  async function ask(row: Row, others: Row[]): Promise<Outcome> {
    try {
      if (options.leaves(row)) holds.leaving()
    } catch (error) {
      report(error)
      return { became: 'failed', retry: true, error: messageOf(error) }
    }
    try {
      return options.judge(await options.attempt(row, others), row)
    } catch (error) {
      report(error)
      return { became: 'unknown', error: messageOf(error) }
    }
  }

  /** The outcome; undefined where none came in time. */
  async function withinLease(answering: Promise<Outcome>, row: Row): Promise<Outcome | undefined> {
    let limit: NodeJS.Timeout | undefined
    const tooLate = new Promise<undefined>((resolve) => {
      limit = setTimeout(() => resolve(undefined), leaseOf(row)).unref()
    })
    try {
      return await Promise.race([answering, tooLate])
    } finally {
      clearTimeout(limit)
    }
  }

  /** The lane goes on without its answer. A row that may be repeated waits again at once. */
  function giveUp(attempt: Attempt<Row>, outcome: Outcome): void {
    if (isOver()) return
    settle(attempt, outcome)
    if (outcome.became === 'failed') forget(attempt)
  }

  const leaseOf = (row: Row) => options.leaseOf?.(row) ?? options.lease
  const lost = (row: Row): Outcome =>
    options.isRepeatable?.(row)
      ? { became: 'failed', retry: true, error: options.lostError(row) }
      : { became: 'unknown', error: options.lostError(row) }

  // Settling ------------------------------------------------------------------------------------

  function answered(attempt: Attempt<Row>, outcome: Outcome): void {
    // The program may have been closed in the meantime: the next one settles what it had taken.
    if (!database.connection.open) return
    unsettled.set(attempt, outcome)
    settleAnswers()
  }

  /** On a full disk this waits until writing works; until then a row counts as taken, and is not attempted again. */
  function settleAnswers(): void {
    for (const [attempt, outcome] of unsettled) {
      try {
        settle(attempt, outcome)
      } catch (error) {
        if (!storage.isTrouble(error)) forget(attempt)
        throw error
      }
      forget(attempt)
    }
  }

  function forget(attempt: Attempt<Row>): void {
    unsettled.delete(attempt)
    for (const { id } of attempt.rows) underWay.delete(id)
  }

  /** The answer comes late where another program has given the attempt up: it counts all the same. */
  function settle({ rows: taken, takenBy }: Attempt<Row>, outcome: Outcome): void {
    step({ kind: 'settle', row: taken[0], outcome }, (context) => {
      for (const { id, attempts } of taken) {
        const row = rows.get(id)
        if (row?.taken_by !== takenBy || row.attempts !== attempts) continue
        if (row.state === states.taken || row.state === states.unknown)
          settleRow(row, outcome, context)
      }
    })
  }

  function settleRow(row: Row, outcome: Outcome, context: Context, isLost = false): void {
    const now = clock.now()
    const ofLane = outcome.became === 'failed' && outcome.retry === 'lane'
    const isAgain =
      ofLane ||
      (outcome.became === 'failed' && outcome.retry && row.attempts < options.mostAttempts(row))
    const wait = isLost ? 0 : waitAfter(row.id, row.attempts, options.backoff)
    const columns: Columns = {
      state: isAgain ? states.waiting : states[outcome.became],
      error: outcome.became === 'done' ? null : outcome.error,
      updated_at: now,
      ...(isAgain && !ofLane ? { next_attempt_at: now + wait } : {}),
      ...(ofLane ? { attempts: row.attempts - 1, taken_at: null } : {}),
      ...outcome.also,
    }
    const write = (also: Columns = {}) => rows.write(row.id, { ...columns, ...also })
    if (options.settle) options.settle({ row, outcome, isFinal: !isAgain }, context, write)
    else write()
  }

  /** What programs that are gone had taken and not finished, and what nobody confirmed. */
  function giveUpLost(): void {
    const now = clock.now()
    for (const row of rows.taken()) {
      if (underWay.has(row.id)) continue
      const isRepeatable = options.isRepeatable?.(row) ?? false
      const isExpired = row.taken_at === null || Math.abs(now - row.taken_at) >= leaseOf(row)
      const isOfAnother = !row.taken_by?.startsWith(`${holder}/`)
      if (!isExpired && !(othersAreGone && isOfAnother && !isRepeatable)) continue
      const outcome = lost(row)
      step({ kind: 'abandon', row, outcome }, (context) => {
        const current = rows.get(row.id)
        if (current?.state === states.taken && current.taken_by === row.taken_by)
          settleRow(current, outcome, context, true)
      })
    }
    othersAreGone = false
  }

  /** What was put off under a clock that was ahead waits for the right instant again. */
  function mendWaits(lanes: Lane[]): void {
    // A clock that cannot be right is no reason to change anything.
    if (holds.isHeld('clock')) return
    const now = clock.now()
    const ahead = lanes.flatMap((lane) => rows.postponedAhead(lane, now))
    if (ahead.length === 0) return
    database.transaction(() => {
      for (const row of ahead) {
        const at = Math.max(now, options.earliest?.(row, now) ?? now)
        rows.write(row.id, { next_attempt_at: Math.min(at, row.next_attempt_at), updated_at: now })
      }
    })
  }

  // Working -------------------------------------------------------------------------------------

  /** Attempts everything that is due now. Asked while at work, it looks once more before it answers. */
  async function work({
    lanes = options.lanes(),
    mayWork = () => true,
  }: WorkOptions = {}): Promise<Counts> {
    try {
      giveUpLost()
      settleAnswers()
      mendWaits(lanes)
      const ended = await Promise.allSettled(lanes.map((lane) => inLane(lane, mayWork)))
      const failed = ended.find((one) => one.status === 'rejected')
      if (failed) throw failed.reason
      return ended.reduce(
        (sum, one) => (one.status === 'fulfilled' ? plus(sum, one.value) : sum),
        none(),
      )
    } finally {
      sleep()
    }
  }

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

  /** No more lanes at once than the queue may have. */
  async function inTurn<T>(laneWork: () => Promise<T>): Promise<T> {
    if (freeTurns > 0) freeTurns--
    else await new Promise<void>((resolve) => turns.push(resolve))
    try {
      return await laneWork()
    } finally {
      const next = turns.shift()
      if (next) next()
      else freeTurns++
    }
  }

  /** Until something may be due; whoever adds a row wakes it. */
  function sleep(): void {
    clearTimeout(timer)
    if (isOver() || !isStarted) return
    const pause = Math.max(shortestSleep, Math.min(nextIn(), longestSleep))
    timer = setTimeout(wakeNow, pause).unref()
  }

  /** Milliseconds until a lane with waiting rows may attempt the next one. */
  function nextIn(): number {
    const now = clock.now()
    const waits = options.lanes().flatMap((lane) => {
      const first = rows.next(lane, now)
      const at = first && Math.max(first.next_attempt_at, laneFreeAt(lane, now))
      // What is due already and was not attempted waits for a person: a password, the stop switch.
      return at !== undefined && at > now ? [at - now] : []
    })
    return Math.min(longestSleep, ...waits)
  }

  function wakeNow(): void {
    if (isOver()) return
    if (watch.isPaused()) sleep()
    else void work().catch(report)
  }

  return {
    holder,
    /** Adds a row, in the transaction under way if there is one. Answers its id; undefined where one of its key is there. */
    enqueue(columns: Columns): string | undefined {
      const id = rows.insert(columns)
      if (isStarted) setImmediate(wakeNow)
      return id
    },
    work,
    /** Looks what is due, after the transaction under way. */
    wake: () => void setImmediate(wakeNow),
    /** From now on it wakes by itself when a row is due. */
    start(): void {
      isStarted = true
      sleep()
    },
    /** No other program can be running on this database: what others took is lost at once, not after its lease. */
    takeOver(): void {
      othersAreGone = true
      giveUpLost()
    },
    /**
     * Takes what is due in a lane for somebody who comes for it, and settles it later. What is not
     * settled within its lease is lost.
     */
    handOut(lane: Lane): Row[][] {
      giveUpLost()
      mendWaits([lane])
      const handed: Row[][] = []
      for (;;) {
        const now = clock.now()
        const first = rows.next(lane, now)
        if (!first || first.next_attempt_at > now) return handed
        const attempt = take(first.id, () => true)
        if (attempt) handed.push(attempt.rows)
        else if (isStillFirst(first, lane)) return handed
      }
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
      if (isStarted) setImmediate(wakeNow)
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
      isClosed = true
      clearTimeout(timer)
      let limit: NodeJS.Timeout | undefined
      const enough = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, patience).unref()
      })
      await Promise.race([
        Promise.allSettled([...workers.values()].map(({ ended }) => ended)),
        enough,
      ])
      clearTimeout(limit)
    },
  }
}

const none = (): Counts => ({ done: 0, cancelled: 0, unknown: 0, failed: 0 })
const plus = (one: Counts, other: Counts): Counts => ({
  done: one.done + other.done,
  cancelled: one.cancelled + other.cancelled,
  unknown: one.unknown + other.unknown,
  failed: one.failed + other.failed,
})
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
