/**
 * One program at a time: holds the data directory for as long as the process lives.
 *
 * The lock is an exclusive SQLite transaction on an empty file of its own. The operating system
 * lets go of it when the process ends in whatever way, so none is ever left behind; and SQLite
 * makes it hold between the threads of one process too. That file must never be opened by other
 * means while the lock is held: closing it would let go of the lock on Linux and macOS.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Clock } from '../time/clock'
import { databaseLocked, inOurWords, type LockHolder } from './errors'

export interface Lock {
  /** Lets others in. May be called again. */
  release(): void
}

export interface LockOptions {
  directory: string
  clock: Clock
  door?: string
}

/** How long somebody who is just closing is waited for, in milliseconds. */
const patience = 500

/** @throws database_locked {pid, host, door, since}, directory_not_writable */
export function takeLock({ directory, clock, door = 'desktop' }: LockOptions): Lock {
  const notice = join(directory, 'rapport.lock.json')
  const connection = holdFile(join(directory, 'rapport.lock'), () =>
    databaseLocked(directory, readNotice(notice)),
  )
  writeNotice(notice, {
    pid: process.pid,
    host: hostname(),
    door,
    since: new Date(clock.now()).toISOString(),
  })
  return {
    release() {
      if (!connection.open) return
      rmSync(notice, { force: true })
      connection.close()
    },
  }
}

function holdFile(file: string, locked: () => Error): Database.Database {
  let connection: Database.Database | undefined
  try {
    connection = new Database(file, { timeout: patience })
    connection.exec('begin exclusive')
    return connection
  } catch (error) {
    connection?.close()
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') throw locked()
    throw inOurWords(error, file)
  }
}

/** The notice only says who to look for; without it the lock holds just as well. */
function writeNotice(notice: string, holder: LockHolder): void {
  try {
    writeFileSync(`${notice}.partial`, `${JSON.stringify(holder)}\n`)
    renameSync(`${notice}.partial`, notice)
  } catch {
    rmSync(notice, { force: true })
  }
}

/** Who holds the lock, unless the notice is one that a killed process left. */
function readNotice(notice: string): LockHolder | null {
  try {
    const { pid, host, door, since } = JSON.parse(readFileSync(notice, 'utf8'))
    if (typeof pid !== 'number' || typeof since !== 'string') return null
    if (host === hostname() && !isAlive(pid)) return null
    return { pid, host: String(host), door: String(door), since }
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another user may not be signalled, but is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
