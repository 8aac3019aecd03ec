/** The columns of exported files: names a person reads, and the ids by which our own import finds the same records. */
import type { Task } from '../../../contract/agenda/tasks'
import type { CustomField } from '../../../contract/kernel/custom-fields'
import { ownValue } from '../../../contract/kernel/own-value'
import type { Company } from '../../../contract/records/companies'
import type { Contact } from '../../../contract/records/contacts'
import type { Customer } from '../../../contract/records/customers'
import type { Lead } from '../../../contract/records/leads'
import type { Quote } from '../../../contract/records/quotes'
import type { User } from '../../../contract/records/users'
import type { Activity } from '../../../contract/timeline/activities'
import { invalid } from '../../kernel/errors'
import { column, type ExportColumn, type ExportNames } from './columns'
import { customCell } from './custom-cell'
import {
  companyColumns,
  contactColumns,
  customerColumns,
  leadColumns,
  quoteColumns,
  userColumns,
} from './record-columns'
import { activityColumns, taskColumns } from './work-columns'

export type { ExportColumn, ExportNames } from './columns'

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

type Columns = { [Kind in ExportKind]: readonly ExportColumn<ExportShapes[Kind]>[] }
const columnsWith = (names: ExportNames): Columns => ({
  companies: companyColumns(names),
  contacts: contactColumns(names),
  leads: leadColumns(names),
  customers: customerColumns(names),
  quotes: quoteColumns(names),
  activities: activityColumns(names),
  tasks: taskColumns(names),
  users: userColumns(names),
})

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
