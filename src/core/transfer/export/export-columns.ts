/** The columns of exported files: names a person reads, and the ids by which our own import finds the same records. */

import type { Task } from '../../../contract/agenda/tasks'
import type { CustomField } from '../../../contract/kernel/custom-fields'
import { ownValue } from '../../../contract/kernel/own-value'
import type { Reference } from '../../../contract/kernel/shapes'
import type { Company } from '../../../contract/records/companies'
import type { Contact } from '../../../contract/records/contacts'
import type { Customer } from '../../../contract/records/customers'
import type { Lead } from '../../../contract/records/leads'
import type { Quote } from '../../../contract/records/quotes'
import type { User } from '../../../contract/records/users'
import type { Activity } from '../../../contract/timeline/activities'
import { invalid } from '../../kernel/errors'
import { dateIn, knownZone, startOfDay } from '../../kernel/time/zone'
import { withoutOwnIds } from '../format/history-ids'
import { linesInCell } from '../format/quote-lines'
import { tagsInCell } from '../format/tags'
import type { CsvCell } from '../format/write-csv'
import { customCell } from './custom-cell'

export interface ExportShapes {
  companies: Company
  contacts: Contact
  leads: Lead
  customers: Customer
  quotes: Quote
  activities: Activity
  tasks: Task
  users: User
}
export type ExportKind = keyof ExportShapes

export interface ExportColumn<Shape> {
  /** As lists call it. */
  name: string
  /** Money takes two columns of the file: amount and currency. */
  labels: readonly string[]
  cells(shape: Shape): readonly CsvCell[]
  /** Follows from other records: only written when it is asked for. */
  derived?: true
  /** Follows from others, but is always written, as people look for it. */
  follows?: true
}

const column = <Shape>(
  name: string,
  label: string,
  cell: (shape: Shape) => CsvCell,
): ExportColumn<Shape> => ({ name, labels: [label], cells: (shape) => [cell(shape)] })
const derived = <Shape>(
  name: string,
  label: string,
  cell: (shape: Shape) => CsvCell,
): ExportColumn<Shape> => ({ ...column(name, label, cell), derived: true })

/** Another record: its name, and the id that says which one of that name. */
const reference = <Name extends string>(
  name: Name,
  label: string,
  idOf: (id: string) => string = (id) => id,
) => {
  const of = (row: Record<Name, Reference | null>): Reference | null => row[name]
  return [
    column<Record<Name, Reference | null>>(name, label, (row) => of(row)?.name),
    column<Record<Name, Reference | null>>(`${name}Id`, `${label} ID`, (row) => {
      const id = of(row)?.id
      return id === undefined ? undefined : idOf(id)
    }),
  ]
}
const isDay = (wallTime: string | null): boolean => wallTime?.length === 10
const nameOf = (reference: Reference | null): CsvCell => reference?.name
/** Written always, read never. */
const follows = <Shape>(column: ExportColumn<Shape>): ExportColumn<Shape> => ({
  ...column,
  follows: true,
})
const tagsOf = ({ tags }: { tags: readonly string[] }): CsvCell => tagsInCell(tags)

type Dated = { createdAt: string; updatedAt: string }
const dates = [
  column<Dated>('createdAt', 'Created at', ({ createdAt }) => createdAt),
  derived<Dated>('updatedAt', 'Updated at', ({ updatedAt }) => updatedAt),
]
const ids = [
  column<{ externalId: string | null }>('externalId', 'External ID', (row) => row.externalId),
  column<{ id: string }>('id', 'Rapport ID', ({ id }) => id),
]
const lastActivity = derived<{ lastActivityAt: string | null }>(
  'lastActivityAt',
  'Last activity at',
  (row) => row.lastActivityAt,
)

/** What a record itself does not know. */
export interface ExportNames {
  pipelineName(id: string): string | undefined
  stageName(id: string): { pipeline: string; stage: string } | undefined
  /** The zone of those records that name none. */
  zone: string
  /** The id a user has in files: the one of another database where that is remembered. */
  userId(id: string): string
  /** How a file names somebody, so that the import finds them again. */
  personNamed(id: string): string
}

type Columns = { [Kind in ExportKind]: readonly ExportColumn<ExportShapes[Kind]>[] }
const columnsWith = ({ pipelineName, stageName, userId, zone }: ExportNames): Columns => {
  /** A whole day is a date. */
  const planned = (row: Activity, at: string | null): CsvCell => {
    if (at === null || !row.allDay) return at
    const own = knownZone(row.zone, zone)
    const date = dateIn(Date.parse(at), own)
    return startOfDay(date, own) === Date.parse(at) ? date : at
  }
  return {
    companies: [
      column('name', 'Name', (row) => row.name),
      column('domain', 'Domain', (row) => row.domain),
      column('website', 'Website', (row) => row.website),
      column('industry', 'Industry', (row) => row.industry),
      column('employees', 'Employees', (row) => row.employees),
      column('phone', 'Phone', (row) => row.phone),
      column('address', 'Address', (row) => row.address),
      column('city', 'City', (row) => row.city),
      column('country', 'Country', (row) => row.country),
      ...reference('parent', 'Parent company'),
      ...reference('owner', 'Owner', userId),
      column('description', 'Description', (row) => row.description),
      column('tags', 'Tags', tagsOf),
      derived('openLeads', 'Open leads', (row) => row.openLeads),
      lastActivity,
      ...dates,
      ...ids,
    ],
    contacts: [
      derived('name', 'Name', (row) => row.name),
      column('firstName', 'First name', (row) => row.firstName),
      column('lastName', 'Last name', (row) => row.lastName),
      column('email', 'E-mail', (row) => row.email),
      column('phone', 'Phone', (row) => row.phone),
      column('mobile', 'Mobile', (row) => row.mobile),
      column('jobTitle', 'Job title', (row) => row.jobTitle),
      ...reference('company', 'Company'),
      column('linkedin', 'LinkedIn', (row) => row.linkedin),
      column('timezone', 'Time zone', (row) => row.timezone),
      ...reference('owner', 'Owner', userId),
      column('description', 'Description', (row) => row.description),
      column('tags', 'Tags', tagsOf),
      lastActivity,
      ...dates,
      ...ids,
    ],
    leads: [
      column('title', 'Title', (row) => row.title),
      ...reference('company', 'Company'),
      ...reference('contact', 'Contact'),
      ...reference('owner', 'Owner', userId),
      column('stage', 'Stage', (row) => row.stage.name),
      column('pipeline', 'Pipeline', (row) => pipelineName(row.stage.pipelineId)),
      column('status', 'Status', (row) => row.status),
      {
        name: 'value',
        labels: ['Value', 'Currency'],
        cells: ({ value }) => [value?.amount, value?.currency],
      },
      column('probability', 'Probability', (row) => row.probability),
      derived('effectiveProbability', 'Effective probability', (row) => row.effectiveProbability),
      column('expectedCloseDate', 'Expected close date', (row) => row.expectedCloseDate),
      column('closedAt', 'Closed at', (row) => row.closedAt),
      column('lostReason', 'Lost reason', (row) => row.lostReason),
      column('source', 'Source', (row) => row.source),
      column('priority', 'Priority', (row) => row.priority),
      column('description', 'Description', (row) => row.description),
      column('tags', 'Tags', tagsOf),
      column('stageEnteredAt', 'In stage since', (row) => row.stageEnteredAt),
      ...reference('customer', 'Customer'),
      derived('nextStepAt', 'Next step at', (row) => row.nextStepAt),
      derived('signal', 'Signal', (row) => row.signal),
      derived('rotting', 'Rotting', (row) => row.rotting),
      derived('score', 'Score', (row) => row.score),
      derived('lastScoredAt', 'Last scored at', (row) => row.lastScoredAt),
      lastActivity,
      ...dates,
      ...ids,
    ],
    customers: [
      column('name', 'Name', (row) => row.name),
      ...reference('company', 'Company'),
      ...reference('contact', 'Contact'),
      ...reference('owner', 'Owner', userId),
      column('status', 'Status', (row) => row.status),
      column('since', 'Since', (row) => row.since),
      {
        name: 'wonValue',
        follows: true,
        labels: ['Won value', 'Currency'],
        // One sum a currency: several stand side by side, never added up.
        cells: ({ wonValue }) => [
          wonValue.map(({ amount }) => amount).join('; '),
          wonValue.map(({ currency }) => currency).join('; '),
        ],
      },
      column('description', 'Description', (row) => row.description),
      column('tags', 'Tags', tagsOf),
      lastActivity,
      ...dates,
      ...ids,
    ],
    quotes: [
      column('number', 'Number', (row) => row.number),
      column('title', 'Title', (row) => row.title),
      ...reference('lead', 'Lead'),
      ...reference('company', 'Company').map(follows),
      ...reference('contact', 'Contact').map(follows),
      ...reference('owner', 'Owner', userId).map(follows),
      column('status', 'Status', (row) => row.status),
      follows(column('subtotal', 'Subtotal', (row) => row.subtotal.amount)),
      column('taxRate', 'Tax rate', (row) => row.taxRate),
      follows(column('tax', 'Tax', (row) => row.tax.amount)),
      {
        name: 'total',
        follows: true,
        labels: ['Total', 'Currency'],
        cells: ({ total }) => [total.amount, total.currency],
      },
      column('validUntil', 'Valid until', (row) => row.validUntil),
      column('sentAt', 'Sent at', (row) => row.sentAt),
      column('decidedAt', 'Decided at', (row) => row.decidedAt),
      column('declineReason', 'Decline reason', (row) => row.declineReason),
      column('notes', 'Notes', (row) => row.notes),
      column('lines', 'Lines', (row) => linesInCell(row.lines)),
      ...dates,
      column('id', 'Rapport ID', (row) => row.id),
    ],
    activities: [
      column('type', 'Type', (row) => row.type),
      column('category', 'Category', (row) => row.category),
      column('subject', 'Subject', (row) => row.subject),
      column('description', 'Description', (row) => row.description),
      derived('at', 'At', (row) => row.at),
      column('occurredAt', 'Happened at', (row) => row.occurredAt),
      column('scheduledAt', 'Scheduled for', (row) => planned(row, row.scheduledAt)),
      column('dueAt', 'Due at', (row) => planned(row, row.dueAt)),
      column('completedAt', 'Completed at', (row) => row.completedAt),
      ...reference('completedBy', 'Completed by', userId),
      column('durationMinutes', 'Duration in minutes', (row) => row.durationMinutes),
      column('allDay', 'All day', (row) => row.allDay),
      column('timezone', 'Time zone', (row) => row.zone),
      column('location', 'Location', (row) => row.location),
      column('direction', 'Direction', (row) => row.direction),
      column('outcome', 'Outcome', (row) => row.outcome),
      ...reference('lead', 'Lead'),
      ...reference('company', 'Company'),
      ...reference('contact', 'Contact'),
      ...reference('customer', 'Customer'),
      ...reference('user', 'Person', userId),
      ...reference('createdBy', 'Logged by', userId),
      column('visibleToRep', 'Visible to reps', (row) => row.visibleToRep),
      column('metadata', 'Further details', ({ type, metadata }) =>
        Object.keys(metadata).length === 0
          ? null
          : JSON.stringify(withoutOwnIds(type, metadata, { stageName, userId })),
      ),
      ...dates,
      ...ids,
    ],
    tasks: [
      column('title', 'Title', (row) => row.title),
      column('type', 'Type', (row) => row.type),
      column('status', 'Status', (row) => row.status),
      column('priority', 'Priority', (row) => row.priority),
      column('dueAt', 'Due at', (row) => (isDay(row.wallTime) ? row.wallTime : row.dueAt)),
      column('wallTime', 'Local time', (row) => row.wallTime),
      column('timezone', 'Time zone', (row) => row.zone),
      column('recurrence', 'Repeats', (row) => row.recurrence),
      ...reference('assignee', 'Assignee', userId),
      ...reference('lead', 'Lead'),
      ...reference('company', 'Company'),
      ...reference('contact', 'Contact'),
      ...reference('customer', 'Customer'),
      column('description', 'Description', (row) => row.description),
      derived('reminders', 'Reminders', (row) => row.reminders),
      column('completedAt', 'Completed at', (row) => row.completedAt),
      ...reference('completedBy', 'Completed by', userId),
      ...reference('createdBy', 'Created by', userId),
      ...dates,
      column('id', 'Rapport ID', (row) => row.id),
    ],
    users: [
      column('name', 'Name', (row) => row.name),
      column('email', 'E-mail', (row) => row.email),
      column('role', 'Role', (row) => row.role),
      column('team', 'Team', (row) => nameOf(row.team)),
      ...reference('manager', 'Manager', userId),
      column('active', 'Active', (row) => row.active),
      column('timezone', 'Time zone', (row) => row.timezone),
      column('signature', 'Signature', (row) => row.signature),
      derived('openLeads', 'Open leads', (row) => row.openLeads),
      ...dates,
      column('externalId', 'External ID', (row) =>
        row.externalId === userId(row.id) ? null : row.externalId,
      ),
      column('id', 'Rapport ID', (row) => userId(row.id)),
    ],
  }
}

const labelsOnly = columnsWith({
  pipelineName: () => undefined,
  stageName: () => undefined,
  zone: 'UTC',
  userId: (id) => id,
  personNamed: (id) => id,
})

/** Labels of all columns. */
export const exportLabels = (kind: ExportKind): readonly string[] =>
  labelsOnly[kind].flatMap((one) => one.labels)

/** Labels of columns that follow from other records: an import leaves them alone. */
export const derivedLabels = (kind: ExportKind): readonly string[] =>
  labelsOnly[kind].filter((one) => one.derived || one.follows).flatMap((one) => one.labels)

/** Those of them that an export has only where it is asked for them. */
export const labelsOnDemand = (kind: ExportKind): readonly string[] =>
  labelsOnly[kind].filter((one) => one.derived).flatMap((one) => one.labels)

const customTableOf: Partial<Record<ExportKind, CustomField['table']>> = {
  companies: 'company',
  contacts: 'contact',
  leads: 'lead',
  customers: 'customer',
}

/**
 * The columns asked for, in that order; without a wish all that are not derived, custom fields included.
 * @throws invalid for a column the kind does not have
 */
export function chooseColumns<Kind extends ExportKind>(
  kind: Kind,
  wanted: readonly string[] | undefined,
  custom: readonly CustomField[],
  names: ExportNames,
): readonly ExportColumn<ExportShapes[Kind]>[] {
  const own: Columns[Kind] = columnsWith(names)[kind]
  const further = custom
    .filter((field) => field.table === customTableOf[kind])
    .map((field) =>
      column<ExportShapes[Kind]>(`custom.${field.key}`, field.label, (shape) =>
        'custom' in shape
          ? customCell(ownValue(shape.custom, field.key), field, names.personNamed)
          : undefined,
      ),
    )
  if (!wanted) return [...own.filter((one) => !one.derived), ...further]
  const all = new Map([...own, ...further].map((one) => [one.name, one]))
  return [...new Set(wanted)].map((name) => {
    const found = all.get(name)
    if (!found) throw invalid('columns', `there is no column ${name} for ${kind}`)
    return found
  })
}
