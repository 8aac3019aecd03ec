/** One of many within an action: where it is refused, the others continue without it. */
import { ORPCError } from '@orpc/server'
import Sqlite from 'better-sqlite3'
import type { Issue } from '../errors'
import type { Database } from './database'

/** Answers why it was refused, once all that it wrote is taken back; undefined where it was done. */
export function attempt(database: Database, work: () => void): string | undefined {
  try {
    database.transaction(work)
    return undefined
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    return reason
  }
}

/** What the value is to blame for; undefined where it is the disk or the program. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT'))
    return 'it cannot be stored'
  if (!(error instanceof ORPCError) || error.status >= 500) return undefined
  const issues: Issue[] = error.data?.issues ?? []
  return issues.map(({ message }) => message).join('; ') || error.message
}
