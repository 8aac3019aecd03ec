/** Shares with the uncertainty that small numbers bring. */
import * as z from 'zod'

/** A share with its Wilson 95 % interval; nulls where there is nothing to count. */
export const Rate = z.object({
  count: z.number().int(),
  of: z.number().int(),
  rate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type Rate = z.infer<typeof Rate>
