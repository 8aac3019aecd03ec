/** The change log as people see it: audit, history of one record, undo, live updates. */
import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { may } from '../kernel/base'
import { batchKinds, LiveEvent } from '../kernel/live-event'
import { EnteredDate, Id, Instant, QueryBoolean, Reference } from '../kernel/shapes'
import { doors } from '../kernel/words'

const tags = ['Changes']
export const FieldChange = z.object({
  field: z.string(),
  label: z.string(),
  before: z.unknown(),
  after: z.unknown(),
})
export const Change = z.object({
  seq: z.number().int(),
  at: Instant,
  user: Reference.nullable(),
  door: z.enum(doors),
  batchId: Id,
  /** What the user did, e.g. "Move Acme renewal to Proposal". */
  label: z.string(),
  table: z.string(),
  rowId: z.string(),
  operation: z.enum(['insert', 'update', 'delete']),
  fields: z.array(FieldChange),
})
export type Change = z.infer<typeof Change>

export const Batch = z.object({
  id: Id,
  at: Instant,
  user: Reference.nullable(),
  door: z.enum(doors),
  kind: z.enum(batchKinds),
  label: z.string(),
  changes: z.number().int(),
  undoneAt: Instant.nullable(),
  undoable: z.boolean(),
})
export type Batch = z.infer<typeof Batch>

export const UndoResult = z.object({
  /** The batch that was taken back. */
  batchId: Id,
  /** The batch that the undo itself is; undoing it does everything again. */
  undoBatchId: Id.nullable(),
  label: z.string(),
  undone: z.number().int(),
  /** Rows that stayed as they are because they were changed since. */
  refused: z.array(
    z.object({ table: z.string(), rowId: z.string(), name: z.string(), reason: z.string() }),
  ),
})
export type UndoResult = z.infer<typeof UndoResult>

/** What the log takes; the numbers are estimates. */
export const LogSize = z.object({
  entries: z.number().int(),
  bytes: z.number().int(),
  /** Of its oldest entry; null where there is none. */
  since: Instant.nullable(),
})
export type LogSize = z.infer<typeof LogSize>

export const changes = {
  list: may('read')
    .route({ method: 'GET', path: '/changes', tags })
    .input(
      z.object({
        table: z.string().max(60).optional(),
        rowId: z.string().max(64).optional(),
        userId: Id.optional(),
        batchId: Id.optional(),
        from: EnteredDate.optional(),
        to: EnteredDate.optional(),
        limit: z.coerce.number().int().min(1).max(500).default(50),
        cursor: z.string().max(200).optional(),
      }),
    )
    .output(
      z.object({
        items: z.array(Change),
        nextCursor: z.string().nullable(),
        total: z.number().int(),
      }),
    ),
  size: may('read').route({ method: 'GET', path: '/changes/size', tags }).output(LogSize),
  batches: may('read')
    .route({ method: 'GET', path: '/changes/batches', tags })
    .input(
      z.object({
        mine: QueryBoolean.default(true),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.array(Batch)),
  /** Without a batch: the caller's own latest undoable action. */
  undo: may('write')
    .route({ method: 'POST', path: '/changes/undo', tags })
    .input(z.object({ batchId: Id.optional() }))
    .output(UndoResult),
  /** Takes back the caller's latest undo. */
  redo: may('write')
    .route({ method: 'POST', path: '/changes/redo', tags })
    .input(z.object({}))
    .output(UndoResult),
  events: may('read')
    .route({ method: 'GET', path: '/events', tags })
    .output(eventIterator(LiveEvent)),
}
