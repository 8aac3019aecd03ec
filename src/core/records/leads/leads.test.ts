import { describe, expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

const day = 86_400_000

describe('a lead', () => {
  test('is in the first open stage, owned by whoever made it', async () => {
    const { client, owner } = await openTestCore()
    const lead = await client.leads.create({ title: 'Acme renewal' })
    expect(lead).toMatchObject({
      title: 'Acme renewal',
      status: 'open',
      stage: { name: 'New' },
      owner: { id: owner.userId },
      signal: 'none',
      rotting: false,
    })
  })

  test('that moves to another stage says so on its timeline by itself', async () => {
    const { client, stage } = await openTestCore()
    const lead = await client.leads.create({ title: 'Acme renewal' })
    const proposal = await stage('Proposal')
    await client.leads.moveStage({ id: lead.id, stageId: proposal.id })
    const timeline = await client.activities.timelines.lead({ id: lead.id })
    expect(timeline.items.map((entry) => entry.subject)).toEqual([
      'Stage changed from New to Proposal',
      'Lead created',
    ])
    expect(timeline.items[0]?.metadata).toMatchObject({
      old_stage: 'New',
      new_stage: 'Proposal',
      changed_by: 'Me',
    })
  })

  test('is won and closed in a won stage, and open again when it goes back', async () => {
    const { client, stage } = await openTestCore()
    const { id } = await client.leads.create({ title: 'Acme renewal' })
    const won = await client.leads.moveStage({ id, stageId: (await stage('Won')).id })
    expect(won).toMatchObject({ status: 'won', closedAt: '2026-11-20T09:30:00.000Z' })
    const open = await client.leads.moveStage({ id, stageId: (await stage('New')).id })
    expect(open).toMatchObject({ status: 'open', closedAt: null })
  })

  test('keeps the reason it was lost for', async () => {
    const { client, stage } = await openTestCore()
    const { id } = await client.leads.create({ title: 'Acme renewal' })
    const lost = await client.leads.moveStage({
      id,
      stageId: (await stage('Lost')).id,
      lostReason: 'Too expensive',
    })
    expect(lost).toMatchObject({ status: 'lost', lostReason: 'Too expensive' })
  })

  test('becomes the customer its company already is', async () => {
    const { client } = await openTestCore()
    const company = await client.companies.create({ name: 'Acme' })
    const first = await client.leads.create({ title: 'First', companyId: company.id })
    const second = await client.leads.create({ title: 'Second', companyId: company.id })
    const customer = await client.leads.convert({ id: first.id })
    expect(customer.name).toBe('Acme')
    expect((await client.leads.convert({ id: second.id })).id).toBe(customer.id)
    await client.leads.create({ title: 'Of somebody else' })
    const condition = { field: 'customer', operator: 'in' as const, value: [customer.id] }
    for (const narrowed of [{ customerId: customer.id }, { filter: { all: [condition] } }])
      expect(
        (await client.leads.list({ ...narrowed, sort: 'createdAt' })).items.map((lead) => lead.id),
      ).toEqual([first.id, second.id])
    expect((await client.leads.get({ id: first.id })).status).toBe('won')
    const timeline = await client.activities.timelines.customer({ id: customer.id })
    expect(timeline.items.map((entry) => entry.type)).toContain('lead_converted')
    expect(timeline.items.map((entry) => entry.type)).toContain('customer_created')
  })

  test('rots when it is quiet for longer than its stage allows and nothing is planned', async () => {
    const { client, clock } = await openTestCore()
    const { id } = await client.leads.create({ title: 'Acme renewal' })
    clock.advance(8 * day)
    expect((await client.leads.get({ id })).rotting).toBe(true)
    await client.activities.create({
      type: 'call',
      leadId: id,
      scheduledAt: new Date(clock.now() + day).toISOString(),
    })
    expect(await client.leads.get({ id })).toMatchObject({ rotting: false, signal: 'planned' })
    clock.advance(2 * day)
    expect(await client.leads.get({ id })).toMatchObject({ rotting: true, signal: 'overdue' })
  })

  test('refuses a value with more decimals than its currency has, naming the field', async () => {
    const { client } = await openTestCore()
    await expect(
      client.leads.create({ title: 'Acme', value: { amount: '10.5', currency: 'JPY' } }),
    ).rejects.toMatchObject({ code: 'invalid', data: { issues: [{ path: 'value.amount' }] } })
  })

  test('goes to the trash, comes back, and says so', async () => {
    const { client } = await openTestCore()
    const { id } = await client.leads.create({ title: 'Acme renewal' })
    await client.leads.remove({ id })
    expect((await client.leads.list({})).total).toBe(0)
    expect((await client.trash.list({})).items).toMatchObject([
      { kind: 'lead', id, deletedBy: { name: 'Me' } },
    ])
    await client.leads.restore({ id })
    expect((await client.leads.list({})).total).toBe(1)
    const timeline = await client.activities.timelines.lead({ id })
    expect(timeline.items.map((entry) => entry.type)).toEqual([
      'lead_updated',
      'lead_deleted',
      'lead_created',
    ])
  })
})

describe('the order of a column', () => {
  test('is what was dragged, whichever way the place was said', async () => {
    const { client, stage } = await openTestCore()
    const fresh = (await stage('New')).id
    const ids: Record<string, string> = {}
    for (const title of ['c', 'b', 'a']) ids[title] = (await client.leads.create({ title })).id
    const column = async () =>
      (await client.pipeline.stages.leads({ id: fresh })).items.map((card) => card.title).join('')
    expect(await column()).toBe('abc')
    await client.leads.moveStage({ id: ids.a ?? '', stageId: fresh, position: 2 })
    expect(await column()).toBe('bca')
    await client.leads.moveStage({ id: ids.a ?? '', stageId: fresh, beforeId: ids.c ?? '' })
    expect(await column()).toBe('bac')
    await client.leads.moveStage({ id: ids.b ?? '', stageId: fresh, afterId: ids.c ?? '' })
    expect(await column()).toBe('acb')
    await client.leads.moveStage({ id: ids.b ?? '', stageId: fresh, position: 0 })
    expect(await column()).toBe('bac')
    await client.leads.moveStage({ id: ids.c ?? '', stageId: fresh, position: 1 })
    expect(await column()).toBe('bca')
  })
})

describe('a rep', () => {
  test('sees and changes only its own leads', async () => {
    const { client, addUser } = await openTestCore()
    const rep = await addUser('Rita', 'rep')
    const other = await client.leads.create({ title: 'Not hers' })
    const own = await client.leads.create({ title: 'Hers', ownerId: rep.id })
    expect((await rep.client.leads.list({})).items.map((lead) => lead.title)).toEqual(['Hers'])
    await expect(rep.client.leads.get({ id: other.id })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(rep.client.leads.update({ id: other.id, title: 'Mine' })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect((await rep.client.leads.update({ id: own.id, title: 'Mine' })).title).toBe('Mine')
  })

  test('may not administer or configure', async () => {
    const { addUser } = await openTestCore()
    const rep = await addUser('Rita', 'rep')
    await expect(rep.client.users.create({ name: 'X' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(rep.client.pipeline.stages.create({ name: 'X' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

test('the choices of filters are those in use, the most used first, without what is in the trash or somebody else’s', async () => {
  const core = await openTestCore()
  const { client } = core
  const rep = await core.addUser('Riley', 'rep')
  const add = (title: string, values: { source?: string; tags?: string[]; ownerId?: string }) =>
    client.leads.create({ title, ...values })
  await add('One', { source: 'Website', tags: ['Hot', 'Renewal'] })
  const two = await add('Two', { source: 'Website', tags: ['Hot'] })
  const three = await add('Three', { source: 'Website', tags: ['Upsell'] })
  await add('Four', { source: 'Referral', tags: ['Renewal'], ownerId: rep.id })
  await add('Five', { source: 'Partner', ownerId: rep.id })
  const six = await add('Six', { source: 'Partner', tags: ['Gone'] })
  expect(await client.leads.facets({})).toMatchObject({
    sources: ['Website', 'Partner', 'Referral'],
    tags: ['Hot', 'Renewal', 'Gone', 'Upsell'],
  })
  for (const { id } of [two, three, six]) await client.leads.remove({ id })
  expect(await client.leads.facets({})).toMatchObject({
    sources: ['Partner', 'Referral', 'Website'],
    tags: ['Renewal', 'Hot'],
  })
  expect(await rep.client.leads.facets({})).toMatchObject({
    sources: ['Partner', 'Referral'],
    tags: ['Renewal'],
  })
})
