/** Opt-outs: addresses that nobody writes to any more, whatever becomes of their contacts. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { ById, Email, Id, Instant, lineOrEmpty, pageOf, Reference } from '../kernel/shapes'
import { optOutSources } from './words'

const tags = ['Opt-outs']

export const OptOut = z.object({
  id: Id,
  /** In lower case and without a plus tag: it covers `jane+news@…` as well as `Jane@…`. */
  address: z.string(),
  reason: z.string().nullable(),
  source: z.enum(optOutSources),
  user: Reference.nullable(),
  createdAt: Instant,
})
export type OptOut = z.infer<typeof OptOut>
const Reason = lineOrEmpty(500).nullable()

export const optOuts = {
  list: may('read')
    .route({ method: 'GET', path: '/opt-outs', tags })
    .input(
      z.object({
        q: z.string().trim().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(50),
        cursor: z.string().max(200).optional(),
      }),
    )
    .output(pageOf(OptOut)),
  add: may('write')
    .route({ method: 'POST', path: '/opt-outs', tags, successStatus: 201 })
    .input(
      z.object({
        address: Email,
        reason: Reason.default(null),
        source: z.enum(optOutSources).default('manual'),
      }),
    )
    .output(OptOut),
  /** Every e-mail address in a text or CSV file is opted out. Cannot be undone as a whole. */
  import: may('write')
    .route({ method: 'POST', path: '/opt-outs/import', tags })
    .input(z.object({ text: z.string().max(5_000_000), reason: Reason.default(null) }))
    .output(
      z.object({ added: z.number().int(), known: z.number().int(), unread: z.array(z.string()) }),
    ),
  /** Somebody may be written to again; it stays in the history who said so. */
  remove: may('configure')
    .route({ method: 'DELETE', path: '/opt-outs/{id}', tags })
    .input(ById)
    .output(ById),
}
