import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { getTableColumns } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../../testing-folder'
import { schema } from '../assembly/schema'
import { declarationOf } from '../kernel/database/declare'
import { recountTallies } from '../kernel/database/tally-triggers'
import { migrate, readMigrations } from '../kernel/file/migrate'
import { createEmptyDatabase } from '../kernel/file/open-file'
import { nextStepDateOf, nextStepOf, nextStepZoneOf } from '../records/leads/step-triggers'
import { lead } from '../records/leads/table'
import { migrations, openTestCore } from './testing'

type Connection = Database.Database
type Value = string | number | null
interface Column {
  name: string
  type: string
  /** 0 for what is stored; others are generated. */
  hidden: number
}

const known = readMigrations(migrations)
const rowsOfTable = 3
const now = Date.parse('2026-11-20T09:30:00Z')

const tablesOf = (connection: Connection): string[] =>
  connection
    .prepare(
      `select name from pragma_table_list where schema = 'main' and type = 'table'
         and name not like 'sqlite%' and name not like '\\_\\_%' escape '\\' order by name`,
    )
    .pluck()
    .all() as string[]
const columnsOf = (connection: Connection, table: string): Column[] =>
  (
    connection
      .prepare('select name, type, hidden from pragma_table_xinfo(?)')
      .all(table) as Column[]
  ).filter(({ hidden }) => hidden === 0)

/** What triggers or the program itself keep: no data of anybody's. */
const kept = new Set([
  'session',
  'lead_tally',
  'activity_tally',
  'spelling',
  'lease',
  'job',
  'job_run',
])
const keptColumns = new Set(declarationOf(lead).derived as string[])

/** Values that must say something; of all other columns only that they come through counts. */
const meaning: Record<string, Value | ((index: number) => Value)> = {
  is_local: (index) => (index === 0 ? 1 : 0),
  role: (index) => (index === 0 ? 'admin' : 'rep'),
  active: 1,
  is_default: (index) => (index === 0 ? 1 : 0),
  currency: 'USD',
  timezone: 'Europe/Prague',
  zone: 'Europe/Prague',
  category: 'manual',
  type: 'call',
  priority: 'medium',
  deleted_at: null,
  purge_at: null,
  wake_at: null,
  next_run_at: null,
  recurrence: null,
  occurrence: null,
  wall_time: '2026-11-27T15:00',
  scheduled_at: now + 86_400_000,
  occurred_at: null,
  completed_at: null,
  due_at: now + 2 * 86_400_000,
  remind_at: now + 3_600_000,
}
const states: Record<string, string> = {
  lead: 'open',
  task: 'pending',
  reminder: 'pending',
  plan: 'not_started',
  plan_step: 'open',
  email_message: 'drafted',
  cadence: 'active',
  calendar_item: 'imported',
  import_run: 'done',
  saved_view: '{}',
}
const lists = /^(tags|steps|moved|items|blanks|problems|choices|lines)$/
const objects =
  /^(custom|metadata|settings|options|mapping|progress|survey|form|filter|columns|value|before|after)$/
const office = [{ from: '09:00', to: '17:00' }]
const documents: Record<string, unknown> = {
  hours: [office, office, office, office, office, [], []],
  quiet_hours: { on: true, from: '20:00', to: '08:00', days: [6, 7] },
}

/** The words that a column takes, where it has a list of them: opening repairs what is none of these. */
function wordsOf(table: string, name: string): readonly string[] | undefined {
  const stored = schema.byName.get(table)?.table
  const column = stored && Object.values(getTableColumns(stored)).find((one) => one.name === name)
  return column?.enumValues
}

function filledIn(table: string, column: Column, index: number): Value {
  const value = anyValue(table, column, index)
  const words = wordsOf(table, column.name)
  return typeof value === 'string' && words && !words.includes(value) ? (words[0] ?? value) : value
}

function anyValue(table: string, { name, type }: Column, index: number): Value {
  if (name === 'status' || name === 'state') return states[table] ?? 'pending'
  const meant = meaning[name]
  if (meant !== undefined) return typeof meant === 'function' ? meant(index) : meant
  if (name === 'id' && type.toUpperCase() === 'TEXT') return idOf(table, index)
  if (name.endsWith('_at')) return now - index
  if (documents[name]) return JSON.stringify(documents[name])
  if (lists.test(name) && type.toUpperCase() === 'TEXT') return '[]'
  if (objects.test(name) && type.toUpperCase() === 'TEXT') return '{}'
  return type.toUpperCase() === 'TEXT' ? `${table} ${name} ${index}` : index + 1
}

const places: string[] = []
function idOf(table: string, index: number): string {
  if (!places.includes(table)) places.push(table)
  const place = String(places.indexOf(table)).padStart(4, '0')
  return `0190d3a2-${place}-7000-8000-00000000000${index}`
}

/** Fills every table there is with rows that refer to one another. */
function fill(connection: Connection) {
  for (const table of tablesOf(connection)) {
    if (kept.has(table)) continue
    const references = connection
      .prepare(
        'select "table" as parent, "from" as name, "to" as target from pragma_foreign_key_list(?)',
      )
      .all(table) as { parent: string; name: string; target: string }[]
    const columns = columnsOf(connection, table)
    const insert = connection.prepare(
      `insert into "${table}" (${columns.map(({ name }) => `"${name}"`).join(', ')})
       values (${columns.map(() => '?').join(', ')})`,
    )
    for (let index = 0; index < rowsOfTable; index++)
      insert.run(
        columns.map((column) => {
          const reference = references.find(({ name }) => name === column.name)
          return reference
            ? filledIn(reference.parent, { ...column, name: reference.target }, index)
            : filledIn(table, column, index)
        }),
      )
  }
}

const rowsOf = (connection: Connection, table: string) =>
  connection.prepare(`select * from "${table}" order by 1`).all() as Record<string, Value>[]

test.each(known.map(({ name }, index) => [name, index + 1] as const))(
  'a database as %s left it, filled, becomes one of today and keeps every row',
  async (_, version) => {
    const directory = mkdtempSync(join(tmpdir(), 'rapport-migrations-'))
    onTestFinished(() => removeFolder(directory))
    mkdirSync(directory, { recursive: true })
    createEmptyDatabase(directory)
    const old = new Database(join(directory, 'rapport.db'))
    migrate(old, known.slice(0, version), {
      beforeMigration: () => {},
      afterMigration: () => {},
      triggersFingerprint: 'of then',
    })
    old.pragma('foreign_keys = off')
    fill(old)
    expect(old.pragma('foreign_key_check')).toEqual([])
    const before = new Map(
      tablesOf(old)
        .filter((table) => !kept.has(table))
        .map((table) => [table, { columns: columnsOf(old, table), rows: rowsOf(old, table) }]),
    )
    const searchedTasks = old
      .prepare(`select 1 from sqlite_schema where name = 'task_search'`)
      .get()
    old.close()
    expect(before.size).toBeGreaterThan(15)

    const { close, client } = await openTestCore({ directory, prepare: false })
    // What came with a full-text index finds what had been there before it.
    if (before.has('task') && !searchedTasks)
      expect((await client.tasks.list({ q: 'title' })).items).toHaveLength(rowsOfTable)
    await close()

    const today = new Database(join(directory, 'rapport.db'))
    onTestFinished(() => {
      today.close()
    })
    expect(today.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(today.pragma('foreign_key_check')).toEqual([])
    for (const [table, { columns, rows }] of before) {
      const stays = columns
        .map(({ name }) => name)
        .filter((name) => !keptColumns.has(name))
        .filter((name) => columnsOf(today, table).some((column) => column.name === name))
      expect(stays.length).toBeGreaterThan(0)
      const only = (row: Record<string, Value>) =>
        JSON.stringify(stays.map((name) => row[name] ?? null))
      const after = new Set(rowsOf(today, table).map(only))
      expect([table, rows.map(only).filter((row) => !after.has(row))]).toEqual([table, []])
    }

    // What follows from other rows is as counting it again would give.
    const tallies = () => ['lead_tally', 'activity_tally'].map((table) => rowsOf(today, table))
    const standing = tallies()
    expect(standing[0]?.length).toBeGreaterThan(0)
    for (const sql of recountTallies(schema)) today.exec(sql)
    expect(tallies()).toEqual(standing)
    // And the triggers are at work: a lead that is touched gets its next step.
    today.exec(`update activity set due_at = due_at + 1, scheduled_at = scheduled_at + 1`)
    const steps = today
      .prepare(`select next_step_at, ${nextStepOf('lead.id')} as counted,
        next_step_zone, ${nextStepZoneOf('lead.id', 'next_step_at')} as zone,
        next_step_date, ${nextStepDateOf('lead.id', 'next_step_at')} as date from lead`)
      .all() as Record<string, Value>[]
    expect(steps).toHaveLength(rowsOfTable)
    for (const step of steps) {
      expect(step.next_step_at).toBe(step.counted)
      expect(step.next_step_zone).toBe(step.zone)
      expect(step.next_step_date).toBe(step.date)
    }
    expect(
      today.prepare(`select count(*) from change where operation = 'update'`).pluck().get(),
    ).not.toBe(0)
  },
)
