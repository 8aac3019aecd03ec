/** What every screen hears of a committed action. */
import * as z from 'zod'
import { Id } from './shapes'
import { doors } from './words'

export const batchKinds = ['edit', 'bulk', 'import', 'undo', 'redo', 'system'] as const

/** One committed action, as screens hear of it. */
export const LiveEvent = z.object({
  seq: z.number().int(),
  batchId: Id,
  label: z.string(),
  kind: z.enum(batchKinds),
  userId: Id.nullable(),
  door: z.enum(doors),
  undoable: z.boolean(),
  /** Ids by table; null instead of ids where too many changed to name them. */
  tables: z.record(z.string(), z.array(z.string()).nullable()),
})
export type LiveEvent = z.infer<typeof LiveEvent>
