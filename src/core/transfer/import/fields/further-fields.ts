/** Fields of the registry that nothing special is said of for files: found by their label, read by their kind. */

import { isEntered } from '../../../../contract/kernel/field-shapes'
import type {
  FieldDefinitions,
  FieldKind,
  FieldDefinition as RecordField,
} from '../../../../contract/kernel/fields'
import type { FieldDefinition, FieldType } from './field'

/** Kinds whose cells are stored as they are read; the others need code of their own. */
const types: Partial<Record<FieldKind, FieldType>> = {
  text: 'line',
  longText: 'text',
  email: 'email',
  phone: 'phone',
  number: 'integer',
  percent: 'probability',
  date: 'date',
  instant: 'instant',
  choice: 'choice',
  boolean: 'boolean',
}

/** @param known what is said of fields by hand, under their own names */
export const furtherFields = (
  registry: FieldDefinitions,
  known: readonly FieldDefinition[],
): readonly FieldDefinition[] =>
  Object.entries(registry).flatMap(([name, field]): FieldDefinition[] => {
    const type = types[field.kind]
    return type && isEntered(field) && !known.some((one) => one.name === name)
      ? [{ name, label: field.label, type, synonyms: [], ...limitsOf(field) }]
      : []
  })

function limitsOf({ kind, max, choices = [] }: RecordField): Partial<FieldDefinition> {
  if (kind === 'choice') return { choices: Object.fromEntries(choices.map((one) => [one, [one]])) }
  if (max === undefined) return kind === 'number' ? { min: 0 } : {}
  return kind === 'number' ? { min: 0, max } : { maxLength: max }
}
