/** A copy of the database file. */
import * as z from 'zod'
import { Instant } from './shapes'

export const Backup = z.object({
  name: z.string(),
  at: Instant,
  bytes: z.number().int(),
  reason: z.enum(['daily', 'migration', 'restore', 'manual']),
  verified: z.boolean(),
})
export type Backup = z.infer<typeof Backup>
