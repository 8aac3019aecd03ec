/** Global search over every record and note. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { Id, Instant, oneOrMany } from '../kernel/shapes'
import { recordKinds } from '../kernel/words'

export const SearchHit = z.object({
  kind: z.enum(recordKinds),
  id: Id,
  title: z.string(),
  /** What tells it apart: company, stage, e-mail address … */
  subtitle: z.string().nullable(),
  /** The words around the match, for notes; matches are between U+0002 and U+0003. */
  snippet: z.string().nullable(),
  /** The record a note or call belongs to: where a click leads. */
  parent: z.object({ kind: z.enum(recordKinds), id: Id, name: z.string() }).nullable(),
  at: Instant.nullable(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const search = may('read')
  .route({ method: 'GET', path: '/search', tags: ['Search'] })
  .input(
    z.object({
      q: z.string().trim().min(1).max(200),
      kind: oneOrMany(z.enum(recordKinds)),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
  )
  .output(z.object({ hits: z.array(SearchHit) }))
