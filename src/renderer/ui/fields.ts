/**
 * The fields of a record as screens know them: those of the registry and, in the same form, those that the
 * workspace added. Filters, columns of lists, facts, forms and changes of many records are made from these.
 */
import type { ReactNode } from 'react'
import { type CustomField, hasChoices } from '../../contract/kernel/custom-fields'
import { enteredName, isEntered } from '../../contract/kernel/field-shapes'
import type { FieldDefinition, FieldDefinitions, FieldKind } from '../../contract/kernel/fields'
import type { Money, Reference } from '../../contract/kernel/shapes'
import { readable } from './readable'
import { type ReferenceKind, referenceKinds } from './references'

export interface Choice {
  value: string
  label: string
}

/** A value as screens hold it: a reference with its name. */
export type FieldValue = string | number | boolean | null | string[] | Money | Reference

/** What a value is, and so how it is shown and changed. */
export interface FieldNature {
  label: string
  kind: FieldKind
  /** Of a choice or choices. */
  choices?: readonly Choice[] | undefined
  /** Of a reference or person. */
  of?: ReferenceKind | undefined
  /** Never empty. */
  filled?: true | undefined
  /** Of money: the currency that is offered first; the workspace's where there is none. */
  currency?: string | undefined
  /** Of a percentage: whether it has decimals. */
  hasDecimals?: true | undefined
}

/** What a list can be narrowed by. */
export interface FilterField extends FieldNature {
  /** The field's name in conditions. */
  name: string
}

/** A field that can be changed, where an update of its records is sent. */
export interface WrittenField extends FilterField {
  /** Its name in an update. */
  written: string
}

export interface RecordField<Row> extends FilterField {
  /** Undefined where it is not changed by hand. */
  written: string | undefined
  /** Whether it shows as a part of another field, and is no column of its own. */
  isPart: boolean
  /** Whether lists can be sorted by it. */
  sorts: boolean
  /** Whether it can be changed for many records at once. */
  bulk: boolean
  value(row: Row): FieldValue
  /** The row with another value. */
  apply(row: Row, value: FieldValue): Row
  /** Of a phone: the number that its link dials, where it is known. */
  dialled?(row: Row): string | null
  /** How it is shown where its kind does not say it all. */
  show?(row: Row, brief: boolean): ReactNode
  /** The update that saves it; by default its value, a reference by its id. */
  patch?(value: FieldValue): Record<string, unknown>
}

/** Names of the fields that screens show. */
export type OnScreen<Definitions extends FieldDefinitions> = {
  [Name in keyof Definitions]: Definitions[Name] extends { offScreen: true } ? never : Name
}[keyof Definitions] &
  string

export const isReference = (value: FieldValue): value is Reference =>
  typeof value === 'object' && value !== null && 'id' in value

export const isMoney = (value: FieldValue): value is Money =>
  typeof value === 'object' && value !== null && 'currency' in value

export const textOf = (value: FieldValue): string | null =>
  typeof value === 'string' ? value : null

export const choicesOf = (values: readonly string[]): Choice[] =>
  values.map((value) => ({ value, label: readable(value) }))

export const choicesAsTyped = (values: readonly string[]): Choice[] =>
  values.map((value) => ({ value, label: value }))

export const natureOf = ({ label, kind, choices, of, required }: FieldDefinition): FieldNature => ({
  label,
  kind,
  ...(choices ? { choices: choicesOf(choices) } : {}),
  ...(of ? { of: referenceKinds.find((known) => known === of) } : {}),
  ...(required ? { filled: required } : {}),
})

/** The fields of a registry, in its order. */
export const recordFields = <Row extends object>(
  definitions: FieldDefinitions,
): RecordField<Row>[] =>
  Object.entries(definitions)
    .filter(([, { offScreen }]) => !offScreen)
    .map(([name, definition]) => recordField<Row>(name, definition))

/** One field, also where no registry has it. */
export function recordField<Row extends object>(
  name: string,
  definition: FieldDefinition,
): RecordField<Row> {
  const { kind, sorts, bulk, partOf } = definition
  const values = (row: Row) => row as Record<string, FieldValue | undefined>
  // Beside a phone as it was typed is the number as it was read.
  const number = `${name}Number`
  return {
    ...natureOf(definition),
    name,
    written: isEntered(definition) ? enteredName(name, definition) : undefined,
    isPart: partOf !== undefined,
    sorts: sorts === true,
    bulk: bulk === true,
    value: (row) => values(row)[name] ?? null,
    apply: (row, value) => ({
      ...row,
      [name]: value,
      ...(number in row ? { [number]: null } : {}),
    }),
    ...(kind === 'phone' ? { dialled: (row) => values(row)[number] as string | null } : {}),
  }
}

/** What each kind of custom field is in the registry's words. */
const customKinds: Readonly<Record<CustomField['type'], FieldKind>> = {
  text: 'text',
  number: 'number',
  money: 'money',
  percent: 'percent',
  date: 'date',
  boolean: 'boolean',
  choice: 'choice',
  many_choices: 'choices',
  person: 'person',
  url: 'url',
  email: 'email',
  phone: 'phone',
}

/** A field that the workspace added is one more entry, made at run time. */
export const customNature = ({ label, type, choices, currency }: CustomField): FieldNature => ({
  label,
  kind: customKinds[type],
  ...(hasChoices(type) ? { choices: choicesAsTyped(choices) } : {}),
  ...(type === 'person' ? { of: 'user' as const } : {}),
  ...(type === 'percent' ? { hasDecimals: true as const } : {}),
  ...(currency ? { currency } : {}),
})
