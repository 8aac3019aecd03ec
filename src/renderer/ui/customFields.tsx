/** The fields a workspace added, in the form of all others: entries of the registry made at run time. */
import { useQueries, useQuery } from '@tanstack/react-query'
import {
  type CustomField,
  type CustomFieldTable,
  type CustomValue,
  type CustomValues,
  isNoCustomValue,
} from '../../contract/kernel/custom-fields'
import { ownValue } from '../../contract/kernel/own-value'
import { api } from '../api'
import { CustomValueText } from './CustomValueText'
import { customNature, type FieldValue, isReference, type RecordField } from './fields'
import { referenceById } from './references'

const none: CustomField[] = []

export const useCustomFields = (table: CustomFieldTable): readonly CustomField[] =>
  useQuery(api.settings.customFields.list.queryOptions({ input: { table } })).data ?? none

/** What a field of each kind holds, as people read it. */
export const customTypeNames: Readonly<Record<CustomField['type'], string>> = {
  text: 'Text',
  number: 'Number',
  money: 'Money',
  percent: 'Percent',
  date: 'Date',
  boolean: 'Yes or no',
  choice: 'One of several choices',
  many_choices: 'Any of several choices',
  person: 'Person',
  url: 'Web address',
  email: 'E-mail address',
  phone: 'Phone number',
}

type WithCustom = { custom: CustomValues }

/** The custom fields of one record; people among its values are looked up by their ids. */
export function useFieldsOfRecord<Row extends WithCustom>(
  table: CustomFieldTable,
  { custom }: Row,
): RecordField<Row>[] {
  const fields = useCustomFields(table)
  const ids = fields.flatMap(({ type, key }) => {
    const value = ownValue(custom, key)
    return type === 'person' && typeof value === 'string' ? [value] : []
  })
  const people = useQueries({ queries: ids.map((id) => referenceById('user', id)) })
  const names = new Map(people.flatMap(({ data }) => (data ? [[data.id, data.name]] : [])))
  return fields
    .toSorted((one, other) => one.position - other.position)
    .map((field) => customField<Row>(field, (id) => names.get(id) ?? ''))
}

/** @param nameOf the name of a person: a record has only the id */
export function customField<Row extends WithCustom>(
  field: CustomField,
  nameOf: (id: string) => string = () => '',
): RecordField<Row> {
  const { key, type } = field
  const patch = (value: FieldValue) => ({ custom: { [key]: customValueOf(value) } })
  return {
    ...customNature(field),
    name: `custom.${key}`,
    written: `custom.${key}`,
    isPart: false,
    sorts: true,
    bulk: false,
    value: ({ custom }) => {
      const value = ownValue(custom, key) ?? null
      return type === 'person' && typeof value === 'string'
        ? { id: value, name: nameOf(value) }
        : value
    },
    show: ({ custom }, brief) => {
      const value = ownValue(custom, key) ?? null
      return isNoCustomValue(value) ? null : (
        <CustomValueText field={field} value={value} brief={brief} />
      )
    },
    apply: (row, value) => ({ ...row, custom: { ...row.custom, ...patch(value).custom } }),
    patch,
  }
}

function customValueOf(value: FieldValue): CustomValue {
  if (Array.isArray(value)) return value.length === 0 ? null : value
  return isReference(value) ? value.id : value
}
