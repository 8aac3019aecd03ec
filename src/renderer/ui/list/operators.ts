/** How a field can be asked, by its kind. */
import type { Operator } from '../../../contract/kernel/conditions'
import type { FieldKind } from '../../../contract/kernel/fields'

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
  { operator: 'between', label: 'is between' },
]
const order: OperatorChoice[] = [
  { operator: 'equals', label: 'is on' },
  { operator: 'greater_than', label: 'is after' },
  { operator: 'less_than', label: 'is before' },
  { operator: 'between', label: 'is between' },
  { operator: 'within_last', label: 'is in the last' },
  { operator: 'within_next', label: 'is in the next' },
]
const written = [
  { operator: 'contains', label: 'contains' },
  ...sameness,
  ...emptiness,
] satisfies OperatorChoice[]
const measured = [...size, ...sameness, ...emptiness]
const dated = [...order, ...emptiness]
const chosen = [...membership, ...emptiness]

/** The operators that make sense for a kind of field; the first is the one to begin with. */
export const operatorsByKind: Readonly<Record<FieldKind, readonly OperatorChoice[]>> = {
  text: written,
  longText: written,
  email: written,
  phone: written,
  url: written,
  number: measured,
  percent: measured,
  money: measured,
  date: dated,
  instant: dated,
  choice: chosen,
  choices: [
    { operator: 'in', label: 'has any of' },
    { operator: 'not_in', label: 'has none of' },
    ...emptiness,
  ],
  reference: chosen,
  person: chosen,
  tags: [
    { operator: 'contains', label: 'has' },
    { operator: 'in', label: 'has any of' },
    { operator: 'not_in', label: 'has none of' },
    ...emptiness,
  ],
  boolean: [{ operator: 'equals', label: 'is' }],
}
