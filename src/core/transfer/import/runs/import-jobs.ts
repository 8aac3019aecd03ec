/** Imports and their undos: begun, and continued after a restart or when a full disk has room again. */
import type { UndoResult } from '../../../../contract/history/changes'
import type { Undo } from '../../../history/undo/undo'
import type { Actor } from '../../../kernel/actor'
import { conflict } from '../../../kernel/errors'
import type { Kernel } from '../../../kernel/kernel'
import type { Mappings } from '../columns/mappings'
import type { ImportedOptOuts } from '../kinds/import-opt-outs'
import type { OwnScopes } from '../recognise/find-match'
import type { ImportFiles } from './files'
import { workImport } from './import-run'
import { createJobTurns } from './job-turns'
import type { Run } from './run'
import type { Runs } from './runs'
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
  /** Withdraws notifications since then about records that are gone. */
  withdraw(since: number): Promise<void>
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
  const jobs = createJobTurns(kernel, runs, report)

  function begin(actor: Actor, run: Run) {
    requireIdle(run)
    const begun: Run = {
      ...(run.dryRun ? runs.asNew(run) : run),
      state: run.dryRun ? 'checking' : 'running',
      message: null,
      finishedAt: null,
    }
    runs.save(begun)
    jobs.launch(begun, async (signal) => {
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
    jobs.launch(begun, async (signal) => {
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
    await jobs.settled(run.id)
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

  /** A core that was killed left these behind: imports wait to be resumed or undone, undos continue. */
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
        jobs.launch(run, async (signal) => {
          await workUndo({ kernel, runs, undo, actor, run, signal, withdraw })
        })
    }
  }

  /** What a full disk stopped, unless somebody decided otherwise meanwhile. */
  function resumeInterrupted() {
    for (const id of jobs.stoppedByDisk()) {
      const run = runs.stored(id)
      const actor = run && runs.actorOf(run)
      if (!run || !actor || jobs.has(id)) continue
      try {
        if (run.state === 'undoing') beginUndo(actor, run)
        else if (['running', 'checking', 'interrupted'].includes(run.state)) begin(actor, run)
      } catch (error) {
        if (storage.isTrouble(error)) jobs.waitForDisk(id)
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
      if (!jobs.has(run.id) || run.state === 'undoing')
        throw conflict('There is nothing to cancel.')
      await jobs.cancel(run.id)
    },
    close: jobs.close,
  }
}
