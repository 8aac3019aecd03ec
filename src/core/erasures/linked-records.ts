/** Records that are about one contact: in them a first name is enough to tell who a text is about. */
import { setImmediate as othersTurn } from 'node:timers/promises'
import { loggedTables } from '../kernel/change-triggers'
import type { Database, SqlValue } from '../kernel/database'
import { erasedText } from '../kernel/erased'

type Row = Record<string, SqlValue> & { id: string }

const linkedTables = loggedTables.filter(
  ({ name, columns }) => name !== 'contact' && columns.includes('contact_id'),
)
/** Columns with words of people. */
const texts = [
  'title',
  'subject',
  'description',
  'notes',
  'location',
  'metadata',
  'name',
  'custom',
  'reason',
]
const rowsPerTurn = 20

/** Redacts them and their history; e-mails to the contact lose their whole text. Answers how many rows. */
export async function redactLinked(
  database: Database,
  {
    contactId,
    redact: redactText,
    write,
  }: {
    contactId: string
    redact(text: string): string
    /** Writes in an action. */
    write(work: () => void): void
  },
): Promise<number> {
  async function redactAll(): Promise<number> {
    let changed = 0
    for (const { name, columns } of linkedTables) {
      const ids = database
        .all<{ id: string }>(`select id from ${name} where contact_id = ?`, contactId)
        .map(({ id }) => id)
      for (let from = 0; from < ids.length; from += rowsPerTurn) {
        write(() => {
          for (const id of ids.slice(from, from + rowsPerTurn)) {
            if (name === 'email_message') changed += redactEmail(id)
            else changed += redactRow(name, columns, id)
            redactHistory(name, id)
            redactLabels(id)
            redactNotifications(id)
          }
        })
        await othersTurn()
      }
    }
    write(() => redactNotifications(contactId))
    return changed
  }

  function redactRow(table: string, columns: readonly string[], id: string): number {
    const row = database.get<Row>(`select * from ${table} where id = ?`, id)
    if (!row) return 0
    return patch(
      table,
      id,
      changedTexts(
        row,
        columns.filter((one) => texts.includes(one)),
        redactText,
      ),
    )
  }

  /** Keeps that it was sent, its time and id; removes the recipient and the text. */
  function redactEmail(id: string): number {
    const row = database.get<Row & { activity_id: string | null; state: string }>(
      'select * from email_message where id = ?',
      id,
    )
    if (!row) return 0
    if (typeof row.activity_id === 'string')
      database
        .prepare('update activity set subject = ?, description = ? where id = ?')
        .run(erasedText, erasedText, row.activity_id)
    const waits = ['drafted', 'approved', 'failed'].includes(row.state)
    database
      .prepare(
        `update email_message set to_name = null, to_address = ?, cc = '[]', bcc = '[]', subject = ?, body = ?, html = null,
           content_hash = id, error = null ${waits ? `, state = 'cancelled'` : ''} where id = ?`,
      )
      .run('erased@invalid', erasedText, erasedText, id)
    if (typeof row.activity_id === 'string') redactHistory('activity', row.activity_id, true)
    return 1
  }

  function redactHistory(table: string, id: string, isEmail = table === 'email_message') {
    for (const { seq, before, after } of database.all<{
      seq: number
      before: string | null
      after: string | null
    }>('select seq, before, after from change where row_id = ? and table_name = ?', id, table)) {
      const changed = [before, after].map(
        (json) => json && (isEmail ? withoutEmailTexts(json) : redactText(json)),
      )
      if (changed[0] !== before || changed[1] !== after)
        database
          .prepare('update change set before = ?, after = ? where seq = ?')
          .run(...(changed as (string | null)[]), seq)
    }
  }

  function redactLabels(rowId: string) {
    for (const { id, label } of database.all<{ id: string; label: string }>(
      'select id, label from batch where id in (select batch_id from change where row_id = ?)',
      rowId,
    ))
      patch('batch', id, changedTexts({ id, label }, ['label'], redactText))
  }

  function redactNotifications(recordId: string) {
    for (const row of database.all<Row>(
      'select id, title, body, items from notification where subject_id = ? or (subject_id is null and record_id = ?)',
      recordId,
      recordId,
    ))
      patch('notification', row.id, changedTexts(row, ['title', 'body', 'items'], redactText))
  }

  function patch(table: string, id: string, values: [string, string][]): number {
    if (values.length === 0) return 0
    database
      .prepare(
        `update ${table} set ${values.map(([column]) => `${column} = ?`).join(', ')} where id = ?`,
      )
      .run(...values.map(([, value]) => value), id)
    return 1
  }

  return redactAll()
}

function changedTexts(
  row: Record<string, SqlValue>,
  columns: readonly string[],
  redactText: (text: string) => string,
): [string, string][] {
  return columns.flatMap((column) => {
    const value = row[column]
    if (typeof value !== 'string') return []
    const redacted = redactText(value)
    return redacted === value ? [] : [[column, redacted] as [string, string]]
  })
}

const emailTexts = ['to_name', 'to_address', 'subject', 'body', 'html', 'error', 'description']
function withoutEmailTexts(json: string): string {
  const values: Record<string, unknown> = JSON.parse(json)
  for (const column of ['cc', 'bcc']) if (column in values) values[column] = '[]'
  for (const column of emailTexts) if (column in values) values[column] = erasedText
  return JSON.stringify(values)
}
