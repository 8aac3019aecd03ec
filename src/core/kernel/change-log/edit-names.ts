/** How clashing fields and the records that they refer to are called. */
import type { Clash } from '../../../contract/kernel/based-on'
import type { Reader } from '../actor'
import { fieldLabel } from '../fields/field-names'

/** The label of a field, and the names of what its values refer to. */
export function namesOf(
  database: Reader,
  table: string,
  field: string,
  values: readonly unknown[],
): Pick<Clash, 'label' | 'names'> {
  const names: Record<string, string> = {}
  const naming = database.schema.nameOfReferred.get(`${table}.${snakeCase(field)}`)
  if (naming)
    for (const id of values) {
      if (typeof id !== 'string') continue
      const name = database.get<Record<string, unknown>>(naming, id)
      if (name) names[id] = String(Object.values(name)[0] ?? '')
    }
  return { label: labelOf(database, table, field), names }
}

function labelOf(database: Reader, table: string, field: string): string {
  const [name = field, key] = field.split('.')
  if (name !== 'custom' || key === undefined)
    return fieldLabel(snakeCase(field.replaceAll('.', ' ')))
  const custom = database.get<{ label: string }>(database.schema.customFieldLabel, table, key)
  return custom?.label ?? fieldLabel(key)
}

const snakeCase = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
