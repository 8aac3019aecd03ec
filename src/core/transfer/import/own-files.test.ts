/** What Rapport exported comes back whole: in an empty database the same records with the same relations. */
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import { type ImportKind, importOrder } from '../../../contract/transfer/words'
import { derivedLabels, exportLabels } from '../export/export'
import {
  csv,
  dump,
  exportFile,
  importWell,
  openTestCore,
  type TestClient,
  undoImport,
} from '../testing'
import { fieldsByKind } from './fields/fields'

const kinds = importOrder

/** A new database of its own, whose ids are others. */
const openEmpty = () => openTestCore({ start: '2026-11-21T08:00:00.000Z' })

async function moveAll(from: TestClient, to: TestClient, which = kinds) {
  for (const kind of which) {
    const {
      file,
      status: { rows },
    } = await exportFile(from, { kind })
    const done = await importWell(to, kind, file, { onDuplicate: 'update' })
    expect(done.rejected, `${kind} ${done.problems[0]?.message}`).toBe(0)
    expect(done.warnings, kind).toEqual([])
    expect(done.created + done.updated + done.unchanged, kind).toBe(rows)
  }
}

async function filesOf(client: TestClient, which = kinds) {
  const texts: Record<string, string> = {}
  for (const kind of which) texts[kind] = await (await exportFile(client, { kind })).file.text()
  return texts
}

test('records of the same name keep their own relations, and a second export is the same to the byte', async () => {
  const from = await openTestCore()
  const { client } = from
  const boss = await client.users.create({ name: 'Rita', role: 'manager' })
  const rita = await client.users.create({ name: 'Rita', role: 'rep', managerId: boss.id })
  await client.users.update({ id: boss.id, managerId: from.owner.userId })
  const below = await client.companies.create({ name: 'Acme', ownerId: boss.id })
  const acme = await client.companies.create({ name: 'Acme', domain: 'acme.example' })
  // The parent was made later: its row comes further down.
  await client.companies.update({ id: below.id, parentId: acme.id })
  const ada = await client.contacts.create({ lastName: 'Ada', companyId: below.id })
  const twin = await client.contacts.create({
    lastName: 'Ada',
    companyId: below.id,
    externalId: 'C7',
  })
  for (const contactId of [ada.id, twin.id])
    await client.leads.create({
      title: 'Roll-out',
      companyId: below.id,
      contactId,
      ownerId: rita.id,
      value: { amount: '10.50', currency: 'EUR' },
    })
  await client.leads.create({ title: 'Roll-out', ownerId: null })

  const to = await openEmpty()
  await moveAll(client, to.client)
  expect(await to.client.companies.get({ id: below.id })).toMatchObject({
    name: 'Acme',
    externalId: null,
    parent: { id: acme.id },
    owner: { id: boss.id },
  })
  const leads = (await to.client.leads.list({ sort: 'newest' })).items
  expect(leads.map((lead) => [lead.contact?.id, lead.owner?.id])).toEqual([
    [ada.id, rita.id],
    [twin.id, rita.id],
    [undefined, undefined],
  ])
  expect((await to.client.users.get({ id: boss.id })).manager?.id).toBe(to.owner.userId)
  expect(await filesOf(to.client)).toEqual(await filesOf(client))

  // And once more changes nothing.
  for (const kind of kinds) {
    const {
      file,
      status: { rows },
    } = await exportFile(client, { kind })
    const again = await importWell(to.client, kind, file, { onDuplicate: 'update' })
    expect(again, kind).toMatchObject({ unchanged: rows, created: 0, batchId: null })
  }
})

test('an id that is taken, or was of somebody erased, is not used again; relations by it hold', async () => {
  const from = await openTestCore()
  const company = await from.client.companies.create({ name: 'Acme' })
  const contact = await from.client.contacts.create({ lastName: 'Gone', companyId: company.id })
  const lead = await from.client.leads.create({ title: 'Deal', contactId: contact.id })
  const files = {
    contacts: (await exportFile(from.client, { kind: 'contacts' })).file,
    leads: (await exportFile(from.client, { kind: 'leads' })).file,
  }
  await from.client.leads.remove({ id: lead.id })
  await from.client.trash.purge({ items: [{ kind: 'lead', id: lead.id }] })
  await from.client.contacts.remove({ id: contact.id })
  await from.client.trash.purge({ items: [{ kind: 'contact', id: contact.id }] })
  await importWell(from.client, 'contacts', files.contacts)
  await importWell(from.client, 'leads', files.leads)
  const [again] = (await from.client.leads.list({})).items
  expect(again?.id).not.toBe(lead.id)
  expect(again?.externalId).toBe(lead.id)
  expect(again?.contact?.id).not.toBe(contact.id)
  expect(again?.contact?.name).toBe('Gone')
})

test('a rep takes over nothing by an id: what it does not see stays as it is', async () => {
  const { client, addUser } = await openTestCore()
  await client.settings.updateWorkspace({ repsSeeAllContacts: false })
  const hidden = await client.companies.create({ name: 'Hidden' })
  const { file } = await exportFile(client, { kind: 'companies' })
  const sam = await addUser('Sam', 'rep')
  const text = (await file.text()).replaceAll('Hidden', 'Taken').replace(/,Me,[^,]*,/, ',,,')
  const done = await importWell(sam.client, 'companies', new File([text], 'companies.csv'), {
    onDuplicate: 'update',
  })
  expect(done.created).toBe(1)
  expect((await client.companies.get({ id: hidden.id })).name).toBe('Hidden')
  const [own] = (await sam.client.companies.list({})).items
  expect(own).toMatchObject({ name: 'Taken' })
  expect(own?.id).not.toBe(hidden.id)
})

test('what happened comes back with it: entries of the system once, whole days as days, people and details', async () => {
  const from = await openTestCore()
  const { client } = from
  const rita = await client.users.create({ name: 'Rita', role: 'rep' })
  const lead = await client.leads.create({ title: 'Deal', ownerId: rita.id })
  await client.leads.moveStage({ id: lead.id, stageId: (await from.stage('Proposal')).id })
  await client.activities.create({
    type: 'meeting',
    subject: 'Fair',
    leadId: lead.id,
    allDay: true,
    zone: 'Asia/Tokyo',
    scheduledAt: '2026-12-23T15:00:00Z',
    location: 'Hall 7, "North"',
    userId: rita.id,
  })
  const call = await client.activities.create({
    type: 'call',
    scheduledAt: '2026-11-19T10:00:00Z',
    metadata: { a: [1, 'two'] },
    userId: null,
  })
  await client.activities.complete({ id: call.id })

  const to = await openEmpty()
  await moveAll(client, to.client)
  const activities = await filesOf(client, ['activities'])
  expect(activities.activities).toContain(',2026-12-24,')
  expect(await filesOf(to.client)).toEqual(await filesOf(client))
  const timeline = await to.client.activities.timelines.lead({ id: lead.id })
  expect(timeline.items.map(({ type }) => type).sort()).toEqual([
    'lead_created',
    'meeting',
    'stage_changed',
  ])
  expect(timeline.items.find(({ type }) => type === 'stage_changed')?.metadata).toMatchObject({
    old: (await to.stage('New')).id,
    new: (await to.stage('Proposal')).id,
  })
})

test('customers, quotes with their lines, and tasks come back whole', async () => {
  const from = await openTestCore()
  const { client } = from
  const rita = await client.users.create({ name: 'Rita', role: 'rep', timezone: 'Asia/Tokyo' })
  const company = await client.companies.create({ name: 'Acme' })
  const lead = await client.leads.create({
    title: 'Big',
    companyId: company.id,
    value: { amount: '10', currency: 'JPY' },
  })
  const quote = await client.quotes.create({
    title: 'Offer',
    leadId: lead.id,
    taxRate: 7.7,
    currency: 'KWD',
    lines: [
      { description: 'Pump: 2 × 3 − 4 %', quantity: 0.5, unitPrice: '12.5', discount: 10 },
      { description: '=1+1', quantity: 1_000_000, unitPrice: '0.1255', discount: 0 },
      { description: 'Rebate', quantity: 1, unitPrice: '-1.000', discount: 33.3 },
    ],
    notes: 'Net 30\n',
  })
  await client.quotes.send({ id: quote.id })
  await client.quotes.decline({ id: quote.id, reason: 'Too dear' })
  const customer = await client.leads.convert({ id: lead.id })
  await client.customers.update({ id: customer.id, tags: ['a, b', 'c "d"', 'e; f|g'] })
  await client.tasks.create({
    title: 'Call on the day',
    wallTime: '2026-12-10',
    assigneeId: rita.id,
    leadId: lead.id,
    customerId: customer.id,
  })
  await client.tasks.create({
    title: 'In the hour that is skipped',
    wallTime: '2027-03-28T02:30',
    zone: 'Europe/Prague',
    recurrence: 'FREQ=MONTHLY;BYMONTHDAY=28',
    assigneeId: null,
  })
  const done = await client.tasks.create({ title: 'Done', priority: 'urgent', type: 'call' })
  await client.tasks.complete({ id: done.id })

  const to = await openEmpty()
  await moveAll(client, to.client)
  expect(await filesOf(to.client)).toEqual(await filesOf(client))
  expect((await to.client.quotes.get({ id: quote.id })).lines).toEqual(
    (await client.quotes.get({ id: quote.id })).lines,
  )
  expect((await to.client.customers.get({ id: customer.id })).tags).toEqual([
    'a, b',
    'c "d"',
    'e; f|g',
  ])
  // And the next quote continues the numbers.
  const next = await to.client.quotes.create({ title: 'Next', leadId: lead.id })
  expect(next.number).toBe('Q-0002')
})

test('tasks, customers and quotes of other programs come in, and twice changes nothing', async () => {
  const { client, directory } = await openTestCore()
  await client.leads.create({ title: 'Roll-out' })
  const files = {
    tasks: csv(
      'Task,Due date,Assignee,Deal,Status,Priority\nCall,24/12/2026,Me,Roll-out,Not started,High\n',
    ),
    customers: csv('Customer,Company,Customer since\nAcme,Acme Inc,2025-01-02\n'),
    quotes: csv(
      'Quote number,Title,Deal,VAT,Line items\nA-17,Pumps,Roll-out,19,"Pump: 2 x 10.00\nHose: 1 x 5 - 10 %"\n',
    ),
  }
  for (const [kind, file] of Object.entries(files)) {
    const inspected = await client.transfer.inspect({ file })
    expect(inspected.kind).toBe(kind)
    const done = await importWell(client, kind as ImportKind, file)
    expect(done, done.problems[0]?.message).toMatchObject({ created: 1, rejected: 0 })
  }
  const before = dump(directory)
  for (const [kind, file] of Object.entries(files))
    expect(await importWell(client, kind as ImportKind, file)).toMatchObject({ skipped: 1 })
  expect(dump(directory)).toEqual(before)
  const [task] = (await client.tasks.list({})).items
  expect(task).toMatchObject({
    wallTime: '2026-12-24',
    priority: 'high',
    lead: { name: 'Roll-out' },
  })
  const [quote] = (await client.quotes.list({})).items
  expect(quote).toMatchObject({ number: 'A-17', total: { amount: '29.16' } })
  const [customer] = (await client.customers.list({})).items
  expect(customer).toMatchObject({ since: '2025-01-02', company: { name: 'Acme Inc' } })
})

test('what is wrong in tasks, customers and quotes is reported by field, and an undo takes all back', async () => {
  const { client, directory } = await openTestCore()
  await client.leads.create({ title: 'Roll-out' })
  const before = dump(directory)
  const imported: string[] = []
  const outcomeOf = async (kind: ImportKind, text: string) => {
    const done = await importWell(client, kind, csv(text))
    imported.unshift(done.importId)
    const problems = done.problems.map(({ message }) => message)
    return { created: done.created, rejected: done.rejected, problems }
  }
  expect(
    await outcomeOf(
      'tasks',
      'title,due date,repeats,priority\nA,2026-12-24,FREQ=SOMETIMES,high\nB,,FREQ=DAILY,\nC,2026-12-24,,huge\nD,2026-12-24,FREQ=DAILY,\n',
    ),
  ).toEqual({
    created: 1,
    rejected: 3,
    problems: [
      'Repeats must have a FREQ of DAILY, WEEKLY, MONTHLY or YEARLY',
      'Repeats needs a due date to repeat from',
      'Priority must be one of low, medium, high, urgent',
    ],
  })
  expect(
    await outcomeOf(
      'quotes',
      'title,deal,lines\nA,Nothing,\nB,Roll-out,Pump for 12\nC,Roll-out,Rebate: 1 × -5\nD,Roll-out,Pump: 1 × 5\n',
    ),
  ).toEqual({
    created: 1,
    rejected: 3,
    problems: [
      'Lead “Nothing” names no lead',
      'Lines has a line “Pump for 12”: write lines like “Pump: 2 × 12.50 − 10 %”',
      'Lines must add up to an amount that can be kept',
    ],
  })
  expect(
    await outcomeOf('customers', 'name,status\n,active\nB,sleeping\nC,active\n'),
  ).toMatchObject({ created: 1, rejected: 2 })
  for (const importId of imported) await undoImport(client, importId)
  expect(dump(directory)).toEqual(before)
})

test('a rep brings in only what is its own: no quotes or tasks on leads of others, no work for others', async () => {
  const { client, addUser } = await openTestCore()
  await client.leads.create({ title: 'Not yours' })
  const sam = await addUser('Sam', 'rep')
  const quotes = await importWell(
    sam.client,
    'quotes',
    csv('title,deal,lines\nA,Not yours,Pump: 1 × 5\n'),
  )
  expect(quotes).toMatchObject({ created: 0, rejected: 1 })
  const tasks = await importWell(
    sam.client,
    'tasks',
    csv('title,deal,assignee\nA,Not yours,\nB,,Me\nC,,Sam\n'),
  )
  expect(tasks).toMatchObject({ created: 1, rejected: 2 })
  const customers = await importWell(sam.client, 'customers', csv('name,owner\nA,Me\nB,Sam\n'))
  expect(customers).toMatchObject({ created: 1, rejected: 1 })
})

test('external ids of customers and tasks are looked up by an index', async () => {
  const { directory } = await openTestCore()
  const connection = new BetterSqlite3(join(directory, 'rapport.db'), { readonly: true })
  for (const table of ['customer', 'task']) {
    const [step] = connection
      .prepare(`explain query plan select id from ${table} where external_id = ?`)
      .all('C7') as { detail: string }[]
    expect(step?.detail).toContain(`${table}_external`)
  }
  connection.close()
})

test('custom fields with names that mean something else in other files keep their values', async () => {
  const from = await openTestCore()
  const { client } = from
  const field = async (
    table: 'company' | 'contact' | 'lead',
    label: string,
    type: 'text' | 'boolean',
  ) => (await client.settings.customFields.create({ table, label, type })).key
  const unsubscribed = await field('contact', 'Unsubscribed', 'boolean')
  const [contact, phone] = [
    await field('contact', 'Contact', 'text'),
    await field('contact', 'Home phone', 'text'),
  ]
  const [won, closed] = [
    await field('lead', 'Won', 'boolean'),
    await field('lead', 'Closed', 'boolean'),
  ]
  const industry = await field('company', 'Industry', 'text')
  await client.companies.create({
    name: 'Acme',
    industry: 'Steel',
    custom: { [industry]: 'Heavy' },
  })
  await client.contacts.create({
    lastName: 'Ada',
    email: 'ada@acme.example',
    custom: { [unsubscribed]: true, [contact]: 'by letter', [phone]: 'mornings' },
  })
  await client.leads.create({ title: 'Roof', custom: { [won]: true, [closed]: true } })

  const facts = async ({ client }: { client: TestClient }) => ({
    company: (await client.companies.list({})).items[0],
    contact: (await client.contacts.list({})).items[0],
    lead: (await client.leads.list({})).items[0],
    fields: (await client.settings.customFields.list({})).map(({ key, label }) => [key, label]),
    optOuts: (await client.optOuts.list({})).items,
  })
  const to = await openEmpty()
  await moveAll(client, to.client, ['companies', 'contacts', 'leads'])
  const found = await facts(to)
  expect(found).toMatchObject({
    company: { industry: 'Steel', custom: { industry: 'Heavy' } },
    contact: {
      name: 'Ada',
      custom: { unsubscribed: true, contact: 'by letter', home_phone: 'mornings' },
    },
    lead: { title: 'Roof', status: 'open', custom: { won: true, closed: true } },
    optOuts: [],
  })
  expect(found.fields.toSorted()).toEqual((await facts(from)).fields.toSorted())
  await moveAll(client, to.client, ['companies', 'contacts', 'leads'])
  expect((await facts(to)).fields).toHaveLength(6)
})

test('pipelines and their stages, whatever they are called, come back with the leads in them', async () => {
  const { client, clock } = await openTestCore()
  const { id: pipelineId } = await client.pipeline.create({ name: 'Renewals › 2027' })
  for (const one of (await client.pipeline.list()).find(({ id }) => id === pipelineId)?.stages ??
    [])
    await client.pipeline.stages.update({ id: one.id, name: `${one.kind} № ${one.position}` })
  const stages = await client.pipeline.stages.list({ pipelineId })
  for (const stage of stages) {
    clock.advance(60_000)
    const { id } = await client.leads.create({ title: `In ${stage.name}` })
    for (const { id: stageId } of [stages[1] ?? stage, stage]) {
      clock.advance(60_000)
      await client.leads.moveStage({ id, stageId })
    }
  }
  const facts = async (one: TestClient) =>
    (await one.leads.list({ sort: 'title', limit: 200 })).items.map(
      ({ id, title, status, stage }) => [...[id, title, status, stage.name, stage.kind]],
    )
  const to = await openEmpty()
  const before = await filesOf(client)
  await moveAll(client, to.client)
  expect(await facts(to.client)).toEqual(await facts(client))
  expect((await to.client.pipeline.list()).map(({ name }) => name)).toEqual([
    'Sales pipeline',
    'Renewals › 2027',
  ])
  expect(await filesOf(to.client)).toEqual(before)
})

test.each(kinds)('every column of an export of %s is a field by its label, or derived', (kind) => {
  const labels = new Set([...fieldsByKind[kind].map(({ label }) => label), ...derivedLabels(kind)])
  expect(exportLabels(kind).filter((label) => !labels.has(label))).toEqual([])
})
