/** Takes an import back, some thousands of changes at a time, so that others can keep working. */
import type { UndoResult } from '../../../../contract/history/changes'
import type { Reversal, Undo } from '../../../history/undo/undo'
import type { Actor } from '../../../kernel/actor'
import type { Kernel } from '../../../kernel/kernel'
import { writingLength } from '../../../kernel/portions/portions'
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
  withdraw(since: number): Promise<void>
}

/** At most so many in one transaction. */
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
  const before = run.progress.undo?.undone ?? 0
  let reversal: Reversal
  const alongside = () => {
    run.progress.undo = {
      undone: before + reversal.undone,
      refused: [...reversal.refused.values()],
    }
    runs.save(run)
  }
  try {
    reversal = await undo.prepareInTurns(actor, run.batchId ?? '', signal)
    await kernel.portions.run(
      (portion) => {
        return undo.step(actor, reversal, changesAtOnce, { portion, alongside })
      },
      signal,
      writingLength,
    )
  } catch (error) {
    if (signal.aborted && error === signal.reason) return undefined
    throw error
  }
  const isUndone = kernel.database.get(
    'select 1 from batch where id = ? and undone_at is not null',
    run.batchId ?? '',
  )
  await withdraw(run.startedAt)
  run.state = isUndone ? 'undone' : 'done'
  run.finishedAt = kernel.clock.now()
  runs.save(run)
  return undo.resultOf(reversal)
}
