/** Rows whose column holds one of the values asked for. */
import type { Clause } from '../database/clause'

/** @returns nothing where none are asked for */
export const among = (column: string, values: readonly string[] | undefined): Clause[] =>
  values
    ? [{ sql: `${column} in (${values.map(() => '?').join(', ')})`, parameters: [...values] }]
    : []
