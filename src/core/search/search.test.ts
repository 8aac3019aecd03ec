import { describe, expect, test } from 'vitest'
import { openTestCore } from '../testing'
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
