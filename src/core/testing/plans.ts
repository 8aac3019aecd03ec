/** Shows how SQLite goes about what the core asks, for tests of query plans. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished } from 'vitest'
import { type Role, roles } from '../../contract/kernel/words'
import statistics from '../kernel/database/fixtures/statistics.json'
import { type RecordedQuery, watchStatements } from '../kernel/database/recorder'
import { addTextFunctions } from '../kernel/database/sql-functions'
import { addClockFunction } from '../kernel/time/past'
import { addDayFunction } from '../kernel/time/whole-days'
import { openTestCore } from './testing'

/** What the planner knows: nothing yet, or what ANALYZE says of 100,000 leads and 1,000,000 activities. */
export const knowledge = ['a new database', 'a large database'] as const

/** What the planner knows, and who asks: a rep's queries also say whose rows they are. */
export const situations = knowledge.flatMap((known) => roles.map((role) => [known, role] as const))

export interface Plan {
  /** Indexes it uses, as far as they have names. */
  indexes: string[]
  /** Tables it reads from end to end in no useful order. */
  scans: string[]
  /** Whether rows are sorted, other than those of the one page that is shown. */
  sorts: boolean
}

/** @param role who asks; the owner unless given */
export async function openTestPlans(known: (typeof knowledge)[number], role?: Role) {
  const watched = watchStatements()
  onTestFinished(watched.restore)
  const core = await openTestCore()
  const asking = role && (await core.addUser('Kim', role))
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
    client: asking?.client ?? core.client,
    /** How SQLite goes about a statement; every value it is asked with is unknown. */
    detailsOf: (sql: string): string[] =>
      connection
        .prepare(`explain query plan ${sql}`)
        .all(...Array<null>(sql.split('?').length - 1).fill(null))
        .map((step) => (step as { detail: string }).detail),
    /** Asks the database itself. */
    ask: <Row>(sql: string): Row[] => connection.prepare(sql).all() as Row[],
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

/** Fails unless rows are read along this index, or, for a rep, along one of what is the rep's own. */
export function expectAlong(plan: Plan | undefined, index: string, role: Role) {
  const [first = 'no index'] = plan?.indexes ?? []
  if (role === 'rep' && first !== index) {
    expect(first).toMatch(/_(owner|user)$/)
    expect(plan?.scans.filter((table) => table !== 'page')).toEqual([])
  } else expect([first, plan?.sorts]).toEqual([index, false])
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
