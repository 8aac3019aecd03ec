/**
 * Erases people for good: the record, what the log and other texts say of them, and the traces SQLite
 * would leave in its file. That it happened stays on record, without a word about the person.
 */
import type { ErasureResult } from '../../../contract/history/erasures'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import { notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { findCopies } from './copies'
import { type ErasureReason, recorded, redactDeleted } from './deleted-records'
import { createContactEraser } from './erase-contacts'
import { createErasureList } from './erasure-list'

export type Erasures = ReturnType<typeof createErasures>
export type { ErasureReason } from './deleted-records'

export interface ErasureNeeds {
  /** The data directory, for backups and files taken in. */
  directory: string
  /** What people wrote about a record and did not save goes with it. */
  forgetDrafts(ids: ReadonlySet<string>): unknown
  systemActor(): Actor
  report(error: unknown): void
}

export function createErasures(kernel: Kernel, needs: ErasureNeeds) {
  const { database, clock, workspace } = kernel
  let stopped = false
  let last: Promise<unknown> = Promise.resolve()
  /** What was too long in the trash is being erased. */
  let isExpiring = false
  const isStopped = () => stopped
  const { contactOf, erase } = createContactEraser(kernel, { ...needs, isStopped })

  /** One after the other: each goes through the whole database. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }

  /**
   * Deletes contacts for good and redacts what is known of them, in one action. Addresses and long numbers
   * go from everywhere; a name may be an ordinary word, so it goes from what is linked to the contact, and
   * where a person asked to be erased also from what belongs to its leads and companies or holds an address
   * of it. Cut short, the contacts are still there and the same call finishes it.
   */
  const eraseContacts = (
    actor: Actor,
    ids: readonly string[],
    reason: ErasureReason,
    isWide = reason === 'asked',
  ): Promise<ErasureResult> =>
    inTurn(async () => {
      const contacts = [...new Set(ids)].flatMap((id) => contactOf(id) ?? [])
      const result =
        contacts.length > 0
          ? await erase(actor, contacts, { reason, isWide })
          : { erased: 0, entries: 0 }
      const madeAt = Math.min(clock.now(), ...contacts.map(({ created_at: at }) => at))
      return { ...result, ...findCopies(needs.directory, madeAt) }
    })

  /** A person asked for it. @throws not_found */
  async function eraseContact(actor: Actor, id: string): Promise<ErasureResult> {
    const result = await eraseContacts(actor, [id], 'asked')
    if (result.erased === 0) throw notFound('contact')
    return result
  }

  /**
   * Begins to erase contacts that were in the trash for longer than the workspace keeps it. Answers how many;
   * none while those found before are still being erased.
   * @param backedUpTo the last change that a backup has: what was changed since waits for the next one
   */
  function eraseExpired(actor: Actor, backedUpTo: number): number {
    if (isExpiring) return 0
    const before = clock.now() - workspace.settings().trashDays * 86_400_000
    const ids = database
      .all<{ id: string }>(
        `select id from contact where deleted_at is not null and deleted_at < ?
           and not exists (select 1 from change where change.row_id = contact.id and change.seq > ?) limit 500`,
        before,
        backedUpTo,
      )
      .map(({ id }) => id)
    if (ids.length === 0) return 0
    isExpiring = true
    void eraseContacts(actor, ids, 'expired')
      .catch(needs.report)
      .finally(() => {
        isExpiring = false
      })
    return ids.length
  }

  /**
   * After a restored backup: what was erased since it was made is erased again. The list of erasures
   * has been carried over by then. Answers how many records it was.
   */
  async function reapplyErasures(): Promise<number> {
    const back = database
      .all<{ table_name: string; row_id: string; reason: ErasureReason }>(
        'select table_name, row_id, reason from erasure order by seq',
      )
      .filter(
        ({ table_name: table, row_id: id }) =>
          recorded.has(table) &&
          database.get(`select 1 from ${table} where id = ?`, id) !== undefined,
      )
    if (back.length === 0) return 0
    const actor = needs.systemActor()
    const others = back.filter(({ table_name: table }) => table !== 'contact')
    if (others.length > 0)
      database.act(actor, { label: 'Erase again what a backup held', kind: 'system' }, (writer) => {
        for (const { table_name: table, row_id: id } of others)
          writer.run(`delete from ${table} where id = ?`, id)
        redactDeleted(database, writer, 'restored')
      })
    // As thoroughly as before.
    for (const isWide of [true, false]) {
      const ids = back
        .filter(
          ({ table_name: table, reason }) => table === 'contact' && (reason === 'asked') === isWide,
        )
        .map(({ row_id: id }) => id)
      if (ids.length > 0) await eraseContacts(actor, ids, 'restored', isWide)
    }
    return back.length
  }

  return {
    eraseContact,
    eraseContacts,
    eraseExpired,
    /**
     * To be called in an action that deleted rows for good. Answers how many entries of the log were redacted.
     * @param from the last change before them, where the action began in an earlier transaction
     */
    redactDeleted: (writer: Writer, reason: ErasureReason, from = 0): number =>
      redactDeleted(database, writer, reason, { before: 0, from }),
    reapplyErasures,
    ...createErasureList(database, needs.directory),
    /** Stops at the next portion and waits until it has. */
    async close(): Promise<void> {
      stopped = true
      await last
    },
  }
}
