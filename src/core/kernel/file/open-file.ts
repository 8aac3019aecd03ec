/**
 * Opens the database safely: alone, checked unless it was closed whole, backed up before it is migrated. A damaged file is
 * set aside and never written to; a newer or foreign one is not touched at all.
 */
import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { OpeningStep } from '../../../contract/kernel/opening'
import type { Clock } from '../time/clock'
import { type Heartbeat, unwatched } from '../watch/heartbeat'
import { backUp, listBackups, removePartialBackups } from './backup'
import { takeCleanClose } from './clean-close'
import {
  databaseForeign,
  databaseNewer,
  firstProblem,
  inOurWords,
  isDamage,
  reasonOf,
} from './errors'
import { applicationId, readHeader } from './header'
import { companionsOf, flushFile, flushFolder, type Layout, layoutOf } from './layout'
import { type Lock, takeLock } from './lock'
import {
  appliedMigrations,
  hasTriggersAndViews,
  isNewer,
  type Migration,
  migrate,
  pendingMigrations,
  readMigrations,
  type TriggersAndViews,
} from './migrate'
import { listQuarantined, setAside } from './quarantine'
import { finishRestore } from './restore'

export interface OpenFileOptions extends TriggersAndViews {
  /** The data directory; made if it is missing. The database in it is `rapport.db`. */
  directory: string
  /** Folder of the migrations that drizzle-kit made. */
  migrations: string
  clock: Clock
  /** Which door opens it, for the message to others who try. */
  door?: string
  /** To open again: the lock that is held already, so that nobody gets in between. */
  lock?: Lock
  /** Told that checking and migrating may take long. */
  heartbeat?: Heartbeat
  /** Called before each step that may take long. */
  onStep?: (step: OpeningStep) => void
}

export type OpenedFile =
  | {
      state: 'ready'
      connection: Database.Database
      file: string
      lock: Lock
      /** Whether migrations were applied, as they are to a new file. */
      migrated: boolean
      /** When all of the file was last read and found sound, epoch milliseconds. */
      checkedAt: number
      /** Whether Rapport closed it whole, and nobody touched it since. */
      closedWhole: boolean
    }
  | {
      state: 'damaged'
      file: string
      lock: Lock
      /** What happened, for the user. */
      message: string
      /** The folder where the damaged file now is; empty where it has vanished. */
      quarantined: string
    }

/**
 * Whoever gets the answer closes the connection and releases the lock, in that order.
 * @throws database_locked, database_newer, database_foreign, directory_not_writable, disk_full,
 * migration_failed (see errors.ts); the lock is free again then, unless it was given
 */
export async function openFile(options: OpenFileOptions): Promise<OpenedFile> {
  const { directory, clock, door } = options
  makeDirectory(directory)
  const lock = options.lock ?? takeLock({ directory, clock, ...(door !== undefined && { door }) })
  try {
    return await openLocked(options, lock)
  } catch (error) {
    if (!options.lock) lock.release()
    throw inOurWords(error, directory)
  }
}

async function openLocked(options: OpenFileOptions, lock: Lock): Promise<OpenedFile> {
  const { directory, clock, heartbeat = unwatched } = options
  const layout = layoutOf(directory)
  const { file } = layout
  const known = readMigrations(options.migrations)

  removePartialBackups(directory)
  finishRestore(layout, clock)
  const isNew = !existsSync(file)
  if (isNew) {
    setAside(layout, clock)
    const message = explainMissing(layout)
    if (message !== undefined)
      return {
        state: 'damaged',
        file,
        lock,
        message,
        quarantined: listQuarantined(layout)[0] ?? '',
      }
    createEmptyDatabase(directory)
  }

  const damaged = (problem: string): OpenedFile => {
    const quarantined = setAside(layout, clock) ?? ''
    return { state: 'damaged', file, lock, message: explainDamage(problem), quarantined }
  }
  const checkedBefore = takeCleanClose(layout, clock)
  if (checkedBefore === undefined && !isNew) options.onStep?.('checking')
  const problem = heartbeat.long(() => findDamage(file, known, checkedBefore === undefined))
  if (problem !== undefined) return damaged(problem)
  accessSync(file, constants.W_OK)
  const connection = new Database(file, { fileMustExist: true })
  try {
    configureConnection(connection)
    const migrated = await update(connection, options, known)
    return {
      state: 'ready',
      connection,
      file,
      lock,
      migrated,
      checkedAt: checkedBefore ?? clock.now(),
      closedWhole: checkedBefore !== undefined,
    }
  } catch (error) {
    connection.close()
    if (isDamage(error)) return damaged(reasonOf(error))
    throw error
  }
}

/** SQLite before this version can corrupt a database when its write-ahead log starts again. */
const oldestSqlite = [3, 51, 3] as const

/**
 * How much of a database of so many bytes SQLite keeps in memory, in KiB: a 48th, within bounds. Most of
 * what is read twice is in the system's own cache, too; but a text that many leads of a large database
 * match took twice as long with 16 MB as with 24.
 */
export const cacheFor = (bytes: number): number =>
  Math.round(Math.min(32_768, Math.max(16_384, bytes / 1024 / 48)))

/** How much of it a connection for long reads keeps, in KiB. */
const readingCache = 16_384

/**
 * A second connection to a database that is open, for reads alone.
 * @throws what SQLite says
 */
export function openForReading(directory: string): Database.Database {
  const { file } = layoutOf(directory)
  const connection = new Database(file, { readonly: true, fileMustExist: true })
  connection.pragma('busy_timeout = 5000')
  set(connection, 'cache_size', -readingCache)
  set(connection, 'temp_store', 2)
  set(connection, 'mmap_size', 0)
  return connection
}

/** Sets what every connection to the database needs, and makes sure that it took. */
export function configureConnection(connection: Database.Database): void {
  requireSqlite(String(connection.prepare('select sqlite_version()').pluck().get()))
  connection.pragma('busy_timeout = 5000')
  set(connection, 'journal_mode', 'wal')
  // The build's own default falls to NORMAL after the first write, and a power failure could then
  // take commits that were acknowledged.
  set(connection, 'synchronous', 2)
  if (process.platform === 'darwin') set(connection, 'checkpoint_fullfsync', 1)
  set(connection, 'foreign_keys', 1)
  const pragma = (name: string) => Number(connection.pragma(name, { simple: true }))
  set(connection, 'cache_size', -cacheFor(pragma('page_count') * pragma('page_size')))
  set(connection, 'temp_store', 2)
  // What is deleted is overwritten: people who are erased must be gone from the file.
  set(connection, 'secure_delete', 1)
  // Mapped into memory, a failing disk would end the process instead of giving an error; with the
  // cache above it gains little.
  set(connection, 'mmap_size', 0)
  // After a large import the log is cut back to this many bytes.
  set(connection, 'journal_size_limit', 67_108_864)
}

/** A new database that already says whose it is when it gets its name. There must be none yet. */
export function createEmptyDatabase(directory: string): void {
  const { file } = layoutOf(directory)
  if (existsSync(file)) throw new Error(`${file} exists and is not replaced by an empty database.`)
  const partial = `${file}.creating`
  for (const path of [partial, ...companionsOf(partial)]) rmSync(path, { force: true })
  const connection = new Database(partial)
  try {
    connection.pragma(`application_id = ${applicationId}`)
    connection.pragma('journal_mode = WAL')
  } finally {
    connection.close()
  }
  flushFile(partial)
  renameSync(partial, file)
  flushFolder(directory)
}

/**
 * What is wrong with a database, or undefined. Reads it only.
 * @param whole whether to read all tables, too
 * @throws database_newer, database_foreign
 */
function findDamage(file: string, known: Migration[], whole: boolean): string | undefined {
  const header = readHeader(file)
  if (!header) return 'it is not a database'
  if (header.applicationId !== applicationId) throw databaseForeign(file)
  let connection: Database.Database | undefined
  try {
    connection = new Database(file, { readonly: true, fileMustExist: true })
    const problem = whole ? checkTables(connection) : undefined
    if (problem !== undefined) return problem
    const applied = appliedMigrations(connection)
    if (isNewer(known, applied))
      throw databaseNewer(file, { found: applied.length, known: known.length })
    return undefined
  } catch (error) {
    if (isDamage(error)) return reasonOf(error)
    throw error
  } finally {
    connection?.close()
  }
}

/**
 * SQLite's quick_check, a table at a time: asked for everything at once it also reads through the
 * full-text indexes word by word, which takes ten times as long and tells nothing about records.
 * Backups are checked whole.
 */
function checkTables(connection: Database.Database): string | undefined {
  const tables = connection
    .prepare<[], string>(
      `select name from pragma_table_list where schema = 'main' and type in ('table', 'shadow')`,
    )
    .pluck()
    .all()
  for (const table of tables) {
    const found = connection.pragma(`quick_check('${table.replaceAll("'", "''")}')`, {
      simple: true,
    })
    if (found !== 'ok') return firstProblem(String(found))
  }
  return undefined
}

async function update(
  connection: Database.Database,
  options: OpenFileOptions,
  known: Migration[],
): Promise<boolean> {
  const applied = appliedMigrations(connection)
  const pending = pendingMigrations(known, applied)
  if (pending.length === 0 && hasTriggersAndViews(connection, options.triggersFingerprint))
    return false
  // Views and triggers hold no data: for them alone, the transaction is protection enough.
  const { heartbeat = unwatched, onStep } = options
  if (pending.length > 0 && applied.length > 0) {
    onStep?.('backing_up')
    await backUp({ connection, ...options, reason: 'migration' })
    onStep?.('updating')
  }
  heartbeat.long(() => migrate(connection, pending, options))
  return pending.length > 0
}

function explainMissing(layout: Layout): string | undefined {
  if (listQuarantined(layout).length > 0)
    return 'The database was damaged and was set aside; nothing has taken its place yet. Restore a backup, or start with an empty database.'
  if (listBackups(layout.directory).length > 0)
    return 'The database file is missing, but there are backups of it. Restore one, or start with an empty database.'
  return undefined
}

const explainDamage = (problem: string): string =>
  `The database is damaged: ${problem}. The file was set aside and nothing was deleted. Restore the newest backup, or start with an empty database.`

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true })
  } catch (error) {
    throw inOurWords(error, directory)
  }
}

function requireSqlite(version: string): void {
  const parts = version.split('.').map(Number)
  const difference = oldestSqlite
    .map((needed, index) => (parts[index] ?? 0) - needed)
    .find((part) => part !== 0)
  if (difference !== undefined && difference < 0)
    throw new Error(`SQLite ${version} is too old: ${oldestSqlite.join('.')} or newer is needed.`)
}

function set(connection: Database.Database, pragma: string, value: string | number): void {
  connection.pragma(`${pragma} = ${value}`)
  const found = connection.pragma(pragma, { simple: true })
  if (found !== value) throw new Error(`SQLite keeps ${pragma} at ${found} instead of ${value}.`)
}
