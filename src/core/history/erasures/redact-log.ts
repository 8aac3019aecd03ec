/** Removes what records said from the change log; it still shows that they changed, when, and who did it. */

import { erasedText } from '../../kernel/change-log/erased'
import type { Database } from '../../kernel/database/database'

/** What says nothing about a person: ids, instants and counts are needed to read the log. */
const keptColumn =
  /^(?!external_)(.*_)?(id|at|seq|position|minor|kind|status|state|type|category|currency|zone)$/

/** How many entries of the log about one row were redacted. */
export function redactRow(database: Database, table: string, rowId: string): number {
  const rows = database.all<{ seq: number; before: string | null; after: string | null }>(
    'select seq, before, after from change where row_id = ? and table_name = ?',
    rowId,
    table,
  )
  for (const { seq, before, after } of rows)
    database
      .prepare('update change set before = ?, after = ? where seq = ?')
      .run(withoutTexts(before), withoutTexts(after), seq)
  return rows.length
}

function withoutTexts(json: string | null): string | null {
  if (json === null) return null
  const values: Record<string, unknown> = JSON.parse(json)
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(values).map(([column, value]) => [
        column,
        typeof value === 'string' && !keptColumn.test(column) ? erasedText : value,
      ]),
    ),
  )
}
