/**
 * Builds a Rapport database of any size from a seed: the same seed and size give the same rows.
 * Rows go in as through the core: search indexes and derived columns are filled. Only the change
 * log is left out, since no such number of rows is ever typed in by hand.
 */
import Database from 'better-sqlite3'
import { generateNKeysBetween } from 'fractional-indexing'
import { schema } from '../src/core/assembly/schema'
import { setFollowing } from '../src/core/kernel/database/following-columns'
import { addTextFunctions } from '../src/core/kernel/database/sql-functions'
import { recountTallies } from '../src/core/kernel/database/tally-triggers'
import { recountSpellings } from '../src/core/kernel/spellings/spellings'
import { nextStepDateOf, nextStepOf, nextStepZoneOf } from '../src/core/records/leads/step-triggers'
import { generateWork } from './generate-work'
import { createRandom, createVocabulary, generatedId, inserter } from './seeded'
import type { Size } from './sizes'

const day = 86_400_000

/**
 * @param file a database that the core has created and closed: tables, triggers, owner and pipeline are there
 * @param now the instant that all dates lie around, epoch milliseconds
 */
export function generate(
  file: string,
  { size, seed, now }: { size: Size; seed: number; now: number },
): void {
  const connection = new Database(file)
  addTextFunctions(connection)
  connection.pragma('journal_mode = off')
  connection.pragma('synchronous = off')
  connection.pragma('cache_size = -400000')
  connection.pragma('foreign_keys = off')
  const triggers = connection
    .prepare(`select name, sql from sqlite_schema where type = 'trigger'`)
    .all() as { name: string; sql: string }[]
  for (const { name } of triggers) connection.exec(`drop trigger "${name}"`)
  // Built at the end from sorted rows, indexes take a fraction of the time.
  const indexes = connection
    .prepare(`select name, sql from sqlite_schema where type = 'index' and sql is not null`)
    .all() as { name: string; sql: string }[]
  for (const { name } of indexes) connection.exec(`drop index "${name}"`)

  connection.transaction(() => {
    const random = createRandom(seed)
    const words = createVocabulary(random)
    const phrase = (count: number) =>
      Array.from({ length: count }, () => words[random.skewed(words.length)]).join(' ')
    const title = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
    const insert = (table: string, columns: string[]) => inserter(connection, table, columns)
    const past = () => now - random.below(3 * 365) * day - random.below(day)

    const userCount = 200
    const addUser = insert('user', ['id', 'name', 'email', 'role', 'created_at', 'updated_at'])
    for (let index = 0; index < userCount; index++)
      addUser(
        generatedId('user', index),
        `${title(random.pick(words))} ${title(random.pick(words))}`,
        `user${index}@rapport.example`,
        index % 20 === 0 ? 'manager' : 'rep',
        now - 900 * day,
        now - 900 * day,
      )
    const anyUser = () => generatedId('user', random.skewed(userCount))

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
    const addCompany = insert('company', [
      'seq',
      'id',
      'name',
      'domain',
      'website',
      'industry',
      'employees',
      'city',
      'country',
      'description',
      'owner_id',
      'tags',
      'created_at',
      'updated_at',
    ])
    for (let index = 0; index < size.companies; index++) {
      const name = title(phrase(2))
      const created = past()
      addCompany(
        index + 1,
        generatedId('company', index),
        name,
        `${name.toLowerCase().replaceAll(' ', '-')}-${index}.example`,
        `https://${name.toLowerCase().replaceAll(' ', '-')}-${index}.example`,
        random.pick(industries),
        random.skewed(20_000),
        title(random.pick(words)),
        random.pick(countries),
        random.below(4) === 0 ? phrase(12) : null,
        anyUser(),
        random.below(5) === 0 ? '["Key account"]' : '[]',
        created,
        created + random.below(100) * day,
      )
    }

    const addContact = insert('contact', [
      'seq',
      'id',
      'name',
      'first_name',
      'last_name',
      'email',
      'phone',
      'job_title',
      'company_id',
      'owner_id',
      'created_at',
      'updated_at',
    ])
    const companyOfContact: number[] = []
    for (let index = 0; index < size.contacts; index++) {
      const first = title(random.pick(words))
      const last = title(random.pick(words))
      const at = random.below(size.companies)
      companyOfContact.push(at)
      const created = past()
      addContact(
        index + 1,
        generatedId('contact', index),
        `${first} ${last}`,
        first,
        last,
        `${first}.${last}.${index}@mail.example`.toLowerCase(),
        `+1 555 ${String(index).padStart(7, '0')}`,
        random.pick(['Buyer', 'Director', 'Engineer', 'Owner', 'Assistant']),
        generatedId('company', at),
        anyUser(),
        created,
        created,
      )
    }

    const stages = connection.prepare('select id, kind from stage order by position').all() as {
      id: string
      kind: 'open' | 'won' | 'lost'
    }[]
    const open = stages.filter((stage) => stage.kind === 'open')
    const won = stages.find((stage) => stage.kind === 'won') ?? open[0]
    const lost = stages.find((stage) => stage.kind === 'lost') ?? open[0]
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
    const keys = generateNKeysBetween(null, null, size.leads)
    const addLead = insert('lead', [
      'seq',
      'id',
      'title',
      'company_id',
      'contact_id',
      'owner_id',
      'stage_id',
      'status',
      'value_minor',
      'currency',
      'probability',
      'expected_close_date',
      'lost_reason',
      'source',
      'priority',
      'description',
      'tags',
      'custom',
      'position',
      'stage_entered_at',
      'closed_at',
      'created_at',
      'updated_at',
    ])
    const linksOfLead: [company: number, contact: number | null, owner: string][] = []
    const openLeads: number[] = []
    const closedLeads: number[] = []
    for (let index = 0; index < size.leads; index++) {
      const isOpen = random.below(10) === 0
      const stage = isOpen ? random.pick(open) : random.below(10) < 6 ? won : lost
      if (!stage) throw new Error('There are no stages.')
      const contact = random.below(3) === 0 ? null : random.below(size.contacts)
      const company =
        contact === null ? random.below(size.companies) : (companyOfContact[contact] ?? 0)
      const owner = anyUser()
      linksOfLead.push([company, contact, owner])
      ;(isOpen ? openLeads : closedLeads).push(index)
      const created = past()
      const entered = Math.min(now, created + random.below(60) * day)
      addLead(
        index + 1,
        generatedId('lead', index),
        title(phrase(3)),
        generatedId('company', company),
        contact === null ? null : generatedId('contact', contact),
        owner,
        stage.id,
        stage.kind,
        random.below(20) === 0 ? null : random.skewed(5_000_000),
        'USD',
        random.below(10) === 0 ? random.below(100) : null,
        new Date(entered + random.below(120) * day).toISOString().slice(0, 10),
        stage.kind === 'lost' ? random.pick(['Price', 'No budget', 'Competitor']) : null,
        random.pick(sources),
        random.pick(['low', 'medium', 'medium', 'high', 'urgent']),
        random.below(3) === 0 ? phrase(20) : null,
        random.pick(tags),
        random.below(4) === 0 ? `{"product":"${random.pick(words)}"}` : '{}',
        keys[index],
        entered,
        stage.kind === 'open' ? null : entered,
        created,
        Math.min(now, entered + random.below(30) * day),
      )
    }

    const types = ['call', 'email', 'meeting', 'note', 'follow_up', 'demo']
    const systemTypes = [
      'lead_created',
      'stage_changed',
      'lead_updated',
      'assignment_changed',
      'status_changed',
    ]
    const outcomes = [null, null, 'successful', 'no_answer', 'interested', 'voicemail_left']
    const addActivity = insert('activity', [
      'seq',
      'id',
      'category',
      'type',
      'subject',
      'description',
      'company_id',
      'contact_id',
      'lead_id',
      'user_id',
      'occurred_at',
      'scheduled_at',
      'due_at',
      'duration_minutes',
      'outcome',
      'metadata',
      'created_by',
      'created_at',
      'updated_at',
    ])
    for (let index = 0; index < size.activities; index++) {
      const at = random.below(50) === 0 ? random.below(40) : random.below(size.leads)
      const [company, contact, owner] = linksOfLead[at] ?? [0, null, '']
      const kind = random.below(100)
      const category = kind < 30 ? 'system' : kind < 40 ? 'automated' : 'manual'
      const planned = category === 'manual' && random.below(20) === 0
      const when = planned ? now + (random.below(60) - 30) * day : past()
      addActivity(
        index + 1,
        generatedId('activity', index),
        category,
        category === 'system'
          ? random.pick(systemTypes)
          : category === 'automated'
            ? 'email_sent'
            : random.pick(types),
        category === 'system' ? 'Stage changed from New to Proposal' : title(phrase(4)),
        category === 'manual' && random.below(2) === 0 ? phrase(15) : null,
        generatedId('company', company),
        contact === null ? null : generatedId('contact', contact),
        generatedId('lead', at),
        owner,
        planned ? null : when,
        planned && index % 2 === 0 ? when : null,
        planned && index % 2 === 1 ? when : null,
        category === 'manual' ? 5 + random.below(60) : null,
        category === 'manual' ? random.pick(outcomes) : null,
        category === 'system'
          ? `{"old":"${random.pick(open).id}","entered_at":${when - random.below(40) * day},"old_stage":"New","new_stage":"Proposal","changed_by":"Me"}`
          : '{}',
        owner,
        Math.min(when, now),
        Math.min(when, now),
      )
    }

    const addCustomer = insert('customer', [
      'seq',
      'id',
      'name',
      'company_id',
      'owner_id',
      'since',
      'created_at',
      'updated_at',
    ])
    for (let index = 0; index < size.leads / 33; index++) {
      const [company, , owner] = linksOfLead[index * 33] ?? [0, null, '']
      addCustomer(
        index + 1,
        generatedId('customer', index),
        title(phrase(2)),
        generatedId('company', company),
        owner,
        '2026-01-01',
        now - 300 * day,
        now - 300 * day,
      )
    }
    const addQuote = insert('quote', [
      'seq',
      'id',
      'number',
      'title',
      'lead_id',
      'currency',
      'total_minor',
      'created_at',
      'updated_at',
    ])
    for (let index = 0; index < size.leads / 50; index++)
      addQuote(
        index + 1,
        generatedId('quote', index),
        `Q-${String(index + 1).padStart(4, '0')}`,
        title(phrase(2)),
        generatedId('lead', index * 50),
        'USD',
        random.skewed(5_000_000),
        now - random.below(300) * day,
        now,
      )
    generateWork(connection, { size, random, now, phrase, linksOfLead, openLeads, closedLeads })
  })()

  for (const { sql } of indexes) connection.exec(sql)
  fillDerived(connection, triggers)
  for (const sql of [...recountTallies(schema), ...recountSpellings(schema)]) connection.exec(sql)
  for (const { sql } of triggers) connection.exec(sql)
  connection.exec('analyze')
  connection.pragma('journal_mode = wal')
  connection.close()
}

/** What triggers would have kept: a lead's last activity and next step, what follows from a row, and the search indexes. */
function fillDerived(connection: Database.Database, triggers: { name: string; sql: string }[]) {
  connection.exec(`update lead set
    last_activity_at = (select max(coalesce(occurred_at, completed_at)) from activity
      where lead_id = lead.id and deleted_at is null and category <> 'system'),
    next_step_at = ${nextStepOf('lead.id')}`)
  connection.exec(`update lead set
    next_step_zone = ${nextStepZoneOf('lead.id', 'lead.next_step_at')},
    next_step_date = ${nextStepDateOf('lead.id', 'lead.next_step_at')}
    where next_step_at is not null`)
  for (const table of schema.following.keys())
    connection.exec(`update ${table} set ${setFollowing(schema, table)}`)
  for (const { name, sql } of triggers) {
    const table = /^search_(\w+)_insert$/.exec(name)?.[1]
    if (!table) continue
    const text = /values \(new\.seq, (.+?)\);/s.exec(sql)?.[1]
    const condition = /when (.+?) begin/s.exec(sql)?.[1]
    if (!text) throw new Error(`The trigger ${name} does not say what is searched.`)
    const ofRow = (expression: string) => expression.replaceAll('new.', `${table}.`)
    connection.exec(
      `insert into ${table}_search (rowid, text) select seq, ${ofRow(text)} from ${table} ${condition ? `where ${ofRow(condition)}` : ''} order by seq`,
    )
    connection.exec(`insert into ${table}_search (${table}_search) values ('optimize')`)
  }
}
