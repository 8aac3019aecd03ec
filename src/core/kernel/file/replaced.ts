/** Reads databases that lost their place, as far as they can be read. They are never written to. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { listBackups } from './backup'
import { type Exchange, forgetExchange, isExchanged, readExchange } from './exchange'
import { layoutOf } from './layout'

export interface ReplacedDatabase {
  /** Rows as far as they can be read; none where the table did not exist yet. */
  all<T>(sql: string, ...parameters: (string | number)[]): T[]
}

export interface Replaced {
  exchange: Exchange
  /** Oldest first; what a later one says counts. */
  databases: ReplacedDatabase[]
  /** Whether all there was could be read: from here on, too, as reading continues. */
  isWhole(): boolean
  close(): void
}

/** What was exchanged since a database was last opened whole here; undefined where nothing was. */
export function openReplaced(directory: string): Replaced | undefined {
  const layout = layoutOf(directory)
  const exchange = readExchange(layout)
  if (!exchange || !isExchanged(exchange)) return undefined
  let whole = exchange.setAside.length > 0
  const gap = () => {
    whole = false
  }
  const opened = exchange.setAside.flatMap((folder) => {
    const found = openOne(join(layout.quarantine, folder, 'rapport.db'), gap)
    if (!found) gap()
    return found ?? []
  })
  // A backup is older than what cannot be read, but may know of more than the one that was restored.
  const backup = whole ? undefined : openNewestBackup(directory, gap)
  const all = backup ? [backup, ...opened] : opened
  return {
    exchange,
    databases: all.map(({ database }) => database),
    isWhole: () => whole,
    close() {
      for (const { connection } of all) connection.close()
    },
  }
}

/** What was exchanged is carried over, or was never exchanged. */
export const forgetReplaced = (directory: string): void => forgetExchange(layoutOf(directory))

/** The newest sound backup, to learn from it what can be learnt. @param gap called with what cannot be read */
export function openNewestBackup(directory: string, gap: () => void = () => {}) {
  const newest = listBackups(directory).find(({ verified }) => verified)
  const found = newest && openOne(join(layoutOf(directory).backups, newest.name), gap)
  return found && { ...found, close: () => void found.connection.close() }
}

function openOne(file: string, gap: () => void) {
  if (!existsSync(file)) return undefined
  let connection: Database.Database
  try {
    connection = new Database(file, { readonly: true, fileMustExist: true })
    connection.prepare('select count(*) from sqlite_schema').get()
  } catch {
    return undefined
  }
  const database: ReplacedDatabase = {
    all<T>(sql: string, ...parameters: (string | number)[]): T[] {
      const rows: T[] = []
      try {
        for (const row of connection.prepare(sql).iterate(...parameters)) rows.push(row as T)
      } catch (error) {
        const missing = error instanceof Error && /no such (table|column)/.test(error.message)
        if (!missing) gap()
      }
      return rows
    },
  }
  return { connection, database }
}
