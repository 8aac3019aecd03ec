/**
 * Erases contacts: the record, what the log and other texts say of it, files taken in, and the traces
 * SQLite would leave in its file. Others are served meanwhile.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import { newId } from '../../kernel/database/ids'
import type { Kernel } from '../../kernel/kernel'
import { type ErasureReason, redactDeleted } from './deleted-records'
import { redactLinked } from './linked-records'
import { createRedaction } from './person'
import { removeFilesWith } from './remove-files'
import { scrub } from './scrub'
import { type ContactRow, createSoughtPeople } from './sought-person'
import { interrupted, type Sought, sweep } from './sweep'
import { createTraces } from './traces'

/** Only these are still erased where somebody took the contact out of the trash meanwhile. */
const evenOutOfTrash: readonly ErasureReason[] = ['asked', 'restored']

/**
 * Opt-outs outlive the people they protect: without the address a new import would write to them again.
 * The rest is about users and the program.
 */
const untouched = new Set([
  ...['erasure', 'opt_out', 'session', 'lease', 'job', 'change_cursor', 'installation'],
  ...['user', 'mail_account', 'setting', 'api_token'],
])

export interface ErasedContacts {
  erased: number
  /** Of the log, that were redacted. */
  entries: number
}

export function createContactEraser(
  kernel: Kernel,
  {
    directory,
    forgetDrafts,
    isStopped,
  }: {
    directory: string
    forgetDrafts(ids: ReadonlySet<string>): unknown
    isStopped(): boolean
  },
) {
  const { database, clock } = kernel
  const { contactOf, soughtOf } = createSoughtPeople(kernel)
  type Write = <T>(work: (writer: Writer) => T) => T

  /** @param isWide whether a row that holds an address or number of a contact is about it */
  async function erase(
    actor: Actor,
    contacts: readonly ContactRow[],
    { reason, isWide }: { reason: ErasureReason; isWide: boolean },
  ): Promise<ErasedContacts> {
    const batchId = newId(clock.now())
    const label =
      contacts.length === 1
        ? 'Erase the personal data of a contact'
        : `Erase the personal data of ${contacts.length} contacts`
    /** Parts of one action. They write no entries on timelines, and nothing takes them back. */
    const write: Write = (work) =>
      database.act(actor, { label, kind: 'system', quiet: true, batchId }, work)
    const counts = new Map<string, number>()
    const people: Sought[] = []
    for (const contact of contacts) {
      if (isStopped()) throw interrupted()
      const sought = soughtOf(contact, isWide)
      people.push(sought)
      const redact = createRedaction(Object.values(sought.person).flat())
      counts.set(contact.id, await redactLinked(database, { contactId: contact.id, redact, write }))
    }
    const swept = await sweep({ database, write, people, except: untouched, isStopped })
    await removeFilesWith(
      directory,
      people.flatMap(({ person }) => person.marks),
    )
    const result = { erased: 0, entries: 0 }
    for (const sought of people) {
      const { contactId: id } = sought
      const found = (counts.get(id) ?? 0) + (swept.get(id) ?? 0)
      const entries = deleteContact(write, sought, reason, found)
      if (entries !== undefined) {
        result.erased += 1
        result.entries += entries
      }
      await nextTurn()
    }
    forgetDrafts(new Set(people.map(({ contactId }) => contactId)))
    await scrub(database, isStopped)
    return result
  }

  /**
   * Answers how many entries of the log were redacted for it; undefined where it was taken out of the trash meanwhile.
   * @param found how many were redacted before
   */
  function deleteContact(
    write: Write,
    { contactId: id, person }: Sought,
    reason: ErasureReason,
    found: number,
  ): number | undefined {
    return write((writer) => {
      const row = contactOf(id)
      if (!row || (row.deleted_at === null && !evenOutOfTrash.includes(reason))) return undefined
      const redact = createRedaction(Object.values(person).flat())
      const before = found + createTraces(database).redactLabels(id, redact)
      const from = Number(database.value('select coalesce(max(seq), 0) from change'))
      writer.run('delete from contact where id = ?', id)
      return before + redactDeleted(database, writer, reason, { before, from })
    })
  }

  return { contactOf, erase }
}
