/**
 * Erases people for good: the record, what the log and other texts say of them, and the traces SQLite
 * would leave in its file. That it happened stays on record, without a word about the person.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Erasure, ErasureResult } from '../../contract/erasures'
import type { Actor } from '../kernel/actor'
import type { SqlValue, Writer } from '../kernel/database'
import { notFound } from '../kernel/errors'
import { listBackups } from '../kernel/file/backup'
import { flushFolder, layoutOf } from '../kernel/file/layout'
import type { ReplacedDatabase } from '../kernel/file/replaced'
import type { Ground } from '../kernel/ground'
import { newId } from '../kernel/ids'
import { readPhone } from '../kernel/phone-numbers'
import { toInstant, toReference } from '../kernel/rows'
import { findCopies } from './copies'
import { redactLinked } from './linked-records'
import { createRedaction, type Person, type PersonFields, personOf } from './person'
import { redactRow } from './redact-log'
import { removeFilesWith } from './remove-files'
import { scrub } from './scrub'
import { sweep } from './sweep'

export type Erasures = ReturnType<typeof createErasures>
export type ErasureReason = Erasure['reason']

interface ContactRow extends PersonFields {
  id: string
  seq: number
  created_at: number
}

export interface ErasureNeeds {
  /** The data directory, for backups and files taken in. */
  directory: string
  /** What people wrote about a record and did not save goes with it. */
  forgetDrafts(ids: ReadonlySet<string>): unknown
  systemActor(): Actor
  report(error: unknown): void
}

export function createErasures({ database, clock, workspace }: Ground, needs: ErasureNeeds) {
  let stopped = false
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other: each goes through the whole database. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }

  /**
   * Deletes contacts for good and redacts what is known of them. Others are served meanwhile; cut short,
   * the contact is still there and the same call finishes it.
   * @throws not_found where one does not exist
   */
  const eraseContacts = (
    actor: Actor,
    ids: readonly string[],
    reason: ErasureReason,
  ): Promise<ErasureResult> =>
    inTurn(async () => {
      let entries = 0
      let madeAt = clock.now()
      for (const id of ids) {
        const contact = requireContact(id)
        madeAt = Math.min(madeAt, contact.created_at)
        entries += await eraseContact(actor, contact, reason)
      }
      if (ids.length > 0) await scrub(database, () => stopped)
      return { erased: ids.length, entries, ...findCopies(needs.directory, madeAt) }
    })

  async function eraseContact(
    actor: Actor,
    contact: ContactRow,
    reason: ErasureReason,
  ): Promise<number> {
    const person = personNamed(contact)
    const all = [...person.everywhere, ...person.linked]
    const redactAll = createRedaction(all)
    const batchId = newId(clock.now())
    /** Parts of one action. They write no entries on timelines, and nothing takes them back. */
    const write = <T>(work: (writer: Writer) => T): T =>
      database.act(
        actor,
        { label: 'Erase the personal data of a contact', kind: 'system', quiet: true, batchId },
        work,
      )
    let entries = await redactLinked(database, { contactId: contact.id, redact: redactAll, write })
    entries += await sweep({
      database,
      write,
      except: untouched,
      skip: { table: 'contact', rowId: contact.id },
      redact: createRedaction(person.everywhere),
      hints: hintsOf(person),
      isStopped: () => stopped,
    })
    await removeFilesWith(needs.directory, person.everywhere)
    write((writer) => {
      entries += redactLabels(contact.id, redactAll)
      writer.run('delete from contact where id = ?', contact.id)
      entries += redactDeleted(writer, reason, entries)
    })
    needs.forgetDrafts(new Set([contact.id]))
    return entries
  }

  function requireContact(id: string): ContactRow {
    const row = database.get<ContactRow>('select * from contact where id = ?', id)
    if (!row) throw notFound('contact')
    return row
  }

  /** As the contact is and was called, and reached by. */
  function personNamed(contact: ContactRow): Person {
    const versions: Partial<PersonFields>[] = [contact]
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
    return personOf(versions, (column, value) =>
      column === 'phone'
        ? isOthersPhone(contact.id, value)
        : isAnother[column].some(
            (sql) => database.get(`${sql} limit 1`, contact.id, value) !== undefined,
          ),
    )
  }

  /** Whether somebody else has this number, however it is spelled. */
  function isOthersPhone(id: string, typed: string): boolean {
    const number = readPhone(typed, workspace.country())
    return (
      database.get(
        `select 1 from contact where id <> ? and (? in (phone, mobile) or ? in (phone_number, mobile_number)) limit 1`,
        ...[id, typed, number],
      ) !== undefined ||
      database.get(
        'select 1 from company where phone = ? or phone_number = ? limit 1',
        ...[typed, number],
      ) !== undefined
    )
  }

  /**
   * To be called in an action that deleted rows for good: takes what they said out of the log, and puts on
   * record that they are gone. Answers how many entries were redacted.
   */
  function redactDeleted(writer: Writer, reason: ErasureReason, before = 0): number {
    const deleted = database.all<{ table_name: string; row_id: string }>(
      `select distinct table_name, row_id from change where batch_id = ? and operation = 'delete'`,
      writer.batchId,
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

  function redactLabels(rowId: string, redact: (text: string) => string): number {
    let changed = 0
    for (const { id, label } of database.all<{ id: string; label: string }>(
      `select id, label from batch where id in (select batch_id from change where row_id = ?)`,
      rowId,
    )) {
      const redacted = redact(label)
      if (redacted === label) continue
      database.prepare('update batch set label = ? where id = ?').run(redacted, id)
      changed += 1
    }
    return changed
  }

  // What has to be erased without anybody asking ------------------------------------------------

  /**
   * Begins to erase contacts that were in the trash for longer than the workspace keeps it. Answers how many.
   * @param backedUpTo the last change that a backup has: what was changed since waits for the next one
   */
  function eraseExpired(actor: Actor, backedUpTo: number): number {
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
    void eraseContacts(actor, ids, 'expired').catch(needs.report)
    return ids.length
  }

  /**
   * After a restored backup: what was erased since it was made is erased again. The list of erasures
   * has been carried over by then. Answers how many records it was.
   */
  async function reapplyErasures(): Promise<number> {
    const back = database
      .all<{ table_name: string; row_id: string }>(
        'select table_name, row_id from erasure order by seq',
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
    const contacts = back.filter(({ table_name: table }) => table === 'contact')
    await eraseContacts(
      actor,
      contacts.map(({ row_id: id }) => id),
      'restored',
    )
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

/**
 * What a text must contain to be worth looking at, in small letters. SQLite knows only those of ASCII:
 * of other words every spelling is looked for.
 */
const hintsOf = ({ everywhere }: Person): string[] =>
  everywhere.flatMap((word) => {
    const [first = word] = word.split(/\s/)
    const [plain] = first.match(/[\x20-\x7e]{3,}/) ?? []
    return plain ? [plain.toLowerCase()] : [first, first.toLowerCase(), first.toUpperCase()]
  })
