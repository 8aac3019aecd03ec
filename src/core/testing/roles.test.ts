/**
 * Every operation of the contract, tried as every role on rows of every owner, undo, redo and bulk
 * included: none is answered with a fault, and a rep neither reads nor changes what is not its own.
 * Walks the contract, so that what comes new is tried by itself; what a rep may do with rows of others
 * has to be said here.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { ORPCError } from '@orpc/server'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { contract } from '../../contract'
import type { Role } from '../../contract/kernel/words'
import { csv } from '../transfer/testing'
import { leavesOf, type Path, recordNames, sampleOf } from './inputs'
import { openTestCore, type TestCore } from './testing'

type Client = TestCore['client']

interface Procedure {
  name: string
  input: z.ZodType | undefined
}

/** They never end, send something out, fill the database or replace it. */
const leftOut =
  /^(changes\.events|database\.(restore|startEmpty|backUp)|mail\.test|notifications\.settings\.test|outbox\.(send|resume)|jobs\.run|settings\.sample\.load|holds\..*|erasures\.removeBackups)$/

const procedures: readonly Procedure[] = proceduresOf(contract)

function proceduresOf(part: object, path: string[] = []): Procedure[] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return []
    const known = (value as { '~orpc'?: { inputSchema?: z.ZodType } })['~orpc']
    if (!known) return proceduresOf(value, [...path, key])
    const name = [...path, key].join('.')
    return leftOut.test(name) ? [] : [{ name, input: known.inputSchema }]
  })
}

/** Ids of one record of each kind, all of one owner. */
type Rows = Record<string, string>

/** Which of them a field or a procedure is about. */
const kinds: readonly [RegExp, string][] = [
  [/^activities\.templates/, 'activityTemplate'],
  [/^(activities|activityId|calendar)/, 'activity'],
  [/template/i, 'template'],
  [/file/i, 'file'],
  [/import|^transfer/i, 'import'],
  [/batch/i, 'batch'],
  ...recordNames,
  [/cadence/i, 'cadence'],
  [/plan/i, 'plan'],
  [/account|^mail/i, 'account'],
  [/view/i, 'view'],
  [/outbox/i, 'email'],
  [/dayOff|daysOff/i, 'dayOff'],
  [/suggestion/i, 'suggestion'],
  [/notification/i, 'notification'],
  [/optOut/i, 'optOut'],
]
const nothing = '01900000-0000-7000-8000-000000000000'

const stepsOf = (text: string) => [{ type: 'call', automated: false, subject: text }]

/** What somebody has: everything private has the word in it, companies and contacts theirs. */
async function recordsOf(
  client: Client,
  userId: string,
  { word, addresses }: { word: string; addresses: string },
): Promise<Rows> {
  const company = await client.companies.create({ name: `${addresses} company` })
  const contact = await client.contacts.create({
    lastName: `${addresses} contact`,
    email: `${addresses}.${userId}@a.example`,
    companyId: company.id,
  })
  const links = { companyId: company.id, contactId: contact.id }
  const lead = await client.leads.create({
    title: `${word} lead`,
    source: `${word} fair`,
    ...links,
  })
  const customer = await client.customers.create({ name: `${word} customer`, ...links })
  const quote = await client.quotes.create({
    title: `${word} quote`,
    leadId: lead.id,
    lines: [{ description: `${word} desk`, quantity: 1, unitPrice: '1.00', discount: 0 }],
  })
  const on = { leadId: lead.id }
  const task = await client.tasks.create({
    title: `${word} task`,
    dueAt: '2026-11-21T09:00:00Z',
    ...on,
  })
  const activity = await client.activities.create({
    type: 'call',
    subject: `${word} call`,
    scheduledAt: '2026-11-20T10:00:00Z',
    ...on,
  })
  const reminder = await client.reminders.create({
    notes: `${word} reminder`,
    remindAt: '2026-11-20T10:00:00Z',
    ...on,
  })
  const cadence = await client.cadences.create({
    name: `${word} cadence`,
    state: 'draft',
    steps: stepsOf(`${word} step`),
  })
  const plan = await client.plans.create({
    name: `${word} plan`,
    steps: stepsOf(`${word} step`),
    leadId: lead.id,
  })
  const template = await client.templates.create({
    kind: 'template',
    name: `Shared template ${userId}`,
    body: 'Hello',
  })
  const activityTemplate = await client.activities.templates.create({
    name: 'Shared activity',
    type: 'call',
  })
  const view = await client.settings.views.create({
    list: 'leads',
    name: `${word} view`,
    shared: false,
    state: {},
  })
  const account = await client.mail.accounts.create({
    name: `${word} account`,
    shared: false,
    fromAddress: 'secret@example.com',
    host: '127.0.0.1',
    port: 1,
    security: 'none',
  })
  const email = await client.outbox.create({ ...on, subject: `${word} e-mail`, body: word })
  await client.workingHours.daysOff.add({ userId, from: '2026-12-24', name: 'Shared day off' })
  const [dayOff] = await client.workingHours.daysOff.list({
    userId,
    from: '2026-12-24',
    to: '2026-12-24',
    storedOnly: true,
  })
  const optOut = await client.optOuts.add({ address: `shared.${userId}@b.example` })
  const { fileId } = await client.transfer.inspect({ file: csv(`title\n${word} import`) })
  const { importId } = await client.transfer.start({ kind: 'leads', fileId, dryRun: true })
  const [batch] = await client.changes.batches({})
  const [stage] = await client.pipeline.stages.list({})
  const records = {
    ...{ company, contact, lead, customer, quote, task, activity, reminder, cadence, plan },
    ...{ template, activityTemplate, view, account, email, dayOff, optOut, batch, stage },
  }
  return {
    ...Object.fromEntries(
      Object.entries(records).map(([kind, record]) => [kind, record?.id ?? nothing]),
    ),
    ...{ user: userId, file: fileId, import: importId, pipeline: stage?.pipelineId ?? nothing },
    suggestion: `stale.${lead.id}`,
  }
}

/** Tables whose rows a rep must not change where they are somebody else's: kind → table. */
const tables = {
  lead: 'lead',
  customer: 'customer',
  quote: 'quote',
  task: 'task',
  activity: 'activity',
  reminder: 'reminder',
  cadence: 'cadence',
  plan: 'plan',
  template: 'template',
  activityTemplate: 'activity_template',
  view: 'saved_view',
  account: 'mail_account',
  email: 'email_message',
  dayOff: 'day_off',
  optOut: 'opt_out',
  user: 'user',
} as const

interface World {
  crm: TestCore
  /** Of each owner but the one who tries. */
  others: Rows[]
  own: Rows
  actor: Client
  /** Everything of others that must stay as it is, as text. */
  protectedRows(): string
  close(): void
}

/** @param apart reps see only the companies and contacts they have to do with */
async function openWorld(role: Role, apart: boolean): Promise<World> {
  const crm = await openTestCore()
  const { client, owner } = crm
  await client.settings.updateWorkspace({ repsSeeAllContacts: !apart })
  const words = { word: 'Secret', addresses: apart ? 'Secret' : 'Shared' }
  const mia = await crm.addUser('Mia', 'manager')
  const rob = await crm.addUser('Rob', 'rep')
  const others = [
    await recordsOf(rob.client, rob.id, words),
    await recordsOf(mia.client, mia.id, words),
  ]
  // Nobody's: made by the owner, who then lets go of them.
  const nobodys = await recordsOf(client, owner.userId, words)
  await client.leads.update({ id: nobodys.lead ?? '', ownerId: null })
  await client.customers.update({ id: nobodys.customer ?? '', ownerId: null })
  await client.contacts.update({ id: nobodys.contact ?? '', ownerId: null })
  await client.companies.update({ id: nobodys.company ?? '', ownerId: null })
  await client.tasks.update({ id: nobodys.task ?? '', assigneeId: null })
  others.push(nobodys)
  const rita = await crm.addUser('Rita', role)
  const own = await recordsOf(rita.client, rita.id, { word: 'Own', addresses: 'Own' })
  const reader = new Sqlite(`${crm.directory}/rapport.db`, { readonly: true })
  const select = (table: string, columns: string) =>
    reader.prepare(`select ${columns} from ${table} where id = ?`)
  const statements = [
    ...Object.entries(tables).map(([kind, table]) => ({ kind, row: select(table, '*') })),
    ...(['company', 'contact'] as const).map((kind) => ({
      kind,
      row: select(kind, apart ? '*' : 'owner_id, deleted_at'),
    })),
  ]
  return {
    crm,
    others,
    own,
    actor: rita.client,
    protectedRows: () =>
      others
        .flatMap((rows) =>
          statements.map(({ kind, row }) => `${kind} ${JSON.stringify(row.get(rows[kind]))}`),
        )
        .join('\n'),
    close: () => reader.close(),
  }
}

/** What a procedure is tried with: as little as it takes, and every id it takes naming one of the rows. */
function inputsFor({ name, input }: Procedure, rows: Rows): unknown[] {
  if (!input) return [undefined]
  const findId = (field: string) => {
    const about = /^ids?$/i.test(field) ? name : field
    return rows[kinds.find(([pattern]) => pattern.test(about))?.[1] ?? 'lead'] ?? nothing
  }
  const make = (wanted: readonly Path[]) => sampleOf(input, { findId, wanted })
  const needed: Path[] = []
  for (let attempt = 0; attempt < 4; attempt++) {
    const { error } = input.safeParse(make(needed))
    if (!error) break
    needed.push(...error.issues.map(({ path }) => path as Path))
  }
  const ids = leavesOf(input).filter(({ path }) =>
    path.some((part) => /(^id|Ids?|ids|rowId)$/.test(String(part))),
  )
  const made = [make(needed), ...ids.map(({ path }) => make([...needed, path]))]
  return [...made, ...furtherInputs(name, rows)]
}

/** Bulk work of every kind, and items named by their kind. */
function furtherInputs(name: string, rows: Rows): unknown[] {
  const [area = '', verb] = name.split('.')
  const kind = kinds.find(([pattern]) => pattern.test(area))?.[1] ?? ''
  if (verb === 'bulk') {
    const ids = [rows[kind] ?? nothing]
    const actions = [
      { type: 'update', patch: {} },
      { type: 'update', patch: { ownerId: rows.user } },
      { type: 'addTags', tags: ['x'] },
      { type: 'removeTags', tags: ['x'] },
      { type: 'delete' },
      { type: 'restore' },
      ...['complete', 'cancel', 'dismiss', 'pause', 'resume', 'skip', 'abort'].map((type) => ({
        type,
      })),
    ]
    return actions.flatMap((action) => [
      { ids, action },
      ...[{ ids }, { where: {} }].map((target) => ({ target, action })),
    ])
  }
  if (name === 'trash.restore' || name === 'trash.purge')
    return Object.keys(rows).map((one) => ({ items: [{ kind: one, id: rows[one] }] }))
  if (name === 'agenda.act')
    return ['task', 'activity', 'reminder'].flatMap((one) =>
      ['complete', 'delete'].map((type) => ({
        targets: [{ kind: one, id: rows[one] }],
        action: { type },
      })),
    )
  if (name === 'search' || name === 'trash.list') return [{ q: 'Secret' }]
  if (name === 'changes.list') return Object.values(rows).map((rowId) => ({ rowId, limit: 100 }))
  if (name === 'changes.batches') return [{ mine: false }]
  return []
}

type Outcome = { answer: string } | { refused: ORPCError<string, unknown> } | { fault: unknown }

async function attempt(client: Client, name: string, input: unknown): Promise<Outcome> {
  let at: unknown = client
  for (const key of name.split('.')) at = (at as Record<string, unknown>)[key]
  try {
    const answer = await (at as (input: unknown) => Promise<unknown>)(input)
    return { answer: answer instanceof Blob ? await answer.text() : (JSON.stringify(answer) ?? '') }
  } catch (error) {
    return error instanceof ORPCError && error.status < 500 ? { refused: error } : { fault: error }
  }
}

/** Tries everything on the rows of everybody, and then to take back whatever anybody did. */
async function tryEverything({ crm, actor, others, own, protectedRows }: World, isRep: boolean) {
  const wrong: string[] = []
  let tried = 0
  let before = protectedRows()
  const one = async (name: string, input: unknown) => {
    tried++
    const outcome = await attempt(actor, name, input)
    const tell = (what: string) =>
      wrong.push(`${name} ${JSON.stringify(input)?.slice(0, 200)}: ${what}`)
    if ('fault' in outcome) tell(`fault ${String(causeOf(outcome.fault))}`)
    if (!isRep) return
    const read =
      'answer' in outcome
        ? outcome.answer
        : 'refused' in outcome
          ? `${outcome.refused.message} ${JSON.stringify(outcome.refused.data)}`
          : ''
    // What was asked for comes back in the words of a refusal.
    const secret = /.{0,80}Secret .{0,60}/.exec(read)
    if (secret) tell(`reads ${secret[0]}`)
    const after = protectedRows()
    if (after !== before) tell(`changes ${difference(before, after)}`)
    before = after
  }
  for (const procedure of procedures)
    for (const rows of [...(isRep ? others : others.slice(0, 1)), own])
      for (const input of inputsFor(procedure, rows)) await one(procedure.name, input)
  for (const kind of [
    'leads',
    'contacts',
    'companies',
    'customers',
    'quotes',
    'tasks',
    'activities',
  ])
    await tryExport(actor, kind, one)
  const batches = await crm.client.changes.batches({ mine: false, limit: 200 })
  for (const { id } of batches) await one('changes.undo', { batchId: id })
  for (let times = 0; times < 20; times++) {
    await one('changes.undo', {})
    await one('changes.redo', {})
    await one('changes.undo', {})
  }
  return { wrong, tried }
}

/** An export is a file that is made after the answer. */
async function tryExport(
  actor: Client,
  kind: string,
  one: (name: string, input: unknown) => Promise<void>,
) {
  const started = await attempt(actor, 'transfer.export', { kind })
  if (!('answer' in started)) return
  const { exportId } = JSON.parse(started.answer) as { exportId: string }
  while ((await actor.transfer.exportStatus({ exportId })).state === 'running') await pause(2)
  await one('transfer.exportFile', { exportId })
}

const causeOf = (error: unknown) => (error instanceof Error ? (error.cause ?? error) : error)
/** What is there now and was not before. */
const difference = (before: string, after: string) => {
  const known = new Set(before.split('\n'))
  return after
    .split('\n')
    .filter((line) => !known.has(line))
    .join(' | ')
    .slice(0, 300)
}

describe.each([
  { role: 'rep', apart: false },
  { role: 'rep', apart: true },
  { role: 'manager', apart: false },
  { role: 'admin', apart: false },
] as const)('A $role (reps kept to their own contacts: $apart)', ({ role, apart }) => {
  test('is answered without a fault, and reaches what it may, whatever it tries', {
    timeout: 300_000,
  }, async () => {
    const world = await openWorld(role, apart)
    const { wrong, tried } = await tryEverything(world, role === 'rep')
    world.close()
    expect(wrong).toEqual([])
    expect(tried).toBeGreaterThan(1000)
  })
})
