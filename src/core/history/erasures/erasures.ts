/**
 * Erases people for good: the record, what the log and other texts say of them, and the traces SQLite
 * would leave in its file. That it happened stays on record, without a word about the person.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Erasure, ErasureResult } from '../../../contract/history/erasures'
import type { Actor } from '../../kernel/actor'
import type { SqlValue, Writer } from '../../kernel/database/database'
import { newId } from '../../kernel/database/ids'
import { toInstant, toReference } from '../../kernel/database/rows'
import { notFound } from '../../kernel/errors'
import { readPhone } from '../../kernel/fields/phone-numbers'
import { listBackups } from '../../kernel/file/backup'
import { flushFolder, layoutOf } from '../../kernel/file/layout'
import type { ReplacedDatabase } from '../../kernel/file/replaced'
import type { Kernel } from '../../kernel/kernel'
import { createAbout } from './about'
import { findCopies } from './copies'
import { redactLinked } from './linked-records'
import { createRedaction, type PersonFields, personOf } from './person'
import { redactRow } from './redact-log'
import { removeFilesWith } from './remove-files'
import { scrub } from './scrub'
import { interrupted, type Sought, sweep } from './sweep'
import { createTraces } from './traces'

export type Erasures = ReturnType<typeof createErasures>
export type ErasureReason = Erasure['reason']

interface ContactRow extends PersonFields {
  id: string
  seq: number
  company_id: string | null
  created_at: number
  deleted_at: number | null
}

/** Only these are still erased where somebody took the contact out of the trash meanwhile. */
const evenOutOfTrash: readonly ErasureReason[] = ['asked', 'restored']

export interface ErasureNeeds {
  /** The data directory, for backups and files taken in. */
  directory: string
  /** What people wrote about a record and did not save goes with it. */
  forgetDrafts(ids: ReadonlySet<string>): unknown
  systemActor(): Actor
  report(error: unknown): void
}

export function createErasures({ database, clock, workspace }: Kernel, needs: ErasureNeeds) {
  let stopped = false
  let last: Promise<unknown> = Promise.resolve()

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
   * of it. Others are served meanwhile; cut short, the contacts are still there and the same call finishes it.
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
          ? await eraseAll(actor, contacts, { reason, isWide })
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

  async function eraseAll(
    actor: Actor,
    contacts: readonly ContactRow[],
    { reason, isWide }: { reason: ErasureReason; isWide: boolean },
  ): Promise<{ erased: number; entries: number }> {
    const batchId = newId(clock.now())
    const label =
      contacts.length === 1
        ? 'Erase the personal data of a contact'
        : `Erase the personal data of ${contacts.length} contacts`
    /** Parts of one action. They write no entries on timelines, and nothing takes them back. */
    const write = <T>(work: (writer: Writer) => T): T =>
      database.act(actor, { label, kind: 'system', quiet: true, batchId }, work)
    const counts = new Map<string, number>()
    const people: Sought[] = []
    for (const contact of contacts) {
      if (stopped) throw interrupted()
      const sought = soughtOf(contact, isWide)
      people.push(sought)
      const redact = createRedaction(Object.values(sought.person).flat())
      counts.set(contact.id, await redactLinked(database, { contactId: contact.id, redact, write }))
    }
    const swept = await sweep({
      database,
      write,
      people,
      except: untouched,
      isStopped: () => stopped,
    })
    await removeFilesWith(
      needs.directory,
      people.flatMap(({ person }) => person.marks),
    )
    let erased = 0
    let entries = 0
    for (const { contactId: id, person } of people) {
      const found = (counts.get(id) ?? 0) + (swept.get(id) ?? 0)
      write((writer) => {
        const row = contactOf(id)
        if (!row || (row.deleted_at === null && !evenOutOfTrash.includes(reason))) return
        const redact = createRedaction(Object.values(person).flat())
        const before = found + createTraces(database).redactLabels(id, redact)
        const from = latestSeq()
        writer.run('delete from contact where id = ?', id)
        entries += before + redactDeleted(writer, reason, { before, from })
        erased += 1
      })
      await nextTurn()
    }
    needs.forgetDrafts(new Set(people.map(({ contactId }) => contactId)))
    await scrub(database, () => stopped)
    return { erased, entries }
  }

  const latestSeq = () => Number(database.value('select coalesce(max(seq), 0) from change'))

  const contactOf = (id: string): ContactRow | undefined =>
    database.get<ContactRow>('select * from contact where id = ?', id)

  /** As the contact is and was called, and reached by. */
  function soughtOf(contact: ContactRow, isWide: boolean): Sought {
    const versions: Partial<ContactRow>[] = [contact]
    for (const { before, after } of database.all<{ before: string | null; after: string | null }>(
      `select before, after from change where row_id = ? and table_name = 'contact'`,
      contact.id,
    ))
      for (const json of [before, after]) if (json !== null) versions.push(JSON.parse(json))
    const isAnother: Record<'name' | 'email', string[]> = {
      name: [
        'select 1 from contact where id <> ? and name_folded = fold(?)',
        'select 1 from user where id <> ? and fold(name) = fold(?)',
        'select 1 from company where id <> ? and name_folded = fold(?)',
      ],
      email: [
        'select 1 from contact where id <> ? and email = ? collate nocase',
        'select 1 from user where id <> ? and email = ? collate nocase',
      ],
    }
    const person = personOf(versions, (column, value) =>
      column === 'phone'
        ? isOthersPhone(contact.id, value)
        : isAnother[column].some(
            (sql) => database.get(`${sql} limit 1`, contact.id, value) !== undefined,
          ),
    )
    const companyIds = new Set(versions.flatMap(({ company_id: id }) => id ?? []))
    const links = { contactId: contact.id, names: person.names, isWide, companyIds }
    return { contactId: contact.id, person, isWide, isAbout: createAbout(database, links) }
  }

  /** Whether somebody else has this number, however it is spelled. */
  function isOthersPhone(id: string, typed: string): boolean {
    const number = readPhone(typed, workspace.country())
    // What cannot be read as a number is on no index.
    const [column, value] = number === null ? ['', typed] : ['_number', number]
    return (
      database.get(
        `select 1 from contact where id <> ? and (phone${column} = ? or mobile${column} = ?) limit 1`,
        ...[id, value, value],
      ) !== undefined ||
      database.get(`select 1 from company where phone${column} = ? limit 1`, value) !== undefined
    )
  }

  /**
   * To be called in an action that deleted rows for good: takes what they said out of the log, and puts on
   * record that they are gone. Answers how many entries were redacted.
   * @param contact how many were redacted for a contact before, and the last change before it was deleted
   */
  function redactDeleted(
    writer: Writer,
    reason: ErasureReason,
    { before, from } = { before: 0, from: 0 },
  ): number {
    const deleted = database.all<{ table_name: string; row_id: string }>(
      `select distinct table_name, row_id from change where batch_id = ? and seq > ? and operation = 'delete'`,
      writer.batchId,
      from,
    )
    let entries = 0
    for (const { table_name: table, row_id: rowId } of deleted) {
      const madeAt = database.value<number>(
        'select at from change where row_id = ? and table_name = ? order by seq limit 1',
        rowId,
        table,
      )
      const createdAt = database.value<number | null>(
        `select before ->> '$.created_at' from change where row_id = ? and table_name = ? and batch_id = ? and operation = 'delete'`,
        rowId,
        table,
        writer.batchId,
      )
      const redacted = redactRow(database, table, rowId)
      entries += redacted
      if (!recorded.has(table)) continue
      database
        .prepare(
          `insert or ignore into erasure (id, table_name, row_id, at, user_id, door, reason, made_at, entries)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          newId(writer.now),
          table,
          rowId,
          writer.now,
          writer.actor.userId || null,
          writer.actor.door,
          reason,
          Math.min(createdAt ?? writer.now, madeAt ?? writer.now),
          table === 'contact' ? before + redacted : redacted,
        )
    }
    return entries
  }

  // What has to be erased without anybody asking ------------------------------------------------

  /** What was too long in the trash is on its way out. */
  let isExpiring = false

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
        redactDeleted(writer, 'restored')
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

  /** Takes over what another database knows to be erased. To be called in a transaction. Answers how many. */
  function carryOver(databases: readonly ReplacedDatabase[]): number {
    let added = 0
    for (const from of databases)
      for (const row of from.all<Record<string, SqlValue>>('select * from erasure order by seq')) {
        const { seq: _, ...values } = row
        const columns = Object.keys(values)
        added += database
          .prepare(
            `insert or ignore into erasure (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
          )
          .run(...Object.values(values)).changes
      }
    return added
  }

  /** That people were erased, newest first, and which copies still hold one of them. */
  function list(): { items: Erasure[] } & ReturnType<typeof findCopies> {
    const rows = database.all<{
      id: string
      at: number
      made_at: number
      user_id: string | null
      user_name: string | null
      reason: ErasureReason
      entries: number
    }>(
      `select erasure.*, user.name as user_name from erasure left join user on user.id = erasure.user_id
       where table_name = 'contact' order by at desc, erasure.seq desc limit 500`,
    )
    const oldest = Math.min(...rows.map(({ made_at: madeAt }) => madeAt))
    const newest = Math.max(...rows.map(({ at }) => at))
    return {
      items: rows.map((row) => ({
        id: row.id,
        at: toInstant(row.at),
        by: toReference(row.user_id, row.user_name),
        reason: row.reason,
        entries: row.entries,
      })),
      ...(rows.length > 0
        ? findCopies(needs.directory, oldest, newest)
        : { backups: [], quarantined: [] }),
    }
  }

  /** Answers how many there were. */
  function removeBackups(names: readonly string[]): { removed: number } {
    const { backups } = layoutOf(needs.directory)
    const known = listBackups(needs.directory).filter(({ name }) => names.includes(name))
    for (const { name } of known) rmSync(join(backups, name), { force: true })
    if (known.length > 0) flushFolder(backups)
    return { removed: known.length }
  }

  return {
    removeBackups,
    eraseContact,
    eraseContacts,
    eraseExpired,
    redactDeleted,
    reapplyErasures,
    carryOver,
    list,
    /** Stops at the next portion and waits until it has. */
    async close(): Promise<void> {
      stopped = true
      await last
    },
  }
}

/** Kinds of records that a restored backup would bring back. */
const recorded = new Set([
  'reminder',
  'task',
  'activity',
  'quote',
  'lead',
  'customer',
  'contact',
  'company',
  'cadence',
])

/**
 * Opt-outs outlive the people they protect: without the address a new import would write to them again.
 * The rest is about users and the program.
 */
const untouched = new Set([
  ...['erasure', 'opt_out', 'session', 'lease', 'job', 'change_cursor', 'installation'],
  ...['user', 'mail_account', 'setting', 'api_token'],
])
