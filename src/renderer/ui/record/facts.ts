/** What a record's panel of facts is made of. */
import type { ReactNode } from 'react'
import { type Choice, type FieldValue, isReference } from '../fields'
import type { ReferenceKind } from '../references'

export type FactEditor =
  | { type: 'text' | 'longText' | 'email' | 'phone' | 'url' | 'date' | 'tags' | 'boolean' }
  /** Whole percent from 0 to 100. */
  | { type: 'percent' }
  | { type: 'number'; shape?: { suffix: string } }
  /** The currency that is offered first; the workspace's where there is none. */
  | { type: 'money'; currency?: string | undefined }
  | { type: 'suggest'; suggestions: readonly string[] }
  | { type: 'choice'; choices: readonly Choice[]; required?: true | undefined }
  /** Any number of these. */
  | { type: 'choices'; choices: readonly Choice[] }
  /** A local time or a day alone, as `WallTimeField` has it. */
  | { type: 'when'; needsTime?: true; zone: string | null }
  /** An RRULE; `date` is the ISO date it begins on. */
  | { type: 'repeat'; date: string }
  | { type: 'reference'; of: ReferenceKind; createWith?: Record<string, unknown> }

export interface Fact<Row> {
  /** The field's name in the update. */
  field: string
  label: string
  editor: FactEditor
  value(row: Row): FieldValue
  /** How it is shown; without it by its editor. */
  show?(row: Row): ReactNode
  /** Of a phone: the number that its link dials; null for the digits as they are. */
  dialled?(row: Row): string | null
  /** The row as it will be, to show before the core has answered. */
  apply(row: Row, value: FieldValue): Row
  /** The update that saves it; by default `{ [field]: value }`, a reference by its id. */
  patch?(value: FieldValue): Record<string, unknown>
}

/** The update that saves a fact. */
export function patchOf<Row>(fact: Fact<Row>, value: FieldValue): Record<string, unknown> {
  if (fact.patch) return fact.patch(value)
  return { [fact.field]: isReference(value) ? value.id : value }
}
