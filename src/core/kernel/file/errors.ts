/** Why a database file cannot be opened, copied or changed; the messages are for the person in front of it. */
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
  switch (codeOf(error)) {
    case 'SQLITE_FULL':
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path)
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
