/** Types and outcomes of activities, and custom fields, that a file brings with it. */
import type { CustomField } from '../../../../contract/kernel/custom-fields'
import { customField } from '../../../records/custom-fields/table'
import { word } from '../../../timeline/activities/table'
import { nameKey } from '../../format/names'
import type { RowStore } from '../runs/row-store'
import type { NewField } from '../values/read-values'
import type { LookupContext } from './context'

export function createWordLookups({ database, may, unknowns, known }: LookupContext) {
  const { made } = known

  const allWords = known.keep(() =>
    database.all<{ list: string; name: string; label: string }>(
      'select list, name, label from word order by position',
    ),
  )

  /** The name of an activity type or outcome; undefined where it is unknown and may not be added. */
  function wordNamed(
    list: 'activity_type' | 'outcome',
    name: string,
  ): { name: string; make?(rows: RowStore): void } | { refused: string } {
    const known = allWords().find(
      (row) =>
        row.list === list &&
        (row.name === name || nameKey(row.label).replace(/[^a-z0-9]+/g, '_') === name),
    )
    if (known) return { name: known.name }
    const key = `${list}\0${name}`
    if (made.has(key)) return { name }
    if (!may.includes('configure')) return { refused: `is not known, and you may not add it` }
    return {
      name,
      make(rows) {
        const label = (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('_', ' ')
        const position =
          allWords().filter((row) => row.list === list).length +
          [...made.keys()].filter((one) => one.startsWith(`${list}\0`)).length
        made.set(key, rows.insert(word, { list, name, label, position }))
      },
    }
  }

  const allFields = known.keep(() =>
    database.all<{ table_name: string; key: string }>('select table_name, key from custom_field'),
  )
  /** Makes the custom fields that values were read for and that do not exist yet. */
  function ensureFields(
    rows: RowStore,
    table: CustomField['table'],
    values: Record<string, unknown>,
    added: ReadonlyMap<string, NewField>,
  ) {
    if (added.size === 0) return
    const custom = allFields()
    for (const key of Object.keys(values)) {
      const field = added.get(key)
      if (!field || made.has(`field\0${key}`)) continue
      if (custom.some((one) => one.table_name === table && one.key === key)) continue
      const position =
        custom.filter((one) => one.table_name === table).length +
        [...made.keys()].filter((one) => one.startsWith('field\0')).length
      const label = field.label.slice(0, 80)
      unknowns.fields.push({ name: `custom.${key}`, label, type: field.type })
      made.set(
        `field\0${key}`,
        rows.insert(customField, {
          tableName: table,
          key,
          label,
          type: field.type,
          choices: [],
          position,
        }),
      )
    }
  }

  return { wordNamed, ensureFields }
}
