/** How clashing fields and the records that they refer to are called. */
import type { Clash } from '../../../contract/kernel/based-on'
import type { Reader } from '../actor'
import { snakeCase } from '../database/snake-case'
import { fieldLabel } from '../fields/field-names'

/** The label of a field, and the names of what its values refer to. */
export function namesOf(
  database: Reader,
  table: string,
  field: string,
  values: readonly unknown[],
): Pick<Clash, 'label' | 'names'> {
  const names: Record<string, string> = {}
  const custom = customFieldOf(database, table, field)
  const naming =
    custom?.type === 'person'
      ? database.schema.nameOfPerson
      : database.schema.nameOfReferred.get(`${table}.${snakeCase(field)}`)
  if (naming)
    for (const id of values) {
      if (typeof id !== 'string') continue
      const name = database.get<Record<string, unknown>>(naming, id)
      if (name) names[id] = String(Object.values(name)[0] ?? '')
    }
  const label = custom?.label ?? database.schema.labels.get(`${table}.${snakeCase(field)}`)
  return { label: label ?? labelOf(field), names }
}

/** Of what is in no registry. */
function labelOf(field: string): string {
  const [name = field, key] = field.split('.')
  return name === 'custom' && key !== undefined
    ? fieldLabel(key)
    : fieldLabel(snakeCase(field.replaceAll('.', ' ')))
}

/** The custom field that `custom.key` means, while there is one. */
function customFieldOf(database: Reader, table: string, field: string) {
  const [name, key] = field.split('.')
  if (name !== 'custom' || key === undefined) return undefined
  return database.get<{ label: string; type: string }>(database.schema.customField, table, key)
}
