import { describe, expect, test } from 'vitest'
import { csv, importFile } from '../transfer/testing'
import { openTestCore } from './testing'

/** Two reps; a company and a contact of each, one contact of nobody. */
async function openShared() {
  const core = await openTestCore()
  const [rita, rob] = [await core.addUser('Rita', 'rep'), await core.addUser('Rob', 'rep')]
  const own = await rita.client.contacts.create({ lastName: 'Own', email: 'own@a.example' })
  const company = await rob.client.companies.create({ name: 'Acme' })
  const other = await rob.client.contacts.create({
    lastName: 'Other',
    email: 'other@a.example',
    companyId: company.id,
  })
  const nobodys = await core.client.contacts.create({ lastName: 'Nobody', ownerId: null })
  return { ...core, rita, rob, own, other, nobodys, company }
}

describe('Shared companies and contacts', () => {
  test('are read and kept up to date by every rep', async () => {
    const { rita, other } = await openShared()
    expect((await rita.client.contacts.list({})).total).toBe(3)
    const changed = await rita.client.contacts.update({ id: other.id, phone: '+1 555 0100' })
    expect(changed).toMatchObject({ phone: '+1 555 0100', owner: { name: 'Rob' } })
    expect((await rita.client.changes.undo({})).refused).toEqual([])
    // Saying again whose it is is no change of owner.
    const { owner } = other
    await rita.client.contacts.update({ id: other.id, ownerId: owner?.id ?? null })
  })

  test('are given away, deleted and restored by their owner or a manager only', async () => {
    const { client, addUser, rita, other, nobodys, company } = await openShared()
    for (const attempt of [
      () => rita.client.contacts.update({ id: other.id, ownerId: rita.id }),
      () => rita.client.contacts.update({ id: nobodys.id, ownerId: rita.id }),
      () => rita.client.contacts.remove({ id: other.id }),
      () => rita.client.companies.update({ id: company.id, ownerId: rita.id }),
      () => rita.client.companies.remove({ id: company.id }),
    ])
      await expect(attempt()).rejects.toMatchObject({ status: 403 })
    await client.contacts.remove({ id: other.id })
    await expect(rita.client.contacts.restore({ id: other.id })).rejects.toMatchObject({
      status: 403,
    })
    expect((await rita.client.trash.list({})).items).toEqual([])
    const restored = await rita.client.trash.restore({ items: [{ kind: 'contact', id: other.id }] })
    expect(restored).toMatchObject({ changed: 0, skipped: 1 })
    const mia = await addUser('Mia', 'manager')
    expect((await mia.client.contacts.restore({ id: other.id })).deletedAt).toBeNull()
    await mia.client.contacts.update({ id: other.id, ownerId: mia.id })
  })

  test('are changed in bulk as far as they are one’s own', async () => {
    const { client, rita, own, other } = await openShared()
    const all = { where: {} }
    const actions: Parameters<typeof client.contacts.bulk>[0]['action'][] = [
      { type: 'update', patch: { jobTitle: 'CEO' } },
      { type: 'update', patch: { ownerId: rita.id } },
      { type: 'addTags', tags: ['x'] },
      { type: 'delete' },
    ]
    for (const action of actions) {
      await rita.client.contacts.bulk({ target: all, action })
      await rita.client.contacts.bulk({ target: { ids: [other.id, own.id] }, action })
    }
    await rita.client.companies.bulk({ target: all, action: { type: 'delete' } })
    const left = await client.contacts.list({ sort: 'name' })
    expect(left.items).toMatchObject([
      { name: 'Nobody', tags: [] },
      { name: 'Other', jobTitle: null, tags: [], owner: { name: 'Rob' } },
    ])
    expect((await client.companies.list({})).total).toBe(1)
  })

  test('are not changed by a rep’s import where they are somebody else’s', async () => {
    const { client, rita, other } = await openShared()
    const file = csv('email,last name,job title\nother@a.example,Other,CEO\nown@a.example,Own,CTO')
    const done = await importFile(rita.client, 'contacts', file, { onDuplicate: 'update' })
    expect(done).toMatchObject({ updated: 1, rejected: 1 })
    expect(done.problems[0]?.message).toBe(
      'This contact is here already and belongs to somebody else',
    )
    expect((await client.contacts.get({ id: other.id })).jobTitle).toBeNull()
  })

  test('tell their owner when somebody else takes or deletes them', async () => {
    const { client, core, rita, rob, own, other, company } = await openShared()
    const lead = await rob.client.leads.create({ title: 'Roll-out' })
    await core.tick()
    await client.contacts.update({ id: other.id, ownerId: rita.id })
    await client.companies.remove({ id: company.id })
    await client.leads.update({ id: lead.id, ownerId: null })
    await client.contacts.bulk({ target: { ids: [own.id] }, action: { type: 'delete' } })
    await core.tick()
    const titles = async (of: typeof rita) =>
      (await of.client.notifications.list({})).items.map(({ title }) => title).sort()
    expect(await titles(rob)).toEqual([
      'Me deleted your company: Acme',
      'Me gave your contact to Rita: Other',
      'Me took your lead from you: Roll-out',
    ])
    expect(await titles(rita)).toEqual([
      'Me deleted your contact: Own',
      'Me gave you a contact: Other',
    ])
  })
})

describe('Where reps see only their own companies and contacts', () => {
  async function openApart() {
    const shared = await openShared()
    await shared.client.settings.updateWorkspace({ repsSeeAllContacts: false })
    return shared
  }

  test('others are at no door', async () => {
    const { rita, own, other, company } = await openApart()
    const { client } = rita
    expect((await client.contacts.list({})).items.map(({ name }) => name)).toEqual(['Own'])
    expect((await client.companies.list({})).total).toBe(0)
    expect((await client.contacts.list({ companyId: company.id })).total).toBe(0)
    await expect(client.contacts.get({ id: other.id })).rejects.toMatchObject({ status: 404 })
    await expect(
      client.contacts.update({ id: other.id, phone: '+1 555 0100' }),
    ).rejects.toMatchObject({ status: 404 })
    await expect(client.companies.remove({ id: company.id })).rejects.toMatchObject({ status: 404 })
    expect(await client.search({ q: 'Other' })).toEqual({ hits: [] })
    expect(await client.search({ q: 'Acme' })).toEqual({ hits: [] })
    const parsed = await client.agenda.parse({ text: 'call Acme tomorrow', contactId: other.id })
    expect(parsed).toMatchObject({ company: null, contact: null })
    for (const attempt of [
      client.leads.create({ title: 'Mine', contactId: other.id }),
      client.leads.create({ title: 'Mine', companyId: company.id }),
      client.contacts.update({ id: own.id, companyId: company.id }),
      client.customers.create({ name: 'Mine', companyId: company.id }),
      client.tasks.create({ title: 'Call', contactId: other.id }),
      client.activities.create({ type: 'call', contactId: other.id }),
      client.reminders.create({ remindAt: '2026-11-23T09:00:00Z', companyId: company.id }),
    ])
      await expect(attempt).rejects.toMatchObject({ status: 400 })
  })

  test('those of own leads, customers and tasks are seen, and the companies of these people', async () => {
    const { client, rita, other } = await openApart()
    const task = await client.tasks.create({
      title: 'Call',
      contactId: other.id,
      assigneeId: rita.id,
    })
    expect((await rita.client.contacts.get({ id: other.id })).company?.name).toBe('Acme')
    expect((await rita.client.companies.list({})).items).toMatchObject([{ name: 'Acme' }])
    await expect(rita.client.contacts.remove({ id: other.id })).rejects.toMatchObject({
      status: 403,
    })
    await client.tasks.remove({ id: task.id })
    expect((await rita.client.companies.list({})).total).toBe(0)
  })

  test('an import neither finds nor changes the others', async () => {
    const { client, rita, other } = await openApart()
    const file = csv('email,last name,job title\nother@a.example,Other,CEO')
    const done = await importFile(rita.client, 'contacts', file, { onDuplicate: 'update' })
    expect(done).toMatchObject({ created: 1, rejected: 0 })
    expect((await client.contacts.get({ id: other.id })).jobTitle).toBeNull()
  })
})
