import { describe, expect, it } from 'vitest'
import { longestDraft, mostDrafts } from '../../../contract/workspace/drafts'
import { openTestCore } from '../../testing/testing'

const note = (key: string, text = 'Called, asked for a quote') => ({
  key,
  title: 'Call note for Acme',
  place: { path: '/leads' },
  content: { text },
})

describe('Drafts', () => {
  it('come back as they were saved, the latest first, also after a restart', async () => {
    const { client, clock, directory, close } = await openTestCore()
    await client.drafts.save({ ...note('activity.lead.1'), basedOn: { updatedAt: 'then' } })
    clock.advance(1000)
    await client.drafts.save({
      key: 'email.lead.1',
      title: 'E-mail to Ann',
      place: { dialog: 'email', with: { leadId: '1' } },
      content: { subject: 'Hello', body: 'Dear Ann' },
    })
    const before = await client.drafts.list()
    expect(before.map(({ key }) => key)).toEqual(['email.lead.1', 'activity.lead.1'])
    expect(before[1]).toEqual({
      ...note('activity.lead.1'),
      recordId: null,
      basedOn: { updatedAt: 'then' },
      savedAt: '2026-11-20T09:30:00.000Z',
    })
    await close()
    const reopened = await openTestCore({ directory })
    expect(await reopened.client.drafts.list()).toEqual(before)
  })

  it('are one for a form and record: the last save wins, and removing one twice is no error', async () => {
    const { client } = await openTestCore()
    await client.drafts.save(note('activity.lead.1', 'One'))
    await client.drafts.save(note('activity.lead.1', 'Two'))
    expect(await client.drafts.list()).toMatchObject([{ content: { text: 'Two' } }])
    await client.drafts.remove({ key: 'activity.lead.1' })
    await client.drafts.remove({ key: 'activity.lead.1' })
    expect(await client.drafts.list()).toEqual([])
  })

  it('are read and removed by nobody else, an admin included', async () => {
    const { client, addUser } = await openTestCore()
    const rep = await addUser('Rita Rep', 'rep')
    await rep.client.drafts.save(note('activity.lead.1', 'Mine'))
    expect(await client.drafts.list()).toEqual([])
    await client.drafts.remove({ key: 'activity.lead.1' })
    await client.drafts.save(note('activity.lead.1', 'The admin’s'))
    expect(await rep.client.drafts.list()).toMatchObject([{ content: { text: 'Mine' } }])
  })

  it('leave nothing in the change log, and nothing that undo could take back', async () => {
    const { client } = await openTestCore()
    const count = async () => (await client.changes.list({})).items.length
    const before = await count()
    await client.drafts.save(note('activity.lead.1', 'A secret'))
    await client.drafts.remove({ key: 'activity.lead.1' })
    expect(await count()).toBe(before)
  })

  it('are refused when too large, and the draft from before stays', async () => {
    const { client } = await openTestCore()
    await client.drafts.save(note('activity.lead.1', 'Short'))
    await expect(
      client.drafts.save(note('activity.lead.1', 'x'.repeat(longestDraft))),
    ).rejects.toMatchObject({ status: 400 })
    expect(await client.drafts.list()).toMatchObject([{ content: { text: 'Short' } }])
  })

  it('are refused with a place outside the program', async () => {
    const { client } = await openTestCore()
    for (const path of ['https://elsewhere.example', '//elsewhere.example', 'leads'])
      await expect(
        client.drafts.save({ ...note('activity.lead.1'), place: { path } }),
      ).rejects.toMatchObject({ status: 400 })
  })

  it('are limited in number: the oldest goes, never the one being written', async () => {
    const { client, clock } = await openTestCore()
    for (let index = 0; index < mostDrafts; index++) {
      await client.drafts.save(note(`note.${index}`))
      clock.advance(1000)
    }
    clock.advance(-86_400_000)
    await client.drafts.save(note('new'))
    const keys = (await client.drafts.list()).map(({ key }) => key)
    expect(keys).toHaveLength(mostDrafts)
    expect(keys).toContain('new')
    expect(keys).not.toContain('note.0')
    expect(keys).toContain('note.1')
  })

  it('go at night when nobody came back to them for 30 days', async () => {
    const { client, clock } = await openTestCore()
    await client.drafts.save(note('old'))
    clock.advance(29 * 86_400_000)
    await client.drafts.save(note('younger'))
    await client.jobs.run({ name: 'clean_up' })
    expect(await client.drafts.list()).toHaveLength(2)
    clock.advance(2 * 86_400_000)
    await client.jobs.run({ name: 'clean_up' })
    expect((await client.drafts.list()).map(({ key }) => key)).toEqual(['younger'])
  })

  it('about a record or naming it go with it when it is deleted for good, whoever wrote them', async () => {
    const { client, addUser } = await openTestCore()
    const rep = await addUser('Rita Rep', 'rep')
    const company = await client.companies.create({ name: 'Acme' })
    const other = await client.companies.create({ name: 'Other' })
    await rep.client.drafts.save({ ...note('a'), recordId: company.id })
    await client.drafts.save({ ...note('b'), content: { company: { id: company.id } } })
    await client.drafts.save({ ...note('c'), recordId: other.id })
    await client.companies.remove({ id: company.id })
    expect(await rep.client.drafts.list()).toHaveLength(1)
    await client.trash.purge({ items: [{ kind: 'company', id: company.id }] })
    expect(await rep.client.drafts.list()).toEqual([])
    expect((await client.drafts.list()).map(({ key }) => key)).toEqual(['c'])
  })
})
