/** A part of a query: SQL and what it is asked with. */
import type { SqlValue } from './database'

export interface Clause {
  sql: string
  parameters: SqlValue[]
}
