/** Which logged tables refer to which. */
import { getTableName } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import type { Schema } from '../../kernel/database/schema'

interface Link {
  table: string
  column: string
}
export type References = ReturnType<typeof referencesIn>

/** Who wrote a row is no reason to keep the writer from being undone. */
const authorColumns = new Set(['created_by', 'completed_by'])

export function referencesIn({ logged }: Schema) {
  /** Table → the columns of other tables that refer to it. */
  const to = new Map<string, Link[]>()
  /** Table → its own columns that refer to another logged table. */
  const from = new Map<string, Link[]>()
  for (const { name, table } of logged)
    for (const key of getTableConfig(table).foreignKeys) {
      const { columns, foreignTable } = key.reference()
      const column = columns[0]?.name
      if (!column || authorColumns.has(column)) continue
      const target = getTableName(foreignTable)
      to.set(target, [...(to.get(target) ?? []), { table: name, column }])
      from.set(name, [...(from.get(name) ?? []), { column, table: target }])
    }
  return { to, from }
}
