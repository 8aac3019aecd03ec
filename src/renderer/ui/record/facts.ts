/** What a record's panel of facts is made of. */
import type { ReactNode } from 'react'
import type { Money, Reference } from '../../../contract/kernel/shapes'
import type { CustomField } from '../../../contract/records/custom-fields'
import type { ReferenceKind } from '../references'

export type FactEditor =
  | {
      type:
        | 'text'
        | 'long'
        | 'email'
        | 'phone'
        | 'url'
        | 'number'
        | 'percent'
        | 'date'
        | 'tags'
        | 'boolean'
    }
  | { type: 'money' }
  | { type: 'suggest'; suggestions: readonly string[] }
  | { type: 'choice'; choices: readonly { value: string; label: string }[]; required?: true }
  /** A local time or a day alone, as `WallTimeField` has it. */
  | { type: 'when'; needsTime?: true; zone: string | null }
  /** An RRULE; `date` is the ISO date it begins on. */
  | { type: 'repeat'; date: string }
  | { type: 'reference'; of: ReferenceKind; createWith?: Record<string, unknown> }

/** What is being edited: as its editor holds it, a reference with its name. */
export type FactValue = string | number | boolean | null | string[] | Money | Reference

export interface Fact<Row> {
  /** The field's name in the update. */
  field: string
  label: string
  editor: FactEditor
  value(row: Row): FactValue
  /** How it is shown; without it by its editor. */
  show?(row: Row): ReactNode
  /** Of a phone: the number that its link dials; null for the digits as they are. */
  dialled?(row: Row): string | null
  /** The row as it will be, to show before the core has answered. */
  apply(row: Row, value: FactValue): Row
  /** The update that saves it; by default `{ [field]: value }`, a reference by its id. */
  patch?(row: Row, value: FactValue): Record<string, unknown>
}

/** The update that saves a fact. */
export function patchOf<Row>(fact: Fact<Row>, row: Row, value: FactValue): Record<string, unknown> {
  if (fact.patch) return fact.patch(row, value)
  return { [fact.field]: isReference(value) ? value.id : value }
}

export const isReference = (value: FactValue): value is Reference =>
  typeof value === 'object' && value !== null && 'id' in value

export const isMoney = (value: FactValue): value is Money =>
  typeof value === 'object' && value !== null && 'currency' in value

/** Facts for the fields a workspace added; their values live in the record's `custom`. */
export function customFacts<
  Row extends { custom: Record<string, string | number | boolean | null> },
>(fields: readonly CustomField[]): Fact<Row>[] {
  const sorted = fields.toSorted((one, other) => one.position - other.position)
  return sorted.map((field) => ({
    field: `custom.${field.key}`,
    label: field.label,
    editor: editorOfCustom(field),
    value: (row) => row.custom[field.key] ?? null,
    apply: (row, value) => ({ ...row, custom: withCustom(row.custom, field.key, value) }),
    patch: (row, value) => ({ custom: withCustom(row.custom, field.key, value) }),
  }))
}

function editorOfCustom({ type, choices }: CustomField): FactEditor {
  if (type === 'choice') {
    return { type: 'choice', choices: choices.map((value) => ({ value, label: value })) }
  }
  return { type }
}

function withCustom<Values extends Record<string, string | number | boolean | null>>(
  custom: Values,
  key: string,
  value: FactValue,
) {
  const scalar = typeof value === 'object' ? null : value
  return { ...custom, [key]: scalar }
}
