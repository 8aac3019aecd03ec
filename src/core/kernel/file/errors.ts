/** Why a database file cannot be opened, copied or changed; the messages are for the person in front of it. */
import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { ORPCError } from '@orpc/server'

/** Who has the database open. */
export interface LockHolder {
  pid: number
  host: string
  /** Which door of the program: desktop, web. */
  door: string
  /** ISO 8601, UTC. */
  since: string
}

/** Another process or thread has the database open. */
export const databaseLocked = (directory: string, holder: LockHolder | null) =>
  new ORPCError('database_locked', {
    status: 409,
    message: `The database in ${directory} is already open${
      holder ? ` in process ${holder.pid} on ${holder.host} since ${holder.since}` : ' elsewhere'
    }. Use that window, or close it first.`,
    data: {
      pid: holder?.pid ?? null,
      host: holder?.host ?? null,
      door: holder?.door ?? null,
      since: holder?.since ?? null,
    },
  })

/** `found` and `known` count migrations: those in the file, and those this program has. */
export const databaseNewer = (file: string, versions: { found: number; known: number }) =>
  new ORPCError('database_newer', {
    status: 409,
    message: `${file} was written by a newer version of Rapport (${versions.found} steps; this one knows ${versions.known}). It was left as it is: update Rapport to open it.`,
    data: versions,
  })

export const databaseForeign = (file: string) =>
  new ORPCError('database_foreign', {
    status: 409,
    message: `${file} is a database of another program. It was left as it is: choose another folder for Rapport's data, or move the file away.`,
  })

export const directoryNotWritable = (path: string) =>
  new ORPCError('directory_not_writable', {
    status: 403,
    message: `Rapport may not write to ${path}. Give it permission, or choose another folder for its data.`,
    data: { path },
  })

export const diskFull = (path: string) =>
  new ORPCError('disk_full', {
    status: 507,
    message: `There is no room left on the disk of ${path}. Nothing was changed: free some space and try again.`,
    data: { path },
  })

/** 507 at every door, about what was to be written now. Says no path: not everybody may know it. */
export const noRoom = () =>
  new ORPCError('disk_full', {
    status: 507,
    message:
      'The disk is full. Free some space, then try again: this change was not saved, but nothing saved before is lost.',
  })

/** 507 as well: the disk or the folder takes nothing, for whatever reason. */
export const notWritable = () =>
  new ORPCError('not_writable', {
    status: 507,
    message:
      'Rapport cannot write to its data folder: the disk is read-only, or permission is missing. This change was not saved, but nothing saved before is lost.',
  })

export type StorageTrouble = 'full' | 'read_only'

/**
 * Whether an error says that the disk takes nothing, and why. Looks at its causes, too.
 * @param hasRoom asked where SQLite says only that writing failed
 */
export function storageTroubleOf(
  error: unknown,
  hasRoom: () => boolean,
): StorageTrouble | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth++) {
    const trouble = troubleOf(cause, hasRoom)
    if (trouble) return trouble
    cause = cause.cause
  }
  return undefined
}

function troubleOf(error: Error, hasRoom: () => boolean): StorageTrouble | undefined {
  const code = codeOf(error) ?? ''
  if (['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'disk_full'].includes(code)) return 'full'
  if (/^SQLITE_IOERR_(WRITE|FSYNC|DIR_FSYNC|TRUNCATE|SHM|MMAP)/.test(code))
    return hasRoom() ? undefined : 'full'
  if (/^SQLITE_(READONLY|CANTOPEN)/.test(code)) return 'read_only'
  if (['directory_not_writable', 'not_writable'].includes(code)) return 'read_only'
  // Sockets know some of these codes, too.
  const isOfFile = 'path' in error && 'syscall' in error
  return isOfFile && ['EROFS', 'EACCES', 'EPERM'].includes(code) ? 'read_only' : undefined
}

export const migrationFailed = (file: string, migration: string, cause: unknown) =>
  new ORPCError('migration_failed', {
    status: 500,
    message: `${file} could not be brought to this version of Rapport: step ${migration} failed (${reasonOf(cause)}). Nothing was changed.`,
    data: { migration },
    cause,
  })

export const backupFailed = (name: string, cause: unknown) =>
  new ORPCError('backup_failed', {
    status: 500,
    message: `The backup ${name} could not be made: ${reasonOf(cause)}.`,
    cause,
  })

export const backupDamaged = (name: string, problem: string) =>
  new ORPCError('backup_damaged', {
    status: 409,
    message: `The backup ${name} is damaged (${problem}). Nothing was changed: choose another one.`,
  })

/**
 * What SQLite or the file system says about room and permission, in the words of this list; else
 * what `otherwise` makes of it, or the error itself. Errors of this list stay as they are.
 */
export function inOurWords(
  error: unknown,
  path: string,
  otherwise = (unknown: unknown): unknown => unknown,
): unknown {
  if (error instanceof ORPCError) return error
  if (storageTroubleOf(error, () => hasRoom(path)) === 'full') return diskFull(path)
  switch (codeOf(error)) {
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
      return directoryNotWritable(path)
    case 'SQLITE_BUSY':
      return databaseLocked(path, null)
    default:
      return otherwise(error)
  }
}

/** Less than this is no room for anything, in bytes. */
const leastRoom = 1024 * 1024

/** Where nobody knows there counts as some. */
export function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(existsSync(path) ? path : dirname(path))
    return bavail * bsize >= leastRoom
  } catch {
    return true
  }
}

/** Whether SQLite says that the file's content is broken. */
export const isDamage = (error: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error) ?? '')

/** The first of what SQLite's check lists in one text, without its heading. */
export const firstProblem = (text: string): string =>
  text.replace(/^\*{3} in database \w+ \*{3}\s*/, '').split('\n')[0] ?? text

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
