/** Columns of a list, made from the fields of its records. */
import type { ReactNode } from 'react'
import type { FieldDefinitions, FieldKind } from '../../../contract/kernel/fields'
import { DateText } from '../DateText'
import { FieldText } from '../FieldText'
import { isReference, type OnScreen, type RecordField } from '../fields'
import type { ListColumn } from './definition'

/** What a column has different from its field's kind. */
export interface ColumnLook<Row> {
  label?: string
  /** In pixels, to begin with. */
  width?: number
  /** Of an instant: its day, not how long ago it is. */
  asDay?: true
  render?(row: Row): ReactNode
}

/** Looks by the names of fields. One that the row does not have says itself how it is read, or is no column. */
export type ColumnLooks<Row, Definitions extends FieldDefinitions> = {
  readonly [Name in OnScreen<Definitions> & keyof Row]?: ColumnLook<Row> | false
} & {
  readonly [Name in Exclude<OwnName<Definitions>, keyof Row>]:
    | (ColumnLook<Row> & Required<Pick<ColumnLook<Row>, 'render'>>)
    | false
}

type OwnName<Definitions extends FieldDefinitions> = {
  [Name in OnScreen<Definitions>]: Definitions[Name] extends { partOf: string } ? never : Name
}[OnScreen<Definitions>]

/**
 * The columns that show at first, in their order, and after them those that wait until they are asked for.
 * @param looks by the names of fields
 * @param more columns that are no fields
 */
export function fieldColumns<Row>(
  fields: readonly RecordField<Row>[],
  shown: readonly string[],
  looks: Readonly<Record<string, ColumnLook<Row> | false | undefined>>,
  more: readonly ListColumn<Row>[] = [],
): ListColumn<Row>[] {
  const made = fields.flatMap((field) => {
    const look = looks[field.name]
    return look === false || field.isPart ? [] : [fieldColumn(field, look)]
  })
  const columns = [...made, ...more]
  const first = shown.flatMap((id) => columns.find((column) => column.id === id) ?? [])
  const others = columns.filter(({ id }) => !shown.includes(id))
  return [...first, ...others.map((column) => ({ ...column, optional: true as const }))]
}

function fieldColumn<Row>(field: RecordField<Row>, look: ColumnLook<Row> = {}): ListColumn<Row> {
  const { name, label, kind, sorts } = field
  return {
    id: name,
    label: look.label ?? label,
    width: look.width ?? widths[kind],
    ...(sorts ? { sort: name } : {}),
    ...(figures.has(kind) ? { align: 'right' as const } : {}),
    render: look.render ?? ((row) => cell(field, row, look.asDay === true)),
  }
}

function cell<Row>(field: RecordField<Row>, row: Row, asDay: boolean): ReactNode {
  if (field.show) return field.show(row, true)
  const value = field.value(row)
  if (asDay && typeof value === 'string') return <DateText value={value} format="short" />
  if (isReference(value) && field.kind === 'reference') return value.name
  return <FieldText field={field} value={value} dialled={field.dialled?.(row)} brief />
}

const figures: ReadonlySet<FieldKind> = new Set(['number', 'percent', 'money'])

const widths: Readonly<Record<FieldKind, number>> = {
  text: 150,
  longText: 240,
  email: 220,
  phone: 145,
  url: 180,
  number: 100,
  percent: 100,
  money: 120,
  date: 115,
  instant: 130,
  choice: 105,
  choices: 180,
  boolean: 90,
  person: 150,
  reference: 170,
  tags: 180,
}
