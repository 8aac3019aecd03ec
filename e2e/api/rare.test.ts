/** What is rare over the HTTP API: what is asked for after a restore, in a copy, after a crash, or for good. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { SafeStart } from '../../src/contract/background/jobs'
import type { LogSize } from '../../src/contract/history/changes'
import type { Erasure, ErasureResult } from '../../src/contract/history/erasures'
import type { HoldStatus } from '../../src/contract/history/holds'
import type { Backup } from '../../src/contract/kernel/backup'
import type { MailAccount } from '../../src/contract/outreach/accounts'
import type { EmailMessage } from '../../src/contract/outreach/messages'
import type { Contact } from '../../src/contract/records/contacts'
import type { Lead } from '../../src/contract/records/leads'
import type { Draft } from '../../src/contract/workspace/drafts'
import type { UnclearAmount } from '../../src/contract/workspace/repair'
import { accountAt, openPostOffice } from '../../src/core/testing/mail'
import { ask, type Person } from '../api'
import { startWeb, type WebProgram } from '../web'
import { missingId, prepareCalls } from './calls'

const { api, call, refused, testThatAllWasAsked } = prepareCalls()
const day = 86_400_000

/** Whoever started the program. */
const ownerOf = ({ url, token }: WebProgram): Person => ({
  id: missingId,
  name: 'Owner',
  role: 'admin',
  token,
  ask: (method, path, question) => ask(url, token, method, `/api${path}`, question),
})

/** Writes to the database of a program that has ended, past what keeps its log. */
function writeTo({ directory }: WebProgram, table: string, write: (file: Sqlite.Database) => void) {
  const file = new Sqlite(join(directory, 'rapport.db'))
  const triggers = file
    .prepare(`select name from sqlite_schema where type = 'trigger' and tbl_name = ?`)
    .pluck()
    .all(table)
  for (const name of triggers) file.exec(`drop trigger ${name}`)
  // They are created again at the next start.
  file.exec('delete from __extras')
  write(file)
  file.close()
}

async function prepareMail(who: Person) {
  const office = await openPostOffice()
  const account = await call<MailAccount>(who, 'mail.accounts.create', accountAt(office))
  const contact = await call<Contact>(who, 'contacts.create', {
    firstName: 'Jane',
    email: 'jane@rare.example',
  })
  const make = (next: string, more: object = {}) =>
    call<EmailMessage>(who, 'outbox.create', {
      contactId: contact.id,
      subject: 'Hello Jane',
      body: 'Dear Jane',
      next,
      ...more,
    })
  return { office, account, make }
}

describe('The log, drafts and jobs over HTTP', () => {
  it('the log says how large it is, and grows', async () => {
    const [admin, rep] = [await api.person('admin'), await api.person('rep')]
    const before = await call<LogSize>(rep, 'changes.size')
    expect(before.entries).toBeGreaterThan(0)
    expect(before.bytes).toBeGreaterThan(before.entries)
    expect(Date.parse(before.since ?? '')).toBeLessThanOrEqual(Date.now())
    await call(admin, 'companies.create', { name: 'One more entry' })
    const after = await call<LogSize>(rep, 'changes.size')
    expect(after.entries).toBeGreaterThan(before.entries)
    expect(after.since).toBe(before.since)
  })

  it('drafts of a form are kept for their writer alone, until they are removed', async () => {
    const [writer, other] = [await api.person('rep'), await api.person('admin')]
    const draft = {
      key: `lead.${missingId}`,
      title: 'A new lead',
      place: { dialog: 'lead', with: { companyId: missingId } },
      recordId: missingId,
      content: { title: 'Ha', tags: ['a'], value: null },
    }
    const saved = await call<{ key: string; savedAt: string }>(writer, 'drafts.save', draft)
    expect(saved.key).toBe(draft.key)
    const kept = { ...draft, basedOn: null, savedAt: saved.savedAt }
    expect(await call<Draft[]>(writer, 'drafts.list')).toEqual([kept])
    await call(writer, 'drafts.save', { ...draft, content: { title: 'Half' }, basedOn: 7 })
    expect(await call<Draft[]>(writer, 'drafts.list')).toMatchObject([
      { content: { title: 'Half' }, basedOn: 7 },
    ])
    expect(await call(other, 'drafts.list')).toEqual([])
    expect(await call(other, 'drafts.remove', { key: draft.key })).toEqual({ key: draft.key })
    expect(await call<Draft[]>(writer, 'drafts.list')).toHaveLength(1)

    const { key, ...body } = draft
    for (const [path, wrong, field] of [
      ['/drafts/a%20b', body, 'key'],
      [`/drafts/${key}`, { ...body, recordId: '7' }, 'recordId'],
      [`/drafts/${key}`, { ...body, content: 'x'.repeat(300_000) }, 'content'],
    ] as const) {
      const { status, paths } = await refused(writer, ['PUT', path], wrong)
      expect([field, status, paths]).toEqual([field, 400, [field]])
    }
    expect(await call(writer, 'drafts.remove', { key })).toEqual({ key })
    expect(await call(writer, 'drafts.list')).toEqual([])
    expect(await call(writer, 'drafts.remove', { key })).toEqual({ key })
  })

  it('jobs leave out the records they are asked to, and resume', async () => {
    const [rep, manager] = [await api.person('rep'), await api.person('manager')]
    const lead = await call<Lead>(manager, 'leads.create', { title: 'Trouble' })
    const record = { kind: 'lead', id: lead.id }
    const calm: SafeStart = { pausedSince: null, restarts: [], skipped: [] }
    expect(await call(rep, 'jobs.safeStart')).toEqual(calm)
    const skipped = await call<SafeStart>(manager, 'jobs.skip', record)
    expect(skipped).toEqual({ ...calm, skipped: [{ ...record, name: 'Trouble' }] })
    // Names are for those who see every record.
    expect(await call(rep, 'jobs.safeStart')).toEqual({
      ...calm,
      skipped: [{ ...record, name: null }],
    })
    expect(await call(manager, 'jobs.skip', { ...record, skipped: false })).toEqual(calm)
    expect(await call(manager, 'jobs.resume', { skip: [record] })).toEqual(skipped)
    expect(await call(manager, 'jobs.skip', { ...record, skipped: false })).toEqual(calm)
    expect(await call(manager, 'jobs.resume')).toEqual(calm)
    for (const [path, body] of [
      ['/jobs/resume', {}],
      ['/jobs/skip', record],
    ] as const)
      expect((await refused(rep, ['POST', path], body)).status).toBe(403)
    const wrong = await refused(manager, ['POST', '/jobs/skip'], { kind: 'Lead!', id: lead.id })
    expect([wrong.status, wrong.paths]).toEqual([400, ['kind']])
  })
})

describe('E-mails and erasures over HTTP', () => {
  it('e-mails go out at another time, and of many it is said at once whether they went out', async () => {
    const [admin, rep] = [await api.person('admin'), await api.person('rep')]
    const { office, account, make } = await prepareMail(admin)
    const at = (days: number) => new Date(Date.now() + days * day).toISOString()
    const { id } = await make('approve', { sendAfter: at(1) })
    const sendAfter = at(2)
    expect(await call(admin, 'outbox.reschedule', { id, sendAfter })).toMatchObject({
      id,
      state: 'approved',
      sendAfter,
    })
    const past = await refused(admin, ['POST', `/outbox/${id}/reschedule`], { sendAfter: at(-1) })
    expect([past.status, past.paths]).toEqual([400, ['sendAfter']])
    await call(admin, 'outbox.cancel', { id })
    expect((await refused(admin, ['POST', `/outbox/${id}/reschedule`], { sendAfter })).status).toBe(
      409,
    )
    expect(
      (await refused(admin, ['POST', `/outbox/${missingId}/reschedule`], { sendAfter })).status,
    ).toBe(404)

    office.trouble = 'hangs_up_after_data'
    const sent = await make('now')
    await call(admin, 'outbox.send')
    expect(await call(admin, 'outbox.get', { id: sent.id })).toMatchObject({ state: 'unknown' })
    expect(await call(admin, 'holds.status')).toMatchObject({ holds: [], unknown: 1 })
    const path = '/outbox/resolve-unknown'
    expect((await refused(rep, ['POST', path], { as: 'sent' })).status).toBe(403)
    expect((await refused(admin, ['POST', path], { as: 'lost' })).paths).toEqual(['as'])
    const decided = { changed: 1, skipped: 0, batchId: null }
    expect(await call(admin, 'outbox.resolveUnknown', { as: 'sent' })).toEqual(decided)
    expect(await call(admin, 'outbox.get', { id: sent.id })).toMatchObject({ state: 'sent' })
    expect(await call(admin, 'outbox.resolveUnknown', { as: 'sent' })).toEqual({
      ...decided,
      changed: 0,
    })
    await call(admin, 'mail.accounts.remove', { id: account.id })
  })

  it('people are erased for good, and the backups that hold them are named and deleted', async () => {
    const [admin, manager] = [await api.person('admin'), await api.person('manager')]
    const { id } = await call<Contact>(admin, 'contacts.create', {
      firstName: 'Wilhelmina',
      lastName: 'Forgotten',
      email: 'wilhelmina@forgotten.example',
    })
    const backup = await call<Backup>(admin, 'database.backUp')
    const place: [string, string] = ['POST', `/contacts/${id}/erase`]
    const unsure = await refused(manager, place, { confirm: false })
    expect([unsure.status, unsure.paths]).toEqual([400, ['confirm']])
    expect((await refused(await api.person('rep'), place, { confirm: true })).status).toBe(403)

    const result = await call<ErasureResult>(manager, 'erasures.eraseContact', {
      id,
      confirm: true,
    })
    expect(result.erased).toBe(1)
    expect(result.entries).toBeGreaterThan(0)
    expect(result.backups.map(({ name }) => name)).toContain(backup.name)
    expect((await refused(admin, ['GET', `/contacts/${id}`])).status).toBe(404)
    expect((await refused(manager, place, { confirm: true })).status).toBe(404)
    const log = await admin.ask('GET', '/changes?limit=500&table=contact')
    expect([log.status, /wilhelmina|forgotten/i.test(log.text)]).toEqual([200, false])

    const listed = await call<ErasureResult & { items: Erasure[] }>(manager, 'erasures.list')
    expect(listed.items[0]).toMatchObject({
      by: { id: manager.id, name: manager.name },
      reason: 'asked',
      entries: result.entries,
    })
    expect(listed.backups.map(({ name }) => name)).toContain(backup.name)
    const names = [backup.name, '../rapport.db']
    expect((await refused(manager, ['POST', '/database/backups/remove'], { names })).status).toBe(
      403,
    )
    expect(
      (await refused(admin, ['POST', '/database/backups/remove'], { names: [] })).paths,
    ).toEqual(['names'])
    // Only backups are deleted, whatever is named.
    expect(await call(admin, 'erasures.removeBackups', { names })).toEqual({ removed: 1 })
    expect(existsSync(join(api.web.directory, 'rapport.db'))).toBe(true)
    expect(await call(admin, 'erasures.removeBackups', { names })).toEqual({ removed: 0 })
    const { backups } = await call<ErasureResult>(manager, 'erasures.list')
    expect(backups.map(({ name }) => name)).not.toContain(backup.name)
  })
})

describe('Holds over HTTP', () => {
  it('what is not on hold cannot be let go, and not by everybody', async () => {
    const [admin, rep] = [await api.person('admin'), await api.person('rep')]
    expect((await call<HoldStatus>(rep, 'holds.status')).holds).toEqual([])
    for (const [path, body] of [
      ['/holds/resume', {}],
      ['/holds/clock-is-right', {}],
      ['/holds/place', { answer: 'moved' }],
      ['/holds/place', { answer: 'copied' }],
      ['/holds/send-from-copy', {}],
    ] as const) {
      expect([path, (await refused(admin, ['POST', path], body)).status]).toEqual([path, 409])
      expect([path, (await refused(rep, ['POST', path], body)).status]).toEqual([path, 403])
    }
    const wrong = await refused(admin, ['POST', '/holds/place'], { answer: 'lent' })
    expect([wrong.status, wrong.paths]).toEqual([400, ['answer']])
  })

  it('after a restore and a jump of the clock somebody lets things go out again', async () => {
    const web = await startWeb()
    const owner = ownerOf(web)
    const { name } = await call<Backup>(owner, 'database.backUp')
    await call(owner, 'optOuts.add', { address: 'bob@rare.example' })
    await web.api('POST', `/database/backups/${name}/restore`, {})
    expect(await call(owner, 'holds.status')).toMatchObject({
      holds: [{ reason: 'restored', from: 'backup', replaced: 'read', carried: { optOuts: 1 } }],
    })
    expect((await refused(owner, ['POST', '/holds/clock-is-right'], {})).status).toBe(409)
    expect(await call(owner, 'holds.resume')).toEqual({ holds: [], waiting: 0, unknown: 0 })
    expect((await refused(owner, ['POST', '/holds/resume'], {})).status).toBe(409)

    await web.stop()
    const lastSeen = Date.now() + 30 * day
    writeTo(web, 'installation', (file) =>
      file.prepare('update installation set last_seen = ?').run(lastSeen),
    )
    const later = ownerOf(await startWeb({ directory: web.directory }))
    expect(await call(later, 'holds.status')).toMatchObject({
      holds: [{ reason: 'clock', lastSeen: new Date(lastSeen).toISOString() }],
    })
    expect((await refused(later, ['POST', '/holds/resume'], {})).status).toBe(409)
    expect(await call(later, 'holds.clockIsRight')).toMatchObject({ holds: [] })
    expect(await call(later, 'holds.status')).toMatchObject({ holds: [] })
  })

  it('a copy sends nothing until somebody lets it, and a moved database continues', async () => {
    const web = await startWeb({ machine: 'office' })
    const { make } = await prepareMail(ownerOf(web))
    const { id } = await make('approve', { sendAfter: new Date(Date.now() + day).toISOString() })
    await web.stop()
    const copy = await startWeb({ machine: 'laptop', directory: web.directory })
    const owner = ownerOf(copy)
    expect(await call(owner, 'holds.status')).toMatchObject({
      holds: [{ reason: 'copied', answer: null }],
      waiting: 1,
      unknown: 0,
    })
    expect((await refused(owner, ['POST', '/holds/send-from-copy'], {})).status).toBe(409)
    expect(await call(owner, 'holds.place', { answer: 'copied' })).toMatchObject({
      holds: [{ reason: 'copied', answer: 'copied', unknown: 1 }],
      waiting: 0,
      unknown: 1,
    })
    expect(await call(owner, 'outbox.resolveUnknown', { as: 'cancelled' })).toMatchObject({
      changed: 1,
    })
    expect(await call(owner, 'outbox.get', { id })).toMatchObject({ state: 'cancelled' })
    const free = { holds: [], waiting: 0, unknown: 0 }
    expect(await call(owner, 'holds.sendFromCopy')).toEqual(free)
    expect((await refused(owner, ['POST', '/holds/send-from-copy'], {})).status).toBe(409)

    await copy.stop()
    const moved = ownerOf(await startWeb({ machine: 'home', directory: web.directory }))
    expect(await call(moved, 'holds.status')).toMatchObject({ holds: [{ reason: 'copied' }] })
    expect(await call(moved, 'holds.place', { answer: 'moved' })).toEqual(free)
    expect((await refused(moved, ['POST', '/holds/place'], { answer: 'moved' })).status).toBe(409)
  })
})

describe('Amounts over HTTP', () => {
  it('amounts that an earlier version may have stored otherwise are listed, and settled one by one', async () => {
    const web = await startWeb()
    const made: string[] = []
    for (const title of ['Kept', 'Corrected', 'Judged already'])
      made.push(
        (
          await call<Lead>(ownerOf(web), 'leads.create', {
            title,
            value: { amount: '1500', currency: 'HUF' },
          })
        ).id,
      )
    await web.stop()
    const [kept, corrected, judged] = made as [string, string, string]
    writeTo(web, 'setting', (file) =>
      file
        .prepare('insert into setting (id, value, created_at, updated_at) values (?, ?, 1, 1)')
        .run(
          'moneyReview',
          JSON.stringify({
            readAs: 'later',
            leads: { [kept]: 150_000, [corrected]: 150_000, [judged]: 7 },
          }),
        ),
    )
    const owner = ownerOf(await startWeb({ directory: web.directory }))
    type List = { items: UnclearAmount[]; total: number }
    const row = (leadId: string, title: string): UnclearAmount => ({
      leadId,
      title,
      amount: { amount: '1500.00', currency: 'HUF' },
      other: { amount: '15.00', currency: 'HUF' },
    })
    expect(await call<List>(owner, 'amounts.unclear')).toEqual({
      items: [row(kept, 'Kept'), row(corrected, 'Corrected')],
      total: 2,
    })
    const wrong = await refused(owner, ['POST', '/database/amounts'], { choice: 'both' })
    expect([wrong.status, wrong.paths]).toEqual([400, ['choice']])
    expect(
      await call(owner, 'amounts.settle', { choice: 'other', leadIds: [corrected] }),
    ).toMatchObject({ changed: 1, skipped: 0, batchId: expect.any(String) })
    expect(await call<List>(owner, 'amounts.unclear')).toEqual({
      items: [row(kept, 'Kept')],
      total: 1,
    })
    expect(await call(owner, 'amounts.settle', { choice: 'keep' })).toEqual({
      changed: 0,
      skipped: 1,
      batchId: null,
    })
    expect(await call<List>(owner, 'amounts.unclear')).toEqual({ items: [], total: 0 })
    for (const [id, amount] of [
      [kept, '1500.00'],
      [corrected, '15.00'],
      [judged, '1500.00'],
    ])
      expect(await call<Lead>(owner, 'leads.get', { id })).toMatchObject({ value: { amount } })

    const admin = await api.person('admin')
    expect(await call<List>(admin, 'amounts.unclear')).toEqual({ items: [], total: 0 })
    const manager = await api.person('manager')
    const refusal = await refused(manager, ['POST', '/database/amounts'], { choice: 'keep' })
    expect(refusal.status).toBe(403)
  })
})

testThatAllWasAsked('rare')
