/** Takes an import back, some thousands of changes at a time, so that others can keep working. */
import type { UndoResult } from '../../../../contract/history/changes'
import type { Undo } from '../../../history/undo/undo'
import type { Actor } from '../../../kernel/actor'
import type { Kernel } from '../../../kernel/kernel'
import { nextTurn } from './pauses'
import type { Run } from './run'
import type { Runs } from './runs'

export interface UndoWork {
  kernel: Kernel
  runs: Runs
  undo: Undo
  actor: Actor
  run: Run
  signal: AbortSignal
  /** Takes back the notifications about records that are gone. */
  withdraw(since: number): void
}

const changesAtOnce = 200

/** Where it stops before it is done, the run stays `undoing`, and the next start continues. */
export async function workUndo({
  kernel,
  runs,
  undo,
  actor,
  run,
  signal,
  withdraw,
}: UndoWork): Promise<UndoResult | undefined> {
  const preparing = undo.prepareInSlices(actor, run.batchId ?? '')
  let slice = preparing.next()
  while (!slice.done) {
    await nextTurn()
    if (signal.aborted) return undefined
    slice = preparing.next()
  }
  const reversal = slice.value
  const before = run.progress.undo?.undone ?? 0
  for (;;) {
    const more = undo.step(actor, reversal, changesAtOnce)
    run.progress.undo = {
      undone: before + reversal.undone,
      refused: [...reversal.refused.values()],
    }
    if (!more) break
    runs.save(run)
    await nextTurn()
    if (signal.aborted) return undefined
  }
  const isUndone = kernel.database.get(
    'select 1 from batch where id = ? and undone_at is not null',
    run.batchId ?? '',
  )
  withdraw(run.startedAt)
  run.state = isUndone ? 'undone' : 'done'
  run.finishedAt = kernel.clock.now()
  runs.save(run)
  return undo.resultOf(reversal)
}
