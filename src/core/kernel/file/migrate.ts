/** Brings a database file to this program's version: everything at once, or nothing. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { addTextFunctions } from '../database/sql-functions'
import { inOurWords, isDamage, migrationFailed } from './errors'

export interface Migration {
  /** Its file's name without ending, e.g. 0003_reminders. */
  name: string
  /** When it was made, as the journal says: what tells one from another. */
  when: number
  statements: string[]
  hash: string
}

/** Views and triggers: they hang on tables that a migration may rebuild, so they go first and come back last. */
export interface TriggersAndViews {
  beforeMigration(connection: Database.Database): void
  afterMigration(connection: Database.Database): void
  /** Differs whenever triggers and views do. */
  triggersFingerprint: string
}

/** The migrations in a folder made by drizzle-kit, in the order in which they are applied. */
export function readMigrations(folder: string): Migration[] {
  const journal: { entries: { tag: string }[] } = JSON.parse(
    readFileSync(join(folder, 'meta', '_journal.json'), 'utf8'),
  )
  return readMigrationFiles({ migrationsFolder: folder }).map((file, index) => ({
    name: journal.entries[index]?.tag ?? String(index),
    when: file.folderMillis,
    statements: file.sql,
    hash: file.hash,
  }))
}

/** When the migrations that a database has were made; none for a new file. */
export function appliedMigrations(connection: Database.Database): number[] {
  const table = connection
    .prepare(`select 1 from sqlite_schema where type = 'table' and name = '__drizzle_migrations'`)
    .get()
  if (table === undefined) return []
  const rows = connection.prepare<[], number>('select created_at from __drizzle_migrations').pluck()
  return rows.all().map(Number)
}

/**
 * Those that a database still lacks. Not only the ones newer than its last: two branches of work
 * may each have brought one, and come together in either order.
 */
export const pendingMigrations = (known: Migration[], applied: number[]): Migration[] =>
  known.filter((migration) => !applied.includes(migration.when))

/** Whether a database has a migration that this program does not know. */
export const isNewer = (known: Migration[], applied: number[]): boolean =>
  applied.some((when) => !known.some((migration) => migration.when === when))

/** Whether views and triggers are those of this program. */
export function hasTriggersAndViews(connection: Database.Database, fingerprint: string): boolean {
  const table = connection
    .prepare(`select 1 from sqlite_schema where type = 'table' and name = '__extras'`)
    .get()
  if (table === undefined) return false
  return connection.prepare('select fingerprint from __extras').pluck().get() === fingerprint
}

/**
 * Applies migrations and creates triggers and views again, in one transaction that also holds the check of
 * all foreign keys and the new version (`user_version`: the number of migrations applied).
 *
 * Drizzle's own migrator is not used: it commits before the foreign keys could be checked, and it
 * skips a migration older than the last one applied. The files and its table are the same.
 * @throws migration_failed, disk_full; the database is then as it was
 */
export function migrate(
  connection: Database.Database,
  pending: Migration[],
  triggers: TriggersAndViews,
): void {
  // Rebuilding a table drops it, and with foreign keys on that deletes every row that points to
  // it. The pragma does nothing inside a transaction, where migrations try to set it themselves.
  connection.pragma('foreign_keys = OFF')
  addTextFunctions(connection)
  let step = 'begin'
  try {
    connection.exec('begin immediate')
    triggers.beforeMigration(connection)
    connection.exec(bookkeeping)
    for (const migration of pending) {
      step = migration.name
      apply(connection, migration)
    }
    step = 'views and triggers'
    triggers.afterMigration(connection)
    requireWorkingTriggers(connection)
    connection.exec('delete from __extras')
    connection
      .prepare('insert into __extras (fingerprint) values (?)')
      .run(triggers.triggersFingerprint)
    step = pending.at(-1)?.name ?? step
    if (pending.length > 0) requireWholeReferences(connection)
    connection.pragma(`user_version = ${appliedMigrations(connection).length}`)
    connection.exec('commit')
  } catch (error) {
    // SQLite itself has rolled back already where the disk was full.
    if (connection.inTransaction) connection.exec('rollback')
    if (isDamage(error)) throw error
    throw inOurWords(error, connection.name, (cause) =>
      migrationFailed(connection.name, step, cause),
    )
  } finally {
    connection.pragma('foreign_keys = ON')
  }
}

function apply(connection: Database.Database, migration: Migration): void {
  for (const statement of migration.statements) {
    if (/(^|;)\s*(commit|rollback)\b/i.test(statement))
      throw new Error('it would end the transaction that protects it')
    connection.exec(statement)
  }
  connection
    .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
    .run(migration.hash, migration.when)
}

/**
 * SQLite takes a view or trigger over columns that are not there, and fails when it is used. So
 * each is compiled once, by statements that are only prepared.
 */
function requireWorkingTriggers(connection: Database.Database): void {
  const names = (sql: string, ...parameters: string[]) =>
    connection
      .prepare<string[], string>(sql)
      .pluck()
      .all(...parameters)
  for (const view of names(`select name from sqlite_schema where type = 'view'`))
    connection.prepare(`select * from ${quoted(view)}`)
  const triggered = `select distinct tbl_name from sqlite_schema as trigger where type = 'trigger'
    and exists (select 1 from sqlite_schema where type = 'table' and name = trigger.tbl_name)`
  for (const table of names(triggered)) {
    const columns = names('select name from pragma_table_info(?)', table).map(quoted)
    connection.prepare(`insert into ${quoted(table)} default values`)
    connection.prepare(
      `update ${quoted(table)} set ${columns.map((column) => `${column} = ${column}`).join(', ')}`,
    )
    connection.prepare(`delete from ${quoted(table)}`)
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

function requireWholeReferences(connection: Database.Database): void {
  const violations = connection.pragma('foreign_key_check') as { table: string; parent: string }[]
  const first = violations[0]
  if (!first) return
  throw new Error(
    violations.length === 1
      ? `A row in ${first.table} would point to a missing ${first.parent}`
      : `${violations.length} rows, the first in ${first.table}, would point to a missing ${first.parent}`,
  )
}

/** The first table is the one drizzle's tools look for. */
const bookkeeping = `
  create table if not exists __drizzle_migrations (id serial primary key, hash text not null, created_at numeric);
  create table if not exists __extras (fingerprint text not null) strict;
`
