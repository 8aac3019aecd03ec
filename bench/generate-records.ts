/** The records of a generated database: users, companies, contacts, leads, what happened to them, customers and quotes. */
import type Database from 'better-sqlite3'
import { generateNKeysBetween } from 'fractional-indexing'
import { generatedId, inserter, type Random } from './seeded'
import type { Size } from './sizes'

export interface RecordOptions {
  size: Size
  random: Random
  now: number
  words: readonly string[]
  phrase(words: number): string
}

/** What further rows need to know of the leads. */
export interface GeneratedLeads {
  linksOfLead: [company: number, contact: number | null, owner: string][]
  openLeads: number[]
  closedLeads: number[]
}

const day = 86_400_000
const userCount = 200
const industries = [
  'Software',
  'Retail',
  'Medical',
  'Finance',
  'Energy',
  'Logistics',
  'Media',
  'Food',
]
const countries = ['United States', 'Germany', 'Czechia', 'France', 'Japan', 'Kenya', 'Brazil']
const sources = [
  'Website',
  'Referral',
  'Trade fair',
  'Cold call',
  'Partner',
  'Webinar',
  'Newsletter',
]
const tags = ['[]', '[]', '[]', '["Hot"]', '["Upsell"]', '["Hot","Renewal"]']
const types = ['call', 'email', 'meeting', 'note', 'follow_up', 'demo']
const systemTypes = [
  'lead_created',
  'stage_changed',
  'lead_updated',
  'assignment_changed',
  'status_changed',
]
const outcomes = [null, null, 'successful', 'no_answer', 'interested', 'voicemail_left']

const title = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const anyUser = (random: Random) => generatedId('user', random.skewed(userCount))
const past = (now: number, random: Random) => now - random.below(3 * 365) * day - random.below(day)

export function generateRecords(
  connection: Database.Database,
  options: RecordOptions,
): GeneratedLeads {
  addUsers(connection, options)
  addCompanies(connection, options)
  return addLeads(connection, options, addContacts(connection, options))
}

function addUsers(connection: Database.Database, { random, now, words }: RecordOptions) {
  const addUser = inserter(connection, 'user')
  for (let index = 0; index < userCount; index++)
    addUser({
      id: generatedId('user', index),
      name: `${title(random.pick(words))} ${title(random.pick(words))}`,
      email: `user${index}@rapport.example`,
      role: index % 20 === 0 ? 'manager' : 'rep',
      created_at: now - 900 * day,
      updated_at: now - 900 * day,
    })
}

function addCompanies(
  connection: Database.Database,
  { size, random, now, words, phrase }: RecordOptions,
) {
  const addCompany = inserter(connection, 'company')
  for (let index = 0; index < size.companies; index++) {
    const name = title(phrase(2))
    const created = past(now, random)
    addCompany({
      seq: index + 1,
      id: generatedId('company', index),
      name,
      domain: `${name.toLowerCase().replaceAll(' ', '-')}-${index}.example`,
      website: `https://${name.toLowerCase().replaceAll(' ', '-')}-${index}.example`,
      industry: random.pick(industries),
      employees: random.skewed(20_000),
      city: title(random.pick(words)),
      country: random.pick(countries),
      description: random.below(4) === 0 ? phrase(12) : null,
      owner_id: anyUser(random),
      tags: random.below(5) === 0 ? '["Key account"]' : '[]',
      created_at: created,
      updated_at: created + random.below(100) * day,
    })
  }
}

/** Answers the company of each. */
function addContacts(connection: Database.Database, { size, random, now, words }: RecordOptions) {
  const addContact = inserter(connection, 'contact')
  const companyOfContact: number[] = []
  for (let index = 0; index < size.contacts; index++) {
    const first = title(random.pick(words))
    const last = title(random.pick(words))
    const at = random.below(size.companies)
    companyOfContact.push(at)
    const created = past(now, random)
    addContact({
      seq: index + 1,
      id: generatedId('contact', index),
      name: `${first} ${last}`,
      first_name: first,
      last_name: last,
      email: `${first}.${last}.${index}@mail.example`.toLowerCase(),
      phone: `+1 555 ${String(index).padStart(7, '0')}`,
      job_title: random.pick(['Buyer', 'Director', 'Engineer', 'Owner', 'Assistant']),
      company_id: generatedId('company', at),
      owner_id: anyUser(random),
      created_at: created,
      updated_at: created,
    })
  }
  return companyOfContact
}

const openStages = (connection: Database.Database) =>
  stagesIn(connection).filter((stage) => stage.kind === 'open')

const stagesIn = (connection: Database.Database) =>
  connection.prepare('select id, kind from stage order by position').all() as {
    id: string
    kind: 'open' | 'won' | 'lost'
  }[]

function addLeads(
  connection: Database.Database,
  { size, random, now, words, phrase }: RecordOptions,
  companyOfContact: readonly number[],
): GeneratedLeads {
  const open = openStages(connection)
  const won = stagesIn(connection).find((stage) => stage.kind === 'won') ?? open[0]
  const lost = stagesIn(connection).find((stage) => stage.kind === 'lost') ?? open[0]
  const keys = generateNKeysBetween(null, null, size.leads)
  const addLead = inserter(connection, 'lead')
  const linksOfLead: GeneratedLeads['linksOfLead'] = []
  const openLeads: number[] = []
  const closedLeads: number[] = []
  for (let index = 0; index < size.leads; index++) {
    const isOpen = random.below(10) === 0
    const stage = isOpen ? random.pick(open) : random.below(10) < 6 ? won : lost
    if (!stage) throw new Error('There are no stages.')
    const contact = random.below(3) === 0 ? null : random.below(size.contacts)
    const company =
      contact === null ? random.below(size.companies) : (companyOfContact[contact] ?? 0)
    const owner = anyUser(random)
    linksOfLead.push([company, contact, owner])
    ;(isOpen ? openLeads : closedLeads).push(index)
    const created = past(now, random)
    const entered = Math.min(now, created + random.below(60) * day)
    addLead({
      seq: index + 1,
      id: generatedId('lead', index),
      title: title(phrase(3)),
      company_id: generatedId('company', company),
      contact_id: contact === null ? null : generatedId('contact', contact),
      owner_id: owner,
      stage_id: stage.id,
      status: stage.kind,
      value_minor: random.below(20) === 0 ? null : random.skewed(5_000_000),
      currency: 'USD',
      probability: random.below(10) === 0 ? random.below(100) : null,
      expected_close_date: new Date(entered + random.below(120) * day).toISOString().slice(0, 10),
      lost_reason: stage.kind === 'lost' ? random.pick(['Price', 'No budget', 'Competitor']) : null,
      source: random.pick(sources),
      priority: random.pick(['low', 'medium', 'medium', 'high', 'urgent']),
      description: random.below(3) === 0 ? phrase(20) : null,
      tags: random.pick(tags),
      custom: random.below(4) === 0 ? `{"product":"${random.pick(words)}"}` : '{}',
      position: keys[index],
      stage_entered_at: entered,
      closed_at: stage.kind === 'open' ? null : entered,
      created_at: created,
      updated_at: Math.min(now, entered + random.below(30) * day),
    })
  }
  return { linksOfLead, openLeads, closedLeads }
}

export function generateActivities(
  connection: Database.Database,
  { size, random, now, phrase }: RecordOptions,
  { linksOfLead }: GeneratedLeads,
): void {
  const open = openStages(connection)
  const addActivity = inserter(connection, 'activity')
  for (let index = 0; index < size.activities; index++) {
    const at = random.below(50) === 0 ? random.below(40) : random.below(size.leads)
    const [company, contact, owner] = linksOfLead[at] ?? [0, null, '']
    const kind = random.below(100)
    const category = kind < 30 ? 'system' : kind < 40 ? 'automated' : 'manual'
    const planned = category === 'manual' && random.below(20) === 0
    const when = planned ? now + (random.below(60) - 30) * day : past(now, random)
    addActivity({
      seq: index + 1,
      id: generatedId('activity', index),
      category,
      type:
        category === 'system'
          ? random.pick(systemTypes)
          : category === 'automated'
            ? 'email_sent'
            : random.pick(types),
      subject: category === 'system' ? 'Stage changed from New to Proposal' : title(phrase(4)),
      description: category === 'manual' && random.below(2) === 0 ? phrase(15) : null,
      company_id: generatedId('company', company),
      contact_id: contact === null ? null : generatedId('contact', contact),
      lead_id: generatedId('lead', at),
      user_id: owner,
      occurred_at: planned ? null : when,
      scheduled_at: planned && index % 2 === 0 ? when : null,
      due_at: planned && index % 2 === 1 ? when : null,
      duration_minutes: category === 'manual' ? 5 + random.below(60) : null,
      outcome: category === 'manual' ? random.pick(outcomes) : null,
      metadata:
        category === 'system'
          ? `{"old":"${random.pick(open).id}","entered_at":${when - random.below(40) * day},"old_stage":"New","new_stage":"Proposal","changed_by":"Me"}`
          : '{}',
      created_by: owner,
      created_at: Math.min(when, now),
      updated_at: Math.min(when, now),
    })
  }
}

/** Customers and quotes. */
export function generateDeals(
  connection: Database.Database,
  { size, random, now, phrase }: RecordOptions,
  { linksOfLead }: GeneratedLeads,
): void {
  const addCustomer = inserter(connection, 'customer')
  for (let index = 0; index < size.leads / 33; index++) {
    const [company, , owner] = linksOfLead[index * 33] ?? [0, null, '']
    addCustomer({
      seq: index + 1,
      id: generatedId('customer', index),
      name: title(phrase(2)),
      company_id: generatedId('company', company),
      owner_id: owner,
      since: '2026-01-01',
      created_at: now - 300 * day,
      updated_at: now - 300 * day,
    })
  }
  const addQuote = inserter(connection, 'quote')
  for (let index = 0; index < size.leads / 50; index++)
    addQuote({
      seq: index + 1,
      id: generatedId('quote', index),
      number: `Q-${String(index + 1).padStart(4, '0')}`,
      title: title(phrase(2)),
      lead_id: generatedId('lead', index * 50),
      currency: 'USD',
      total_minor: random.skewed(5_000_000),
      created_at: now - random.below(300) * day,
      updated_at: now,
    })
}
