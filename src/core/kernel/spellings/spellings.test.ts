import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import { spellingKey } from '../../../contract/kernel/spelling'
import { openTestCore } from '../../testing/testing'
import { addTextFunctions } from '../database/sql-functions'

test.each([
  ['VIP', 'vip', true],
  ['Größe', 'GRÖSSE', true],
  ['á', 'a\u0301', true],
  ['Βορράς', 'ΒΟΡΡΆΣ', true],
  ['İzmir', 'izmir', true],
  ['resume', 'résumé', false],
  ['a,b', 'a', false],
])('%j and %j are one tag: %j', (one, other, same) => {
  expect(spellingKey(one) === spellingKey(other)).toBe(same)
})

test('a tag in use keeps its spelling, at every door and on every kind of record', async () => {
  const { client } = await openTestCore()
  const lead = await client.leads.create({ title: 'One', tags: ['VIP', 'vip', 'Größe'] })
  expect(lead.tags).toEqual(['VIP', 'Größe'])
  expect((await client.contacts.create({ lastName: 'A', tags: ['vip'] })).tags).toEqual(['VIP'])
  expect((await client.customers.create({ name: 'A', tags: ['Vip'] })).tags).toEqual(['VIP'])
  const company = await client.companies.create({ name: 'A' })
  const tagged = await client.companies.update({ id: company.id, tags: ['GRÖSSE', 'new'] })
  expect(tagged.tags).toEqual(['Größe', 'new'])
  await client.companies.bulk({
    target: { ids: [company.id] },
    action: { type: 'addTags', tags: ['vip', 'NEW'] },
  })
  expect((await client.companies.get({ id: company.id })).tags).toEqual(['Größe', 'new', 'VIP'])
  await client.companies.bulk({
    target: { ids: [company.id] },
    action: { type: 'removeTags', tags: ['größe'.normalize('NFD'), 'ViP'] },
  })
  expect((await client.companies.get({ id: company.id })).tags).toEqual(['new'])
})

test('a tag with a separator stays as it is, and the order of tags is kept', async () => {
  const { client } = await openTestCore()
  const { tags } = await client.leads.create({ title: 'One', tags: ['b; c', 'a,d', 'a'] })
  expect(tags).toEqual(['b; c', 'a,d', 'a'])
})

test('the only record with a tag may change its spelling, and a tag that nobody has is forgotten', async () => {
  const { client } = await openTestCore()
  const { id } = await client.leads.create({ title: 'One', tags: ['vip'] })
  expect((await client.leads.update({ id, tags: ['VIP'] })).tags).toEqual(['VIP'])
  await client.leads.update({ id, tags: [] })
  expect((await client.leads.create({ title: 'Two', tags: ['ViP'] })).tags).toEqual(['ViP'])
})

test('sources and industries are spelled as those in use, and lists and facets count them as one', async () => {
  const { client } = await openTestCore()
  for (const source of ['LinkedIn', 'linkedin', 'LINKEDIN', 'Fair'])
    await client.leads.create({ title: source, source, tags: [source] })
  expect(await client.leads.facets({})).toMatchObject({
    sources: ['LinkedIn', 'Fair'],
    tags: ['LinkedIn', 'Fair'],
  })
  expect((await client.leads.list({ source: ['linkedIN'] })).total).toBe(3)
  expect((await client.leads.list({ tag: ['linkedIN'] })).total).toBe(3)
  for (const field of ['tags', 'source']) {
    const filter = { all: [{ field, operator: 'equals' as const, value: 'LINKEDIN' }] }
    expect((await client.leads.list({ filter })).total).toBe(3)
  }
  await client.companies.create({ name: 'A', industry: 'Robotics' })
  expect((await client.companies.create({ name: 'B', industry: 'ROBOTICS' })).industry).toBe(
    'Robotics',
  )
})

test('undo brings the counts back with the tags', async () => {
  const { client } = await openTestCore()
  await client.leads.create({ title: 'One', tags: ['VIP'] })
  await client.changes.undo({})
  expect((await client.leads.create({ title: 'Two', tags: ['vip'] })).tags).toEqual(['vip'])
  await client.changes.undo({})
  await client.changes.redo({})
  expect((await client.contacts.create({ lastName: 'A', tags: ['VIP'] })).tags).toEqual(['vip'])
})

test('what was stored in several spellings gets the most used one when it is opened', async () => {
  const first = await openTestCore()
  for (let index = 0; index < 3; index++)
    await first.client.leads.create({ title: `Lead ${index}`, tags: ['VIP'], source: 'Fair' })
  const { updatedAt } = await first.client.contacts.create({ lastName: 'A', tags: ['x', 'y'] })
  await first.close()
  const raw = new BetterSqlite3(join(first.directory, 'rapport.db'))
  addTextFunctions(raw)
  raw.exec(`update contact set tags = '["x","vip","a\u0301","Vip"]';
    update lead set source = 'fair' where title = 'Lead 1';
    insert into company (id, name, tags, industry, created_at, updated_at)
      values ('0190d3a2-0000-7000-8000-000000000009', 'B', '["á"]', 'fair', 1, 1)`)
  raw.close()
  const { client } = await openTestCore({ directory: first.directory, prepare: false })
  expect((await client.contacts.list({})).items).toMatchObject([
    { tags: ['x', 'VIP', expect.stringMatching(/^(á|a\u0301)$/)], updatedAt },
  ])
  expect((await client.leads.facets({})).sources).toEqual(['Fair'])
  // An industry is no source.
  expect((await client.companies.list({})).items).toMatchObject([{ industry: 'fair' }])
  const batches = await client.changes.batches({ limit: 5, mine: false })
  expect(batches.some(({ label }) => label.includes('one spelling each'))).toBe(true)
})
