/** What else says something about one row: its history, the labels of what was done to it, and notifications about it. */
import type { Database, SqlValue } from '../../kernel/database/database'

type Redact = (text: string) => string
type Row = Record<string, SqlValue> & { id: string }

export function createTraces(database: Database) {
  function patch(table: string, id: string, values: [string, string][]): number {
    if (values.length === 0) return 0
    database
      .prepare(
        `update ${table} set ${values.map(([column]) => `${column} = ?`).join(', ')} where id = ?`,
      )
      .run(...values.map(([, value]) => value), id)
    return 1
  }

  function redactHistory(table: string, id: string, redact: Redact): void {
    for (const { seq, before, after } of database.all<{
      seq: number
      before: string | null
      after: string | null
    }>('select seq, before, after from change where row_id = ? and table_name = ?', id, table)) {
      const changed = [before, after].map((json) => json && redact(json))
      if (changed[0] !== before || changed[1] !== after)
        database
          .prepare('update change set before = ?, after = ? where seq = ?')
          .run(...(changed as (string | null)[]), seq)
    }
  }

  /** Answers how many labels were changed. */
  function redactLabels(rowId: string, redact: Redact): number {
    let changed = 0
    for (const row of database.all<Row>(
      'select id, label from batch where id in (select batch_id from change where row_id = ?)',
      rowId,
    ))
      changed += patch('batch', row.id, changedTexts(row, ['label'], redact))
    return changed
  }

  function redactNotifications(recordId: string, redact: Redact): void {
    for (const row of database.all<Row>(
      'select id, title, body, items from notification where subject_id = ? or (subject_id is null and record_id = ?)',
      recordId,
      recordId,
    ))
      patch('notification', row.id, changedTexts(row, ['title', 'body', 'items'], redact))
  }

  return {
    patch,
    redactHistory,
    redactLabels,
    redactNotifications,
    redactTraces(table: string, id: string, redact: Redact): void {
      redactHistory(table, id, redact)
      redactLabels(id, redact)
      redactNotifications(id, redact)
    },
  }
}

/** The columns of a row that a redaction changes, with what they say then. */
export function changedTexts(
  row: Record<string, SqlValue>,
  columns: readonly string[],
  redact: Redact,
): [string, string][] {
  return columns.flatMap((column) => {
    const value = row[column]
    if (typeof value !== 'string') return []
    const redacted = redact(value)
    return redacted === value ? [] : [[column, redacted] as [string, string]]
  })
}
