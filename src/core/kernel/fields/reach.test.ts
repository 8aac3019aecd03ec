import { describe, expect, test } from 'vitest'
import type { Comparison, Condition } from '../../../contract/kernel/conditions'
import { openTestPlans } from '../../testing/plans'
import { openTestCore } from '../../testing/testing'

const refusal = (message: string) =>
  expect.objectContaining({ data: { issues: [{ path: 'filter', message }] } })

/** Energy has two people, who work in it and for another company; one lead is of each. */
async function withRecords() {
  const core = await openTestCore()
  const { client } = core
  await client.settings.customFields.create({ table: 'company', label: 'Tier', type: 'text' })
  const group = await client.companies.create({ name: 'Group', industry: 'Holding' })
  const energy = await client.companies.create({
    name: 'Windworks',
    industry: 'Energy',
    parentId: group.id,
    tags: ['Key'],
    phone: '+351 912 345 678',
    custom: { tier: 'Gold' },
  })
  const other = await client.companies.create({ name: 'Bakery', industry: 'Food' })
  const contact = await client.contacts.create({
    lastName: 'Silva',
    jobTitle: 'Head of Purchasing',
    companyId: energy.id,
  })
  const lead = await client.leads.create({
    title: 'Turbines',
    contactId: contact.id,
    companyId: energy.id,
    source: 'Fair',
  })
  const bread = await client.leads.create({ title: 'Bread', companyId: other.id, source: 'Web' })
  const alone = await client.leads.create({ title: 'Alone' })
  const call = await client.activities.create({
    type: 'call',
    leadId: lead.id,
    occurredAt: new Date(core.clock.now()).toISOString(),
  })
  return { ...core, group, energy, other, contact, lead, bread, alone, call }
}

const one = (
  field: string,
  operator: Comparison['operator'],
  value?: Comparison['value'],
): Condition => ({
  all: [{ field, operator, ...(value === undefined ? {} : { value }) }],
})

describe('a field of a record that another refers to', () => {
  test('is asked by its path, whatever its type', async () => {
    const { client } = await withRecords()
    const titles = async (filter: Condition) =>
      (await client.leads.list({ filter, sort: 'title' })).items.map(({ title }) => title)
    expect(await titles(one('company.industry', 'equals', 'energy'))).toEqual(['Turbines'])
    expect(await titles(one('company.industry', 'not_equals', 'energy'))).toEqual([
      'Alone',
      'Bread',
    ])
    expect(await titles(one('company.industry', 'is_empty'))).toEqual(['Alone'])
    expect(await titles(one('company.tags', 'in', ['KEY']))).toEqual(['Turbines'])
    expect(await titles(one('company.tags', 'not_in', ['KEY']))).toEqual(['Alone', 'Bread'])
    expect(await titles(one('company.tags', 'is_empty'))).toEqual(['Alone', 'Bread'])
    expect(await titles(one('company.phone', 'equals', '00351912345678'))).toEqual(['Turbines'])
    expect(
      await titles(one('company.createdAt', 'within_last', { amount: 1, unit: 'days' })),
    ).toEqual(['Bread', 'Turbines'])
    expect(await titles(one('company.custom.tier', 'equals', 'gold'))).toEqual(['Turbines'])
    expect(await titles(one('contact.jobTitle', 'contains', 'purchasing'))).toEqual(['Turbines'])
    expect(await titles(one('owner.role', 'equals', 'admin'))).toEqual([
      'Alone',
      'Bread',
      'Turbines',
    ])
    expect(
      await titles({ none: [{ field: 'company.industry', operator: 'equals', value: 'Food' }] }),
    ).toEqual(['Alone', 'Turbines'])
  })

  test('may be two references away, and of a record of its own kind', async () => {
    const { client, call } = await withRecords()
    const calls = async (filter: Condition) =>
      (await client.activities.list({ filter, category: ['manual'] })).items.map(({ id }) => id)
    expect(await calls(one('lead.source', 'equals', 'fair'))).toEqual([call.id])
    expect(await calls(one('lead.source', 'equals', 'web'))).toEqual([])
    expect(await calls(one('lead.company.industry', 'equals', 'Energy'))).toEqual([call.id])
    expect(await calls(one('lead.probability', 'greater_than', 0))).toEqual([call.id])
    expect(await calls(one('lead.nextStepAt', 'is_empty'))).toEqual([call.id])
    const { items } = await client.companies.list({
      filter: one('parent.industry', 'equals', 'Holding'),
    })
    expect(items.map(({ name }) => name)).toEqual(['Windworks'])
    await expect(
      client.activities.list({ filter: one('lead.company.parent.industry', 'equals', 'Holding') }),
    ).rejects.toEqual(refusal('there is no field lead.company.parent.industry'))
  })

  test('has the names of before', async () => {
    const { client } = await withRecords()
    for (const [name, path, value] of [
      ['companyName', 'company.name', 'windworks'],
      ['contactName', 'contact.name', 'silva'],
    ] as const) {
      const found = await client.leads.list({ filter: one(name, 'equals', value) })
      expect(found.items.map(({ title }) => title)).toEqual(['Turbines'])
      expect(await client.leads.list({ filter: one(path, 'equals', value) })).toEqual(found)
    }
  })

  test('serves the board and changes in bulk as it does lists', async () => {
    const { client, lead, bread } = await withRecords()
    const filter = one('company.industry', 'equals', 'Energy')
    const board = await client.pipeline.board({ filter })
    expect(board.columns.flatMap(({ cards }) => cards).map(({ id }) => id)).toEqual([lead.id])
    expect((await client.pipeline.overview({ filter })).total.leads).toBe(1)
    const { changed } = await client.leads.bulk({
      target: { where: { filter } },
      action: { type: 'update', patch: { priority: 'urgent' } },
    })
    expect(changed).toBe(1)
    expect((await client.leads.get({ id: bread.id })).priority).toBe('medium')
  })

  test('is refused by its name where there is none, or no record to have it', async () => {
    const { client } = await withRecords()
    for (const field of [
      'company.none',
      'title.industry',
      'company.',
      '.name',
      'company.constructor',
      'constructor.name',
      'company.custom.',
    ])
      await expect(client.leads.list({ filter: one(field, 'is_empty') })).rejects.toEqual(
        refusal(`there is no field ${field}`),
      )
  })

  test('is refused before a list is asked what has changed', async () => {
    const { client } = await withRecords()
    await expect(client.leads.list({ filter: one('company.industry', 'changed') })).rejects.toEqual(
      refusal(
        'company.industry changed needs the record as it was before, which a list does not have',
      ),
    )
  })
})

describe('of a record that is not visible to a rep', () => {
  test('every field counts as empty, whatever is asked, and only its name is known', async () => {
    const { client, addUser, energy } = await withRecords()
    await client.settings.updateWorkspace({ repsSeeAllContacts: false })
    const rep = await addUser('Kim', 'rep')
    // Another's lead at the company; the rep has a contact there, but nothing to do with its parent.
    const contact = await client.contacts.create({
      lastName: 'Costa',
      jobTitle: 'Cook',
      companyId: energy.id,
      ownerId: rep.id,
    })
    const asked = async (field: string, operator: Comparison['operator'], value?: string) =>
      (await rep.client.companies.list({ filter: one(field, operator, value) })).items.map(
        ({ name }) => name,
      )
    expect((await rep.client.contacts.list({})).items.map(({ id }) => id)).toEqual([contact.id])
    expect(await asked('name', 'is_not_empty')).toEqual(['Windworks'])
    expect(await asked('parent.name', 'equals', 'Group')).toEqual(['Windworks'])
    expect(await asked('parent.industry', 'equals', 'Holding')).toEqual([])
    expect(await asked('parent.industry', 'contains', '')).toEqual([])
    expect(await asked('parent.industry', 'not_equals', 'Holding')).toEqual(['Windworks'])
    expect(await asked('parent.industry', 'not_equals', 'Food')).toEqual(['Windworks'])
    expect(await asked('parent.industry', 'is_empty')).toEqual(['Windworks'])
    expect(await asked('parent.industry', 'is_not_empty')).toEqual([])
    // Whoever sees all still does.
    const { items } = await client.companies.list({
      filter: one('parent.industry', 'equals', 'Holding'),
    })
    expect(items).toHaveLength(1)
  })

  test('what is behind it is not known either', async () => {
    const { client, addUser, lead, clock } = await withRecords()
    const rep = await addUser('Kim', 'rep')
    const { id } = await client.activities.create({
      type: 'call',
      leadId: lead.id,
      userId: rep.id,
      occurredAt: new Date(clock.now()).toISOString(),
    })
    const asked = async (who: typeof client, field: string, value: string) =>
      (
        await who.activities.list({ filter: one(field, 'equals', value), userId: [rep.id] })
      ).items.map((one) => one.id)
    expect(await asked(client, 'lead.source', 'Fair')).toEqual([id])
    expect(await asked(client, 'lead.company.name', 'Windworks')).toEqual([id])
    expect(await asked(rep.client, 'lead.title', 'Turbines')).toEqual([id])
    expect(await asked(rep.client, 'lead.source', 'Fair')).toEqual([])
    expect(await asked(rep.client, 'lead.company.name', 'Windworks')).toEqual([])
    await client.leads.update({ id: lead.id, ownerId: rep.id })
    expect(await asked(rep.client, 'lead.source', 'Fair')).toEqual([id])
    expect(await asked(rep.client, 'lead.company.name', 'Windworks')).toEqual([id])
  })
})

test('only what a condition mentions is joined', async () => {
  const { client, plansOf } = await openTestPlans('a large database')
  const count = async (filter: Condition) => {
    const [plan] = await plansOf('count', () => client.leads.list({ filter }))
    return plan
  }
  const industry = await count(one('company.industry', 'equals', 'Energy'))
  expect(industry?.indexes.join()).not.toMatch(/contact|user|stage|customer/)
  const source = await count(one('source', 'equals', 'Fair'))
  expect(source?.indexes.join()).not.toMatch(/company|contact|user|stage|customer/)
})
