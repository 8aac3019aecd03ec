/** Tells whether a record is about a person, by what it is linked to. */
import type { Database, SqlValue } from '../../kernel/database/database'

export type Row = Record<string, SqlValue>

export interface Links {
  contactId: string
  /** The whole names, as entries of the system repeat them. */
  names: readonly string[]
  /** Also what belongs to the leads, customers and companies of the person. */
  isWide: boolean
  /** Where the person works, and worked. */
  companyIds: ReadonlySet<string>
}

/** What a row is part of. */
const partOf: Readonly<Record<string, string>> = {
  activity_id: 'activity',
  notification_id: 'notification',
  plan_id: 'plan',
  plan_step_id: 'plan_step',
  quote_id: 'quote',
  task_id: 'task',
}
const belongsTo = { lead_id: 'lead', customer_id: 'customer' }
/** Kinds of records that notifications and drafts name. */
const recordKinds = ['lead', 'customer', 'company', 'task', 'activity', 'reminder', 'quote']
/** A reminder of a task on a lead of the person. */
const mostSteps = 3
/** A batch that is named for one record has few rows. */
const rowsOfBatch = 20

export function createAbout(
  database: Database,
  { contactId, names, isWide, companyIds }: Links,
): (table: string, row: Row) => boolean {
  const followed = Object.entries(isWide ? { ...partOf, ...belongsTo } : partOf)

  function isAbout(table: string, row: Row, steps = mostSteps): boolean {
    if (row.contact_id === contactId || row.id === contactId) return true
    if (isWide && (isOfCompany(row.company_id) || (table === 'company' && isOfCompany(row.id))))
      return true
    if (table === 'activity' && namesThePerson(row)) return true
    if (steps === 0) return false
    return (
      followed.some(([column, kind]) => isAboutId(kind, row[column], steps)) ||
      namedRecords(table, row).some(([kind, id]) => isAboutId(kind, id, steps))
    )
  }

  const isOfCompany = (id: SqlValue | undefined) => typeof id === 'string' && companyIds.has(id)

  function isAboutId(table: string, id: SqlValue | undefined, steps: number): boolean {
    if (typeof id !== 'string' || !(database.schema.byName.has(table) || table === 'notification'))
      return false
    if (id === contactId) return true
    const row = database.get<Row>(`select * from ${table} where id = ?`, id)
    return row !== undefined && isAbout(table, row, steps - 1)
  }

  /** The system wrote down that a lead got, or lost, this contact. */
  function namesThePerson(row: Row): boolean {
    if (row.category !== 'system' || !String(row.metadata).includes('"field":"contact"'))
      return false
    const { changes = [] }: { changes?: { field: string; before: unknown; after: unknown }[] } =
      JSON.parse(String(row.metadata))
    return changes.some(
      ({ field, before, after }) =>
        field === 'contact' && (names.includes(String(before)) || names.includes(String(after))),
    )
  }

  /** Records that a row of these tables names, by their kind and id. */
  function namedRecords(table: string, row: Row): [kind: string, id: SqlValue | undefined][] {
    switch (table) {
      case 'notification':
        return [
          [String(row.record_kind), row.record_id],
          [String(row.subject_kind), row.subject_id],
          ...JSON.parse(String(row.gathered)).map((one: string) => one.split(':')),
        ]
      case 'draft':
        return recordKinds.map((kind) => [kind, row.record_id])
      default:
        return []
    }
  }

  /** Of the log: what it is about. */
  function isEntryAbout({ table_name: table, row_id: id, before, after }: Row): boolean {
    if (isAboutId(String(table), id, mostSteps)) return true
    return [before, after].some(
      (json) => typeof json === 'string' && isAbout(String(table), { id, ...JSON.parse(json) }),
    )
  }

  const isBatchAbout = ({ id }: Row): boolean =>
    database
      .all<Row>('select * from change where batch_id = ? limit ?', String(id), rowsOfBatch)
      .some(isEntryAbout)

  return (table, row) =>
    table === 'change'
      ? isEntryAbout(row)
      : table === 'batch'
        ? isBatchAbout(row)
        : isAbout(table, row)
}
