import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { schema } from '../../assembly/schema'
import { company } from '../../records/companies/table'
import { openTestCore } from '../../testing/testing'
import { createLive } from '../change-log/live'
import { createDatabase, type Database } from '../database/database'
import { addTextFunctions } from '../database/sql-functions'
import { addClockFunction } from '../time/past'
import { type Change, createReacting, type Within } from './within'

/** The database of a workspace, with these reactions only. */
async function openWith(...within: Within[]) {
  const { directory, clock, owner, client } = await openTestCore()
  const { id } = await client.companies.create({ name: 'Acme' })
  const connection = new BetterSqlite3(join(directory, 'rapport.db'))
  onTestFinished(() => void connection.close())
  addTextFunctions(connection)
  addClockFunction(connection, clock)
  const reacting = (opened: Database) => createReacting(opened, within)
  const database = createDatabase(connection, { schema, clock, live: createLive(), reacting })
  const change = (patch: Record<string, unknown>, action = {}) =>
    database.act(owner, { label: 'Change', ...action }, (writer) =>
      writer.update(company, id, patch),
    )
  const read = () =>
    database.get<{ city: string | null; country: string | null; industry: string | null }>(
      'select city, country, industry from company where id = ?',
      id,
    )
  return { database, change, read, id }
}

const write =
  (column: 'country' | 'industry', value: string): Within['react'] =>
  (changes, writer) => {
    for (const { rowId } of changes) writer.update(company, rowId, { [column]: value })
  }

test('a change is followed up in its own action, and what follows from that is, too', async () => {
  const { change, read, database } = await openWith(
    { name: 'industry', on: { company: ['country'] }, react: write('industry', 'Beer') },
    { name: 'country', on: { company: ['city'] }, react: write('country', 'CZ') },
  )
  change({ city: 'Pilsen' })
  expect(read()).toEqual({ city: 'Pilsen', country: 'CZ', industry: 'Beer' })
  const batches = database.all(
    `select distinct batch_id from change where seq > (select max(seq) from change) - 3`,
  )
  expect(batches).toHaveLength(1)
})

test('a reaction hears only what it listens to, with both values', async () => {
  const heard: Change[] = []
  const { change, id } = await openWith({
    name: 'listen',
    on: { company: ['city'] },
    react: (changes) => void heard.push(...changes),
  })
  change({ country: 'CZ' })
  expect(heard).toEqual([])
  change({ city: 'Pilsen' })
  expect(heard).toMatchObject([
    { table: 'company', rowId: id, before: { city: null }, after: { city: 'Pilsen' } },
  ])
})

test('what comes back as it was is not followed up again', async () => {
  const { change, read } = await openWith({
    name: 'country',
    on: { company: ['city'] },
    react: write('country', 'CZ'),
  })
  change({ city: 'Pilsen' }, { quiet: true })
  expect(read()?.country).toBeNull()
})

test('reactions that chase each other are a fault that names them, and leave nothing', async () => {
  let round = 0
  const { change, read } = await openWith({
    name: 'chase the city',
    on: { company: ['city'] },
    react: (changes, writer) => {
      for (const { rowId } of changes) writer.update(company, rowId, { city: `City ${++round}` })
    },
  })
  expect(() => change({ city: 'Pilsen' })).toThrow('“chase the city”')
  expect(read()?.city).toBeNull()
})
