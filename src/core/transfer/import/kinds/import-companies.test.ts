import { expect, test } from 'vitest'
import { csv, dump, importWell, openTestCore, undoImport } from '../../testing'

const companies = async (client: Awaited<ReturnType<typeof openTestCore>>['client']) =>
  (await client.companies.list({ limit: 500 })).items

test('companies come in with website, domain, size and fields of their own', async () => {
  const { client } = await openTestCore()
  const done = await importWell(
    client,
    'companies',
    csv(`Company name;Website;Mitarbeiter;Branche;Ort;Land;Umsatz;Key account;Founded
Acme GmbH;www.acme.example/de;1.250;Maschinenbau;Brno;CZ;12,5;yes;2001-05-01
Beta;;10;;;;3,25;no;1999-01-31
`),
  )
  expect(done).toMatchObject({ created: 2, rejected: 0 })
  expect(await companies(client)).toMatchObject([
    {
      name: 'Acme GmbH',
      website: 'https://www.acme.example/de',
      domain: 'acme.example',
      employees: 1250,
      industry: 'Maschinenbau',
      city: 'Brno',
      country: 'CZ',
      custom: { umsatz: '12,5', key_account: true, founded: '2001-05-01' },
    },
    { name: 'Beta', domain: null, custom: { key_account: false } },
  ])
  const fields = await client.settings.customFields.list({ table: 'company' })
  expect(fields.map(({ key, type }) => [key, type])).toEqual([
    ['umsatz', 'text'],
    ['key_account', 'boolean'],
    ['founded', 'date'],
  ])
})

test('a company is recognised by external id, then domain, then name', async () => {
  const { client } = await openTestCore()
  await importWell(
    client,
    'companies',
    csv('id,name,website\n1,One,one.example\n,Two,two.example\n,Três,'),
  )
  const done = await importWell(
    client,
    'companies',
    csv(
      'id,name,website,city\n1,One renamed,,A\n,Two renamed,https://www.two.example/x,B\n,  TRÊS,,C\n2,One,,D',
    ),
    { onDuplicate: 'update' },
  )
  expect(done).toMatchObject({
    updated: 3,
    created: 1,
    matchedBy: { externalId: 1, domain: 1, name: 1 },
  })
  expect((await companies(client)).map(({ name, city }) => `${name} ${city}`).sort()).toEqual([
    'One D',
    'One renamed A',
    'TRÊS C',
    'Two renamed B',
  ])
})

test('a parent further down in the file gets what its own row says', async () => {
  const { client, directory } = await openTestCore()
  const before = dump(directory)
  const file = csv('name,parent company,city\nChild,Parent,A\nParent,Holding,B\nOther,parent,C')
  const check = await importWell(client, 'companies', file, { dryRun: true })
  const done = await importWell(client, 'companies', file)
  expect(done).toMatchObject({ created: 3, skipped: 0, rows: 3 })
  expect(check).toMatchObject({ created: 3, skipped: 0, rows: 3 })
  expect(
    (await companies(client)).map(({ name, parent, city }) => [name, parent?.name, city]),
  ).toEqual([
    ['Child', 'Parent', 'A'],
    ['Holding', undefined, null],
    ['Other', 'Parent', 'C'],
    ['Parent', 'Holding', 'B'],
  ])
  await undoImport(client, done.importId)
  expect(dump(directory)).toEqual(before)
})

test('no company may be above itself', async () => {
  const { client } = await openTestCore()
  await importWell(client, 'companies', csv('name,parent company\nA,B\nB,'))
  const done = await importWell(client, 'companies', csv('name,parent company\nB,A\nC,C'), {
    onDuplicate: 'update',
  })
  expect(done.rejected).toBe(2)
  expect(done.problems.map((problem) => problem.message)).toEqual([
    'Parent company must not be the company itself or one below it',
    'Parent company must not be the company itself',
  ])
})

test('a rep neither links to nor learns the name of a company it does not see', async () => {
  const { client, addUser } = await openTestCore()
  await client.settings.updateWorkspace({ repsSeeAllContacts: false })
  await client.companies.create({ name: 'Hidden', externalId: 'HID-77' })
  const gone = await client.companies.create({ name: 'Gone' })
  await client.companies.remove({ id: gone.id })
  const sam = await addUser('Sam', 'rep')
  const seen = await sam.client.companies.create({ name: 'Seen', externalId: 'S-1' })
  const file = csv('name,parent company\nA,HID-77\nB,Hidden\nC,Gone\nD,S-1')
  const done = await importWell(sam.client, 'companies', file)
  expect(done.rejected).toBe(0)
  const parents = (await companies(sam.client)).map(({ name, parent }) => [name, parent?.name])
  expect(Object.fromEntries(parents)).toMatchObject({ A: undefined, D: 'Seen' })
  const made = (await companies(sam.client)).filter(({ name }) => name === 'Hidden')
  expect(made).toHaveLength(1)
  expect((await client.companies.list({ q: 'Hidden' })).items).toHaveLength(2)
  expect((await sam.client.companies.get({ id: seen.id })).name).toBe('Seen')
})
