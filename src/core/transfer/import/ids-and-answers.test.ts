/** Ids that lead nowhere make nothing; yes and no are read under the names other programs give them. */
import { describe, expect, test } from 'vitest'
import type { ImportKind } from '../../../contract/transfer/words'
import { countOf, csv, importWell, openTestCore, undoImport } from '../testing'

type Client = Awaited<ReturnType<typeof openTestCore>>['client']
const namesOf = async (client: Client) => ({
  companies: (await client.companies.list({ sort: 'name' })).items.map(({ name }) => name),
  contacts: (await client.contacts.list({ sort: 'name' })).items.map(({ name }) => name),
})

describe('an id that leads nowhere', () => {
  test.each<[string, ImportKind, string, string, number]>([
    ['short ids of contacts', 'leads', 'Title,Contact\nA,C7\nB,C12\nC,C7\n', 'contact', 3],
    ['ids with a hyphen', 'leads', 'Title,Company\nA,ACC-12\nB,Acme\n', 'company', 1],
    ['a column called so', 'leads', 'Title,Company ID\nA,X7\n', 'company', 1],
    ['companies of contacts', 'contacts', 'Last name,Company\nA,c1\nB,c2\nC,c3\n', 'company', 3],
    ['owners', 'leads', 'Title,Owner\nA,U7\nB,U8\n', 'owner', 2],
    ['parents', 'companies', 'Name,Parent company\nA,P7\nB,P8\n', 'parent', 2],
    ['managers', 'users', 'Name,Manager\nA,E7\nB,E8\n', 'manager', 2],
  ])('%s', async (_, kind, text, field, left) => {
    const { client, directory } = await openTestCore()
    const users = countOf(directory, 'select count(*) from user')
    const checked = await importWell(client, kind, csv(text), { dryRun: true })
    const done = await importWell(client, kind, csv(text))
    expect(done.rejected).toBe(0)
    expect(done.references.find((one) => one.field === field)).toMatchObject({ left })
    expect(checked.references).toEqual(done.references)
    expect(done.warnings.filter(({ message }) => message.includes('is the id of no'))).toHaveLength(
      left,
    )
    const { companies, contacts } = await namesOf(client)
    const made = [...companies, ...contacts].filter((name) => /\d/.test(name))
    expect(made).toEqual([])
    if (kind === 'leads') expect(countOf(directory, 'select count(*) from user')).toBe(users)
  })

  test('in activities it is kept among the details', async () => {
    const { client } = await openTestCore()
    const text = 'Type,Date,Company,Person\nCall,2026-01-02,C7,U1\nCall,2026-01-03,C8,U2\n'
    const done = await importWell(client, 'activities', csv(text))
    expect(done.references).toMatchObject([
      { field: 'company', left: 2, created: 0 },
      { field: 'user', left: 2, created: 0 },
    ])
    expect((await namesOf(client)).companies).toEqual([])
  })

  test('but a name with a digit is a name', async () => {
    const { client } = await openTestCore()
    const text = 'Title,Company\nA,O2\nB,3M\nC,Acme\nD,Pier-7\nE,O2\n'
    await importWell(client, 'leads', csv(text))
    expect((await namesOf(client)).companies).toEqual(['3M', 'Acme', 'O2', 'Pier-7'])
  })

  test('and one that is known leads to its record, parents and managers included', async () => {
    const { client } = await openTestCore()
    await importWell(client, 'companies', csv('ID,Name,Parent company\nA7,Acme,\nA8,Sub,A7\n'))
    await importWell(
      client,
      'users',
      csv('User ID,Name,E-mail,Manager\nE7,Ann,ann@a.example,\nE8,Bob,,E7\nE9,Cy,,ann@a.example\n'),
    )
    await importWell(client, 'leads', csv('Title,Company ID\nRoof,A8\n'))
    const companies = (await client.companies.list({ sort: 'name' })).items
    expect(companies.map(({ name, parent }) => [name, parent?.name])).toEqual([
      ['Acme', undefined],
      ['Sub', 'Acme'],
    ])
    const users = (await client.users.list({ limit: 50 })).items
    const managerOf = (name: string) => users.find((one) => one.name === name)?.manager?.name
    expect([managerOf('Bob'), managerOf('Cy')]).toEqual(['Ann', 'Ann'])
    expect((await client.leads.list({})).items[0]?.company?.name).toBe('Sub')
  })
})

describe('opt-outs', () => {
  test.each([
    ['Unsubscribed', 'yes'],
    ['Email Opt Out', '1'],
    ['HasOptedOutOfEmail', 'TRUE'],
    ['Unsubscribed from all email', 'true'],
    ['Do not contact', 'x'],
    ['Opted out', 'Unsubscribed'],
  ])('%s: %s', async (column, yes) => {
    const { client } = await openTestCore()
    const file = () =>
      csv(
        `Last Name,Email,Email 2,${column}\nA,a@x.example,a2@x.example,${yes}\nB,b@x.example,,no\nC,c@x.example,,\n`,
      )
    const checked = await importWell(client, 'contacts', file(), { dryRun: true })
    expect(checked).toMatchObject({ created: 3, rejected: 0, alsoCreated: { optOuts: 2 } })
    expect((await client.optOuts.list({})).total).toBe(0)
    const done = await importWell(client, 'contacts', file())
    expect(done.alsoCreated.optOuts).toBe(2)
    const people = (await client.contacts.list({ sort: 'name' })).items
    expect(people.map(({ optedOut }) => optedOut)).toEqual([true, false, false])
    // Nobody is written to again because an import is taken back, or says no.
    await undoImport(client, done.importId)
    await importWell(client, 'contacts', csv(`Last Name,Email,${column}\nA,a@x.example,no\n`))
    expect((await client.optOuts.list({})).items.map(({ address }) => address).sort()).toEqual([
      'a2@x.example',
      'a@x.example',
    ])
  })

  test('who is here already and skipped is opted out all the same', async () => {
    const { client } = await openTestCore()
    await client.contacts.create({ lastName: 'A', email: 'a@x.example' })
    const done = await importWell(client, 'contacts', csv('Email,Unsubscribed\nA@X.example,yes\n'))
    expect(done).toMatchObject({ skipped: 1, alsoCreated: { optOuts: 1 } })
    expect((await client.contacts.list({})).items[0]?.optedOut).toBe(true)
  })

  test.each([
    ['Do not call', '1', '0'],
    ['Do Not Call', 'Y', 'N'],
    ['Has dog', 'yes', 'no'],
  ])('%s is a field of its own, yes or no', async (column, yes, no) => {
    const { client } = await openTestCore()
    await importWell(client, 'contacts', csv(`Last Name,${column}\nA,${yes}\nB,${no}\n`))
    const [field] = await client.settings.customFields.list({})
    expect(field).toMatchObject({ type: 'boolean' })
    const people = (await client.contacts.list({ sort: 'name' })).items
    expect(people.map(({ custom }) => custom[field?.key ?? ''])).toEqual([true, false])
  })
})

test.each([
  ['dates', '2026-01-02', '2026-01-03', { closedAt: ['Closed'] }],
  ['yes and no', 'yes', 'no', { closed: ['Closed'] }],
  ['1 and 0', '1', '0', { closed: ['Closed'] }],
])('Closed alone holds %s', async (_, first, second, mapping) => {
  const { client } = await openTestCore()
  const text = `Title,Stage,Closed\nA,Won,${first}\nB,New,${second}\n`
  const done = await importWell(client, 'leads', csv(text))
  expect(done).toMatchObject({ created: 2, rejected: 0, mapping })
  const lead = (await client.leads.list({ sort: 'title' })).items[0]
  expect(lead?.status).toBe('won')
  if ('closedAt' in mapping) expect(lead?.closedAt).toMatch(/^2026-01-0[12]T/)
})
