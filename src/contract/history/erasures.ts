/** Erasing people for good: the record, what the log says of them, and which copies still hold them. */
import * as z from 'zod'
import { Backup } from '../kernel/backup'
import { may } from '../kernel/base'
import { Id, Instant, Reference } from '../kernel/shapes'

const tags = ['Erasures']

export const erasureReasons = [
  'asked', // somebody chose to erase the personal data
  'purged', // deleted for good from the trash
  'expired', // its days in the trash were over
  'restored', // a backup brought it back, and it was erased again
] as const

/** Records that somebody was erased, without saying who. */
export const Erasure = z.object({
  id: Id,
  at: Instant,
  by: Reference.nullable(),
  reason: z.enum(erasureReasons),
  /** Entries of the log and other texts that were redacted. */
  entries: z.number().int(),
})
export type Erasure = z.infer<typeof Erasure>

/** Copies of the database that still hold what was erased: a restored one has it erased again. */
const copies = {
  backups: z.array(Backup),
  /** Folders of databases that were set aside. */
  quarantined: z.array(z.string()),
}
export const ErasureResult = z.object({
  erased: z.number().int(),
  entries: z.number().int(),
  ...copies,
})
export type ErasureResult = z.infer<typeof ErasureResult>

export const erasures = {
  list: may('configure')
    .route({ method: 'GET', path: '/erasures', tags })
    .output(z.object({ items: z.array(Erasure), ...copies })),
  /**
   * Deletes a contact for good. Its addresses and numbers are redacted everywhere, its name in what belongs
   * to it, its leads and its companies, and in texts that hold an address or number of it. Cannot be undone.
   */
  eraseContact: may('configure')
    .route({ method: 'POST', path: '/contacts/{id}/erase', tags })
    .input(z.object({ id: Id, confirm: z.literal(true) }))
    .output(ErasureResult),
  /** Deletes backups, for example those that hold somebody who was erased. */
  removeBackups: may('administer')
    .route({ method: 'POST', path: '/database/backups/remove', tags })
    .input(z.object({ names: z.array(z.string().max(200)).min(1).max(1000) }))
    .output(z.object({ removed: z.number().int() })),
}
