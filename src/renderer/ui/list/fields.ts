/** What a list can be narrowed by: each field's kind decides its operators and its editor. */
import type { Operator } from '../../../contract/kernel/conditions'
import type { ReferenceKind } from '../references'

export type FieldKind =
  | 'text'
  | 'number'
  | 'money'
  | 'date'
  | 'instant'
  | 'choice'
  | 'choices'
  | 'reference'
  | 'tags'
  | 'boolean'

export interface FilterField {
  /** The field's name in conditions. */
  name: string
  label: string
  kind: FieldKind
  /** For `choice` and `choices`. */
  choices?: readonly { value: string; label: string }[]
  /** For `reference`. */
  of?: ReferenceKind
}

export interface OperatorChoice {
  operator: Operator
  label: string
}

const emptiness: OperatorChoice[] = [
  { operator: 'is_empty', label: 'is empty' },
  { operator: 'is_not_empty', label: 'is filled in' },
]
const sameness: OperatorChoice[] = [
  { operator: 'equals', label: 'is' },
  { operator: 'not_equals', label: 'is not' },
]
const membership: OperatorChoice[] = [
  { operator: 'in', label: 'is any of' },
  { operator: 'not_in', label: 'is none of' },
]
const size: OperatorChoice[] = [
  { operator: 'greater_than', label: 'is more than' },
  { operator: 'less_than', label: 'is less than' },
]
const order: OperatorChoice[] = [
  { operator: 'equals', label: 'is on' },
  { operator: 'greater_than', label: 'is after' },
  { operator: 'less_than', label: 'is before' },
]

/** The operators that make sense for a kind of field; the first is the one to begin with. */
export const operatorsByKind: Readonly<Record<FieldKind, readonly OperatorChoice[]>> = {
  text: [{ operator: 'contains', label: 'contains' }, ...sameness, ...emptiness],
  number: [...size, ...sameness, ...emptiness],
  money: [...size, ...sameness, ...emptiness],
  date: [...order, ...emptiness],
  instant: [...order, ...emptiness],
  choice: [...membership, ...emptiness],
  choices: [
    { operator: 'in', label: 'has any of' },
    { operator: 'not_in', label: 'has none of' },
    ...emptiness,
  ],
  reference: [...membership, ...emptiness],
  tags: [
    { operator: 'contains', label: 'has' },
    { operator: 'in', label: 'has any of' },
    { operator: 'not_in', label: 'has none of' },
    ...emptiness,
  ],
  boolean: [{ operator: 'equals', label: 'is' }],
}

export const operatorLabel = (kind: FieldKind, operator: Operator): string =>
  operatorsByKind[kind].find((choice) => choice.operator === operator)?.label ??
  operator.replaceAll('_', ' ')
