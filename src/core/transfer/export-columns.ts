/** The columns of exported files: names a person reads and our own import knows, never ids of other records. */
import type { Activity } from '../../contract/activities'
import type { Company } from '../../contract/companies'
import type { Contact } from '../../contract/contacts'
import type { Customer } from '../../contract/customers'
import type { Lead } from '../../contract/leads'
import type { Quote } from '../../contract/quotes'
import type { CustomField } from '../../contract/settings'
import type { Reference } from '../../contract/shapes'
import type { Task } from '../../contract/tasks'
import type { User } from '../../contract/users'
import { invalid } from '../kernel/errors'
import type { CsvCell } from './csv/write-csv'

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

const nameOf = (reference: Reference | null): CsvCell => reference?.name
const tagsOf = ({ tags }: { tags: readonly string[] }): CsvCell => tags.join('; ')

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

const columnsByKind: { [Kind in ExportKind]: readonly ExportColumn<ExportShapes[Kind]>[] } = {
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
    column('parent', 'Parent company', (row) => nameOf(row.parent)),
    column('owner', 'Owner', (row) => nameOf(row.owner)),
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
    column('company', 'Company', (row) => nameOf(row.company)),
    column('linkedin', 'LinkedIn', (row) => row.linkedin),
    column('timezone', 'Time zone', (row) => row.timezone),
    column('owner', 'Owner', (row) => nameOf(row.owner)),
    column('description', 'Description', (row) => row.description),
    column('tags', 'Tags', tagsOf),
    lastActivity,
    ...dates,
    ...ids,
  ],
  leads: [
    column('title', 'Title', (row) => row.title),
    column('company', 'Company', (row) => nameOf(row.company)),
    column('contact', 'Contact', (row) => nameOf(row.contact)),
    column('owner', 'Owner', (row) => nameOf(row.owner)),
    column('stage', 'Stage', (row) => row.stage.name),
    // Named by `chooseColumns`: a lead itself knows only the id.
    column('pipeline', 'Pipeline', (row) => row.stage.pipelineId),
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
    derived('customer', 'Customer', (row) => nameOf(row.customer)),
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
    column('company', 'Company', (row) => nameOf(row.company)),
    column('contact', 'Contact', (row) => nameOf(row.contact)),
    column('owner', 'Owner', (row) => nameOf(row.owner)),
    column('status', 'Status', (row) => row.status),
    column('since', 'Since', (row) => row.since),
    {
      name: 'wonValue',
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
    column('lead', 'Lead', (row) => nameOf(row.lead)),
    column('company', 'Company', (row) => nameOf(row.company)),
    column('contact', 'Contact', (row) => nameOf(row.contact)),
    column('owner', 'Owner', (row) => nameOf(row.owner)),
    column('status', 'Status', (row) => row.status),
    column('subtotal', 'Subtotal', (row) => row.subtotal.amount),
    column('taxRate', 'Tax rate', (row) => row.taxRate),
    column('tax', 'Tax', (row) => row.tax.amount),
    {
      name: 'total',
      labels: ['Total', 'Currency'],
      cells: ({ total }) => [total.amount, total.currency],
    },
    column('validUntil', 'Valid until', (row) => row.validUntil),
    column('sentAt', 'Sent at', (row) => row.sentAt),
    column('decidedAt', 'Decided at', (row) => row.decidedAt),
    column('declineReason', 'Decline reason', (row) => row.declineReason),
    column('notes', 'Notes', (row) => row.notes),
    column('lines', 'Lines', (row) => row.lines.map(lineText).join('\n')),
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
    column('scheduledAt', 'Scheduled for', (row) => row.scheduledAt),
    column('dueAt', 'Due at', (row) => row.dueAt),
    column('completedAt', 'Completed at', (row) => row.completedAt),
    derived('completedBy', 'Completed by', (row) => nameOf(row.completedBy)),
    column('durationMinutes', 'Duration in minutes', (row) => row.durationMinutes),
    column('direction', 'Direction', (row) => row.direction),
    column('outcome', 'Outcome', (row) => row.outcome),
    column('lead', 'Lead', (row) => nameOf(row.lead)),
    column('company', 'Company', (row) => nameOf(row.company)),
    column('contact', 'Contact', (row) => nameOf(row.contact)),
    column('customer', 'Customer', (row) => nameOf(row.customer)),
    column('user', 'Person', (row) => nameOf(row.user)),
    column('createdBy', 'Logged by', (row) => nameOf(row.createdBy)),
    column('visibleToRep', 'Visible to reps', (row) => row.visibleToRep),
    column('metadata', 'Further details', ({ metadata }) =>
      Object.keys(metadata).length === 0 ? null : JSON.stringify(metadata),
    ),
    ...dates,
    ...ids,
  ],
  tasks: [
    column('title', 'Title', (row) => row.title),
    column('type', 'Type', (row) => row.type),
    column('status', 'Status', (row) => row.status),
    column('priority', 'Priority', (row) => row.priority),
    column('dueAt', 'Due at', (row) => row.dueAt),
    column('recurrence', 'Repeats', (row) => row.recurrence),
    column('assignee', 'Assignee', (row) => nameOf(row.assignee)),
    column('lead', 'Lead', (row) => nameOf(row.lead)),
    column('company', 'Company', (row) => nameOf(row.company)),
    column('contact', 'Contact', (row) => nameOf(row.contact)),
    column('customer', 'Customer', (row) => nameOf(row.customer)),
    column('description', 'Description', (row) => row.description),
    derived('reminders', 'Reminders', (row) => row.reminders),
    column('completedAt', 'Completed at', (row) => row.completedAt),
    derived('completedBy', 'Completed by', (row) => nameOf(row.completedBy)),
    column('createdBy', 'Created by', (row) => nameOf(row.createdBy)),
    ...dates,
    column('id', 'Rapport ID', (row) => row.id),
  ],
  users: [
    column('name', 'Name', (row) => row.name),
    column('email', 'E-mail', (row) => row.email),
    column('role', 'Role', (row) => row.role),
    column('team', 'Team', (row) => nameOf(row.team)),
    column('manager', 'Manager', (row) => nameOf(row.manager)),
    column('active', 'Active', (row) => row.active),
    column('timezone', 'Time zone', (row) => row.timezone),
    derived('openLeads', 'Open leads', (row) => row.openLeads),
    ...dates,
    ...ids,
  ],
}

const lineText = ({ description, quantity, unitPrice, discount }: Quote['lines'][number]) =>
  `${description}: ${quantity} × ${unitPrice}${discount > 0 ? ` − ${discount} %` : ''}`

/** Labels of columns that follow from other records: an import leaves them alone. */
export const derivedLabels = (kind: ExportKind): readonly string[] =>
  columnsByKind[kind].filter((one) => one.derived).flatMap((one) => one.labels)

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
  pipelineName: (id: string) => string | undefined,
): readonly ExportColumn<ExportShapes[Kind]>[] {
  const own = columnsByKind[kind].map((one) =>
    one.name === 'pipeline'
      ? column<ExportShapes[Kind]>('pipeline', 'Pipeline', (shape) =>
          'stage' in shape ? pipelineName(shape.stage.pipelineId) : undefined,
        )
      : one,
  )
  const further = custom
    .filter((field) => field.table === customTableOf[kind])
    .map((field) =>
      column<ExportShapes[Kind]>(`custom.${field.key}`, field.label, (shape) =>
        'custom' in shape ? shape.custom[field.key] : undefined,
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
