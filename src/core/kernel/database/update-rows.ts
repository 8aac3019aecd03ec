/** Changes many rows of a table by one statement: SQLite pays for the savepoints of triggers once a statement, not once a row. */
import type { SqlValue, Writer } from './database'

export interface RowUpdate {
  id: string
  /** In the order of the columns. */
  values: readonly SqlValue[]
}

/** Sets these columns in each of the rows, which are all others. Answers how many there were. */
export function updateRows(
  writer: Pick<Writer, 'run'>,
  table: string,
  columns: readonly string[],
  rows: readonly RowUpdate[],
): number {
  const set = columns.map((column, place) => `${column} = given.value_${place}`)
  const values = columns.map((_, place) => `value ->> ${place + 1} as value_${place}`)
  return writer.run(
    `update ${table} set ${set.join(', ')}
     from (select value ->> 0 as id, ${values.join(', ')} from json_each(?)) given
     where ${table}.id = given.id`,
    JSON.stringify(rows.map((row) => [row.id, ...row.values])),
  )
}
