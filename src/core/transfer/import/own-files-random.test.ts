/**
 * Random databases, exported and imported into an empty one: the same records with the same relations, and
 * exported again the same bytes. A few here; `ROUND_TRIPS=200 ROUND_TRIPS_SEED=7 npm run unit -- own-files-random` tries more.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { taskTypes } from '../../../contract/agenda/words'
import { currencies, minorDigits } from '../../../contract/kernel/currencies'
import { fold } from '../../../contract/kernel/fold'
import { cleanLine } from '../../../contract/kernel/text'
import { importOrder } from '../../../contract/transfer/words'
import { type FakeClock, openTestCore } from '../../testing/testing'
import { exportFile, importWell, type TestClient } from '../testing'

const runs = Number(process.env.ROUND_TRIPS ?? 2)
const seed = Number(process.env.ROUND_TRIPS_SEED ?? 2711)

const kinds = importOrder

// What people may type ---------------------------------------------------------------------------

const pieces = fc.constantFrom(
  ...['=1+1', '+', '-', '@', "'", '"', ',', ';', '|', '\n', '\r\n', '\t', ' ', '  ', ':', '×', '−'],
  ...['NULL', 'n/a', 'None', '2', '0.5', '1,234', '%', '\\', '/', '(a@b.example)', '<x>', 'sep=,'],
  ...['é', 'e\u0301', 'Ά', 'ß', 'Łódź', '漢字', '🎉', '\u00a0', '＝1', 'true', 'Rapport ID', '›'],
)
const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(pieces, { minLength: 1, maxLength: 9 }).map((all) => all.join('')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 1000, max: 20_000 })
      .map((n) => 'Long text. '.repeat(n).slice(0, n)),
  },
)
const lineOf = (max: number) => text.map((given) => cleanLine(given.slice(0, max)) || 'x')
const name = fc.oneof(fc.constantFrom('Acme', 'Ada', 'ada'), lineOf(100))
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const maybeLine = (max: number) => fc.oneof(fc.constantFrom(null, ''), lineOf(max))
const maybeText = fc.oneof(fc.constantFrom(null, ''), text)
const tags = fc.uniqueArray(lineOf(20), {
  maxLength: 4,
  selector: (tag) => tag.normalize('NFKC').toLowerCase(),
})
const zone = fc.constantFrom(
  'Europe/Prague',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'UTC',
)
const minutes = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2033, 0) / 60_000 })
const instant = minutes.map((at) => new Date(at * 60_000).toISOString())
const past = fc
  .integer({ min: Date.UTC(2000, 0), max: Date.UTC(2026, 10) })
  .map((at) => new Date(at).toISOString())
const date = instant.map((at) => at.slice(0, 10))
const index = fc.nat(1000)
const money = fc
  .tuple(fc.constantFrom(...currencies), fc.nat(10_000_000))
  .map(([currency, minor]) => ({
    amount: (minor / 10 ** minorDigits(currency)).toFixed(minorDigits(currency)),
    currency,
  }))
const custom = fc.record(
  {
    words: fc.oneof(
      text.map((given) => given.slice(0, 300)),
      fc.constantFrom('007', '1.50', 'yes'),
    ),
    amount: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    day: date,
    sure: fc.boolean(),
    size: fc.constantFrom('S, small', 'M'),
    price: money,
    share: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    sizes: fc.subarray(['S, small', 'M', 'L; "large"', '=1+1']),
    partner: index,
    page: fc.constantFrom('https://Acme.example/', 'http://x.example:8080/a?b=c#d'),
    mail: fc.constantFrom('a@x.example', 'A@X.example'),
    dial: lineOf(60),
    unsubscribed: fc.boolean(),
    won: fc.boolean(),
    industry: fc.constantFrom('Steel', 'x'),
    contact: fc.constantFrom('Ada', 'y'),
  },
  { requiredKeys: [] },
)

const database = fc.record({
  pipelines: fc.uniqueArray(lineOf(40), { maxLength: 2, selector: fold }),
  users: fc.array(
    fc.record({
      name,
      role: fc.constantFrom('admin', 'manager', 'rep'),
      timezone: maybe(zone),
      signature: maybeText,
      active: fc.boolean(),
      externalId: maybeLine(40),
      manager: index,
    }),
    { maxLength: 3 },
  ),
  companies: fc.array(
    fc.record({
      name,
      domain: maybeLine(60),
      website: maybe(fc.constantFrom('https://Acme.example/', 'http://x.example:8080/a?b=c#d')),
      industry: maybeLine(120),
      employees: maybe(fc.nat(100_000_000)),
      phone: maybeLine(60),
      address: maybeText.map((given) => given?.slice(0, 400).trim() ?? null),
      city: maybeLine(120),
      country: maybeLine(120),
      description: maybeText,
      tags,
      custom,
      externalId: maybeLine(40),
      parent: index,
      owner: index,
    }),
    { maxLength: 4 },
  ),
  contacts: fc.array(
    fc.record({
      firstName: maybeLine(120),
      lastName: name,
      email: maybe(fc.constantFrom('a@x.example', 'A@X.example', 'b@x.example')),
      phone: maybeLine(60),
      mobile: maybeLine(60),
      jobTitle: maybeLine(160),
      linkedin: maybe(fc.constantFrom('ada', 'https://www.linkedin.com/in/ada')),
      timezone: maybe(zone),
      description: maybeText,
      tags,
      custom,
      externalId: maybeLine(40),
      company: index,
      owner: index,
    }),
    { maxLength: 4 },
  ),
  customers: fc.array(
    fc.record({
      name,
      status: fc.constantFrom('active', 'inactive'),
      since: maybe(date),
      description: maybeText,
      tags,
      custom,
      externalId: maybeLine(40),
      company: index,
      contact: index,
      owner: index,
    }),
    { maxLength: 3 },
  ),
  leads: fc.array(
    fc.record({
      title: name,
      value: maybe(money),
      probability: maybe(fc.integer({ min: 0, max: 100 })),
      expectedCloseDate: maybe(date),
      source: maybeLine(120),
      priority: fc.constantFrom('low', 'medium', 'high', 'urgent'),
      description: maybeText,
      tags,
      custom,
      externalId: maybeLine(40),
      company: index,
      contact: index,
      owner: index,
      stages: fc.array(index, { maxLength: 3 }),
      lostReason: lineOf(100),
      converts: fc.boolean(),
      gives: index,
    }),
    { minLength: 1, maxLength: 4 },
  ),
  quotes: fc.array(
    fc.record({
      title: name,
      lead: index,
      taxRate: fc.constantFrom(0, 7.7, 19, 33.333),
      currency: fc.constantFrom('JPY', 'EUR', 'KWD'),
      validUntil: maybe(date),
      notes: maybeText,
      lines: fc.array(
        fc.record({
          description: lineOf(200),
          quantity: fc.constantFrom(0, 1, 0.25, 1e-7, 999_999),
          unitPrice: fc.constantFrom('12.50', '0.1255', '7', '0'),
          discount: fc.constantFrom(0, 10, 33.3),
        }),
        { maxLength: 4 },
      ),
      goes: fc.nat(3),
    }),
    { maxLength: 3 },
  ),
  tasks: fc.array(
    fc.record({
      title: name,
      description: maybeText,
      type: fc.constantFrom(...taskTypes),
      priority: fc.constantFrom('low', 'urgent'),
      time: fc.oneof(
        fc.constant({}),
        fc.record({ dueAt: instant, zone }),
        fc.record({ wallTime: date, zone }),
        fc.record({ wallTime: instant.map((at) => at.slice(0, 16)), zone }),
      ),
      recurrence: maybe(fc.constantFrom('FREQ=DAILY', 'FREQ=MONTHLY;BYMONTHDAY=-1')),
      status: fc.constantFrom('pending', 'in_progress', 'completed', 'cancelled'),
      lead: index,
      company: index,
      contact: index,
      customer: index,
      assignee: index,
    }),
    { maxLength: 4 },
  ),
  activities: fc.array(
    fc.record({
      type: fc.constantFrom('call', 'meeting', 'note', 'site_visit'),
      subject: maybeLine(255),
      description: maybeText,
      when: fc.oneof(
        fc.constant({}),
        fc.record({ occurredAt: past }),
        fc.record({ scheduledAt: instant, allDay: fc.boolean(), zone: maybe(zone) }),
        fc.record({ dueAt: instant, zone: maybe(zone) }),
        date.map((day) => ({ scheduledAt: `${day}T00:00:00Z`, allDay: true, zone: null })),
      ),
      durationMinutes: maybe(fc.nat(527_040)),
      location: maybeLine(500),
      direction: maybe(fc.constantFrom('inbound', 'outbound')),
      outcome: maybe(fc.constantFrom('interested', 'no_answer')),
      metadata: fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 2 }), {
        maxKeys: 3,
      }),
      visibleToRep: fc.boolean(),
      externalId: maybeLine(40),
      done: fc.boolean(),
      lead: index,
      company: index,
      contact: index,
      customer: index,
      user: index,
    }),
    { maxLength: 5 },
  ),
})
type Wanted = typeof database extends fc.Arbitrary<infer T> ? T : never

// The database -----------------------------------------------------------------------------------

/** One of these, or none. */
const oneOf = (ids: readonly string[], at: number): string | null =>
  ids[at % (ids.length + 1)] ?? null

async function addFields(client: TestClient) {
  for (const table of ['company', 'contact', 'lead', 'customer'] as const)
    for (const [label, type] of [
      ['Words', 'text'],
      ['Amount', 'number'],
      ['Day', 'date'],
      ['Sure', 'boolean'],
      ['Size', 'choice'],
      ['Price', 'money'],
      ['Share', 'percent'],
      ['Sizes', 'many_choices'],
      ['Partner', 'person'],
      ['Page', 'url'],
      ['Mail', 'email'],
      ['Dial', 'phone'],
      // In other files these mean something else, or they have the name of a column.
      ['Unsubscribed', 'boolean'],
      ['Won', 'boolean'],
      ['Industry', 'text'],
      ['Contact', 'text'],
    ] as const)
      await client.settings.customFields.create({
        table,
        label,
        type,
        ...(type === 'choice' && { choices: ['S, small', 'M'] }),
        ...(type === 'many_choices' && { choices: ['S, small', 'M', 'L; "large"', '=1+1'] }),
      })
}

/** Values of custom fields, with somebody for a person. */
const withPartner = (
  { partner, ...values }: Wanted['leads'][number]['custom'],
  users: readonly string[],
) => ({ ...values, ...(partner === undefined ? {} : { partner: oneOf(users, partner) }) })

/** What is made so far, and how the clock moves on before the next of it. */
interface Filled {
  users: string[]
  companies: string[]
  contacts: string[]
  customers: string[]
  leads: string[]
  tick(): void
}

async function fill(client: TestClient, clock: FakeClock, me: string, wanted: Wanted) {
  await client.activities.types.add({ label: 'Site visit' })
  const filled: Filled = {
    ...{ users: [me], companies: [], contacts: [], customers: [], leads: [] },
    tick: () => clock.advance(61_001),
  }
  await fillUsers(client, wanted, filled)
  await fillCompaniesAndPeople(client, wanted, filled)
  await fillLeads(client, wanted, filled)
  await fillQuotes(client, wanted, filled)
  await fillWork(client, wanted, filled)
  for (const [at, { active }] of wanted.users.entries())
    if (!active) await client.users.update({ id: filled.users[at + 1] ?? '', active: false })
}

async function fillUsers(client: TestClient, wanted: Wanted, { users }: Filled) {
  for (const { manager, ...user } of wanted.users)
    users.push((await client.users.create({ ...user, active: true })).id)
  for (const [at, { manager }] of wanted.users.entries()) {
    const id = users[at + 1] ?? ''
    const managerId = oneOf(users, manager)
    if (managerId !== id) await client.users.update({ id, managerId })
  }
}

async function fillCompaniesAndPeople(
  client: TestClient,
  wanted: Wanted,
  { users, companies, contacts, customers, tick }: Filled,
) {
  for (const { parent, owner, custom, ...company } of wanted.companies) {
    tick()
    companies.push(
      (
        await client.companies.create({
          ...company,
          custom: withPartner(custom, users),
          ownerId: oneOf(users, owner),
        })
      ).id,
    )
  }
  // Each may be under any that was made before or later, but not in a circle.
  for (const [at, { parent }] of wanted.companies.entries()) {
    const parentId = companies[parent % (companies.length + 1)]
    if (parentId && parentId !== companies[at])
      await client.companies.update({ id: companies[at] ?? '', parentId }).catch(() => {})
  }
  for (const { company, owner, custom, ...contact } of wanted.contacts)
    contacts.push(
      (
        await client.contacts.create({
          ...contact,
          custom: withPartner(custom, users),
          companyId: oneOf(companies, company),
          ownerId: oneOf(users, owner),
        })
      ).id,
    )
  for (const { company, contact, owner, custom, ...customer } of wanted.customers)
    customers.push(
      (
        await client.customers.create({
          ...customer,
          custom: withPartner(custom, users),
          companyId: oneOf(companies, company),
          contactId: oneOf(contacts, contact),
          ownerId: oneOf(users, owner),
        })
      ).id,
    )
}

async function fillLeads(
  client: TestClient,
  wanted: Wanted,
  { users, companies, contacts, leads, tick }: Filled,
) {
  const stages = await client.pipeline.stages.list({})
  for (const pipelineName of wanted.pipelines) {
    const { id } = await client.pipeline.create({ name: pipelineName })
    for (const one of await client.pipeline.stages.list({ pipelineId: id })) {
      // Some have names that say nothing of won or lost.
      const name = one.position % 2 === 0 ? `${one.name} › ${one.position}` : `№ ${one.position}`
      stages.push(await client.pipeline.stages.update({ id: one.id, name }))
      // A stage without a lead is in no file.
      tick()
      const lead = await client.leads.create({ title: `In ${name}` })
      await client.leads.moveStage({ id: lead.id, stageId: one.id })
    }
  }
  for (const {
    company,
    contact,
    owner,
    stages: way,
    lostReason,
    converts,
    gives,
    custom,
    ...lead
  } of wanted.leads) {
    tick()
    const { id } = await client.leads.create({
      ...lead,
      custom: withPartner(custom, users),
      companyId: oneOf(companies, company),
      contactId: oneOf(contacts, contact),
      ownerId: oneOf(users, owner),
    })
    for (const step of way) {
      tick()
      const stage = stages[step % stages.length]
      if (stage) await client.leads.moveStage({ id, stageId: stage.id, lostReason })
    }
    if (converts) await client.leads.convert({ id }).catch(() => {})
    if (gives) await client.leads.update({ id, ownerId: oneOf(users, gives) })
    leads.push(id)
  }
}

async function fillQuotes(client: TestClient, wanted: Wanted, { leads }: Filled) {
  for (const { lead, goes, ...quote } of wanted.quotes) {
    const { id } = await client.quotes.create({
      ...quote,
      leadId: leads[lead % leads.length] ?? '',
    })
    if (goes > 0 && quote.lines.length > 0) await client.quotes.send({ id })
    if (goes > 1 && quote.lines.length > 0)
      await (goes === 2
        ? client.quotes.decline({ id, reason: 'Too dear' })
        : client.quotes.accept({ id, evenIfExpired: true }))
  }
}

async function fillWork(
  client: TestClient,
  wanted: Wanted,
  { users, companies, contacts, customers, leads }: Filled,
) {
  const links = (row: { lead: number; company: number; contact: number; customer: number }) => ({
    leadId: oneOf(leads, row.lead),
    companyId: oneOf(companies, row.company),
    contactId: oneOf(contacts, row.contact),
    customerId: oneOf(customers, row.customer),
  })
  for (const {
    lead,
    company,
    contact,
    customer,
    assignee,
    time,
    recurrence,
    status,
    ...task
  } of wanted.tasks) {
    const { id } = await client.tasks.create({
      ...task,
      ...time,
      ...links({ lead, company, contact, customer }),
      assigneeId: oneOf(users, assignee),
      recurrence: 'zone' in time ? recurrence : null,
    })
    await client.tasks.update({ id, status })
  }
  for (const {
    lead,
    company,
    contact,
    customer,
    user,
    when,
    done,
    ...activity
  } of wanted.activities) {
    const { id } = await client.activities.create({
      ...activity,
      ...when,
      ...links({ lead, company, contact, customer }),
      userId: oneOf(users, user),
    })
    if (done && ('scheduledAt' in when || 'dueAt' in when)) await client.activities.complete({ id })
  }
}

// What is there ----------------------------------------------------------------------------------

const files = async (client: TestClient) => {
  const found: Record<string, string> = {}
  for (const kind of kinds) found[kind] = await (await exportFile(client, { kind })).file.text()
  return found
}

/** Every field of every record; what another database calls by other ids is called by its name. */
async function facts(client: TestClient, me: string) {
  const all = { sort: 'newest', limit: 200 }
  const stages = (await client.pipeline.list()).flatMap((pipeline) => pipeline.stages)
  const found = {
    users: (await client.users.list(all)).items,
    companies: (await client.companies.list(all)).items,
    contacts: (await client.contacts.list(all)).items,
    customers: (await client.customers.list(all)).items,
    leads: (await client.leads.list(all)).items,
    quotes: (await client.quotes.list(all)).items,
    tasks: (await client.tasks.list(all)).items,
    activities: (await client.activities.list(all)).items,
  }
  const plain = (value: unknown, key = ''): unknown => {
    if (['updatedAt', 'pipelineId', 'color'].includes(key)) return undefined
    if (value === '' || value === undefined) return null
    if (typeof value === 'string') {
      if (value === me) return 'me'
      return stages.find(({ id }) => id === value)?.name ?? value
    }
    if (Array.isArray(value)) return value.map((one) => plain(one))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value)
      .map(([name, one]) => [name, plain(one, name)] as const)
      .filter(([, one]) => one !== undefined && (key !== 'custom' || one !== null))
    return Object.fromEntries(entries)
  }
  const data = plain(found) as Record<string, Record<string, unknown>[]>
  // How likely the leads of a stage are won, and when they rot, no file says.
  const usual = (await client.pipeline.list()).find(({ isDefault }) => isDefault)?.id
  for (const [index, lead] of (data.leads ?? []).entries())
    if (found.leads[index]?.stage.pipelineId !== usual)
      Object.assign(lead, { effectiveProbability: null, rotting: null })
  // Their id in the first database is remembered.
  for (const user of data.users ?? []) if (user.id === 'me') user.externalId = null
  return data
}

test(
  'random databases come back whole, and are exported again to the same bytes',
  async () => {
    await fc.assert(
      fc.asyncProperty(database, async (wanted) => {
        const from = await openTestCore()
        const to = await openTestCore({ start: '2026-11-19T08:00:00.000Z' })
        await addFields(from.client)
        await addFields(to.client)
        const { userId: me } = from.owner
        await fill(from.client, from.clock, me, wanted)
        to.clock.set(from.clock.now())
        const first = await files(from.client)
        for (const kind of kinds) {
          const file = new File([first[kind] ?? ''], `${kind}.csv`, { type: 'text/csv' })
          if ((first[kind] ?? '').trim().split('\r\n').length < 2) continue
          const inspected = await to.client.transfer.inspect({ file })
          expect(inspected.kind).toBe(kind)
          const done = await importWell(to.client, kind, file, { onDuplicate: 'update' })
          expect([done.problems, done.warnings], kind).toEqual([[], []])
        }
        expect(await facts(to.client, to.owner.userId)).toEqual(await facts(from.client, me))
        expect(await files(to.client)).toEqual(first)
        await from.close()
        await to.close()
      }),
      { numRuns: runs, seed, endOnFailure: true },
    )
  },
  60_000 + runs * 15_000,
)
