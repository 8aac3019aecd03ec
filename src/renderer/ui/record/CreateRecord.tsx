/** The dialog for a new record, made from the fields of its kind. */
import { SimpleGrid } from '@mantine/core'
import { useState } from 'react'
import type { ZodType } from 'zod'
import { enteredName } from '../../../contract/kernel/field-shapes'
import type { FieldDefinitions } from '../../../contract/kernel/fields'
import type { CreateDialogProps } from '../../app/create'
import { useMe } from '../../app/session'
import { DuplicateHint, type DuplicateHintProps } from '../DuplicateHint'
import { FieldInput, type InputLook } from '../FieldInput'
import { type FieldValue, natureOf } from '../fields'
import { textOrNull } from '../forms'
import { CreateFrame, useCreateForm } from './CreateFrame'
import { type Initial, initialReference, initialText } from './initial'

/** By the names of fields in an update. */
export type CreateValues = Record<string, FieldValue>

type Name<Definitions> = keyof Definitions & string

export interface CreateRecordProps<Definitions extends FieldDefinitions, Input> {
  kind: DuplicateHintProps['kind']
  dialog: CreateDialogProps
  fields: Definitions
  /** The create procedure's shape. */
  schema: ZodType<unknown, Input>
  create(input: Input): Promise<{ id: string; name: string }>
  /** The rows of the dialog: a field over its whole width, or fields side by side. */
  rows: readonly (Name<Definitions> | readonly Name<Definitions>[])[]
  /** After this field is said what there is already: by these texts. */
  duplicates: { after: Name<Definitions>; typed(values: CreateValues): readonly string[] }
  /** Values to begin with, where nothing else is asked for. */
  begin?: CreateValues
  looks?: { readonly [Each in Name<Definitions>]?: (values: CreateValues) => InputLook }
}

export function CreateRecord<Definitions extends FieldDefinitions, Input>({
  kind,
  dialog,
  fields,
  schema,
  create,
  rows,
  duplicates,
  begin = {},
  looks = {},
}: CreateRecordProps<Definitions, Input>) {
  const me = useMe()
  const [readable, setReadable] = useState(true)
  const names = rows.flat()
  const [first] = names
  const state = useCreateForm<CreateValues, Input>({
    kind,
    dialog,
    schema,
    values: {
      ...valuesToBeginWith(fields, names, dialog.initial, me ?? null),
      ...begin,
    },
    // The shape itself checks it.
    toInput: (values) => inputOf(fields, names, values) as Input,
    create,
  })
  const input = (name: Name<Definitions>) => {
    const definition = fields[name]
    if (!definition) return null
    return (
      <FieldInput
        key={name}
        field={natureOf(definition)}
        look={{
          ...(definition.required && !definition.default ? { required: true } : {}),
          ...(name === first ? { focused: true } : {}),
          ...(definition.kind === 'person' ? { placeholder: 'Nobody' } : {}),
          ...looks[name]?.(state.form.values),
        }}
        {...state.field(enteredName(name, definition))}
        onReadable={setReadable}
      />
    )
  }
  const hint = (
    <DuplicateHint
      key="duplicates"
      kind={kind}
      typed={duplicates.typed(state.form.values)}
      onLeave={state.close}
      onTake={dialog.onCreated}
    />
  )
  return (
    <CreateFrame state={state} disabled={!readable}>
      {rows.map((row) => {
        const inRow = [row].flat()
        const key = inRow.join()
        return [
          inRow.length > 1 ? (
            <SimpleGrid key={key} cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
              {inRow.map(input)}
            </SimpleGrid>
          ) : (
            inRow.map(input)
          ),
          inRow.includes(duplicates.after) && hint,
        ]
      })}
    </CreateFrame>
  )
}

/** Empty but for what the dialog is asked to begin with; a new record belongs to who makes it. */
function valuesToBeginWith(
  fields: FieldDefinitions,
  names: readonly string[],
  initial: Initial,
  me: { id: string; name: string } | null,
): CreateValues {
  const valueOfKind = (name: string, kind: string | undefined): FieldValue => {
    switch (kind) {
      case 'person':
        return initialReference(initial, name) ?? (me && { id: me.id, name: me.name })
      case 'reference':
        return initialReference(initial, name)
      case 'tags':
      case 'choices':
        return []
      case 'money':
      case 'number':
      case 'percent':
        return null
      case 'date':
      case 'choice':
        return initialText(initial, name) || null
      default:
        return initialText(initial, name)
    }
  }
  return Object.fromEntries(
    names.map((name) => {
      const definition = fields[name]
      const written = definition ? enteredName(name, definition) : name
      return [written, valueOfKind(written, definition?.kind)]
    }),
  )
}

/** What is sent: references by their ids, no text as null; what always has a value is left to the core. */
function inputOf(fields: FieldDefinitions, names: readonly string[], values: CreateValues) {
  return Object.fromEntries(
    names.flatMap((name) => {
      const definition = fields[name]
      if (!definition) return []
      const { kind, required } = definition
      const written = enteredName(name, definition)
      const value = values[written] ?? null
      if (value === null && definition.default) return []
      if (kind === 'reference' || kind === 'person')
        return [[written, value && typeof value === 'object' && 'id' in value ? value.id : null]]
      return [[written, typeof value === 'string' && !required ? textOrNull(value) : value]]
    }),
  )
}
