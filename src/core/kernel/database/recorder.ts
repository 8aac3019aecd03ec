/** Watches which SQL runs, with its values: for tests of query plans and for the benchmark. */
import Database from 'better-sqlite3'

export interface RecordedQuery {
  sql: string
  parameters: unknown[]
  method: 'all' | 'get' | 'run'
}

/**
 * Every statement prepared from now on by any connection of this process can be listened to.
 * Call it before the core is opened; `restore` puts things back for statements prepared later.
 */
export function watchStatements() {
  const prototype = Database.prototype as Pick<Database.Database, 'prepare'>
  const prepare = prototype.prepare
  let heard: RecordedQuery[] | undefined

  prototype.prepare = function (this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql) as Database.Statement
    for (const method of ['all', 'get', 'run'] as const) {
      const original = statement[method].bind(statement)
      const listen = (...parameters: unknown[]) => {
        heard?.push({ sql, parameters, method })
        return original(...parameters)
      }
      Object.defineProperty(statement, method, { value: listen })
    }
    return statement
  } as typeof prepare

  return {
    /** The queries that run while `work` does. */
    async record(work: () => Promise<unknown>): Promise<RecordedQuery[]> {
      const queries: RecordedQuery[] = []
      heard = queries
      try {
        await work()
      } finally {
        heard = undefined
      }
      return queries
    },
    restore() {
      prototype.prepare = prepare
    },
  }
}
