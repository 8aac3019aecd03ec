/** An action on its way back: what it changed, what is taken back of it so far, and what has to stay. */
import type { UndoResult } from '../../../contract/history/changes'
import type { Actor } from '../../kernel/actor'
import type { Action, BatchKind, SqlValue } from '../../kernel/database/database'

export interface BatchRow {
  id: string
  at: number
  user_id: string | null
  kind: BatchKind
  label: string
  root: string | null
  undone_at: number | null
}

export interface ChangeRow {
  seq: number
  table_name: string
  row_id: string
  operation: 'insert' | 'update' | 'delete'
  before: string | null
  after: string | null
}

export type Values = Record<string, SqlValue>

export type Refusal = UndoResult['refused'][number]

/** Which rows of a batch stay as they are. */
export interface Judging {
  actor: Actor
  batchId: string
  refused: Map<string, Refusal>
  /** Those of them that the actor may not change now. */
  notAllowed: Set<string>
}

/** Made by `prepare`, worked off by `step`. */
export interface Reversal extends Judging {
  batch: BatchRow
  action: Action
  /** The last change still to take back. */
  nextSeq: number
  /** The last change of the log that was looked at for what must stay. */
  watchedSeq: number
  /** Continues an undo that was cut short. */
  isResumed: boolean
  undone: number
  /** Of each row taken back, when it was last changed as of the step it is at. */
  updatedAt: Map<string, SqlValue>
  /** Rows that are open again although what they hang on is in the trash, as far as the undo has come. */
  leftOut: Map<string, string>
}

export const valuesIn = (json: string | null): Values => JSON.parse(json ?? '{}')
