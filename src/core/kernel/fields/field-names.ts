/** What columns are called on screen, and how to name the rows that they refer to. */
import { getTableName } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { loggedTables } from '../change-log/change-triggers'

/** What a row is called by, in the tables that call theirs by anything; the first there is. */
const namings = ['name', 'title', 'subject', 'label', 'notes', 'number']

/** `table.column` → the SQL that names the row it refers to, to show a name instead of an id. */
export const nameOfReferred: ReadonlyMap<string, string> = new Map(
  loggedTables.flatMap(({ name, table }) =>
    getTableConfig(table).foreignKeys.flatMap((key): [string, string][] => {
      const { columns, foreignTable } = key.reference()
      const known = new Set(getTableConfig(foreignTable).columns.map((column) => column.name))
      const naming = namings.find((column) => known.has(column))
      if (!columns[0] || !naming) return []
      return [
        [
          `${name}.${columns[0].name}`,
          `select ${naming} from ${getTableName(foreignTable)} where id = ?`,
        ],
      ]
    }),
  ),
)

/** `expected_close_date` → “Expected close date”, `owner_id` → “Owner”. */
export function fieldLabel(column: string): string {
  const words = column.replace(/_(id|minor|at)$/, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
