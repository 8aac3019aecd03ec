/**
 * Takes a batch back through the change log, newest change first. Rows that were changed since, that
 * something else has come to depend on, or that the actor may not change now, stay as they are and are named.
 */
import type { UndoResult } from '../../../contract/history/changes'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Action, BatchKind } from '../../kernel/database/database'
import { conflict, forbidden, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { writingLength } from '../../kernel/portions/portions'
import type { RightsJudge } from '../../kernel/records/write-rights'
import { createBatchLog } from './batch-log'
import { createConflicts, type JudgedChange } from './conflicts'
import { createPermissions } from './permissions'
import { referencesIn } from './references'
import { createRefusals } from './refusals'
import type { BatchRow, Judging, Reversal } from './reversal'
import { createTakingBack } from './take-back'

export type { BatchRow, Reversal } from './reversal'

export type Undo = ReturnType<typeof createUndo>

export interface UndoOptions {
  /** Says why an actor may not make a change now. */
  rights: RightsJudge
  /** Called within the transaction, after rows of these tables were taken back. @throws conflict */
  checkTaken(tables: ReadonlySet<string>): void
}

/** More changes than these are taken back in turns. */
const changesAtOnce = 2000
/** At most so many in one transaction. */
const changesPerSlice = 200
/** So many are judged before the thread may be given back. */
const changesJudgedAtOnce = 100
const wholeBatch = Number.MAX_SAFE_INTEGER

export function createUndo(kernel: Kernel, { rights, checkTaken }: UndoOptions) {
  const { database, portions } = kernel
  const references = referencesIn(database.schema)
  const log = createBatchLog(database)
  const refusals = createRefusals(log, references, rights)
  const { judge, judgeNews } = createConflicts(database, { log, references, refusals })
  const { refuse, refuseByRights } = refusals
  const permissions = createPermissions(database, { log, rights, refuseByRights })
  const step = createTakingBack(kernel, { log, refuse, judgeNews, permissions, checkTaken })

  function requireBatch(actor: Actor, id: string): BatchRow {
    const batch = database.get<BatchRow>('select * from batch where id = ?', id)
    if (!batch) throw notFound('action')
    if (!seesAll(actor) && batch.user_id !== actor.userId) throw notFound('action')
    return batch
  }

  /** The caller's latest action of these kinds that is not undone yet: by the order of the log, as clocks may be set back. */
  const latest = (actor: Actor, kinds: readonly BatchKind[]) =>
    database.get<BatchRow>(
      `select * from batch where user_id = ? and undone_at is null and kind in (${kinds.map(() => '?').join(', ')})
       order by rowid desc limit 1`,
      actor.userId,
      ...kinds,
    )

  /**
   * Judges what a batch changed, some changes between two yields.
   * @throws conflict where the batch is undone already or is none that can be
   */
  function* prepareInSlices(actor: Actor, batchId: string): Generator<void, Reversal> {
    const batch = requireBatch(actor, batchId)
    if (batch.kind === 'system') throw conflict(`“${batch.label}” cannot be undone.`)
    if (batch.undone_at !== null) throw conflict(`“${batch.label}” was undone already.`)
    const last = log.lastSeqOf(batchId)
    const begun = database.value<string>(
      'select id from batch where undoes = ? and undone_at is null limit 1',
      batchId,
    )
    const watchedSeq = log.latestSeq()
    const judging: Judging = { actor, batchId, refused: new Map(), notAllowed: new Set() }
    for (let seq = 0; seq < last; yield) {
      const rows = database.all<JudgedChange>(
        'select seq, table_name, row_id, operation from change where batch_id = ? and seq > ? order by seq limit ?',
        batchId,
        seq,
        changesJudgedAtOnce,
      )
      judge(judging, rows)
      seq = rows.at(-1)?.seq ?? last
    }
    return {
      ...judging,
      batch,
      // An undo that was cut short continues in the batch it began.
      action: { ...reverse(batch), ...(begun ? { batchId: begun } : {}) },
      nextSeq: last,
      watchedSeq,
      isResumed: begun !== undefined,
      undone: 0,
      updatedAt: new Map(),
      leftOut: new Map(),
    }
  }

  /** Throws as `prepareInSlices` does. */
  async function prepareInTurns(
    actor: Actor,
    batchId: string,
    signal?: AbortSignal,
  ): Promise<Reversal> {
    const preparing = prepareInSlices(actor, batchId)
    for (;;) {
      const slice = preparing.next()
      if (slice.done) return slice.value
      await portions.pause()
      signal?.throwIfAborted()
    }
  }

  function undoAtOnce(actor: Actor, batchId: string): UndoResult {
    const preparing = prepareInSlices(actor, batchId)
    let slice = preparing.next()
    while (!slice.done) slice = preparing.next()
    step(actor, slice.value, wholeBatch)
    return conclude(slice.value)
  }

  async function undoInTurns(actor: Actor, batchId: string): Promise<UndoResult> {
    if (underWay.has(batchId)) throw conflict('This is being undone already.')
    underWay.add(batchId)
    try {
      const reversal = await prepareInTurns(actor, batchId)
      await portions.run(
        (portion) => step(actor, reversal, changesPerSlice, { portion }),
        undefined,
        writingLength,
      )
      return conclude(reversal)
    } finally {
      underWay.delete(batchId)
    }
  }

  const underWay = new Set<string>()

  /** Undoes a small batch in one transaction, a large one so that others get their turn in between. */
  async function undo(actor: Actor, batchId: string): Promise<UndoResult> {
    const few = database.all(
      'select 1 from change where batch_id = ? limit ?',
      batchId,
      changesAtOnce + 1,
    )
    return few.length <= changesAtOnce
      ? undoAtOnce(actor, batchId)
      : await undoInTurns(actor, batchId)
  }

  return {
    /**
     * Judges what a batch changed. @throws conflict where the batch is undone already or is none that can be; the
     * signal's reason
     */
    prepareInTurns,
    /** Takes back some changes in one transaction, as long as the portion lasts. Answers whether more are left. */
    step,
    resultOf,
    isAllowed: permissions.isAllowed,
    /** The batch that undo without one takes back. @throws conflict where there is none */
    latestDone(actor: Actor): string {
      const id = latest(actor, ['edit', 'bulk', 'import', 'redo'])?.id
      if (!id) throw conflict('There is nothing to undo.')
      return id
    },
    undo,
    async redo(actor: Actor): Promise<UndoResult> {
      const id = latest(actor, ['undo'])?.id
      if (!id) throw conflict('There is nothing to redo.')
      return undo(actor, id)
    },
  }
}

/** What takes a batch back: an undo, or of an undo a redo. */
function reverse({ id, kind, label, root }: BatchRow): Action {
  const common = { quiet: true, undoes: id, root: root ?? id }
  return kind === 'undo'
    ? { ...common, kind: 'redo', label: `Redo: ${label.replace(/^Undo: /, '')}` }
    : { ...common, kind: 'undo', label: `Undo: ${label.replace(/^Redo: /, '')}` }
}

const resultOf = ({ batch, undone, action, refused }: Reversal): UndoResult => ({
  batchId: batch.id,
  undoBatchId: undone > 0 ? (action.batchId ?? null) : null,
  label: batch.label,
  undone,
  refused: [...refused.values()],
})

/** @throws conflict or forbidden, naming the rows, when nothing of the action can be taken back */
function conclude(reversal: Reversal): UndoResult {
  const result = resultOf(reversal)
  const { undone, refused, label } = result
  if (undone > 0 || refused.length === 0) return result
  const names = refused.slice(0, 3).map((row) => `${row.name} (${row.reason})`)
  const failure = reversal.notAllowed.size === refused.length ? forbidden : conflict
  throw failure(`“${label}” cannot be undone: ${names.join(', ')}.`, { refused })
}
