import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { addTextFunctions } from '../../kernel/database/sql-functions'
import { compileCondition } from '../../kernel/fields/conditions'
import { readMigrations } from '../../kernel/file/migrate'
import { processorTime } from '../../testing/effort'
import { migrations, openTestCore } from '../../testing/testing'
import { snippet } from './search'

async function filled() {
  const core = await openTestCore()
  const { client } = core
  const company = await client.companies.create({ name: 'Žlutý kůň', description: 'Makes pumps' })
  const contact = await client.contacts.create({
    firstName: 'Ann',
    lastName: 'Pumper',
    email: 'ann@kun.example',
  })
  const lead = await client.leads.create({ title: 'Pump station', companyId: company.id })
  await client.activities.create({
    type: 'call',
    subject: 'Talked about valves',
    description: 'They want the pump by spring, and they want it blue.',
    leadId: lead.id,
  })
  return { ...core, company, contact, lead }
}

describe('search', () => {
  test('finds records and notes, names that begin with the words first', async () => {
    const { client } = await filled()
    const { hits } = await client.search({ q: 'pump' })
    expect(hits.map((hit) => `${hit.kind}: ${hit.title}`)).toEqual([
      'lead: Pump station',
      'company: Žlutý kůň',
      'contact: Ann Pumper',
      'activity: Talked about valves',
    ])
    expect(hits[3]).toMatchObject({ parent: { kind: 'lead', name: 'Pump station' } })
    expect(hits[3]?.snippet).toContain('\u0002pump\u0003')
  })

  test('does not mind accents, case or the order of words', async () => {
    const { client } = await filled()
    for (const q of ['zluty', 'KUN zlu', 'kůň'])
      expect((await client.search({ q })).hits[0]?.title, q).toBe('Žlutý kůň')
  })

  test('takes operators and quotes as plain text', async () => {
    const { client } = await filled()
    for (const q of ['"', 'pump OR', "pump' --", '(', '*', 'NEAR(', 'text:pump', '%'])
      await expect(client.search({ q }), q).resolves.toBeDefined()
  })

  test('follows every change', async () => {
    const { client, lead } = await filled()
    await client.leads.update({ id: lead.id, title: 'Compressor hall' })
    expect((await client.search({ q: 'station' })).hits).toEqual([])
    expect((await client.search({ q: 'compressor' })).hits).toHaveLength(1)
    await client.leads.remove({ id: lead.id })
    expect((await client.search({ q: 'compressor' })).hits).toEqual([])
    await client.changes.undo({})
    await client.changes.undo({})
    expect((await client.search({ q: 'station' })).hits).toHaveLength(1)
  })

  test('shows a rep only its own leads and their notes', async () => {
    const { client, addUser, lead } = await filled()
    const rep = await addUser('Rita', 'rep')
    expect((await rep.client.search({ q: 'pump' })).hits.map((hit) => hit.kind)).toEqual([
      'company',
      'contact',
    ])
    await client.leads.update({ id: lead.id, ownerId: rep.id })
    expect((await rep.client.search({ q: 'pump' })).hits.map((hit) => hit.kind)).toEqual([
      'lead',
      'company',
      'contact',
      'activity',
    ])
  })
})

test('a snippet shows the words around the first match', () => {
  const text = `${'word '.repeat(100)}Žlutý kůň ${'tail '.repeat(100)}`
  const shown = snippet(text, ['kun'])
  expect(shown).toContain('\u0002kůň\u0003')
  expect(shown?.length).toBeLessThan(180)
  expect(snippet('nothing here', ['kun'])).toBeNull()
})

test('a snippet of a long text looks at each of its words once, however many are searched', async () => {
  const words = Array.from({ length: 100 }, (_, index) => `ž${index}`)
  const long = Array.from({ length: 3000 }, (_, index) => `kůň${index}`).join(' ')
  const one = await processorTime(() => snippet(long, words.slice(0, 1)))
  const all = await processorTime(() => snippet(long, words))
  expect(all).toBeLessThan(10 * one + 20)
})

const people: [name: string, typed: string[]][] = [
  ['Łukasz', ['lukasz', 'ŁUKASZ', 'łuk', 'Łukasz'.normalize('NFD')]],
  ['Weiß', ['weiss', 'WEISS', 'weiß', 'weis']],
  ['Yıldız', ['yildiz', 'YILDIZ', 'yıldız']],
  ['Đào', ['dao', 'ĐÀO', 'đao', 'Đào'.normalize('NFD')]],
  ['ΒΟΡΡΆΣ', ['ΒΟΡΡΑΣ', 'βορράς', 'βορρας', 'Βορρά']],
  ['José', ['jose', 'JOSÉ']],
  ['Ærø', ['aero', 'ÆRØ']],
]

test('finds letters beyond é by how they are typed without them', async () => {
  const { client } = await openTestCore()
  for (const [lastName] of people) await client.contacts.create({ lastName })
  for (const [lastName, typed] of people)
    for (const q of typed) {
      expect([q, (await client.search({ q })).hits.map(({ title }) => title)]).toEqual([
        q,
        [lastName],
      ])
      expect((await client.contacts.list({ q })).items.map(({ name }) => name)).toEqual([lastName])
    }
})

test('notes, tasks and templates are found so, too', async () => {
  const { client } = await openTestCore()
  await client.activities.create({ type: 'note', description: 'Spotkanie: Łódź, ulica Święta' })
  await client.tasks.create({ title: 'Zadzwoń do Łukasza' })
  await client.cadences.create({ name: 'Größe zählt' })
  expect((await client.search({ q: 'lodz swieta' })).hits[0]?.snippet).toContain('\u0002Łódź\u0003')
  expect((await client.search({ q: 'ZADZWON' })).hits).toHaveLength(1)
  expect((await client.cadences.list({ q: 'GROSSE' })).items).toHaveLength(1)
})

test('filters on text mind neither case nor accents of any letter', async () => {
  const { client } = await openTestCore()
  for (const lastName of ['Łukasz', 'Muñoz', 'Weiß', 'ΒΟΡΡΆΣ', 'Smith'])
    await client.contacts.create({ lastName, jobTitle: `Chef der ${lastName}` })
  const found = async (field: string, operator: 'equals' | 'contains' | 'in', value: unknown) =>
    (
      await client.contacts.list({ filter: { all: [{ field, operator, value: value as string }] } })
    ).items.map(({ lastName }) => lastName)
  for (const field of ['lastName', 'name']) {
    expect(await found(field, 'contains', 'łukasz')).toEqual(['Łukasz'])
    expect(await found(field, 'contains', 'UKA')).toEqual(['Łukasz'])
    expect(await found(field, 'equals', 'MUÑOZ')).toEqual(['Muñoz'])
    expect(await found(field, 'equals', 'Mun\u0303oz')).toEqual(['Muñoz'])
    expect(await found(field, 'equals', 'weiss')).toEqual(['Weiß'])
    expect(await found(field, 'equals', 'SMITH')).toEqual(['Smith'])
    expect(await found(field, 'contains', '%')).toEqual([])
    expect(await found(field, 'in', ['βορράς', 'smith'])).toEqual(['Smith', 'ΒΟΡΡΆΣ'])
  }
  expect(await found('jobTitle', 'contains', 'der MUÑ')).toEqual(['Muñoz'])
  expect(await found('jobTitle', 'equals', 'CHEF DER WEISS')).toEqual(['Weiß'])
})

test('what an earlier version stored is found once its database is migrated', async () => {
  const first = await openTestCore()
  await first.client.contacts.create({ lastName: 'Łukasz', phone: '+351 912 345 678' })
  await first.client.activities.create({ type: 'note', description: 'βορράς' })
  await first.close()
  // As the version before folding left it.
  const old = new BetterSqlite3(join(first.directory, 'rapport.db'))
  addTextFunctions(old)
  for (const { name } of old
    .prepare(`select name from sqlite_schema where type = 'trigger'`)
    .all() as { name: string }[])
    old.exec(`drop trigger ${name}`)
  old.exec(`update contact set name_folded = null;
    delete from contact_search; insert into contact_search (rowid, text) values (1, 'Łukasz');
    delete from activity_search; insert into activity_search (rowid, text) values (1, 'βορράς');
    delete from __extras`)
  const migration = readMigrations(migrations).find(({ name }) => name.endsWith('folded_names'))
  for (const statement of migration?.statements ?? [])
    if (/^\s*(update|insert|delete)/i.test(statement)) old.exec(statement)
  old.close()
  const { client } = await openTestCore({ directory: first.directory, prepare: false })
  expect((await client.search({ q: 'lukasz' })).hits).toHaveLength(1)
  expect((await client.search({ q: '912345678' })).hits).toHaveLength(1)
  expect((await client.search({ q: 'ΒΟΡΡΑΣ' })).hits).toHaveLength(1)
  expect(
    (
      await client.contacts.list({
        filter: { all: [{ field: 'name', operator: 'equals', value: 'lukasz' }] },
      })
    ).total,
  ).toBe(1)
})

test('names that are looked up, begin so, or equal a filter’s value are found by their index', async () => {
  const { directory } = await openTestCore()
  const raw = new BetterSqlite3(join(directory, 'rapport.db'), { readonly: true })
  addTextFunctions(raw)
  const { sql } = compileCondition(
    { all: [{ field: 'name', operator: 'equals', value: 'x' }] },
    {
      fieldOf: () => ({ sql: 'contact.name', type: 'text', folded: 'contact.name_folded' }),
      zone: 'UTC',
      country: null,
      now: 0,
      rows: 1,
    },
  )
  for (const where of [
    `contact.deleted_at is null and ${sql}`,
    'name_folded = ?',
    'name_folded >= ? and name_folded < ? and deleted_at is null',
  ]) {
    const plan = raw
      .prepare(`explain query plan select seq from contact where ${where}`)
      .all(...(where.match(/\?/g) ?? []).map(() => 'x')) as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join()).toContain('contact_folded')
  }
  raw.close()
})
