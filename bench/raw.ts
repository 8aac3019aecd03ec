/** The same SQL without the core: what SQLite and better-sqlite3 take for it alone. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { configureConnection } from '../src/core/kernel/file/open-file'
import { addClockFunction } from '../src/core/kernel/past'
import type { RecordedQuery } from '../src/core/kernel/recorder'
import { addTextFunctions } from '../src/core/kernel/sql-functions'
import { addDayFunction } from '../src/core/kernel/whole-days'

export function createRaw(directory: string) {
  const connection = new Database(join(directory, 'rapport.db'))
  configureConnection(connection)
  addDayFunction(connection, () => 'UTC')
  addClockFunction(connection, { now: Date.now })
  addTextFunctions(connection)
  return {
    /** A function that runs these queries again, prepared. */
    replay(queries: RecordedQuery[]): () => void {
      const prepared = queries.map(({ sql, parameters, method }) => {
        const statement = connection.prepare(sql)
        return () => {
          if (method === 'all') statement.all(...parameters)
          else statement.get(...parameters)
        }
      })
      return () => {
        for (const run of prepared) run()
      }
    },
    close: () => connection.close(),
  }
}
