/** The fields that a workspace adds to its records: added, changed, removed. */
import {
  type CustomField,
  type CustomFieldTable,
  hasChoices,
} from '../../../contract/kernel/custom-fields'
import type { Actor } from '../../kernel/actor'
import type { RowOf } from '../../kernel/database/rows'
import { invalid, notFound } from '../../kernel/errors'
import { nameFrom } from '../../kernel/fields/names'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { toCustomField } from './registry'
import { customField } from './table'

/** SQL of the label and type of one; its parameters are the table and the key. */
export const customFieldSql =
  'select label, type from custom_field where table_name = ? and key = ?'

export type CustomFieldArea = ReturnType<typeof createCustomFieldArea>
type FieldRow = RowOf<typeof customField>
type Patch = { [Name in 'label' | 'type' | 'choices' | 'currency']?: CustomField[Name] | undefined }

export function createCustomFieldArea({ database, customFields }: Kernel) {
  const requireRow = (id: string) => {
    const row = database.get<FieldRow>('select * from custom_field where id = ?', id)
    if (!row) throw notFound('custom field')
    return row
  }
  const get = (id: string) => toCustomField(requireRow(id))

  const list = (table?: CustomFieldTable): CustomField[] =>
    (table
      ? database.all<FieldRow>(
          'select * from custom_field where table_name = ? order by position',
          table,
        )
      : database.all<FieldRow>('select * from custom_field order by table_name, position')
    ).map(toCustomField)

  function checkChoices(type: CustomField['type'], choices: readonly string[]) {
    if (hasChoices(type) && choices.length === 0)
      throw invalid('choices', 'must name at least one choice')
  }

  function create(
    actor: Actor,
    input: Pick<CustomField, 'table' | 'label' | 'type'> & Patch,
  ): CustomField {
    checkChoices(input.type, input.choices ?? [])
    const key = nameFrom(input.label)
    if (!key) throw invalid('label', 'must contain a letter from a to z')
    if (
      database.get('select 1 from custom_field where table_name = ? and key = ?', input.table, key)
    )
      throw invalid('label', `there is already a field ${input.label}`)
    let id = ''
    database.act(actor, { label: `Add field ${quoted(input.label)}` }, (writer) => {
      id = writer.insert(customField, {
        tableName: input.table,
        key,
        label: input.label,
        type: input.type,
        choices: input.choices ?? [],
        currency: input.currency ?? null,
        position: list(input.table).length,
      })
    })
    return get(id)
  }

  function update(actor: Actor, { id, ...patch }: Patch & { id: string }): CustomField {
    const field = get(id)
    checkChoices(patch.type ?? field.type, patch.choices ?? field.choices)
    database.act(actor, { label: `Change field ${quoted(field.label)}` }, (writer) => {
      writer.update(customField, id, patch)
    })
    customFields.dropUnused()
    return get(id)
  }

  /** Values stay in their records: adding the field again shows them again. */
  function remove(actor: Actor, id: string) {
    const row = requireRow(id)
    database.act(actor, { label: `Remove field ${quoted(row.label)}` }, (writer) => {
      writer.remove(customField, id)
    })
    customFields.dropUnused()
    return { id }
  }

  return { list, get, create, update, remove }
}
