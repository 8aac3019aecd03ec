/** Backups: made by SQLite itself, checked before they get their name, and kept for as long as they are of use. */
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { mkdir, open, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { Backup } from '../../../contract/settings'
import type { Clock } from '../clock'
import { backupFailed, diskFull, firstProblem, inOurWords } from './errors'
import { applicationId, readHeader } from './header'
import { companionsOf, flushFolder, layoutOf, stampOf } from './layout'
import { copyDatabase, type Examined } from './thread'

export type BackupReason = Backup['reason']

export interface BackUpOptions {
  /** An open connection to the database; what it has committed is in the backup. */
  connection: Database.Database
  directory: string
  clock: Clock
  reason: BackupReason
  /** Gives up and leaves nothing behind. */
  signal?: AbortSignal
}

/**
 * Makes a backup beside the database. Until it is whole and checked it has another name.
 * @throws disk_full, directory_not_writable, backup_failed; nothing half is left behind
 */
export async function backUp(options: BackUpOptions): Promise<Backup> {
  const { connection, directory, clock, reason, signal } = options
  const { backups } = layoutOf(directory)
  const partial = join(backups, `${randomUUID()}${partialEnding}`)
  try {
    await mkdir(backups, { recursive: true })
    await requireRoom(connection, backups)
    const examined = await copyDatabase(connection.name, partial, signal)
    requireSound(examined, connection)
    await flush(partial)
    signal?.throwIfAborted()
    const name = takeName(backups, clock.now(), reason)
    renameSync(partial, join(backups, name))
    flushFolder(backups)
    return describeBackup(backups, name)
  } catch (error) {
    for (const file of [partial, ...companionsOf(partial)]) rmSync(file, { force: true })
    if (signal?.aborted) throw error
    throw inOurWords(error, backups, (cause) => backupFailed(stampOf(clock.now()), cause))
  }
}

/** All backups, newest first. Files of other names are not ours and not shown. */
export function listBackups(directory: string): Backup[] {
  const { backups } = layoutOf(directory)
  if (!existsSync(backups)) return []
  return namesIn(backups)
    .filter((name) => namePattern.test(name))
    .map((name) => describeBackup(backups, name))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
}

/** Of each of the last migrated versions so many backups stay, should its migration have been tried often. */
const keptPerVersion = 3
const keptVersions = 5

/**
 * Deletes daily backups beyond the newest `keep`, and backups made before migrations that lie more
 * than five versions back. Those a user made stay until the user deletes them.
 */
export function removeOldBackups(directory: string, keep: number): void {
  const { backups } = layoutOf(directory)
  const all = listBackups(directory)
  const daily = all.filter((backup) => backup.reason === 'daily')
  const byVersion = Map.groupBy(
    all.filter((backup) => backup.reason === 'migration'),
    (backup) => readHeader(join(backups, backup.name))?.version ?? 0,
  )
  const versions = [...byVersion.keys()].sort((a, b) => b - a)
  const old = [
    ...daily.slice(Math.max(keep, 1)),
    ...versions
      .slice(0, keptVersions)
      .flatMap((v) => byVersion.get(v)?.slice(keptPerVersion) ?? []),
    ...versions.slice(keptVersions).flatMap((version) => byVersion.get(version) ?? []),
  ]
  for (const { name } of old) rmSync(join(backups, name), { force: true })
}

/** Clears away what a killed backup left. Only while no other is being made. */
export function removePartialBackups(directory: string): void {
  const { backups } = layoutOf(directory)
  if (!existsSync(backups)) return
  for (const name of readdirSync(backups))
    if (/\.partial(-wal|-shm|-journal)?$/.test(name)) rmSync(join(backups, name), { force: true })
}

export interface DailyBackupOptions {
  connection: Database.Database
  directory: string
  clock: Clock
  /** How many daily backups to keep; a function is asked each time. */
  keep: number | (() => number)
  signal?: AbortSignal
}

/** Makes today's backup (UTC) unless there is one, and deletes old ones. Answers the new one. */
export async function backUpDaily(options: DailyBackupOptions): Promise<Backup | undefined> {
  const { directory, clock, keep } = options
  const today = new Date(clock.now()).toISOString().slice(0, 10)
  const done = listBackups(directory).some(
    ({ reason, at, verified }) => reason === 'daily' && verified && at.startsWith(today),
  )
  if (done) return undefined
  const backup = await backUp({ ...options, reason: 'daily' })
  removeOldBackups(directory, typeof keep === 'number' ? keep : keep())
  return backup
}

const hour = 3_600_000

/**
 * Asks now and every hour whether today's backup is missing: a machine that slept through
 * midnight, or a clock that jumped, needs nothing else.
 * @param options.report is told why a backup could not be made; the next hour tries again
 * @returns stop: ends the asking, gives up a backup under way and waits until it is gone
 */
export function startDailyBackups(
  options: Omit<DailyBackupOptions, 'signal'> & { report?: (error: unknown) => void },
): () => Promise<void> {
  const ending = new AbortController()
  let running: Promise<void> | undefined
  const ask = () => {
    running ??= backUpDaily({ ...options, signal: ending.signal })
      .then(() => {})
      .catch((error: unknown) => {
        if (!ending.signal.aborted) options.report?.(error)
      })
      .finally(() => {
        running = undefined
      })
  }
  const timer = setInterval(ask, hour)
  timer.unref()
  ask()
  return async () => {
    clearInterval(timer)
    ending.abort()
    await running
  }
}

const partialEnding = '.partial'
const namePattern =
  /^rapport-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z-(daily|migration|restore|manual)\.db$/

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    throw inOurWords(error, folder)
  }
}

function describeBackup(backups: string, name: string): Backup {
  const [, day, hours, minutes, seconds, milliseconds, reason] = namePattern.exec(name) ?? []
  const file = join(backups, name)
  const header = readHeader(file)
  return {
    name,
    at: `${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`,
    bytes: statSync(file).size,
    reason: reason as BackupReason,
    // It was read through and through before it got this name; here, that nobody cut it since.
    verified: header?.applicationId === applicationId && header.whole,
  }
}

/** A name that no backup has yet: two within a millisecond must not overwrite each other. */
function takeName(backups: string, now: number, reason: BackupReason): string {
  const name = `rapport-${stampOf(now)}-${reason}.db`
  return existsSync(join(backups, name)) ? takeName(backups, now + 1, reason) : name
}

async function requireRoom(connection: Database.Database, folder: string): Promise<void> {
  const pragma = (name: string) => Number(connection.pragma(name, { simple: true }))
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < pragma('page_count') * pragma('page_size')) throw diskFull(folder)
}

function requireSound(examined: Examined, connection: Database.Database): void {
  const [problem] = examined.problems
  if (problem !== undefined) throw new Error(`the copy is damaged (${firstProblem(problem)})`)
  const version = connection.pragma('user_version', { simple: true })
  if (examined.applicationId !== applicationId || examined.version !== version)
    throw new Error('the copy is not the same database')
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
