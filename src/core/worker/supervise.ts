/**
 * Keeps a core running for a host: a thread that breaks down or stops answering is replaced by another one on the same
 * data. From the second time on within a short time jobs are paused there (see kernel/watch), as one of them may be why.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Work } from '../kernel/watch/heartbeat'
import { noteRestart, type Restart, restartWindow } from '../kernel/watch/restarts'
import {
  CoreFailure,
  type CoreThread,
  type CoreWorker,
  type CoreWorkerOptions,
  startCoreWorker,
} from './client'

export interface Patience {
  /** How long the thread may do nothing but compute, in milliseconds. */
  computing: number
  /** How long it may go without an answer while it reads or writes the database. */
  working: number
  /** How often it is looked at. */
  interval: number
}

export const usualPatience: Patience = { computing: 15_000, working: 120_000, interval: 1000 }

export interface SupervisedOptions extends CoreWorkerOptions {
  patience?: Partial<Patience>
  /** Told of each restart. */
  report(error: unknown): void
}

/** So many restarts within `restartWindow` are enough. */
const mostRestarts = 10
/** So many threads in a row that do not even open the database. */
const mostStarts = 3
/** How long a thread that was given up has to leave SQLite, in milliseconds. */
const leaving = 250

export function superviseCore({ patience, report, ...options }: SupervisedOptions): CoreWorker {
  const limits = { ...usualPatience, ...patience }
  const ready = Promise.withResolvers<void>()
  const showable = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<CoreFailure | undefined>()
  ready.promise.catch(() => {})
  showable.promise.catch(() => {})
  let closing = false
  let isStuck = false
  let startsInVain = 0
  const restartedAt: number[] = []
  /** While a thread that was given up ends: what comes in the meantime is for the next one. */
  let replacing: Promise<void> | undefined
  let thread = start()

  function start(): CoreThread {
    const started = startCoreWorker(options)
    const unwatch = watchThread(started, limits, (silence) => void replaceSilent(started, silence))
    startsInVain += 1
    started.ready.then(
      () => {
        startsInVain = 0
        ready.resolve()
      },
      () => {},
    )
    started.showable.then(showable.resolve, () => {})
    void started.ended.then((failure) => {
      unwatch()
      if (started === thread) threadEnded(started, failure)
    })
    return started
  }

  async function replaceSilent(silent: CoreThread, silence: Silence) {
    const work = silent.heartbeat.work()
    silent.heartbeat.giveUp()
    await wait(leaving)
    // A thread within SQLite or the system cannot be ended by anybody: only the whole program can.
    if (silence === 'working' && !(await silent.runsScript())) {
      isStuck = true
      return end(stuck(work))
    }
    replacing = silent.end(restarted(work))
    await replacing
    replacing = undefined
  }

  function threadEnded({ heartbeat }: CoreThread, failure: CoreFailure | undefined) {
    if (closing || !failure || !(failure.code in causes)) return end(failure)
    const restart: Restart = {
      at: Date.now(),
      cause: causes[failure.code as keyof typeof causes],
      work: heartbeat.work() ?? null,
    }
    report(new Error(`The database's thread is restarted: ${failure.message}`))
    noteRestart(options.directory, restart)
    restartedAt.push(restart.at)
    const recent = restartedAt.filter((at) => restart.at - at < restartWindow)
    if (recent.length > mostRestarts || startsInVain >= mostStarts) return end(failure)
    thread = start()
  }

  function end(failure: CoreFailure | undefined) {
    const why = failure ?? new CoreFailure({ code: 'closed', message: 'Rapport was closed.' })
    ready.reject(why)
    showable.reject(why)
    ended.resolve(failure)
  }

  return {
    ready: ready.promise,
    showable: showable.promise,
    opening: () => thread.opening(),
    ended: ended.promise,
    async connect(port, door) {
      await replacing
      thread.connect(port, door)
    },
    async fetch(request) {
      await replacing
      return await thread.fetch(request)
    },
    async identify(token) {
      await replacing
      return await thread.identify(token)
    },
    wake: (reason) => thread.wake(reason),
    async answerNotice(answer) {
      await replacing
      return await thread.answerNotice(answer)
    },
    async close() {
      closing = true
      await replacing
      if (!isStuck) await thread.close()
    },
  }
}

type Silence = 'computing' | 'working'
const causes = { silent: 'silent', crashed: 'crashed' } as const

/**
 * Looks at a thread again and again until it has been silent for too long. Time in which this side got no turn either, as
 * while the machine sleeps, does not count. @returns what ends it
 */
function watchThread(
  { heartbeat, runsScript }: CoreThread,
  limits: Patience,
  onSilent: (silence: Silence) => void,
): () => void {
  let last = performance.now()
  let beats = heartbeat.beats()
  let statements = heartbeat.statements()
  let withoutBeat = 0
  let withoutStatement = 0
  let asking = false
  const timer = setInterval(() => void look(), limits.interval)
  timer.unref()

  async function look() {
    const now = performance.now()
    const passed = Math.min(now - last, limits.interval * 1.5)
    last = now
    const beatsNow = heartbeat.beats()
    const statementsNow = heartbeat.statements()
    const answers = beatsNow !== beats || heartbeat.isLong()
    const isLoading = beatsNow === 0
    withoutBeat = answers ? 0 : withoutBeat + passed
    withoutStatement =
      answers || statementsNow !== statements || isLoading ? 0 : withoutStatement + passed
    beats = beatsNow
    statements = statementsNow
    if (withoutBeat >= limits.working) return silent('working')
    if (withoutStatement < limits.computing || asking) return
    asking = true
    const computes = await runsScript()
    asking = false
    if (computes && heartbeat.beats() === beatsNow && !heartbeat.isLong()) silent('computing')
  }
  function silent(silence: Silence) {
    clearInterval(timer)
    onSilent(silence)
  }
  return () => clearInterval(timer)
}

const during = (work: Work | undefined) => (work ? ` during ${work.name}` : '')

const restarted = (work: Work | undefined) =>
  new CoreFailure({
    code: 'silent',
    message: `Rapport restarted its database after it stopped answering${during(work)}. Everything saved is safe. Try again.`,
  })

const stuck = (work: Work | undefined) =>
  new CoreFailure({
    code: 'stuck',
    message: `Rapport's database stopped answering${during(work)} and could not be restarted. Everything saved is safe. Start Rapport again.`,
  })
