/** Different people, companies and leads of the same name in one file are not taken for one without a word. */
import { describe, expect, test } from 'vitest'
import type { Import } from '../../../../contract/transfer/import'
import { countOf, csv, fixture, importWell, openTestCore, settled } from '../../testing'

const warnings = (done: Import) => done.warnings.map(({ line, message }) => [line, message])

describe('people of the same name', () => {
  test('with different phone numbers are two, and the file can be imported again', async () => {
    const { client } = await openTestCore()
    const file = () => fixture('two-people.csv')
    const expected = {
      created: 2,
      rejected: 0,
      warnings: [
        {
          line: 3,
          column: 'Last Name',
          value: 'Silva',
          message: 'Same name as line 2, but another phone: kept as two contacts',
        },
      ],
    }
    for (const dryRun of [true, false])
      expect(await importWell(client, 'contacts', file(), { dryRun })).toMatchObject(expected)
    const phones = (await client.contacts.list({})).items.map(({ phone }) => phone)
    expect(phones.sort()).toEqual(['+351 1', '+351 2'])
    const again = await importWell(client, 'contacts', file(), { onDuplicate: 'update' })
    expect(again).toMatchObject({ created: 0, unchanged: 2, warnings: [] })
  })

  test.each([
    ['e-mail', 'Name,Email\nJo Silva,a@x.example\nJo Silva,b@x.example\n', 2, /another e-mail/],
    ['company', 'Name,Company,Phone\nJo Silva,Acme,1\nJo Silva,Beta,1\n', 2, undefined],
    [
      'no number in common',
      'Name,Phone,Mobile\nJo Silva,+1 55,+1 66\nJo Silva,+1 77,+1 (66)\nJo Silva,+1 77,+1 88\n',
      2,
      /line 2: taken as one contact/,
    ],
    ['nothing', 'Name,City\nJo Silva,Rome\nJo Silva,Paris\n', 1, /line 2: taken as one contact/],
    [
      'spellings of one number',
      'Name,Phone\nJo Silva,+351 912 345 678\nJo Silva,00351 (912) 345678\n',
      1,
      /line 2: taken as one contact/,
    ],
    ['a blank', 'Name,Phone\nJo Silva,1\njo  silva,\n', 1, /Same name as line 2: taken as one/],
    [
      'the name alone',
      'Name,Email\nJo,info@x.example\nAl,INFO@x.example\n',
      1,
      /Same e-mail as line 2/,
    ],
    ['ids', 'Record ID,Name\n1,Jo Silva\n2,Jo Silva\n', 2, undefined],
    ['the same id', 'Record ID,Name\n1,Jo Silva\n1,Al Costa\n', 1, /Same external ID as line 2/],
  ])('differ by %s', async (_, text, created, message) => {
    const { client } = await openTestCore()
    const checked = await importWell(client, 'contacts', csv(text), { dryRun: true })
    const done = await importWell(client, 'contacts', csv(text))
    expect(done.created).toBe(created)
    expect(checked).toMatchObject({ created, warnings: done.warnings })
    expect(warnings(done).length > 0).toBe(message !== undefined)
    if (message) expect(done.warnings[0]?.message).toMatch(message)
    const again = await importWell(client, 'contacts', csv(text), { onDuplicate: 'update' })
    expect(again.created).toBe(0)
  })

  test('a person who is here already is found by what the row does not contradict', async () => {
    const { client } = await openTestCore()
    for (const phone of ['1', '2']) await client.contacts.create({ lastName: 'Silva', phone })
    const done = await importWell(
      client,
      'contacts',
      csv('Last Name,Phone,Job title\nSilva,2,Two\nSilva,1,One\nSilva,3,Three\n'),
      { onDuplicate: 'update' },
    )
    expect(done).toMatchObject({ updated: 2, created: 1 })
    const items = (await client.contacts.list({})).items
    expect(items.map(({ phone, jobTitle }) => [phone, jobTitle]).sort()).toEqual([
      ['1', 'One'],
      ['2', 'Two'],
      ['3', 'Three'],
    ])
  })
})

test('companies of the same name with different domains are two', async () => {
  const { client } = await openTestCore()
  const file = () => csv('Name,Domain\nAcme,acme.example\nAcme,acme.test\nAcme,\nBeta,acme.test\n')
  const checked = await importWell(client, 'companies', file(), { dryRun: true })
  const done = await importWell(client, 'companies', file())
  expect(done.created).toBe(2)
  expect(checked.warnings).toEqual(done.warnings)
  expect(warnings(done)).toEqual([
    [3, 'Same name as line 2, but another domain: kept as two companies'],
    [4, 'Same name as line 2: taken as one company'],
    [5, 'Same domain as line 3: taken as one company'],
  ])
})

test('leads of the same title are two at different companies, with different people, or of different days', async () => {
  const { client } = await openTestCore()
  const file = () =>
    csv(`Title,Company,Contact,Created
Renewal,Acme,Ann,2026-01-01
Renewal,Beta,Ann,2026-01-01
Renewal,Acme,Bob,2026-01-01
Renewal,Acme,Ann,2026-03-01
Renewal,Acme,Ann,2026-01-01
`)
  const checked = await importWell(client, 'leads', file(), { dryRun: true })
  const done = await importWell(client, 'leads', file())
  expect(done).toMatchObject({ created: 4, rejected: 0 })
  expect(checked).toMatchObject({ created: 4, warnings: done.warnings })
  expect(warnings(done)).toEqual([
    [4, 'Same title and company as line 2, but another contact: kept as two leads'],
    [5, 'Same title and company as line 2, but another day of creation: kept as two leads'],
    [6, 'Same title and company as line 2: taken as one lead'],
  ])
  const again = await importWell(client, 'leads', file(), { onDuplicate: 'update' })
  expect(again.created).toBe(0)
})

test('an import that was cut short still knows the lines it has written', async () => {
  const { client, directory } = await openTestCore()
  const people = Array.from({ length: 3000 }, (_, row) => `P${row % 1500},${row}`)
  const file = csv(`Last Name,Phone\n${people.join('\n')}\n`)
  const { importId } = await client.transfer.start({ kind: 'contacts', file })
  for (;;) {
    const { rows } = await client.transfer.get({ importId })
    if (rows >= 200) break
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const cut = await client.transfer.cancel({ importId })
  expect(cut).toMatchObject({ state: 'cancelled' })
  expect(cut.rows).toBeLessThan(1500)
  expect(countOf(directory, 'select count(*) from import_record')).toBe(cut.created)
  await client.transfer.resume({ importId })
  const done = await settled(client, importId)
  expect(done).toMatchObject({ state: 'done', created: 3000, rejected: 0 })
  expect(done.warnings[0]).toMatchObject({
    line: 1502,
    message: 'Same name as line 2, but another phone: kept as two contacts',
  })
  // They are forgotten a portion at a time.
  await expect.poll(() => countOf(directory, 'select count(*) from import_record')).toBe(0)
})
