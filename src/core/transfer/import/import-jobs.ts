/** Imports and undos at work: one writes at a time, each can be stopped, and none is forgotten over a restart. */
import type { UndoResult } from '../../../contract/history/changes'
import type { Undo } from '../../history/undo/undo'
import type { Actor } from '../../kernel/actor'
import { conflict } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import type { ImportFiles } from './files'
import type { OwnScopes } from './find-match'
import type { ImportedOptOuts } from './import-opt-outs'
import { workImport } from './import-run'
import type { Mappings } from './mappings'
import { nextTurn } from './pauses'
import type { Run, Runs } from './runs'
import { workUndo } from './undo'

export interface ImportJobNeeds {
  kernel: Kernel
  runs: Runs
  files: ImportFiles
  mappings: Mappings
  undo: Undo
  report(error: unknown): void
  ownScopes: OwnScopes
  optOuts: ImportedOptOuts
  /** Takes back what people were told since then of records that are gone. */
  withdraw(since: number): void
}

const pagesBetweenCheckpoints = 4000
const linesAtOnce = 5000

/** Why a job stops before it is done. */
type Stop = 'cancelled' | 'closing'

interface Job {
  stop(why: Stop): void
  settled: Promise<void>
}

export function createImportJobs({
  kernel,
  runs,
  files,
  mappings,
  ownScopes,
  optOuts,
  withdraw,
  undo,
  report,
}: ImportJobNeeds) {
  const { database, clock, storage } = kernel
  /** What a full disk stopped: it goes on as soon as there is room. */
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

  function launch(run: Run, work: (signal: AbortSignal) => Promise<void>) {
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
    while (!isClosing && runs.forgetLines(linesAtOnce)) await nextTurn()
  }

  /** What was committed stands; what it became of the rest is written down. */
  function settle(run: Run, signal: AbortSignal, error: unknown) {
    const saved = runs.stored(run.id)
    if (!saved) return
    if (!signal.aborted && storage.isTrouble(error)) {
      waiting.add(run.id)
      storage.explain(error)
      return runs.save({
        ...saved,
        // An undo is found by its state and goes on even in another run of the program.
        state: saved.state === 'undoing' ? 'undoing' : 'interrupted',
        message:
          'The disk takes nothing at the moment. This continues by itself as soon as it does.',
        finishedAt: saved.state === 'undoing' ? null : clock.now(),
      })
    }
    const stop = signal.aborted ? (signal.reason as Stop) : undefined
    if (!stop) report(error)
    runs.save({
      ...saved,
      state: stop === 'cancelled' ? 'cancelled' : stop === 'closing' ? 'interrupted' : 'failed',
      message: stop
        ? stop === 'closing'
          ? 'Rapport was closed before the import was done.'
          : null
        : messageOf(error),
      finishedAt: clock.now(),
    })
  }

  function begin(actor: Actor, run: Run) {
    requireIdle(run)
    const begun: Run = {
      ...(run.dryRun ? runs.asNew(run) : run),
      state: run.dryRun ? 'checking' : 'running',
      message: null,
      finishedAt: null,
    }
    runs.save(begun)
    launch(begun, async (signal) => {
      signal.throwIfAborted()
      const { file } = await workImport({
        kernel,
        runs,
        files,
        ownScopes,
        optOuts,
        actor,
        run: begun,
        signal,
      })
      if (begun.dryRun) return
      mappings.remember(begun.kind, file.form.columns, begun.mapping)
    })
  }

  function beginUndo(actor: Actor, run: Run, done?: (result: UndoResult | undefined) => void) {
    requireIdle(run)
    if (run.dryRun) throw conflict('A check changes nothing: there is nothing to undo.')
    if (run.state === 'undone') throw conflict('This import was undone already.')
    if (!run.batchId || !database.get('select 1 from batch where id = ?', run.batchId))
      throw conflict('This import changed nothing: there is nothing to undo.')
    const begun: Run = { ...run, state: 'undoing', message: null, finishedAt: null }
    runs.save(begun)
    launch(begun, async (signal) => {
      const result = await workUndo({ kernel, runs, undo, actor, run: begun, signal, withdraw })
      done?.(result)
    })
  }

  /** @throws conflict naming the rows when nothing can be taken back */
  async function undoWhole(actor: Actor, run: Run): Promise<UndoResult> {
    let result: UndoResult | undefined
    beginUndo(actor, run, (found) => {
      result = found
    })
    await jobs.get(run.id)?.settled
    if (!result) throw conflict('The import could not be undone to its end.')
    if (result.undone > 0 || result.refused.length === 0) return result
    const names = result.refused.slice(0, 3).map((row) => `${row.name} (${row.reason})`)
    throw conflict(`“${result.label}” cannot be undone: ${names.join(', ')}.`, {
      refused: result.refused,
    })
  }

  function requireIdle(run: Run) {
    if (jobs.has(run.id)) throw conflict('This import is still at work. Cancel it first.')
  }

  /** A core that was killed left these behind: imports wait to be resumed or undone, undos go on. */
  function recover() {
    for (const state of ['running', 'checking'] as const)
      for (const run of runs.inState(state))
        runs.save({
          ...run,
          state: 'interrupted',
          message: 'Rapport ended before the import was done.',
          finishedAt: clock.now(),
        })
    for (const run of runs.inState('undoing')) {
      const actor = runs.actorOf(run)
      if (actor)
        launch(run, async (signal) => {
          await workUndo({ kernel, runs, undo, actor, run, signal, withdraw })
        })
    }
  }

  /** What a full disk stopped, unless somebody decided otherwise meanwhile. */
  function resumeInterrupted() {
    const stopped = [...waiting]
    waiting.clear()
    for (const id of stopped) {
      const run = runs.stored(id)
      const actor = run && runs.actorOf(run)
      if (!run || !actor || jobs.has(id)) continue
      try {
        if (run.state === 'undoing') beginUndo(actor, run)
        else if (['running', 'checking', 'interrupted'].includes(run.state)) begin(actor, run)
      } catch (error) {
        if (storage.isTrouble(error)) waiting.add(id)
        report(error)
      }
    }
  }

  try {
    recover()
  } catch (error) {
    // A disk that takes nothing keeps nobody from reading; the next start finds them again.
    report(error)
  }
  return {
    resumeInterrupted,
    begin,
    beginUndo,
    undoWhole,
    async cancel(run: Run) {
      const job = jobs.get(run.id)
      if (!job || run.state === 'undoing') throw conflict('There is nothing to cancel.')
      job.stop('cancelled')
      await job.settled
    },
    async close() {
      isClosing = true
      for (const job of jobs.values()) job.stop('closing')
      await Promise.all([...jobs.values()].map((job) => job.settled))
      await writing
    },
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
