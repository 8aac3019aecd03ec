/** Custom fields as every area reads them: which there are, what they take, and their SQL by kind. */
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
import type { Database } from '../database/database'
import { type Issue, invalidIssues } from '../errors'
import type { Field } from './field'
import { createCustomIndexes } from './custom-indexes'
import { conditionFieldOf, sortOf } from './custom-sql'
import type { Sort } from './list'

export type CustomFieldRegistry = ReturnType<typeof createCustomFieldRegistry>

interface FieldRow {
  id: string
  table_name: CustomFieldTable
  key: string
  label: string
  type: CustomField['type']
  choices: string
  currency: string | null
  position: number
}

export const toCustomField = (row: FieldRow): CustomField => ({
  id: row.id,
  table: row.table_name,
  key: row.key,
  label: row.label,
  type: row.type,
  choices: JSON.parse(row.choices),
  currency: row.currency,
  position: row.position,
})

export function createCustomFieldRegistry(database: Database) {
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

  /**
   * A record's values after an edit, which changes the keys that it names. What is stored already is not
   * judged: it may be older than its field's kind or choices. Keys without a field are kept as they are.
   * @param stored JSON of the record's values, `{}` of a new one
   * @throws invalid naming each value that its field does not take
   */
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
    /** Those of a table, in their order. */
    of: (table: CustomFieldTable): readonly CustomField[] => [...byKey(table).values()],
    find: (table: string, key: string): CustomField | undefined => byKey(table).get(key),
    /** What conditions may ask of a field; undefined where there is none of this key. */
    conditionField(table: string, key: string): Field | undefined {
      const field = byKey(table).get(key)
      return field && conditionFieldOf(field, indexes.ensure(field))
    },
    /** How a list is sorted by it. */
    sort(table: string, key: string): Sort | undefined {
      const field = byKey(table).get(key)
      return field && sortOf(field, indexes.ensure(field))
    },
    /** Takes away the indexes of fields that are gone or hold something else now. */
    dropUnused: () =>
      indexes.dropUnused(customFieldTables.flatMap((table) => [...byKey(table).values()])),
    merged,
    /** The same for an edit that may leave `custom` out. */
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
