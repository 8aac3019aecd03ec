/** The custom fields, kept until one changes: what they take, and how lists ask for them. */

import {
  type CustomField,
  type CustomFieldTable,
  type CustomValue,
  type CustomValues,
  customFieldTables,
  isNoCustomValue,
  noPerson,
  readCustomValue,
} from '../../../contract/kernel/custom-fields'
import { ownValue } from '../../../contract/kernel/own-value'
import { sameValue } from '../../../contract/kernel/same-value'
import type { Json } from '../../kernel/database/columns'
import type { Database } from '../../kernel/database/database'
import { fromJson } from '../../kernel/database/rows'
import { type Issue, invalidIssues } from '../../kernel/errors'
import type { CustomFieldRegistry } from '../../kernel/fields/custom-fields'
import type { Field } from '../../kernel/fields/field'
import type { Sort } from '../../kernel/fields/list'
import { conditionFieldOf, sortOf } from './field-sql'
import { createCustomIndexes } from './indexes'

interface FieldRow {
  id: string
  table_name: CustomFieldTable
  key: string
  label: string
  type: CustomField['type']
  choices: Json<string[]>
  currency: string | null
  position: number
}

export const toCustomField = (row: FieldRow): CustomField => ({
  id: row.id,
  table: row.table_name,
  key: row.key,
  label: row.label,
  type: row.type,
  choices: fromJson(row.choices),
  currency: row.currency,
  position: row.position,
})

export interface CustomFieldsAtHand extends CustomFieldRegistry {
  /** What conditions may ask of a field; undefined where there is none of this key. */
  conditionField(table: string, key: string): Field | undefined
  /** How a list is sorted by it. */
  sort(table: string, key: string): Sort | undefined
}

export function createCustomFieldRegistry(database: Database): CustomFieldsAtHand {
  const indexes = createCustomIndexes(database)

  let known: { stamp: number; byTable: Map<string, Map<string, CustomField>> } | undefined

  function byKey(table: string): ReadonlyMap<string, CustomField> {
    const stamp = database.stampOf('custom_field')
    if (known?.stamp !== stamp) known = { stamp, byTable: new Map() }
    let fields = known.byTable.get(table)
    if (!fields) {
      const rows = database.all<FieldRow>(
        'select * from custom_field where table_name = ? order by position',
        table,
      )
      fields = new Map(rows.map((row) => [row.key, toCustomField(row)]))
      known.byTable.set(table, fields)
    }
    return fields
  }

  const isPerson = (id: string) =>
    database.get('select 1 from user where id = ? and deleted_at is null', id) !== undefined

  function merged(table: CustomFieldTable, stored: string, given: CustomValues): CustomValues {
    const before: CustomValues = JSON.parse(stored)
    const values = new Map(Object.entries(before))
    const issues: Issue[] = []
    for (const [key, value] of Object.entries(given)) {
      if (sameValue(ownValue(before, key), value)) continue
      const field = byKey(table).get(key)
      const read = field ? readFor(field, value) : { value: isNoCustomValue(value) ? null : value }
      if ('problem' in read)
        issues.push({
          path: `custom.${key}`,
          message: field ? `${field.label} ${read.problem}` : read.problem,
        })
      else if (read.value === null) values.delete(key)
      else values.set(key, read.value)
    }
    if (issues.length > 0) throw invalidIssues(issues)
    return Object.fromEntries(values)
  }

  function readFor(field: CustomField, value: CustomValue) {
    const read = readCustomValue(field, value)
    return field.type === 'person' &&
      'value' in read &&
      typeof read.value === 'string' &&
      !isPerson(read.value)
      ? { problem: noPerson }
      : read
  }

  return {
    of: (table: CustomFieldTable): readonly CustomField[] => [...byKey(table).values()],
    find: (table: string, key: string): CustomField | undefined => byKey(table).get(key),
    conditionField(table: string, key: string): Field | undefined {
      const field = byKey(table).get(key)
      return field && conditionFieldOf(field, indexes.ensure(field))
    },
    sort(table: string, key: string): Sort | undefined {
      const field = byKey(table).get(key)
      return field && sortOf(field, indexes.ensure(field))
    },
    dropUnused: () =>
      indexes.dropUnused(customFieldTables.flatMap((table) => [...byKey(table).values()])),
    merged,
    mergedInto<Patch extends { custom?: CustomValues | undefined }>(
      table: CustomFieldTable,
      stored: string,
      patch: Patch,
    ): Patch {
      return patch.custom === undefined
        ? patch
        : { ...patch, custom: merged(table, stored, patch.custom) }
    },
  }
}
