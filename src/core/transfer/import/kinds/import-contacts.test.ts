import { expect, test } from 'vitest'
import { csv, importWell, openTestCore } from '../../testing'

const contacts = async (client: Awaited<ReturnType<typeof openTestCore>>['client']) =>
  (await client.contacts.list({ limit: 500, sort: 'name' })).items

test('people come in from other programs’ exports, with their companies', async () => {
  const { client } = await openTestCore()
  const hubspot = await importWell(
    client,
    'contacts',
    csv(`Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Job Title,Company Name,Contact owner,Lead Status
501,Ada,Lovelace,Ada@Acme.EXAMPLE,+44 20 1234,,Head of Engines,Acme,,OPEN
`),
  )
  expect(hubspot).toMatchObject({ created: 1, rejected: 0, unknownCompanies: 1 })
  await importWell(
    client,
    'contacts',
    csv(`Person - Name,Person - Email - Work,Person - Phone - Work,Organization - Name
"Hopper, Grace",grace@navy.example,,Navy
Plato,,,
Mary Jane van Dyke,,123,acme
`),
    {
      mapping: {
        fullName: ['Person - Name'],
        email: ['Person - Email - Work'],
        phone: ['Person - Phone - Work'],
        company: ['Organization - Name'],
      },
    },
  )
  expect(await contacts(client)).toMatchObject([
    {
      name: 'Ada Lovelace',
      email: 'Ada@acme.example',
      phone: '+44 20 1234',
      jobTitle: 'Head of Engines',
      company: { name: 'Acme' },
      externalId: '501',
      custom: { lead_status: 'OPEN' },
    },
    { firstName: 'Grace', lastName: 'Hopper', company: { name: 'Navy' } },
    { firstName: 'Mary Jane van', lastName: 'Dyke', company: { name: 'Acme' } },
    { firstName: null, lastName: 'Plato', company: null },
  ])
})

test('a person is recognised by external id, then e-mail, then name and company', async () => {
  const { client } = await openTestCore()
  await importWell(
    client,
    'contacts',
    csv(`id,first name,last name,email,company
1,Ada,Lovelace,ada@acme.example,Acme
,Bob,Stone,bob@acme.example,Acme
,Cy,Young,,Acme
,Cy,Young,,Other
`),
  )
  const done = await importWell(
    client,
    'contacts',
    csv(`id,first name,last name,email,company,job title
1,Ada,King,,,Countess
,Robert,Stone,BOB@acme.example,,Builder
,cy,YOUNG,,acme,Pitcher
,Cy,Young,,New,Catcher
,,,,,Nobody
`),
    { onDuplicate: 'update' },
  )
  expect(done).toMatchObject({
    updated: 3,
    created: 1,
    rejected: 1,
    matchedBy: { externalId: 1, email: 1, name: 1 },
  })
  expect(
    (await contacts(client)).map(({ name, company, jobTitle }) => [name, company?.name, jobTitle]),
  ).toEqual([
    ['Ada King', 'Acme', 'Countess'],
    ['cy YOUNG', 'Acme', 'Pitcher'],
    ['Cy Young', 'Other', null],
    ['Cy Young', 'New', 'Catcher'],
    ['Robert Stone', 'Acme', 'Builder'],
  ])
})

test('companies of people are not made where that is not wanted', async () => {
  const { client } = await openTestCore()
  await client.companies.create({ name: 'Known' })
  const file = csv('last name,company\nA,Known\nB,Unknown\nC,Unknown\nD,')
  const done = await importWell(client, 'contacts', file, { createCompanies: false })
  expect(done).toMatchObject({ created: 2, rejected: 2, unknownCompanies: 1 })
  expect(done.problems[0]?.message).toBe('Company “Unknown” names no company')
})
