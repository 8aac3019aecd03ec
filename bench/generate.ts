/**
 * Builds a Rapport database of any size from a seed: the same seed and size give the same rows.
 * Rows go in as through the core: search indexes and derived columns are filled. Only the change
 * log is left out, since no such number of rows is ever typed in by hand.
 */
import Database from 'better-sqlite3'
import { schema } from '../src/core/assembly/schema'
import { setFollowing } from '../src/core/kernel/database/following-columns'
import { addTextFunctions } from '../src/core/kernel/database/sql-functions'
import { recountTallies } from '../src/core/kernel/database/tally-triggers'
import { recountSpellings } from '../src/core/kernel/spellings/spellings'
import { nextStepDateOf, nextStepOf, nextStepZoneOf } from '../src/core/records/leads/step-triggers'
import { generateActivities, generateDeals, generateRecords } from './generate-records'
import { generateWork } from './generate-work'
import { createRandom, createVocabulary } from './seeded'
import type { Size } from './sizes'

/**
 * @param file a database that the core has created and closed: tables, triggers, owner and pipeline are there
 * @param now the instant that all dates are near, epoch milliseconds
 */
export function generate(
  file: string,
  { size, seed, now }: { size: Size; seed: number; now: number },
): void {
  const connection = new Database(file)
  addTextFunctions(connection)
  connection.pragma('journal_mode = off')
  connection.pragma('synchronous = off')
  connection.pragma('cache_size = -400000')
  connection.pragma('foreign_keys = off')
  const triggers = connection
    .prepare(`select name, sql from sqlite_schema where type = 'trigger'`)
    .all() as { name: string; sql: string }[]
  for (const { name } of triggers) connection.exec(`drop trigger "${name}"`)
  // Built at the end from sorted rows, indexes take a fraction of the time.
  const indexes = connection
    .prepare(`select name, sql from sqlite_schema where type = 'index' and sql is not null`)
    .all() as { name: string; sql: string }[]
  for (const { name } of indexes) connection.exec(`drop index "${name}"`)

  connection.transaction(() => {
    const random = createRandom(seed)
    const words = createVocabulary(random)
    const phrase = (count: number) =>
      Array.from({ length: count }, () => words[random.skewed(words.length)]).join(' ')

    const options = { size, random, now, words, phrase }
    const leads = generateRecords(connection, options)
    generateActivities(connection, options, leads)
    generateDeals(connection, options, leads)
    generateWork(connection, { ...options, ...leads })
  })()

  for (const { sql } of indexes) connection.exec(sql)
  fillDerived(connection, triggers)
  for (const sql of [...recountTallies(schema), ...recountSpellings(schema)]) connection.exec(sql)
  for (const { sql } of triggers) connection.exec(sql)
  connection.exec('analyze')
  connection.pragma('journal_mode = wal')
  connection.close()
}

/** What triggers would have kept: a lead's last activity and next step, what follows from a row, and the search indexes. */
function fillDerived(connection: Database.Database, triggers: { name: string; sql: string }[]) {
  connection.exec(`update lead set
    last_activity_at = (select max(coalesce(occurred_at, completed_at)) from activity
      where lead_id = lead.id and deleted_at is null and category <> 'system'),
    next_step_at = ${nextStepOf('lead.id')}`)
  connection.exec(`update lead set
    next_step_zone = ${nextStepZoneOf('lead.id', 'lead.next_step_at')},
    next_step_date = ${nextStepDateOf('lead.id', 'lead.next_step_at')}
    where next_step_at is not null`)
  for (const table of schema.following.keys())
    connection.exec(`update ${table} set ${setFollowing(schema, table)}`)
  for (const { name, sql } of triggers) {
    const table = /^search_(\w+)_insert$/.exec(name)?.[1]
    if (!table) continue
    const text = /values \(new\.seq, (.+?)\);/s.exec(sql)?.[1]
    const condition = /when (.+?) begin/s.exec(sql)?.[1]
    if (!text) throw new Error(`The trigger ${name} does not say what is searched.`)
    const ofRow = (expression: string) => expression.replaceAll('new.', `${table}.`)
    connection.exec(
      `insert into ${table}_search (rowid, text) select seq, ${ofRow(text)} from ${table} ${condition ? `where ${ofRow(condition)}` : ''} order by seq`,
    )
    connection.exec(`insert into ${table}_search (${table}_search) values ('optimize')`)
  }
}
