/** Cells that refer to other records: by id, address or name, alone, together or in a list. */
import { expect, test } from 'vitest'
import { csv, importWell, openTestCore } from '../../testing'
import { isIdOf, listOf, partsOfReference } from './references'

test.each([
  ['C052', true],
  ['4711', true],
  ['ACC-0012', true],
  ['0035g00000ABCDe', true],
  ['01935fd0-7d1c-7000-8000-000000000000', true],
  ['O2', false],
  ['3M', false],
  ['Studio 54', false],
  ['Booking.com', false],
])('%s is an id: %s', (value, isId) => {
  expect(isIdOf(value)).toBe(isId)
})

test('a name and an address in one cell are separated', () => {
  expect(partsOfReference('Olga Pires (olga@pires.example)')).toEqual({
    name: 'Olga Pires',
    address: 'olga@pires.example',
  })
  expect(partsOfReference('Olga <olga@pires.example>').address).toBe('olga@pires.example')
  expect(partsOfReference('Acme (Berlin)')).toEqual({ name: 'Acme (Berlin)' })
  expect(listOf('Pires SA;Oficina Sol')?.first).toBe('Pires SA')
  expect(listOf('Pires SA;')).toBeUndefined()
})

test('leads find contacts and companies by the ids of the program they come from', async () => {
  const { client } = await openTestCore()
  await importWell(client, 'companies', csv('id,name,domain\nA7,Acme,acme.example\n'))
  await importWell(
    client,
    'contacts',
    csv('id,first name,last name,email\nC052,Ada,King,ada@acme.example\n'),
  )
  const file = () =>
    csv(`id,title,company,contact
1,By id,A7,C052
2,By address,acme.example,ada@acme.example
3,By name,acme,ada king
4,By nobody's id,A7,C053
5,New,Beta,Bob Stone
6,New again,Beta,Bob Stone
`)
  const options = {
    mapping: { externalId: ['id'], title: ['title'], company: ['company'], contact: ['contact'] },
  }
  const expected = {
    created: 6,
    rejected: 0,
    references: [
      { field: 'company', label: 'Company', linked: 5, created: 1, left: 0 },
      { field: 'contact', label: 'Contact', linked: 4, created: 1, left: 1 },
    ],
    warnings: [
      {
        line: 5,
        column: 'contact',
        value: 'C053',
        message: 'Contact “C053” is the id of no contact: it is left blank',
      },
    ],
  }
  expect(await importWell(client, 'leads', file(), { ...options, dryRun: true })).toMatchObject(
    expected,
  )
  expect(await importWell(client, 'leads', file(), options)).toMatchObject(expected)
  const contacts = (await client.contacts.list({ sort: 'name' })).items.map(({ name }) => name)
  expect(contacts).toEqual(['Ada King', 'Bob Stone'])
  const leads = (await client.leads.list({ limit: 10 })).items
  const links = leads.map(({ title, company, contact }) => [title, company?.name, contact?.name])
  expect(links.sort()).toEqual([
    ['By address', 'Acme', 'Ada King'],
    ['By id', 'Acme', 'Ada King'],
    ['By name', 'Acme', 'Ada King'],
    ["By nobody's id", 'Acme', undefined],
    ['New again', 'Beta', 'Bob Stone'],
    ['New', 'Beta', 'Bob Stone'],
  ])
})

test('an export of HubSpot finds its contact by the address, and its first company', async () => {
  const { client } = await openTestCore()
  await importWell(
    client,
    'contacts',
    csv('first name,last name,email\nOlga,Pires,olga@pires.example\n'),
  )
  const done = await importWell(
    client,
    'leads',
    csv(`Record ID,Deal Name,Close Date,Deal owner,Amount,Associated Company,Associated Contact
9001,Telhado novo,2026-12-31 23:30,Bruno Dias,12500.5,Pires SA,Olga Pires (olga@pires.example)
9002,Janela,2026-11-30 00:15,Bruno Dias,,Pires SA;Oficina Sol,
9003,Porta,2026-11-30 00:15,Bruno Dias (bruno@b.example),,Pires SA (pires.example),Rui Sá (rui@b.example);Eva
`),
  )
  expect(done).toMatchObject({ created: 3, rejected: 0 })
  expect(done.warnings.map(({ line, message }) => [line, message])).toEqual([
    [3, 'Company “Pires SA;Oficina Sol” is linked to “Pires SA” only, not to “Oficina Sol”'],
    [
      4,
      'Contact “Rui Sá (rui@b.example);Eva” is linked to “Rui Sá (rui@b.example)” only, not to “Eva”',
    ],
  ])
  const contacts = (await client.contacts.list({ sort: 'name' })).items
  expect(contacts.map(({ name, email }) => [name, email])).toEqual([
    ['Olga Pires', 'olga@pires.example'],
    ['Rui Sá', 'rui@b.example'],
  ])
  const companies = (await client.companies.list({})).items.map(({ name }) => name)
  expect(companies).toEqual(['Pires SA'])
  const owners = (await client.leads.list({})).items.map(({ owner }) => owner?.name)
  expect(new Set(owners)).toEqual(new Set(['Bruno Dias']))
})
