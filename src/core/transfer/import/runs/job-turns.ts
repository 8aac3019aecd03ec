/** Imports and undos at work: one writes at a time, each can be stopped, and what became of it is written down. */
import type { Kernel } from '../../../kernel/kernel'
import type { Run } from './run'
import type { Runs } from './runs'

/** Why a job stops before it is done. */
type Stop = 'cancelled' | 'closing'

interface Job {
  stop(why: Stop): void
  settled: Promise<void>
}

const pagesBetweenCheckpoints = 4000
const mostLinesAtOnce = 5000

export function createJobTurns(
  {
    database,
    clock,
    storage,
    portions,
  }: Pick<Kernel, 'database' | 'clock' | 'storage' | 'portions'>,
  runs: Runs,
  report: (error: unknown) => void,
) {
  /** What a full disk stopped: it continues as soon as there is room. */
  const waiting = new Set<string>()
  const jobs = new Map<string, Job>()
  /** Imports and undos wait for each other; checks write nothing and wait for nobody. */
  let writing: Promise<void> = Promise.resolve()
  let isClosing = false

  /** Indexes are written all over: a page that many transactions touch is copied once for several of them. */
  async function withRareCheckpoints(work: () => Promise<void>) {
    const { connection } = database
    const usual = connection.pragma('wal_autocheckpoint', { simple: true })
    connection.pragma(`wal_autocheckpoint = ${pagesBetweenCheckpoints}`)
    try {
      await work()
    } finally {
      connection.pragma(`wal_autocheckpoint = ${usual}`)
    }
  }

  function launch(run: Run, work: (signal: AbortSignal) => Promise<void>): void {
    const controller = new AbortController()
    const turn = run.dryRun ? Promise.resolve() : writing
    const settled = turn
      .then(() =>
        run.dryRun ? work(controller.signal) : withRareCheckpoints(() => work(controller.signal)),
      )
      .catch((error) => settle(run, controller.signal, error))
      .catch(report)
      .finally(() => jobs.delete(run.id))
    if (!run.dryRun) writing = settled.then(forgetLines).catch(report)
    jobs.set(run.id, { stop: (why) => controller.abort(why), settled })
  }

  /** Of imports that are decided, which may be undone meanwhile. */
  async function forgetLines() {
    const together = portions.learn(mostLinesAtOnce)
    for (let more = true; more && !isClosing; await portions.giveBack()) {
      const lines = together.units()
      more = together.time(lines, () => runs.forgetLines(lines))
    }
  }

  /** What was committed stays; what became of the rest is written down. */
  function settle(run: Run, signal: AbortSignal, error: unknown) {
    const saved = runs.stored(run.id)
    if (!saved) return
    if (!signal.aborted && storage.isTrouble(error)) {
      waiting.add(run.id)
      storage.explain(error)
      // An undo is found by its state and continues even in another run of the program.
      const isUndo = saved.state === 'undoing'
      return runs.save({
        ...saved,
        state: isUndo ? 'undoing' : 'interrupted',
        message:
          'The disk takes nothing at the moment. This continues by itself as soon as it does.',
        finishedAt: isUndo ? null : clock.now(),
      })
    }
    const stop = signal.aborted ? (signal.reason as Stop) : undefined
    if (!stop) report(error)
    runs.save({ ...saved, ...endOf(stop, error), finishedAt: clock.now() })
  }

  return {
    launch,
    has: (id: string): boolean => jobs.has(id),
    /** Resolves when this job works no more. */
    settled: async (id: string): Promise<void> => await jobs.get(id)?.settled,
    async cancel(id: string): Promise<void> {
      const job = jobs.get(id)
      job?.stop('cancelled')
      await job?.settled
    },
    /** It is to be tried again when the disk has room. */
    waitForDisk: (id: string): void => void waiting.add(id),
    /** What waited for the disk, which does so no more. */
    stoppedByDisk(): string[] {
      const stopped = [...waiting]
      waiting.clear()
      return stopped
    },
    async close(): Promise<void> {
      isClosing = true
      for (const job of jobs.values()) job.stop('closing')
      await Promise.all([...jobs.values()].map((job) => job.settled))
      await writing
    },
  }
}

function endOf(stop: Stop | undefined, error: unknown): Pick<Run, 'state' | 'message'> {
  switch (stop) {
    case 'cancelled':
      return { state: 'cancelled', message: null }
    case 'closing':
      return { state: 'interrupted', message: 'Rapport was closed before the import was done.' }
    case undefined:
      return { state: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}
