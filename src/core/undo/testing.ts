/** Compares whole databases: what undo promises is every row as it was. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { loggedTables } from '../kernel/change-triggers'

/** All rows of all logged tables as text, in a fixed order. */
export function dumpTables(directory: string): string {
  const connection = new Database(join(directory, 'rapport.db'), { readonly: true })
  try {
    return loggedTables
      .map(({ name, columns }) => {
        const rows = connection
          .prepare(`select ${columns.join(', ')} from ${name} order by id`)
          .raw()
          .all()
        return [name, ...rows.map((row) => JSON.stringify(row))].join('\n')
      })
      .join('\n')
  } finally {
    connection.close()
  }
}
