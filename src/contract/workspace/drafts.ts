/** What a user has typed and not saved yet, kept on this machine until the form is saved or discarded. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { Id, Instant } from '../kernel/shapes'
import { cleanLine } from '../kernel/text'

const tags = ['Drafts']

/** The form and the record it is about, e.g. `email.lead.<id>`. */
export const DraftKey = z
  .string()
  .regex(/^[a-zA-Z0-9_.-]{1,160}$/, 'must be letters, digits, dots, hyphens and underscores')

/** How the form is opened again: a dialog from anywhere, or the page it is on. */
export const DraftPlace = z.union([
  z.object({
    dialog: z.string().max(60),
    /** What the dialog is given. */
    with: z.record(z.string(), z.unknown()),
  }),
  z.object({
    path: z
      .string()
      .regex(/^\/(?!\/)/, 'must be a path')
      .max(500),
  }),
])
export type DraftPlace = z.infer<typeof DraftPlace>

export const Draft = z.object({
  key: DraftKey,
  /** What it is, for people: "E-mail to Ann Smith". */
  title: z.string().overwrite(cleanLine).max(200),
  place: DraftPlace,
  /** The record it is about; its draft goes when the record is deleted for good. */
  recordId: Id.nullable(),
  /** The values of the form. */
  content: z.unknown(),
  /** What the values were based on where a stored record is edited. */
  basedOn: z.unknown(),
  savedAt: Instant,
})
export type Draft = z.infer<typeof Draft>

/** Characters of JSON that one draft may have. */
export const longestDraft = 256_000
/** Drafts a user may have; the oldest goes when another is added. */
export const mostDrafts = 100
/** Days after the last change that a draft is kept. */
export const draftDays = 30

export const drafts = {
  /** The caller's own, latest change first. Nobody else reads them. */
  list: may('read').route({ method: 'GET', path: '/drafts', tags }).output(z.array(Draft)),
  /** The last save of a draft wins. */
  save: may('read')
    .route({ method: 'PUT', path: '/drafts/{key}', tags })
    .input(Draft.omit({ savedAt: true }).partial({ recordId: true, basedOn: true, content: true }))
    .output(z.object({ key: DraftKey, savedAt: Instant })),
  /** Also answers for a draft that is gone already. */
  remove: may('read')
    .route({ method: 'DELETE', path: '/drafts/{key}', tags })
    .input(z.object({ key: DraftKey }))
    .output(z.object({ key: DraftKey })),
}
