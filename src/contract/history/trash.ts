/** The trash: what was deleted and can come back. */
import * as z from 'zod'
import { Backup } from '../kernel/backup'
import { may } from '../kernel/base'
import { BulkResult, Id, Instant, Reference } from '../kernel/shapes'
import { trashKinds } from '../kernel/words'

export const TrashItem = z.object({
  kind: z.enum(trashKinds),
  id: Id,
  name: z.string(),
  deletedAt: Instant,
  deletedBy: Reference.nullable(),
  /** When it is purged for good. */
  purgeAt: Instant,
})
export type TrashItem = z.infer<typeof TrashItem>
const TrashTarget = z.object({
  items: z
    .array(z.object({ kind: z.enum(trashKinds), id: Id }))
    .min(1)
    .max(1000),
})

export const trash = {
  list: may('read')
    .route({ method: 'GET', path: '/trash', tags: ['Trash'] })
    .input(
      z.object({
        kind: z.enum(trashKinds).optional(),
        q: z.string().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(50),
        cursor: z.string().max(200).optional(),
      }),
    )
    .output(
      z.object({
        items: z.array(TrashItem),
        nextCursor: z.string().nullable(),
        total: z.number().int(),
      }),
    ),
  restore: may('write')
    .route({ method: 'POST', path: '/trash/restore', tags: ['Trash'] })
    .input(TrashTarget)
    .output(BulkResult),
  /** Deletes for good, before the days of grace are over. Cannot be undone. */
  purge: may('administer')
    .route({ method: 'POST', path: '/trash/purge', tags: ['Trash'] })
    .input(TrashTarget)
    .output(
      BulkResult.extend({
        /** Copies of the database that still hold people among them. */
        backups: z.array(Backup),
        quarantined: z.array(z.string()),
      }),
    ),
}
