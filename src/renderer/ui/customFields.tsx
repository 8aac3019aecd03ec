/** The fields a workspace added, as columns and filters of a list. */
import { useQuery } from '@tanstack/react-query'
import type { CustomField, customFieldTables } from '../../contract/records/custom-fields'
import { api } from '../api'
import { DateText } from './DateText'
import type { ListColumn } from './list/definition'
import type { FieldKind, FilterField } from './list/fields'

type Values = Record<string, string | number | boolean | null>
const none: CustomField[] = []

export const useCustomFields = (
  table: (typeof customFieldTables)[number],
): readonly CustomField[] =>
  useQuery(api.settings.customFields.list.queryOptions({ input: { table } })).data ?? none

const kinds: Readonly<Record<CustomField['type'], FieldKind>> = {
  text: 'text',
  number: 'number',
  date: 'date',
  boolean: 'boolean',
  choice: 'choice',
}

export const customFilters = (fields: readonly CustomField[]): FilterField[] =>
  fields.map(({ key, label, type, choices }) => ({
    name: `custom.${key}`,
    label,
    kind: kinds[type],
    ...(type === 'choice' ? { choices: choices.map((value) => ({ value, label: value })) } : {}),
  }))

export const customColumns = <Row extends { custom: Values }>(
  fields: readonly CustomField[],
): ListColumn<Row>[] =>
  fields.map(({ key, label, type }) => ({
    id: `custom.${key}`,
    label,
    width: 140,
    optional: true,
    ...(type === 'number' ? { align: 'right' as const } : {}),
    render: ({ custom }) => {
      const value = custom[key]
      if (value === null || value === undefined) return null
      if (typeof value === 'boolean') return value ? 'Yes' : 'No'
      if (typeof value === 'number')
        return <span className="tabular">{value.toLocaleString()}</span>
      return type === 'date' ? <DateText value={value} format="short" /> : value
    },
  }))
