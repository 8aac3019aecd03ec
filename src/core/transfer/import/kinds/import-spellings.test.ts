import { expect, test } from 'vitest'
import { csv, importWell, openTestCore } from '../../testing'

test('an import takes existing spellings, and its own first one', async () => {
  const { client } = await openTestCore()
  await client.leads.create({ title: 'Old', source: 'Fair', tags: ['VIP'] })
  const file = csv('Title,Source,Tags\nOne,FAIR,"vip; New"\nTwo,Web,"new"\nThree,WEB,"NEW; Vip"\n')
  expect(await importWell(client, 'leads', file, { dryRun: true })).toMatchObject({ created: 3 })
  await importWell(client, 'leads', file)
  const { items } = await client.leads.list({ sort: 'createdAt' })
  expect(new Set(items.map(({ source }) => source))).toEqual(new Set(['Fair', 'Web']))
  expect(new Set(items.flatMap(({ tags }) => tags))).toEqual(new Set(['VIP', 'New']))
  // The same file with other letters changes nothing.
  const again = csv('Title,Source,Tags\nOne,fair,"VIP; NEW"\nTwo,web,"NEW"\n')
  const options = { onDuplicate: 'update' as const }
  const check = await importWell(client, 'leads', again, { ...options, dryRun: true })
  const done = await importWell(client, 'leads', again, options)
  expect([check.updated, done.updated]).toEqual([0, 0])
})
