/** Amounts that an earlier version may have stored otherwise: listed for the user to judge. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { BulkResult, Id, Money } from '../kernel/shapes'

const tags = ['Database']

export const UnclearAmount = z.object({
  leadId: Id,
  title: z.string(),
  /** As it reads now. */
  amount: Money,
  /** As it would read had it been stored by the other system. */
  other: Money,
})
export type UnclearAmount = z.infer<typeof UnclearAmount>

export const amounts = {
  /** The amounts that are still to be judged; the first 500 of `total`. */
  unclear: may('read')
    .route({ method: 'GET', path: '/database/amounts', tags })
    .output(z.object({ items: z.array(UnclearAmount), total: z.number().int() })),
  /** `keep` leaves these amounts as they read, `other` takes the other reading. All where none are named. */
  settle: may('administer')
    .route({ method: 'POST', path: '/database/amounts', tags })
    .input(
      z.object({
        choice: z.enum(['keep', 'other']),
        leadIds: z.array(Id).min(1).max(10_000).optional(),
      }),
    )
    .output(BulkResult),
}
