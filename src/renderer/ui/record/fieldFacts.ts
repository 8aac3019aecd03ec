/** Facts of a record, made from its fields: the ones that are changed by hand. */
import type { CustomFieldTable, CustomValues } from '../../../contract/kernel/custom-fields'
import type { FieldDefinitions } from '../../../contract/kernel/fields'
import { useFieldsOfRecord } from '../customFields'
import { type FieldNature, type OnScreen, type RecordField, recordFields } from '../fields'
import { creatable } from '../referenceChoices'
import type { Fact, FactEditor } from './facts'

/** What a fact has different from its field's kind; false for none. */
export type OwnFact<Row> = Partial<Omit<Fact<Row>, 'field'>> | false

/**
 * The facts of a registry, in its order.
 * @param own what is different, by the names of fields
 */
export const fieldFacts = <Row extends object, Definitions extends FieldDefinitions>(
  definitions: Definitions,
  own: { readonly [Name in OnScreen<Definitions>]?: OwnFact<Row> },
): Fact<Row>[] => {
  const looks: Readonly<Record<string, OwnFact<Row> | undefined>> = own
  return recordFields<Row>(definitions).flatMap((field) => factOf(field, looks[field.name]))
}

/** The facts of the fields that the workspace added. */
export const useCustomFacts = <Row extends { custom: CustomValues }>(
  table: CustomFieldTable,
  row: Row,
): Fact<Row>[] => useFieldsOfRecord(table, row).flatMap((field) => factOf(field))

/** Empty for what is not changed by hand. */
export function factOf<Row>(field: RecordField<Row>, own: OwnFact<Row> = {}): Fact<Row>[] {
  const { written, label, value, apply, dialled, patch, show } = field
  const editor = editorOf(field)
  if (own === false || written === undefined || editor === undefined) return []
  return [
    {
      field: written,
      label,
      editor,
      value,
      apply,
      ...(dialled ? { dialled } : {}),
      ...(patch ? { patch } : {}),
      ...(show ? { show: (row: Row) => show(row, false) } : {}),
      ...own,
    },
  ]
}

function editorOf(field: FieldNature): FactEditor | undefined {
  const { kind, choices = [], of, filled, currency, hasDecimals } = field
  switch (kind) {
    case 'instant':
      return undefined
    case 'choice':
      return { type: kind, choices, required: filled }
    case 'choices':
      return { type: kind, choices }
    case 'money':
      return { type: kind, currency }
    case 'percent':
      return hasDecimals ? { type: 'number', shape: { suffix: '%' } } : { type: kind }
    case 'reference':
    case 'person':
      return of && { type: 'reference', of, ...(creatable[of] ? { createWith: {} } : {}) }
    default:
      return { type: kind }
  }
}
