/** Address books of other programs: several addresses and numbers of one person, each beside its kind. */
import { describe, expect, test } from 'vitest'
import { csv, fixture, importWell, openTestCore } from '../testing'

type Client = Awaited<ReturnType<typeof openTestCore>>['client']
const contactsOf = async (client: Client) =>
  (await client.contacts.list({ limit: 500, sort: 'name' })).items

describe('Google Contacts', () => {
  test('in its old columns', async () => {
    const { client } = await openTestCore()
    const file = () => fixture('google-contacts-old.csv')
    expect(await client.transfer.inspect({ file: file() })).toMatchObject({ kind: 'contacts' })
    const warnings = [
      {
        line: 2,
        column: 'E-mail 1 - Value',
        value: 'rita@casa.example',
        message:
          'rita@casa.example, rm2@exemplo.pt and +351 910 000 002 are kept in the description',
      },
    ]
    expect(await importWell(client, 'contacts', file(), { dryRun: true })).toMatchObject({
      created: 1,
      warnings,
    })
    const done = await importWell(client, 'contacts', file())
    expect(done).toMatchObject({ created: 1, rejected: 0, warnings })
    expect(await contactsOf(client)).toMatchObject([
      {
        firstName: 'Rita',
        lastName: 'Matos',
        email: 'rita.matos@exemplo.pt',
        mobile: '+351 910 000 001',
        phone: '+351 210 000 003',
        company: { name: 'Padaria Lua' },
        jobTitle: 'Gerente',
        tags: ['Clients'],
        description:
          'x\nOther e-mail: rita@casa.example\nOther e-mail: rm2@exemplo.pt\nOther mobile: +351 910 000 002',
        custom: {},
      },
    ])
    const again = await importWell(client, 'contacts', file(), { onDuplicate: 'update' })
    expect(again).toMatchObject({ unchanged: 1, created: 0, matchedBy: { email: 1 } })
  })

  test('in its new columns, the starred address first', async () => {
    const { client } = await openTestCore()
    const file = () => fixture('google-contacts-new.csv')
    expect(await client.transfer.inspect({ file: file() })).toMatchObject({ kind: 'contacts' })
    expect(await importWell(client, 'contacts', file())).toMatchObject({ created: 2, rejected: 0 })
    expect(await contactsOf(client)).toMatchObject([
      {
        name: 'Rita Matos',
        email: 'rita.matos@exemplo.pt',
        mobile: '+351 910 000 001',
        phone: '+351 210 000 003',
        company: { name: 'Padaria Lua' },
        jobTitle: 'Gerente',
        tags: ['Clients'],
        description:
          'x\nOther e-mail: rita@casa.example\nOther e-mail: rm2@exemplo.pt\nOther mobile: +351 910 000 002\nFax: +351 210 000 009',
      },
      {
        name: 'Tó Silva',
        email: 'to@work.example',
        mobile: '+351 910 000 004',
        phone: '+351 210 000 004',
        tags: [],
        description: 'Other e-mail: to@casa.example',
      },
    ])
    const again = await importWell(client, 'contacts', file(), { onDuplicate: 'update' })
    expect(again).toMatchObject({ unchanged: 2, created: 0 })
  })
})

test('Outlook: the mobile number is one, the business number comes before the others', async () => {
  const { client } = await openTestCore()
  const done = await importWell(
    client,
    'contacts',
    csv(`Title,First Name,Middle Name,Last Name,Company,Department,Job Title,Business Street,Business Fax,Business Phone,Business Phone 2,Home Phone,Mobile Phone,Other Phone,Assistant's Phone,Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 3 Address,Notes
Dr.,Ana,,Costa,Acme,R&D,Head,Rua B,,+351 21 1,,+351 21 2,+351 91 3,,+351 21 7,Friends;VIP,ana@acme.example,SMTP,Ana Costa,ana@casa.example,,
,Bia,,Dias,,,,,,,,+351 22 1,,,,,bia@d.example,SMTP,,,,
`),
  )
  expect(done).toMatchObject({ created: 2, rejected: 0 })
  expect(await contactsOf(client)).toMatchObject([
    {
      name: 'Ana Costa',
      email: 'ana@acme.example',
      phone: '+351 21 1',
      mobile: '+351 91 3',
      jobTitle: 'Head',
      company: { name: 'Acme' },
      tags: ['Friends', 'VIP'],
      description: 'Other e-mail: ana@casa.example\nOther phone: +351 21 2',
    },
    { name: 'Bia Dias', email: 'bia@d.example', phone: '+351 22 1', mobile: null },
  ])
})

test.each([
  [
    'Apple',
    'First name,Last name,Organization,Job title,Phone : mobile,Phone : work,Email : work,Email : home\nAna,Costa,Acme,Head,+351 91 3,+351 21 1,ana@acme.example,ana@casa.example\n',
  ],
  [
    'phones by name',
    'First,Last,Company,Position,iPhone,Work Phone,Work Email,Home Email\nAna,Costa,Acme,Head,+351 91 3,+351 21 1,ana@acme.example,ana@casa.example\n',
  ],
  [
    'one list a cell',
    'Name,Company,Title,Cell,Tel,Emails\nAna Costa,Acme,Head,+351 91 3,+351 21 1,"ana@acme.example, ana@casa.example"\n',
  ],
  [
    'numbered columns',
    'Full Name,Organisation,Role,Mobile Number,Telephone 1,Email 1,Email 2\nAna Costa,Acme,Head,+351 91 3,+351 21 1,ana@acme.example,Ana <ana@casa.example>\n',
  ],
])('address book: %s', async (_, text) => {
  const { client } = await openTestCore()
  expect(await client.transfer.inspect({ file: csv(text) })).toMatchObject({ kind: 'contacts' })
  await importWell(client, 'contacts', csv(text))
  expect(await contactsOf(client)).toMatchObject([
    {
      name: 'Ana Costa',
      email: 'ana@acme.example',
      phone: '+351 21 1',
      mobile: '+351 91 3',
      jobTitle: 'Head',
      company: { name: 'Acme' },
      description: 'Other e-mail: ana@casa.example',
    },
  ])
})

test('an address that is none is reported, and the others of its list are taken', async () => {
  const { client } = await openTestCore()
  const done = await importWell(
    client,
    'contacts',
    csv(
      'Name,Email,Phone\nAda King,nobody ::: ada@a.example,+1 555 0001;ext=7\nBob Stone,nobody,\n',
    ),
  )
  expect(done).toMatchObject({ created: 1, rejected: 1 })
  expect(done.problems).toMatchObject([{ line: 3, message: 'E-mail must be an e-mail address' }])
  expect(await contactsOf(client)).toMatchObject([
    { email: 'ada@a.example', phone: '+1 555 0001;ext=7', description: 'Other e-mail: nobody' },
  ])
})

test('an update keeps what was written by hand and adds each line once', async () => {
  const { client } = await openTestCore()
  await client.contacts.create({
    firstName: 'Ada',
    lastName: 'King',
    email: 'ada@a.example',
    description: 'Likes tea',
  })
  const file = () => csv('Name,Email,Email 2\nAda King,ada@a.example,ada@home.example\n')
  for (const updated of [1, 0])
    expect(await importWell(client, 'contacts', file(), { onDuplicate: 'update' })).toMatchObject({
      updated,
    })
  expect((await contactsOf(client))[0]?.description).toBe(
    'Likes tea\nOther e-mail: ada@home.example',
  )
})
