import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { schema } from '../../assembly/schema'
import { openTestCore } from '../../testing/testing'
import { csv, importWell } from '../../transfer/testing'
import { createFollower, followingTriggers } from './following-columns'
import { addTextFunctions } from './sql-functions'

const tables = [...schema.following].map(
  ([table, columns]) => [table, columns.map(({ column }) => column)] as const,
)
const sources = ['name', 'title', 'phone', 'mobile']

/** Tables with nothing but such columns, what they follow from, and the triggers. */
function createBareTables() {
  const connection = new Database(':memory:')
  onTestFinished(() => void connection.close())
  addTextFunctions(connection)
  connection.exec(`create table working_hours (id text primary key, country text);
    insert into working_hours values ('workspace', null)`)
  for (const [table, columns] of tables) {
    const all = [...sources, ...columns].map((column) => `${column} text`)
    connection.exec(`create table ${table} (seq integer primary key, ${all.join(', ')})`)
  }
  for (const trigger of followingTriggers(schema)) connection.exec(trigger)
  const follow = createFollower(
    schema,
    () => connection.prepare(`select ${schema.phoneCountry}`).pluck().get() as string | null,
  )
  const totalOfChanges = () => connection.prepare('select total_changes()').pluck().get() as number
  return {
    connection,
    follow,
    /** Writes a row. Answers how many times rows were written. */
    write(sql: string, values: Record<string, unknown>): number {
      const before = totalOfChanges()
      connection.prepare(sql).run(values)
      return totalOfChanges() - before
    },
    insertSql: (table: string, columns: string[]) =>
      `insert into ${table} (${columns.join(', ')}) values (${columns.map((column) => `@${column}`).join(', ')})`,
    updateSql: (table: string, columns: string[]) =>
      `update ${table} set ${columns.map((column) => `${column} = @${column}`).join(', ')}`,
  }
}

const names = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('MUÑOZ', 'Straße', 'ΣΊΣΥΦΟΣ', 'İstanbul', 'a\u0000B', '\ud800', '０', ' '),
)
const numbers = fc.oneof(
  fc.constant(null),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('+49 (0)89 / 123 456-78', '912 345 678', '00351 912345678', '112', '\ud800 1'),
)
const rows = fc.record({ name: names, title: names, phone: numbers, mobile: numbers })

test('triggers mend what is missing or wrong, and leave alone what writers fill in', () => {
  const { connection, follow, write, insertSql, updateSql } = createBareTables()
  const setCountry = connection.prepare('update working_hours set country = ?')
  fc.assert(
    fc.property(
      rows,
      rows,
      fc.constantFrom(null, 'DE', 'PT', 'US', 'XX'),
      (row, before, country) => {
        setCountry.run(country)
        for (const [table, columns] of tables) {
          const right = follow(table, row)
          const wrong = Object.fromEntries(columns.map((column) => [column, 'wrong']))
          const stored = () =>
            connection.prepare(`select ${columns.join(', ')} from ${table}`).all()
          expect(Object.keys(right)).toEqual(columns)

          const all = [...sources, ...columns]
          expect(write(insertSql(table, all), { ...row, ...right })).toBe(1)
          const [expected] = stored()
          for (const begin of [
            () => write(insertSql(table, sources), row),
            () => write(insertSql(table, all), { ...row, ...wrong }),
            () => {
              write(insertSql(table, sources), before)
              write(updateSql(table, sources), row)
            },
          ]) {
            connection.exec(`delete from ${table}`)
            begin()
            expect(stored()).toEqual([expected])
          }

          connection.exec(`delete from ${table}`)
          write(insertSql(table, sources), before)
          expect(write(updateSql(table, all), { ...row, ...right })).toBe(1)
          expect(stored()).toEqual([expected])
          connection.exec(`delete from ${table}`)
        }
      },
    ),
  )
})

test('a record that the core writes is written once', async () => {
  const { client, directory } = await openTestCore()
  const connection = new Database(join(directory, 'rapport.db'))
  onTestFinished(() => void connection.close())
  connection.exec('create table written (record text)')
  for (const [table, columns] of tables)
    connection.exec(`create trigger count_${table} after update of ${columns.join(', ')} on ${table}
      begin insert into written values (new.id); end`)
  const timesOf = (id: string) =>
    connection.prepare('select count(*) from written where record = ?').pluck().get(id)

  const hours = Array.from({ length: 7 }, () => [{ from: '09:00', to: '17:00' }])
  await client.workingHours.set({ hours, country: 'PT', region: null })
  const company = await client.companies.create({ name: 'Ærø', phone: '+351 912 345 678' })
  const contact = await client.contacts.create({ lastName: 'Łuk', mobile: '912 345 678' })
  expect(contact.mobileNumber).toBe('+351912345678')
  const customer = await client.customers.create({ name: 'Café', companyId: company.id })
  const lead = await client.leads.create({ title: 'Übung' })
  for (const { id } of [company, contact, customer, lead]) expect(timesOf(id)).toBe(0)

  await client.companies.update({ id: company.id, name: 'Øre', phone: '913 000 111' })
  expect(await client.companies.get({ id: company.id })).toMatchObject({
    phoneNumber: '+351913000111',
  })
  await client.leads.update({ id: lead.id, title: 'Straße' })
  for (const { id } of [company, lead]) expect(timesOf(id)).toBe(1)

  await importWell(
    client,
    'contacts',
    csv('Last name,Company,Phone\nMuñoz,Çelik,912 345 678\nŁuk II,Øre,\n'),
  )
  const { items } = await client.contacts.list({ q: 'munoz' })
  expect(items).toMatchObject([{ phoneNumber: '+351912345678', company: { name: 'Çelik' } }])
  expect(timesOf(items[0]?.id ?? '')).toBe(0)
  expect(timesOf(items[0]?.company?.id ?? '')).toBe(0)
})
