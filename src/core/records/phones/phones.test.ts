import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import { removeFolder } from '../../../testing-folder'
import { phoneWords, readPhone } from '../../kernel/fields/phone-numbers'
import { migrate, readMigrations } from '../../kernel/file/migrate'
import { createEmptyDatabase } from '../../kernel/file/open-file'
import { migrations, openTestCore, type TestCore } from '../../testing/testing'

const office = [{ from: '09:00', to: '17:00' }]
const hours = [office, office, office, office, office, [], []]

const setCountry = ({ client }: Pick<TestCore, 'client'>, country: string | null) =>
  client.workingHours.set({ hours, country, region: null })

test.each([
  ['+49 (0)89 / 123 456-78', null, '+498912345678'],
  ['+351 912 345 678', null, '+351912345678'],
  ['00351 912345678', null, '+351912345678'],
  ['00351 912345678', 'PT', '+351912345678'],
  ['+351 (0) 912 345 678', null, '+351912345678'],
  ['912 345 678', 'PT', '+351912345678'],
  ['912.345.678', 'PT', '+351912345678'],
  ['089 12345678', 'DE', '+498912345678'],
  ['+39 (0)6 1234 5678', 'DE', '+390612345678'],
  ['8 (495) 123-45-67', 'RU', '+74951234567'],
  ['(202) 456-1111', 'US', '+12024561111'],
  ['tel:+1-202-456-1111', null, '+12024561111'],
  ['＋４９ ８９ 12345678', null, '+498912345678'],
  ['+49 89 12345678 ext. 12', null, '+498912345678;ext=12'],
  ['912 345 678', null, null],
  ['112', 'DE', null],
  ['ask Ana', 'PT', null],
  ['+351 912 345 678 / 913 000 111', 'PT', null],
  ['', 'PT', null],
])('%j in %s is dialled as %s', (typed, country, number) => {
  expect(readPhone(typed, country)).toBe(number)
})

test('the words of a number are its digits with and without the country code', () => {
  expect(phoneWords('+49 (0)89 / 123 456-78').sort()).toEqual([
    '08912345678',
    '498912345678',
    '8912345678',
  ])
  expect(phoneWords('912 345 678')).toEqual(['912345678'])
  expect(phoneWords('913 000 111 / 914 000 222')).toEqual(
    expect.arrayContaining(['913000111', '914000222']),
  )
  expect(phoneWords('none')).toEqual([])
})

const named = (hits: readonly { title: string }[]) => hits.map(({ title }) => title)

test('a number is found by its digits, with and without the country code, in any spacing', async () => {
  const { client } = await openTestCore()
  await client.contacts.create({ lastName: 'Ana', phone: '+351 912 345 678' })
  await client.contacts.create({ lastName: 'Max', mobile: '+49 (0)89 / 123 456-78' })
  await client.companies.create({ name: 'Local', phone: '21 234 56 78' })
  for (const [typed, name] of [
    ...['912345678', '+351912345678', '351912345678', '912 345678', '912.345.678'].map(toAna),
    ...['00351 912 345 678', '(+351) 912-345-678', '912 345', '9123', 'ana 912345678'].map(toAna),
    ...['+498912345678', '08912345678', '089 123', '089/12345678', '+49 (0)89 12345678'].map(toMax),
    ...['212345678', '21-2345', '2123456'].map((text) => [text, 'Local'] as const),
  ] as const) {
    expect([typed, named((await client.search({ q: typed })).hits)]).toEqual([typed, [name]])
    const list = name === 'Local' ? client.companies.list : client.contacts.list
    expect([typed, (await list({ q: typed })).items.length]).toEqual([typed, 1])
  }
  expect((await client.search({ q: '913345678' })).hits).toEqual([])
  expect((await client.search({ q: 'max 912345678' })).hits).toEqual([])
})
const toAna = (text: string) => [text, 'Ana'] as const
const toMax = (text: string) => [text, 'Max'] as const

test('a national number is one of the workspace’s country, and its international form finds it', async () => {
  const core = await openTestCore()
  const { client } = core
  await setCountry(core, 'PT')
  const { id } = await client.contacts.create({ lastName: 'Rui', phone: '912 345 678' })
  expect(await client.contacts.get({ id })).toMatchObject({
    phone: '912 345 678',
    phoneNumber: '+351912345678',
    mobileNumber: null,
  })
  for (const q of ['+351 912345678', '00351912345678', '912345678'])
    expect(named((await client.search({ q })).hits), q).toEqual(['Rui'])
})

test('filters on a phone compare numbers, not spellings', async () => {
  const core = await openTestCore()
  const { client } = core
  await setCountry(core, 'PT')
  await client.contacts.create({ lastName: 'Ana', phone: '+351 912 345 678' })
  await client.contacts.create({ lastName: 'Rui', phone: '(912) 345678 (home)' })
  await client.companies.create({ name: 'Hall', phone: '00351-912-345-678' })
  const found = async (operator: 'equals' | 'contains' | 'not_equals', value: string) =>
    (
      await client.contacts.list({ filter: { all: [{ field: 'phone', operator, value }] } })
    ).items.map(({ lastName }) => lastName)
  for (const value of ['912345678', '+351912345678', '912 345 678', '+351 912 345 678'])
    expect(await found('equals', value)).toEqual(['Ana'])
  expect(await found('not_equals', '912345678')).toEqual(['Rui'])
  expect(await found('contains', '912345')).toEqual(['Ana', 'Rui'])
  expect(await found('contains', '345 678')).toEqual(['Ana', 'Rui'])
  expect(await found('contains', '+35191')).toEqual(['Ana'])
  expect(await found('contains', 'HOME')).toEqual(['Rui'])
  const companies = await client.companies.list({
    filter: { any: [{ field: 'phone', operator: 'in', value: ['912345678'] }] },
  })
  expect(companies.total).toBe(1)
})

test('what cannot be read stays as it was typed', async () => {
  const { client } = await openTestCore()
  const contact = await client.contacts.create({ lastName: 'Ana', phone: 'ext. 12', mobile: '' })
  expect(contact).toMatchObject({ phone: 'ext. 12', phoneNumber: null, mobileNumber: null })
})

test('the number follows edits, undo, redo and bulk changes', async () => {
  const { client } = await openTestCore()
  const { id } = await client.contacts.create({ lastName: 'Ana', phone: '+351 912 345 678' })
  const number = async () => (await client.contacts.get({ id })).phoneNumber
  await client.contacts.update({ id, phone: '+351 913 000 111' })
  expect(await number()).toBe('+351913000111')
  await client.changes.undo({})
  expect(await number()).toBe('+351912345678')
  expect(named((await client.search({ q: '912345678' })).hits)).toEqual(['Ana'])
  expect((await client.search({ q: '913000111' })).hits).toEqual([])
  await client.changes.redo({})
  expect(await number()).toBe('+351913000111')
  await client.contacts.bulk({
    target: { ids: [id] },
    action: { type: 'update', patch: { phone: null, mobile: '+1 202 456 1111' } },
  })
  expect(await client.contacts.get({ id })).toMatchObject({
    phoneNumber: null,
    mobileNumber: '+12024561111',
  })
})

test('a contact that comes back has its number again, and the log never held it', async () => {
  const { client, close, directory } = await openTestCore()
  await client.contacts.create({ lastName: 'Ana', phone: '+351 912 345 678' })
  await client.changes.undo({})
  expect((await client.contacts.list({})).total).toBe(0)
  await client.changes.redo({})
  expect((await client.contacts.list({})).items).toMatchObject([{ phoneNumber: '+351912345678' }])
  await close()
  const raw = new BetterSqlite3(join(directory, 'rapport.db'))
  expect(
    raw
      .prepare(
        `select count(*) from change where before like '%+351912345678%' or after like '%+351912345678%'
           or before like '%phone_number%' or after like '%phone_number%'`,
      )
      .pluck()
      .get(),
  ).toBe(0)
  raw.close()
})

test('a change of the workspace’s country reads stored numbers again', async () => {
  const core = await openTestCore()
  const { client } = core
  const { id } = await client.contacts.create({ lastName: 'Ana', mobile: '912 345 678' })
  const company = await client.companies.create({ name: 'Kontor', phone: '030 901820' })
  expect((await client.contacts.get({ id })).mobileNumber).toBeNull()
  const filter = {
    all: [{ field: 'phone', operator: 'equals' as const, value: '+49 30 901820' }],
  }
  expect((await client.companies.list({ filter })).total).toBe(0)
  await setCountry(core, 'PT')
  await vi.waitFor(
    async () => expect((await client.contacts.get({ id })).mobileNumber).toBe('+351912345678'),
    { timeout: 20_000 },
  )
  await setCountry(core, 'DE')
  await vi.waitFor(
    async () =>
      expect((await client.companies.get({ id: company.id })).phoneNumber).toBe('+4930901820'),
    { timeout: 20_000 },
  )
  expect((await client.companies.list({ filter })).total).toBe(1)
  // A reading is nothing that anybody did to the record.
  expect((await client.changes.list({ rowId: id, limit: 50 })).items).toHaveLength(1)
})

test('a reading that was cut short continues at the next start', async () => {
  const first = await openTestCore()
  for (let index = 0; index < 120; index++)
    await first.client.companies.create({
      name: `Company ${index}`,
      phone: `030 90182${index + 100}`,
    })
  void setCountry(first, 'DE').catch(() => {})
  await first.close()
  const { client } = await openTestCore({ directory: first.directory, prepare: false })
  await vi.waitFor(
    async () => {
      const { items } = await client.companies.list({ limit: 500 })
      expect(items.filter(({ phoneNumber }) => phoneNumber === null)).toEqual([])
    },
    { timeout: 20_000 },
  )
})

test('an earlier version’s numbers are read when its database is migrated', async () => {
  const { directory, close } = await openTestCore({ prepare: false })
  await close()
  removeFolder(directory)
  mkdirSync(directory)
  createEmptyDatabase(directory)
  const old = new BetterSqlite3(join(directory, 'rapport.db'))
  const known = readMigrations(migrations)
  migrate(
    old,
    known.slice(
      0,
      known.findIndex(({ name }) => name.endsWith('phone_numbers')),
    ),
    { beforeMigration: () => {}, afterMigration: () => {}, triggersFingerprint: 'of then' },
  )
  const at = Date.parse('2026-11-01T00:00:00Z')
  old.exec(`insert into working_hours (id, hours, country, created_at, updated_at)
      values ('workspace', '${JSON.stringify(hours)}', 'PT', ${at}, ${at});
    insert into contact (id, name, last_name, phone, mobile, created_at, updated_at)
      values ('0190d3a2-0000-7000-8000-000000000001', 'Ana', 'Ana', '912 345 678', '+49 (0)89 / 123 456-78', ${at}, ${at});
    insert into contact (id, name, last_name, created_at, updated_at)
      values ('0190d3a2-0000-7000-8000-000000000002', 'Rui', 'Rui', ${at}, ${at});
    insert into company (id, name, phone, created_at, updated_at)
      values ('0190d3a2-0000-7000-8000-000000000003', 'Acme', 'none', ${at}, ${at});
    insert into contact_search (rowid, text) values (1, 'Ana 912 345 678'), (2, 'Rui');
    insert into company_search (rowid, text) values (1, 'Acme none')`)
  old.close()
  const { client } = await openTestCore({ directory, prepare: false })
  expect((await client.contacts.list({ sort: 'name' })).items).toMatchObject([
    { name: 'Ana', phoneNumber: '+351912345678', mobileNumber: '+498912345678' },
    { name: 'Rui', phoneNumber: null, mobileNumber: null },
  ])
  expect((await client.companies.list({})).items).toMatchObject([{ phoneNumber: null }])
  for (const q of ['912345678', '+351912345678', '08912345678', 'ana'])
    expect(named((await client.search({ q })).hits), q).toEqual(['Ana'])
  expect(named((await client.search({ q: 'rui' })).hits)).toEqual(['Rui'])
})
