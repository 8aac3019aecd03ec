/** One import as it is kept: what it was asked, how far it is and what it found. */
import type * as z from 'zod'
import type { UndoResult } from '../../../../contract/history/changes'
import {
  ImportOptions,
  type importStates,
  Mapping,
  type Problem,
} from '../../../../contract/transfer/import'
import type { ImportKind } from '../../../../contract/transfer/words'
import type { KindState, ReferenceOutcome } from '../kinds/import-kind'
import type { Unknowns } from '../lookups/unknowns'

export type ImportState = (typeof importStates)[number]
export type FoundProblem = z.infer<typeof Problem>

/** Written in the transaction of the rows it counts. */
export interface Progress {
  bytesDone: number
  created: number
  updated: number
  unchanged: number
  skipped: number
  rejected: number
  matchedBy: Record<string, number>
  problems: FoundProblem[]
  warnings: FoundProblem[]
  unknowns: Unknowns
  /** By field: how many rows are linked to a record, make one, or are left without. */
  references: Record<string, { label: string } & Record<ReferenceOutcome, number>>
  /** Rows of other tables that were made, by table. */
  made: Record<string, number>
  /** Addresses that were put on the list of opt-outs. */
  optOuts: number
  /** Columns with values that feed no field. */
  leftOut: string[]
  state: KindState
  /** Time spent working, all stretches together. */
  milliseconds: number
  undo: Pick<UndoResult, 'undone' | 'refused'> | null
}

export interface Run {
  id: string
  fileId: string
  kind: ImportKind
  state: ImportState
  dryRun: boolean
  options: ImportOptions
  mapping: Mapping
  progress: Progress
  /** Records wholly dealt with. */
  recordsDone: number
  batchId: string | null
  userId: string | null
  message: string | null
  startedAt: number
  finishedAt: number | null
}

/** With what is known of its user and its batch. */
export type StoredRun = {
  id: string
  file_id: string
  kind: ImportKind
  state: ImportState
  dry_run: number
  options: string
  mapping: string
  progress: string
  records_done: number
  batch_id: string | null
  user_id: string | null
  user_name: string | null
  message: string | null
  started_at: number
  finished_at: number | null
  /** Null where nothing was changed. */
  known_batch: string | null
  batch_undone_at: number | null
}

export const emptyProgress = (): Progress => ({
  bytesDone: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  rejected: 0,
  matchedBy: {},
  problems: [],
  warnings: [],
  unknowns: { owners: {}, stages: {}, companies: 0, fields: [] },
  references: {},
  made: {},
  optOuts: 0,
  leftOut: [],
  state: { positions: {}, stubs: [], stagePlans: {}, madePipelines: [], awaited: {}, ended: [] },
  milliseconds: 0,
  undo: null,
})

/** What an earlier version wrote may lack what this one counts. */
function toProgress(stored: string): Progress {
  const empty = emptyProgress()
  const known: Partial<Progress> = JSON.parse(stored)
  return {
    ...empty,
    ...known,
    unknowns: { ...empty.unknowns, ...known.unknowns },
    state: { ...empty.state, ...known.state },
  }
}

export const toRun = (row: StoredRun): Run => ({
  id: row.id,
  fileId: row.file_id,
  kind: row.kind,
  state: row.state,
  dryRun: row.dry_run === 1,
  options: ImportOptions.parse(JSON.parse(row.options)),
  mapping: Mapping.parse(JSON.parse(row.mapping)),
  progress: toProgress(row.progress),
  recordsDone: row.records_done,
  batchId: row.batch_id,
  userId: row.user_id,
  message: row.message,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
})

/** Undo and redo of the whole batch happen elsewhere, too. */
export function stateOf(row: StoredRun): ImportState {
  const settled = row.state !== 'running' && row.state !== 'undoing' && row.dry_run === 0
  if (settled && row.batch_undone_at !== null) return 'undone'
  return row.state === 'undone' && row.batch_id !== null ? 'done' : row.state
}
