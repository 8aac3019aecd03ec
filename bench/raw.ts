/** The same SQL without the core: what SQLite and better-sqlite3 take for it alone. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { RecordedQuery } from '../src/core/kernel/database/recorder'
import { addTextFunctions } from '../src/core/kernel/database/sql-functions'
import { configureConnection } from '../src/core/kernel/file/open-file'
import { addClockFunction } from '../src/core/kernel/time/past'
import { addDayFunction } from '../src/core/kernel/time/whole-days'

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
