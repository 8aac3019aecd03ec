/** Suggestions: what to do next for leads that wait for nothing, by rule and from the user's own history. */
import * as z from 'zod'
import { longRead, may } from '../kernel/base'
import { EnteredInstant, Id, Instant, Reference } from '../kernel/shapes'
import { leadScopes } from '../kernel/words'
import { suggestionKinds } from './words'

const tags = ['Suggestions']

/** What the user's own past says of a next step; all of it can be counted again on timelines. */
export const SuggestionEvidence = z.object({
  /** False: too few cases to tell; the counts say how few. */
  enough: z.boolean(),
  /** What the cases have in common with this lead. */
  alike: z.array(z.enum(['industry', 'source', 'type'])),
  /** Times this type followed after about this long. */
  cases: z.number().int(),
  /** How many of them were followed by an answer or a step forward within 14 days. */
  answered: z.number().int(),
  /** The answered share, drawn towards the user's overall share as if by four more cases. */
  rate: z.number().nullable(),
  /** 95 % interval of it. */
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type SuggestionEvidence = z.infer<typeof SuggestionEvidence>

export const Suggestion = z.object({
  /** `kind.leadId`: the same as long as it holds. */
  id: z.string(),
  kind: z.enum(suggestionKinds),
  lead: Reference,
  contact: Reference.nullable(),
  company: Reference.nullable(),
  user: Reference.nullable(),
  /** The activity type to do next. */
  type: z.string(),
  dueAt: Instant,
  /** Why, in one sentence. */
  because: z.string(),
  evidence: SuggestionEvidence,
})
export type Suggestion = z.infer<typeof Suggestion>

const SuggestionId = z
  .string()
  .regex(
    new RegExp(`^(${suggestionKinds.join('|')})\\.[0-9a-f-]{36}$`),
    'must be the id of a suggestion',
  )

export const suggestions = {
  /** The likeliest to help first; kinds that were dismissed often come later. */
  list: longRead
    .route({ method: 'GET', path: '/suggestions', tags })
    .input(
      z.object({
        leadId: Id.optional(),
        /** Whose leads: the caller's, its team's or everybody's, as far as it may see them. */
        scope: z.enum(leadScopes).default('mine'),
        /** The leads of one person; managers and admins may ask for others. */
        userId: Id.optional(),
        limit: z.coerce.number().int().min(1).max(100).default(20),
      }),
    )
    .output(z.array(Suggestion)),
  /** How many open leads have no next step, in each scope that the caller may see. */
  scopes: may('read')
    .route({ method: 'GET', path: '/suggestions/scopes', tags })
    .output(
      z.array(
        z.object({
          scope: z.enum(leadScopes),
          /** Owners of these leads; null for everybody, nobody included. */
          ownerIds: z.array(Id).nullable(),
          open: z.number().int(),
          withoutStep: z.number().int(),
        }),
      ),
    ),
  /** Makes the task, at another time or of another type if wished. */
  accept: may('write')
    .route({ method: 'POST', path: '/suggestions/{id}/accept', tags })
    .input(z.object({ id: SuggestionId, dueAt: EnteredInstant.optional() }))
    .output(z.object({ id: z.string(), taskId: Id })),
  /** This kind is not suggested for this lead again. */
  dismiss: may('write')
    .route({ method: 'POST', path: '/suggestions/{id}/dismiss', tags })
    .input(z.object({ id: SuggestionId }))
    .output(z.object({ id: z.string() })),
}
