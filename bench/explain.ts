/** Shows what an operation asks of SQLite, how long each query takes alone, and how SQLite goes about it. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { RecordedQuery } from '../src/core/kernel/database/recorder'
import { addTextFunctions } from '../src/core/kernel/database/sql-functions'
import { configureConnection } from '../src/core/kernel/file/open-file'
import { addClockFunction } from '../src/core/kernel/time/past'
import { addDayFunction } from '../src/core/kernel/time/whole-days'

/** Queries below this share of all are not shown. */
const shownShare = 0.05

export function createExplainer(directory: string) {
  const connection = new Database(join(directory, 'rapport.db'))
  configureConnection(connection)
  addDayFunction(connection, () => 'UTC')
  addClockFunction(connection, { now: Date.now })
  addTextFunctions(connection)

  function timeOf({ sql, parameters, method }: RecordedQuery): number {
    const statement = connection.prepare(sql)
    const times = Array.from({ length: 3 }, () => {
      const began = performance.now()
      if (method === 'all') statement.all(...parameters)
      else statement.get(...parameters)
      return performance.now() - began
    })
    return Math.min(...times)
  }

  return {
    print(queries: readonly RecordedQuery[]): void {
      const bySql = [...Map.groupBy(queries, ({ sql }) => sql).entries()]
        .map(([sql, alike]) => ({
          sql,
          alike,
          time: alike.reduce((sum, query) => sum + timeOf(query), 0),
        }))
        .sort((one, other) => other.time - one.time)
      const whole = bySql.reduce((sum, { time }) => sum + time, 0)
      for (const { sql, alike, time } of bySql) {
        if (time < whole * shownShare) continue
        console.log(`\n${time.toFixed(2)} ms in ${alike.length} × ${sql.replaceAll(/\s+/g, ' ')}`)
        const steps = connection
          .prepare(`explain query plan ${sql}`)
          .all(...(alike[0]?.parameters ?? [])) as { detail: string }[]
        for (const { detail } of steps) console.log(`    ${detail}`)
      }
    },
    close: () => connection.close(),
  }
}
