/** Refuses a mapping that names what is not there, or leaves out what a record needs. */
import type { CustomField } from '../../../../contract/kernel/custom-fields'
import type { Mapping } from '../../../../contract/transfer/import'
import type { ImportKind } from '../../../../contract/transfer/words'
import { invalid } from '../../../kernel/errors'
import { customKeyOf, customTables, fieldsByKind, metadataKeyOf } from '../fields/fields'

interface Checked {
  /** Of the file. */
  columns: readonly string[]
  /** The custom fields there are. */
  custom: readonly CustomField[]
  mayAddFields: boolean
}

/** @throws invalid naming the field */
export function checkMapping(kind: ImportKind, mapping: Mapping, checked: Checked): void {
  for (const [field, from] of Object.entries(mapping)) checkField(kind, field, from, checked)
  for (const field of fieldsByKind[kind])
    if (
      field.required &&
      !mapping[field.name] &&
      !mapping[`${field.name}Id`] &&
      !(kind === 'leads' && mapping.externalId)
    )
      throw invalid(`mapping.${field.name}`, `choose the column for ${field.label}`)
  const named = ['firstName', 'lastName', 'fullName', 'email']
  if (kind === 'contacts' && !named.some((field) => mapping[field]))
    throw invalid('mapping.lastName', 'choose the column for a name or an e-mail address')
}

function checkField(
  kind: ImportKind,
  field: string,
  from: readonly string[],
  { columns, custom, mayAddFields }: Checked,
): void {
  const path = `mapping.${field}`
  const missing = from.find((column) => !columns.includes(column))
  if (missing !== undefined) throw invalid(path, `the file has no column “${missing}”`)
  const key = customKeyOf(field)
  if (key !== undefined && customTables[kind]) {
    if (!mayAddFields && !custom.some((one) => one.key === key))
      throw invalid(path, 'does not exist, and you may not add fields')
    return
  }
  if (metadataKeyOf(field) !== undefined && kind === 'activities') return
  if (!fieldsByKind[kind].some((one) => one.name === field))
    throw invalid(path, `there is no such field for ${kind}`)
}
