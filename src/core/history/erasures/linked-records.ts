/** Records that are about one contact: in them a first name is enough to tell who a text is about. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EmailState } from '../../../contract/kernel/words'
import { erasedText } from '../../kernel/change-log/erased'
import type { Database, SqlValue } from '../../kernel/database/database'
import { changedTexts, createTraces } from './traces'

type Row = Record<string, SqlValue> & { id: string }

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

/** E-mails that would still go out. */
const waiting: readonly string[] = ['drafted', 'approved', 'late', 'failed'] satisfies EmailState[]

/** Redacts them and their history; e-mails to the contact lose their whole text. Answers how many rows. */
export async function redactLinked(
  database: Database,
  {
    contactId,
    redact,
    write,
  }: {
    contactId: string
    redact(text: string): string
    /** Writes in an action. */
    write(work: () => void): void
  },
): Promise<number> {
  const traces = createTraces(database)
  const linkedTables = database.schema.logged.filter(
    ({ name, columns }) => name !== 'contact' && columns.includes('contact_id'),
  )

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
            traces.redactTraces(name, id, redact)
          }
        })
        await nextTurn()
      }
    }
    write(() => traces.redactNotifications(contactId, redact))
    return changed
  }

  function redactRow(table: string, columns: readonly string[], id: string): number {
    const row = database.get<Row>(`select * from ${table} where id = ?`, id)
    if (!row) return 0
    const named = columns.filter((one) => texts.includes(one))
    return traces.patch(table, id, changedTexts(row, named, redact))
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
    const end = waiting.includes(row.state) ? `, state = 'cancelled'` : ''
    database
      .prepare(
        `update email_message set to_name = null, to_address = ?, cc = '[]', bcc = '[]', subject = ?, body = ?, html = null,
           content_hash = id, error = null ${end} where id = ?`,
      )
      .run('erased@invalid', erasedText, erasedText, id)
    if (typeof row.activity_id === 'string')
      traces.redactHistory('activity', row.activity_id, withoutEmailTexts)
    traces.redactHistory('email_message', id, withoutEmailTexts)
    return 1
  }

  return redactAll()
}

const emailTexts = ['to_name', 'to_address', 'subject', 'body', 'html', 'error', 'description']
function withoutEmailTexts(json: string): string {
  const values: Record<string, unknown> = JSON.parse(json)
  for (const column of ['cc', 'bcc']) if (column in values) values[column] = '[]'
  for (const column of emailTexts) if (column in values) values[column] = erasedText
  return JSON.stringify(values)
}
