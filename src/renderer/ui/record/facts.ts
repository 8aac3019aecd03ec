/** What a record's panel of facts is made of. */
import type { ReactNode } from 'react'
import type { Money, Reference } from '../../../contract/kernel/shapes'
import type { ReferenceKind } from '../references'

export type FactEditor =
  | { type: 'text' | 'long' | 'email' | 'phone' | 'url' | 'date' | 'tags' | 'boolean' }
  /** Whole percent from 0 to 100. */
  | { type: 'percent' }
  | { type: 'number'; shape?: { suffix: string } }
  /** The currency that is offered first; the workspace's where there is none. */
  | { type: 'money'; currency?: string }
  | { type: 'suggest'; suggestions: readonly string[] }
  | { type: 'choice'; choices: readonly { value: string; label: string }[]; required?: true }
  /** Any number of these. */
  | { type: 'choices'; choices: readonly { value: string; label: string }[] }
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

/** Empty text is no value; the core keeps null for it. */
export const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
