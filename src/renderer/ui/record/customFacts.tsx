/** Facts for the fields a workspace added; their values live in the record's `custom`. */
import { useQueries } from '@tanstack/react-query'
import {
  type CustomField,
  type CustomFieldTable,
  type CustomValue,
  type CustomValues,
  hasChoices,
} from '../../../contract/kernel/custom-fields'
import { ownValue } from '../../../contract/kernel/own-value'
import { CustomValueText } from '../CustomValueText'
import { useCustomFields } from '../customFields'
import { referenceById } from '../references'
import { type Fact, type FactEditor, type FactValue, isReference } from './facts'

/** The facts of a record's custom fields; people among them are looked up by their ids. */
export function useCustomFacts<Row extends { custom: CustomValues }>(
  table: CustomFieldTable,
  row: Row,
): Fact<Row>[] {
  const fields = useCustomFields(table)
  const ids = fields.flatMap(({ type, key }) => {
    const value = ownValue(row.custom, key)
    return type === 'person' && typeof value === 'string' ? [value] : []
  })
  const people = useQueries({ queries: ids.map((id) => referenceById('user', id)) })
  const names = new Map(people.flatMap(({ data }) => (data ? [[data.id, data.name]] : [])))
  return customFacts<Row>(fields, (id) => names.get(id) ?? '')
}

export function customFacts<Row extends { custom: CustomValues }>(
  fields: readonly CustomField[],
  nameOf: (id: string) => string,
): Fact<Row>[] {
  const sorted = fields.toSorted((one, other) => one.position - other.position)
  return sorted.map((field) => {
    const held = (row: Row): FactValue => {
      const value = ownValue(row.custom, field.key) ?? null
      return field.type === 'person' && typeof value === 'string'
        ? { id: value, name: nameOf(value) }
        : value
    }
    const change = (value: FactValue) => ({ [field.key]: toCustomValue(value) })
    return {
      field: `custom.${field.key}`,
      label: field.label,
      editor: editorOf(field),
      value: held,
      show: (row) => {
        const value = ownValue(row.custom, field.key)
        return value === undefined ? null : (
          <CustomValueText field={field} value={value} limit={12} />
        )
      },
      apply: (row, value) => ({ ...row, custom: { ...row.custom, ...change(value) } }),
      patch: (_row, value) => ({ custom: change(value) }),
    }
  })
}

function editorOf({ type, choices, currency }: CustomField): FactEditor {
  if (hasChoices(type)) {
    const named = choices.map((value) => ({ value, label: value }))
    return { type: type === 'choice' ? 'choice' : 'choices', choices: named }
  }
  switch (type) {
    case 'money':
      return { type: 'money', ...(currency ? { currency } : {}) }
    case 'percent':
      return { type: 'number', shape: { suffix: '%' } }
    case 'person':
      return { type: 'reference', of: 'user' }
    case 'choice':
    case 'many_choices':
      return { type: 'text' }
    default:
      return { type }
  }
}

function toCustomValue(value: FactValue): CustomValue {
  if (Array.isArray(value)) return value.length === 0 ? null : value
  return isReference(value) ? value.id : value
}
