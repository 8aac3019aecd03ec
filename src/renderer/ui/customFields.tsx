/** The fields a workspace added, as columns and filters of a list. */
import { useQuery } from '@tanstack/react-query'
import {
  type CustomField,
  type CustomFieldTable,
  type CustomValues,
  hasChoices,
} from '../../contract/kernel/custom-fields'
import { ownValue } from '../../contract/kernel/own-value'
import { api } from '../api'
import { CustomValueText } from './CustomValueText'
import type { ListColumn } from './list/definition'
import type { FieldKind, FilterField } from './list/fields'

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

const kinds: Readonly<Record<CustomField['type'], FieldKind>> = {
  text: 'text',
  number: 'number',
  money: 'money',
  percent: 'number',
  date: 'date',
  boolean: 'boolean',
  choice: 'choice',
  many_choices: 'choices',
  person: 'reference',
  url: 'text',
  email: 'text',
  phone: 'text',
}

export const customFilters = (fields: readonly CustomField[]): FilterField[] =>
  fields.map(({ key, label, type, choices }) => ({
    name: `custom.${key}`,
    label,
    kind: kinds[type],
    ...(hasChoices(type) ? { choices: choices.map((value) => ({ value, label: value })) } : {}),
    ...(type === 'person' ? { of: 'user' as const } : {}),
  }))

const figures: readonly CustomField['type'][] = ['number', 'money', 'percent']

export const customColumns = <Row extends { custom: CustomValues }>(
  fields: readonly CustomField[],
): ListColumn<Row>[] =>
  fields.map((field) => ({
    id: `custom.${field.key}`,
    label: field.label,
    sort: `custom.${field.key}`,
    width: field.type === 'many_choices' ? 180 : 140,
    optional: true,
    ...(figures.includes(field.type) ? { align: 'right' as const } : {}),
    render: ({ custom }) => <CustomValueText field={field} value={ownValue(custom, field.key)} />,
  }))
