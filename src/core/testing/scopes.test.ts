/** What a rep does not reach by naming it. */
import { describe, expect, test } from 'vitest'
import { csv } from '../transfer/testing'
import { openTestCore } from './testing'

describe('A rep', () => {
  test('changes the templates and snippets it made, and uses those of others', async () => {
    const { client, addUser } = await openTestCore()
    const rita = await addUser('Rita', 'rep')
    for (const kind of ['template', 'snippet'] as const) {
      const other = await client.templates.create({ kind, name: `Theirs ${kind}`, body: 'Hello' })
      const own = await rita.client.templates.create({ kind, name: `Mine ${kind}`, body: 'Hi' })
      expect((await rita.client.templates.get({ id: other.id })).name).toBe(`Theirs ${kind}`)
      const refused = { status: 403 }
      await expect(rita.client.templates.update({ id: other.id, body: 'x' })).rejects.toMatchObject(
        refused,
      )
      await expect(rita.client.templates.remove({ id: other.id })).rejects.toMatchObject(refused)
      expect((await rita.client.templates.update({ id: own.id, body: 'x' })).body).toBe('x')
      await client.templates.update({ id: own.id, body: 'y' })
    }
  })

  test('changes the activity templates it made', async () => {
    const { client, addUser } = await openTestCore()
    const rita = await addUser('Rita', 'rep')
    const [ready] = await client.activities.templates.list()
    const own = await rita.client.activities.templates.create({ name: 'Mine', type: 'call' })
    expect(own.createdBy).toEqual({ id: rita.id, name: 'Rita' })
    const { update, remove } = rita.client.activities.templates
    await expect(update({ id: ready?.id ?? '', name: 'x' })).rejects.toMatchObject({ status: 403 })
    await expect(remove({ id: ready?.id ?? '' })).rejects.toMatchObject({ status: 403 })
    expect((await update({ id: own.id, name: 'Still mine' })).name).toBe('Still mine')
  })

  test('sees no draft of a cadence but its own', async () => {
    const { client, addUser } = await openTestCore()
    const rita = await addUser('Rita', 'rep')
    const draft = await client.cadences.create({ name: 'Secret draft', state: 'draft', steps: [] })
    const own = await rita.client.cadences.create({ name: 'My draft', state: 'draft', steps: [] })
    const names = (await rita.client.cadences.list({ limit: 100 })).items.map(({ name }) => name)
    expect(names).toContain('My draft')
    expect(names).not.toContain('Secret draft')
    for (const attempt of [
      rita.client.cadences.get({ id: draft.id }),
      rita.client.cadences.duplicate({ id: draft.id }),
      rita.client.cadences.analytics({ id: draft.id }),
      rita.client.cadences.simulate({ id: draft.id, target: { where: {} } }),
    ])
      await expect(attempt).rejects.toMatchObject({ status: 404 })
    const compared = await rita.client.cadences.compare({})
    expect(JSON.stringify(compared)).not.toContain('Secret draft')
    expect((await client.cadences.get({ id: own.id })).name).toBe('My draft')
  })

  test('does not learn where the data are on the machine', async () => {
    const { client, addUser, directory } = await openTestCore()
    const [rita, mia] = [await addUser('Rita', 'rep'), await addUser('Mia', 'manager')]
    expect((await client.database.status()).file).toContain(directory)
    for (const { client } of [rita, mia])
      expect(JSON.stringify(await client.database.status())).not.toContain(directory)
  })

  test('reads no file that somebody else took in', async () => {
    const { client, addUser } = await openTestCore()
    const [rita, rob] = [await addUser('Rita', 'rep'), await addUser('Rob', 'rep')]
    const { fileId } = await rob.client.transfer.inspect({ file: csv('title\nSecret') })
    for (const attempt of [
      rita.client.transfer.inspect({ fileId }),
      rita.client.transfer.suggestMapping({ fileId, kind: 'leads' }),
      rita.client.transfer.start({ kind: 'leads', fileId }),
    ])
      await expect(attempt).rejects.toMatchObject({ status: 404 })
    expect((await rob.client.transfer.inspect({ fileId })).name).toBe('file.csv')
    expect((await client.transfer.inspect({ fileId })).name).toBe('file.csv')
  })
})
