/** Shows how SQLite goes about what the core asks, for tests of query plans. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import statistics from './kernel/fixtures/statistics.json'
import { addClockFunction } from './kernel/past'
import { type RecordedQuery, watchStatements } from './kernel/recorder'
import { addTextFunctions } from './kernel/sql-functions'
import { addDayFunction } from './kernel/whole-days'
import { openTestCore } from './testing'

/** What the planner knows: nothing yet, or what ANALYZE says of 100,000 leads and 1,000,000 activities. */
export const knowledge = ['a new database', 'a large database'] as const

export interface Plan {
  /** Indexes it uses, as far as they have names. */
  indexes: string[]
  /** Tables it reads from end to end in no useful order. */
  scans: string[]
  /** Whether rows are sorted, other than those of the one page that is shown. */
  sorts: boolean
}

export async function openTestPlans(known: (typeof knowledge)[number]) {
  const watched = watchStatements()
  onTestFinished(watched.restore)
  const core = await openTestCore()
  const connection = new Database(join(core.directory, 'rapport.db'))
  onTestFinished(() => {
    connection.close()
  })
  addDayFunction(connection, () => 'UTC')
  addClockFunction(connection, core.clock)
  addTextFunctions(connection)
  connection.exec('analyze')
  connection.exec('delete from sqlite_stat1')
  if (known === 'a large database') {
    const add = connection.prepare('insert into sqlite_stat1 (tbl, idx, stat) values (?, ?, ?)')
    for (const row of statistics) add.run(...row)
  }
  connection.exec('analyze sqlite_schema')

  return {
    ...core,
    /** The plans of the reading queries that run while `work` does and mention this table. */
    async plansOf(table: string, work: () => Promise<unknown>): Promise<Plan[]> {
      const queries = await watched.record(work)
      return queries
        .filter(
          ({ sql }) => /^\s*(select|with)/.test(sql) && new RegExp(`\\b${table}\\b`).test(sql),
        )
        .map((query) => planOf(connection, query))
    },
  }
}

function planOf(connection: Database.Database, { sql, parameters }: RecordedQuery): Plan {
  const steps = connection.prepare(`explain query plan ${sql}`).all(...parameters) as {
    parent: number
    detail: string
  }[]
  const pageIsFound = steps.some(({ detail }) => detail === 'CO-ROUTINE page')
  return {
    indexes: steps.flatMap(({ detail }) => / INDEX (\w+)/.exec(detail)?.[1] ?? []),
    scans: steps.flatMap(({ detail }) => /^SCAN (\w+)$/.exec(detail)?.[1] ?? []),
    sorts: steps.some(
      ({ parent, detail }) =>
        /^USE TEMP B-TREE FOR (ORDER|GROUP) BY/.test(detail) && !(pageIsFound && parent === 0),
    ),
  }
}
