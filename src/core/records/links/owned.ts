/** Whether something hangs on a record that somebody owns. */
import type { Clause } from '../../kernel/database/clause'

/**
 * Whether a column holds the id of a record that a person owns, which is asked with that person. One row
 * finds its record by that id; for many rows all that the person owns is read once.
 */
export function isOfOwned(
  column: string,
  table: 'lead' | 'customer' | 'contact' | 'company',
  person: string,
  rows?: 'one',
): Clause {
  const owned = `select own.id from ${table} own where own.owner_id = ?`
  if (rows === 'one')
    return { sql: `exists (${owned} and own.id = ${column})`, parameters: [person] }
  if (table !== 'lead') return { sql: `${column} in (${owned})`, parameters: [person] }
  // Its index of owners leaves out the trash.
  return {
    sql: `${column} in (${owned} and own.deleted_at is null union all ${owned} and own.deleted_at > 0)`,
    parameters: [person, person],
  }
}
