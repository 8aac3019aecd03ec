/** What people call by a name that every object has from its making is taken for no such thing. */
import { expect, test } from 'vitest'
import { sameValue } from '../../../contract/kernel/same-value'
import { csv, exportFile, importWell, openTestCore } from '../testing'

test('a column, owner, stage and type “Constructor” come in like any other', async () => {
  const { client } = await openTestCore()
  const leads = csv('Title,Owner,Stage,Constructor\nRoof,Constructor,Constructor,7\nDoor,,,8')
  const check = await importWell(client, 'leads', leads, { dryRun: true })
  expect(check).toMatchObject({
    unknownOwners: [{ value: 'Constructor', rows: 1 }],
    unknownStages: [{ value: 'Constructor', rows: 1 }],
    newFields: [{ name: 'custom.constructor', type: 'number' }],
  })
  const lower = csv('Title,Owner,Stage\nSill,constructor,constructor')
  expect(await importWell(client, 'leads', lower, { dryRun: true })).toMatchObject({
    unknownOwners: [{ value: 'constructor', rows: 1 }],
    unknownStages: [{ value: 'constructor', rows: 1 }],
    rejected: 0,
  })
  await importWell(client, 'leads', leads)
  const [door, roof] = (await client.leads.list({ sort: 'title' })).items
  expect([door?.custom, roof?.custom]).toEqual([{ constructor: 8 }, { constructor: 7 }])
  expect(roof).toMatchObject({ owner: { name: 'Constructor' }, stage: { name: 'Constructor' } })

  await importWell(
    client,
    'activities',
    csv('Type,Subject,Constructor,Metadata\nconstructor,Visit,yes,"{""a"": 1}"'),
  )
  expect((await client.activities.list({ q: 'Visit' })).items).toMatchObject([
    { type: 'constructor', metadata: { constructor: 'yes', a: 1 } },
  ])
})

test('a blank field “Constructor” is blank in an export', async () => {
  const { client } = await openTestCore()
  await client.settings.customFields.create({ table: 'lead', label: 'Constructor', type: 'text' })
  await client.leads.create({ title: 'Roof' })
  const { file } = await exportFile(client, {
    kind: 'leads',
    columns: ['title', 'custom.constructor'],
  })
  expect((await file.text()).split('\r\n')[1]).toBe('Roof,')
})

test('an object without such a key is not the same as one that has it', () => {
  expect(sameValue({}, { constructor: 'x' })).toBe(false)
  expect(sameValue({}, { toString: null })).toBe(true)
})
