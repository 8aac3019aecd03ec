/** Backups: made by SQLite itself, checked before they get their name, and kept for as long as they are of use. */
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { type FileHandle, mkdir, open, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import type { Backup } from '../../../contract/kernel/backup'
import type { Clock } from '../time/clock'
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
    const position = lastChange(connection)
    const examined = await flushedMeanwhile(partial, copyDatabase(connection.name, partial, signal))
    requireSound(examined, connection)
    await flush(partial)
    signal?.throwIfAborted()
    const name = takeName(backups, { now: clock.now(), reason, position })
    renameSync(partial, join(backups, name))
    flushFolder(backups)
    return describeBackup(backups, name)
  } catch (error) {
    for (const file of [partial, ...companionsOf(partial)]) rmSync(file, { force: true })
    if (signal?.aborted) throw error
    throw inOurWords(error, backups, (cause) => backupFailed(stampOf(clock.now()), cause))
  }
}

/**
 * All backups, the one made last first, whatever the clock said then. Older versions gave them no
 * number: those come after, by their date, and last those dated after `now`, as no clock that was
 * right did that. Files of other names are not ours and not shown.
 */
export function listBackups(directory: string, now = Number.POSITIVE_INFINITY): Backup[] {
  const { backups } = layoutOf(directory)
  if (!existsSync(backups)) return []
  return namesIn(backups)
    .filter((name) => namePattern.test(name))
    .map((name) => describeBackup(backups, name))
    .sort((one, other) => {
      const numbers = orderOf(other.name).number - orderOf(one.name).number
      if (numbers !== 0) return numbers
      const ahead = Number(Date.parse(one.at) > now) - Number(Date.parse(other.at) > now)
      return ahead || (one.at < other.at ? 1 : -1)
    })
}

/** The last change of the log that a backup holds for sure; 0 where it is not known. */
export const positionOf = (backup: Pick<Backup, 'name'>): number => orderOf(backup.name).position

/** Of each of the last migrated versions so many backups stay, should its migration have been tried often. */
const keptPerVersion = 3
const keptVersions = 5

/**
 * Deletes daily backups beyond `keep`, and backups made before migrations that are more than five
 * versions back. Those a user made stay until the user deletes them. Daily ones that hold the same
 * as a later one go first, so that a clock which leaps from day to day leaves states to go back to.
 */
export function removeOldBackups(directory: string, keep: number, now?: number): void {
  const { backups } = layoutOf(directory)
  const all = listBackups(directory, now)
  const daily = all.filter((backup) => backup.reason === 'daily')
  const isRepeated = (backup: Backup, index: number) => {
    const later = daily[index - 1]
    return later !== undefined && positionOf(backup) > 0 && positionOf(backup) === positionOf(later)
  }
  const byWorth = [
    ...daily.filter((backup, index) => !isRepeated(backup, index)),
    ...daily.filter(isRepeated),
  ]
  const byVersion = Map.groupBy(
    all.filter((backup) => backup.reason === 'migration'),
    (backup) => readHeader(join(backups, backup.name))?.version ?? 0,
  )
  const versions = [...byVersion.keys()].sort((a, b) => b - a)
  const old = [
    ...byWorth.slice(Math.max(keep, 1)),
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
  /** Whether old ones may go: not while nobody knows whether the clock is right. */
  mayDelete?: () => boolean
  signal?: AbortSignal
}

/**
 * Makes today's backup (UTC) unless the last one is of today, and deletes old ones. Answers the new
 * one. One of this date made before another day's was made under a wrong clock, and does not count.
 */
export async function backUpDaily(options: DailyBackupOptions): Promise<Backup | undefined> {
  const { directory, clock, keep, mayDelete = () => true } = options
  const today = new Date(clock.now()).toISOString().slice(0, 10)
  const last = listBackups(directory, clock.now()).find(
    ({ reason, verified }) => reason === 'daily' && verified,
  )
  if (last?.at.startsWith(today)) return undefined
  const backup = await backUp({ ...options, reason: 'daily' })
  if (mayDelete())
    removeOldBackups(directory, typeof keep === 'number' ? keep : keep(), clock.now())
  return backup
}

const hour = 3_600_000

/**
 * Asks now and every hour whether today's backup is missing: a machine that slept through
 * midnight, or a clock that jumped, needs nothing else.
 * @param options.report is told why a backup could not be made; the next hour tries again
 * @param options.made called with each backup that was made
 * @param options.afterwards does, every hour, what must not be done before today's backup is there
 * @returns stop: ends the asking, gives up a backup under way and waits until it is gone
 */
export function startDailyBackups(
  options: Omit<DailyBackupOptions, 'signal'> & {
    report?: (error: unknown) => void
    made?: (backup: Backup) => void
    afterwards?: () => void
  },
): () => Promise<void> {
  const ending = new AbortController()
  let running: Promise<void> | undefined
  const ask = () => {
    running ??= backUpDaily({ ...options, signal: ending.signal })
      .then((backup) => {
        if (ending.signal.aborted) return
        if (backup) options.made?.(backup)
        options.afterwards?.()
      })
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

/** Milliseconds between two flushes of a file that is being written. */
const flushEvery = 50

/**
 * Has a large file written to the disk bit by bit while it grows. Left to the system it is written all at once, and a commit
 * to the database beside it waits for that: a second for a gigabyte.
 */
async function flushedMeanwhile<Result>(file: string, writing: Promise<Result>): Promise<Result> {
  const written = new AbortController()
  const flushing = flushUntil(file, written.signal)
  try {
    return await writing
  } finally {
    written.abort()
    await flushing
  }
}

async function flushUntil(file: string, written: AbortSignal): Promise<void> {
  let handle: FileHandle | undefined
  while (!written.aborted) {
    await pause(flushEvery, undefined, { signal: written }).catch(() => {})
    // There is none at first. It is closed at the end alone: that gives up SQLite's lock on it.
    handle ??= await open(file, 'r+').catch(() => undefined)
    await handle?.datasync().catch(() => {})
  }
  await handle?.close()
}

const partialEnding = '.partial'
const namePattern =
  /^rapport-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z-(daily|migration|restore|manual)(?:-n(\d{1,9})-c(\d{1,15}))?\.db$/

/** What a name says beside the date: which backup of this folder it is, and up to which change. */
function orderOf(name: string): { number: number; position: number } {
  const [number, position] = namePattern.exec(name)?.slice(7) ?? []
  return { number: Number(number ?? 0), position: Number(position ?? 0) }
}

/** The number of the last change in the log; 0 where there is none. */
function lastChange(connection: Database.Database): number {
  const counted = connection
    .prepare(`select 1 from sqlite_schema where name = 'sqlite_sequence'`)
    .get()
  if (!counted) return 0
  const last = connection.prepare(`select seq from sqlite_sequence where name = 'change'`)
  return Number(last.pluck().get() ?? 0)
}

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

/** A name that no backup has yet, with a number higher than all others have. */
function takeName(
  backups: string,
  { now, reason, position }: { now: number; reason: BackupReason; position: number },
): string {
  const number = Math.max(0, ...namesIn(backups).map((name) => orderOf(name).number)) + 1
  return `rapport-${stampOf(now)}-${reason}-n${number}-c${position}.db`
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
