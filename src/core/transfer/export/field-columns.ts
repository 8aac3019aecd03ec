/** The columns of a record in a file, made from its fields. */
import type { FieldDefinition, FieldDefinitions } from '../../../contract/kernel/fields'
import type { Money, Reference } from '../../../contract/kernel/shapes'
import { tagsInCell } from '../format/tags'
import type { CsvCell } from '../format/write-csv'
import { column, type ExportColumn, type ExportNames, reference } from './columns'

/** What a record shows of a field. */
const shown = <Value>(row: object, name: string): Value =>
  (row as Readonly<Record<string, unknown>>)[name] as Value

export interface FieldColumns<Shown> {
  /** Names in the order of the file. Fields that it leaves out come before `createdAt`. */
  order: readonly string[]
  /** Columns of what is no field, or is written otherwise than its kind. */
  own?: Readonly<{ [name: string]: readonly ExportColumn<Shown>[] }>
  /** Only written when they are asked for, as they follow from other records. */
  onDemand?: readonly string[]
}

/** Headings of files that say more than the label on screen: programs and earlier files know them. */
const headings: Readonly<Record<string, string>> = {
  expectedCloseDate: 'Expected close date',
  closedAt: 'Closed at',
  nextStepAt: 'Next step at',
  lastActivityAt: 'Last activity at',
  lastScoredAt: 'Last scored at',
  createdAt: 'Created at',
  updatedAt: 'Updated at',
  since: 'Since',
}

export function fieldColumns<Shown extends object>(
  definitions: FieldDefinitions,
  { order, own = {}, onDemand = [] }: FieldColumns<Shown>,
  names: ExportNames,
): readonly ExportColumn<Shown>[] {
  const further = Object.keys(definitions).filter(
    (name) =>
      !order.includes(name) && own[name] === undefined && definitions[name]?.partOf === undefined,
  )
  const createdAt = order.indexOf('createdAt')
  const all = [...order.slice(0, createdAt), ...further, ...order.slice(createdAt)]
  const columnsOf = (name: string): readonly ExportColumn<Shown>[] => {
    const definition = definitions[name]
    if (own[name]) return own[name]
    return definition
      ? ofField(name, definition, names)
      : [column<object>(name, headings[name] ?? name, (row) => shown<CsvCell>(row, name))]
  }
  return all.flatMap((name) =>
    onDemand.includes(name)
      ? columnsOf(name).map((one) => ({ ...one, derived: true as const }))
      : columnsOf(name),
  )
}

function ofField(
  name: string,
  { kind, label }: FieldDefinition,
  { userId }: ExportNames,
): readonly ExportColumn<object>[] {
  const heading = headings[name] ?? label
  switch (kind) {
    case 'person':
      return relation(name, heading, userId)
    case 'reference':
      return relation(name, heading, (id) => id)
    case 'money':
      return [
        {
          name,
          labels: [heading, 'Currency'],
          cells: (row) => {
            const value = shown<Money | null>(row, name)
            return [value?.amount, value?.currency]
          },
        },
      ]
    case 'tags':
    case 'choices':
      return [column(name, heading, (row) => tagsInCell(shown<readonly string[]>(row, name)))]
    default:
      return [column(name, heading, (row) => shown<CsvCell>(row, name))]
  }
}

const relation = (
  name: string,
  heading: string,
  idOf: (id: string) => string,
): readonly ExportColumn<object>[] =>
  reference(name, heading, idOf).map((one) => ({
    ...one,
    cells: (row) => one.cells(row as Record<string, Reference | null>),
  }))
