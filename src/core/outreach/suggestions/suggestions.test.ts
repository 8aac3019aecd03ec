import { describe, expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

const day = 86_400_000

describe('a suggestion', () => {
  test('asks for a call where an e-mail stayed without an answer, and is a task once accepted', async () => {
    const { client, clock } = await openTestCore({ start: '2026-11-16T10:00:00.000Z' })
    const lead = await client.leads.create({ title: 'Acme renewal' })
    await client.activities.create({ type: 'email', leadId: lead.id })
    expect(await client.suggestions.list({})).toMatchObject([{ kind: 'no_next_step' }])
    clock.advance(3 * day)
    const [found] = await client.suggestions.list({})
    expect(found).toMatchObject({
      kind: 'no_reply',
      type: 'call',
      lead: { id: lead.id },
      because: 'The e-mail of 3 days ago has had no answer: a call may reach them.',
      evidence: { enough: false, cases: 0 },
    })
    const { taskId } = await client.suggestions.accept({ id: found?.id ?? '' })
    expect(taskId).toBeTruthy()
    expect(await client.suggestions.list({})).toEqual([])
    await client.changes.undo({})
    expect(await client.suggestions.list({})).toMatchObject([{ kind: 'no_reply' }])
  })

  test('after a voicemail is to try again two days later', async () => {
    const { client } = await openTestCore({ start: '2026-11-16T10:00:00.000Z' })
    const lead = await client.leads.create({ title: 'Acme renewal' })
    await client.activities.create({ type: 'call', leadId: lead.id, outcome: 'voicemail_left' })
    expect(await client.suggestions.list({})).toMatchObject([
      { kind: 'voicemail', type: 'call', dueAt: '2026-11-18T10:00:00.000Z' },
    ])
  })

  test('is not made for a lead that waits for something, is in a plan or is closed', async () => {
    const { client, stage } = await openTestCore()
    const planned = await client.leads.create({ title: 'Planned' })
    await client.activities.create({
      type: 'call',
      leadId: planned.id,
      dueAt: '2027-01-01T00:00:00Z',
    })
    await client.leads.create({ title: 'Won', stageId: (await stage('Won')).id })
    const inPlan = await client.leads.create({ title: 'In a plan' })
    await client.plans.create({ leadId: inPlan.id, name: 'Own', steps: [{ type: 'call' }] })
    expect(await client.suggestions.list({})).toEqual([])
  })

  test('that is dismissed does not come again for this lead, and its kind sinks', async () => {
    const { client, clock } = await openTestCore({ start: '2026-11-16T10:00:00.000Z' })
    for (const title of ['One', 'Two', 'Three', 'Four']) {
      const { id } = await client.leads.create({ title })
      await client.activities.create({ type: 'email', leadId: id })
    }
    await client.leads.create({ title: 'Silent' })
    clock.advance(4 * day)
    const kinds = async () => (await client.suggestions.list({})).map(({ kind }) => kind)
    expect(await kinds()).toEqual(['no_reply', 'no_reply', 'no_reply', 'no_reply', 'no_next_step'])
    for (const { id } of (await client.suggestions.list({})).slice(0, 3))
      await client.suggestions.dismiss({ id })
    expect(await kinds()).toEqual(['no_next_step', 'no_reply'])
  })

  test('says from the past what was answered, how often, and how sure that is', async () => {
    const { client, clock } = await openTestCore({ start: '2026-01-09T10:00:00.000Z' })
    const company = await client.companies.create({ name: 'Acme', industry: 'Retail' })
    for (let index = 0; index < 12; index++) {
      const { id: leadId } = await client.leads.create({
        title: `Past ${index}`,
        companyId: company.id,
        source: 'Website',
      })
      const step = (type: string, at: string, outcome?: string) =>
        client.activities.create({ type, leadId, occurredAt: at, ...(outcome && { outcome }) })
      await step('email', '2026-01-06T10:00:00Z')
      await step('call', '2026-01-08T09:00:00Z', index < 9 ? 'interested' : 'no_answer')
      await client.leads.remove({ id: leadId })
    }
    clock.set('2026-03-02T10:00:00.000Z')
    const lead = await client.leads.create({
      title: 'Now',
      companyId: company.id,
      source: 'Website',
    })
    await client.activities.create({ type: 'email', leadId: lead.id })
    const [first] = await client.suggestions.list({})
    expect(first).toMatchObject({
      kind: 'history',
      type: 'call',
      dueAt: '2026-03-04T10:00:00.000Z',
      because:
        'For your leads in Retail, from Website, call within 2 days after e-mail was answered 9 of 12 times.',
      evidence: { enough: true, cases: 12, answered: 9, alike: ['industry', 'source', 'type'] },
    })
    const { low, rate, high } = first?.evidence ?? {}
    expect(rate).toBeCloseTo(0.75, 5)
    expect(low).toBeGreaterThan(0.45)
    expect(high).toBeLessThan(0.95)
  })
})

describe('whose leads', () => {
  test('are listed and can be switched, as far as the caller may see', async () => {
    const { client, addUser, owner } = await openTestCore()
    const rep = await addUser('Riley', 'rep')
    const other = await addUser('Sam', 'rep')
    await client.users.update({ id: rep.id, managerId: owner.userId })
    const held = [
      await client.leads.create({ title: 'Of Riley', ownerId: rep.id }),
      await client.leads.create({ title: 'Of Sam', ownerId: other.id }),
      await client.leads.create({ title: 'Of nobody', ownerId: null }),
    ]
    const planned = await client.leads.create({ title: 'Planned' })
    await client.tasks.create({ title: 'Call', leadId: planned.id, wallTime: '2026-11-24' })
    expect(await client.suggestions.scopes({})).toMatchObject([
      { scope: 'mine', open: 1, withoutStep: 0 },
      { scope: 'team', open: 2, withoutStep: 1 },
      { scope: 'everybody', ownerIds: null, open: 4, withoutStep: 3 },
    ])
    const titles = async (who: typeof client, scope: 'mine' | 'team' | 'everybody') =>
      (await who.suggestions.list({ scope })).map(({ lead }) => lead.name).sort()
    expect(await titles(client, 'mine')).toEqual([])
    expect(await titles(client, 'team')).toEqual(['Of Riley'])
    expect(await titles(client, 'everybody')).toEqual(held.map(({ title }) => title).sort())
    expect(await titles(rep.client, 'everybody')).toEqual(['Of Riley'])
    expect(await titles(rep.client, 'team')).toEqual(['Of Riley'])
    expect(await rep.client.suggestions.scopes({})).toMatchObject([
      { scope: 'mine', ownerIds: [rep.id], open: 1, withoutStep: 1 },
    ])
  })

  test('name no team where nobody else is in it', async () => {
    const { client } = await openTestCore()
    const scopes = await client.suggestions.scopes({})
    expect(scopes.map(({ scope }) => scope)).toEqual(['mine', 'everybody'])
  })
})
