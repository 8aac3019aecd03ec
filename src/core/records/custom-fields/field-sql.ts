/** SQL of custom fields by kind: values that do not fit their field count as missing. */
import { asciiAddressPart } from '../../../contract/kernel/addresses'
import type { CustomField } from '../../../contract/kernel/custom-fields'
import type { Field } from '../../kernel/fields/field'
import type { Sort } from '../../kernel/fields/list'

/** What a field's value is compared and sorted by. Its key is a name of letters, digits and underscores. */
export function customSql({
  table,
  key,
  type,
}: Pick<CustomField, 'table' | 'key' | 'type'>): string {
  const column = `${table}.custom`
  const value = `json_extract(${column}, '$.${key}')`
  const kind = `json_type(${column}, '$.${key}')`
  switch (type) {
    case 'number':
    case 'percent':
      return `case when ${kind} in ('integer', 'real') then ${value} end`
    case 'money':
      return `case when ${kind} = 'object' then cast(json_extract(${value}, '$.amount') as real) end`
    case 'boolean':
      return `case ${kind} when 'true' then 1 when 'false' then 0 end`
    case 'date':
      return `case when ${kind} = 'text' and ${value} glob '${isoDate}' then ${value} end`
    case 'many_choices':
      return `case when ${kind} = 'array' then ${value} end`
    default:
      return `case when ${kind} in ('text', 'integer', 'real') then ${value} end`
  }
}

const isoDate = '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'

export function conditionFieldOf({ type }: CustomField, sql: string): Field {
  switch (type) {
    case 'number':
    case 'percent':
    case 'money':
      return { sql, type: 'number' }
    case 'date':
      return { sql, type: 'date' }
    case 'boolean':
      return { sql, type: 'boolean' }
    case 'many_choices':
      return { sql, type: 'list' }
    case 'person':
      return { sql, type: 'id' }
    case 'phone':
      return { sql, type: 'phone', number: sql }
    case 'email':
      return { sql, type: 'text', read: asciiAddressPart }
    default:
      return { sql, type: 'text' }
  }
}

/** What is sorted by: the same SQL as in the index of the field. */
export const sortedSql = (type: CustomField['type'], sql: string): string =>
  isText(type) ? `${sql} collate nocase` : sql

export function sortOf({ type }: CustomField, sql: string): Sort {
  if (type === 'person')
    return {
      sql,
      nullable: true,
      within: { column: sql, values: 'select id from user order by name collate nocase, id' },
    }
  return { sql: sortedSql(type, sql), nullable: true }
}

const isText = (type: CustomField['type']) =>
  !['number', 'percent', 'money', 'boolean', 'date', 'person'].includes(type)
