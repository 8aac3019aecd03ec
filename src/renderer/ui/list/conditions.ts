/** The model behind the filter editor: a tree of conditions, changed without touching the old one. */
import { dequal } from 'dequal'
import {
  type Comparison,
  type Condition,
  type GroupKind,
  groupOf,
  isComparison,
  kindOf,
  type Operator,
  type Part,
  partsOf,
  type Span,
} from '../../../contract/kernel/conditions'
import type { FilterField } from '../fields'
import { operatorsByKind } from './operators'

/** Where a part is: indexes from the outermost group inwards; `[]` is that group itself. */
export type Path = readonly number[]

export const isGroup = (part: Part): part is Condition => !isComparison(part)
const isAll = (group: Condition): group is { all: Part[] } => 'all' in group

/** A comparison to begin with: the field's first operator, no value yet. */
export function startComparison(field: FilterField): Comparison {
  const [first] = operatorsByKind[field.kind]
  const operator = first?.operator ?? 'equals'
  return field.kind === 'boolean'
    ? { field: field.name, operator, value: true }
    : { field: field.name, operator }
}

export function addPart(root: Condition, group: Path, part: Part): Condition {
  return changeGroup(root, group, (parts) => [...parts, part])
}

export function replacePart(root: Condition, path: Path, part: Part): Condition {
  const index = path.at(-1)
  if (index === undefined) return isGroup(part) ? part : root
  return changeGroup(root, path.slice(0, -1), (parts) => parts.with(index, part))
}

/** Takes a part away, and with it every group that is left empty. */
export function removePart(root: Condition, path: Path): Condition {
  const index = path.at(-1)
  if (index === undefined) return { all: [] }
  const parent = path.slice(0, -1)
  const next = changeGroup(root, parent, (parts) => parts.toSpliced(index, 1))
  const emptied = partAt(next, parent)
  const left = emptied && isGroup(emptied) ? partsOf(emptied).length : 0
  return left === 0 && parent.length > 0 ? removePart(next, parent) : next
}

/** Whether all, any or none of a group's parts must hold. */
export function setGroupKind(root: Condition, path: Path, kind: GroupKind): Condition {
  const group = partAt(root, path)
  if (!group || !isGroup(group)) return root
  return replacePart(root, path, groupOf(kind, [...partsOf(group)]))
}

export function partAt(root: Condition, path: Path): Part | undefined {
  return path.reduce<Part | undefined>(
    (part, index) => (part && isGroup(part) ? partsOf(part)[index] : undefined),
    root,
  )
}

/** How far from now a comparison begins with. */
const usualSpan: Span = { amount: 7, unit: 'days' }

/** Another operator: keeps the value where it still fits, one value, two, or a list. */
export function withOperator({ field, value }: Comparison, operator: Operator): Comparison {
  if (operator === 'is_empty' || operator === 'is_not_empty') return { field, operator }
  if (operator === 'within_last' || operator === 'within_next')
    return { field, operator, value: spanOf(value) ?? usualSpan }
  if (value === undefined || spanOf(value)) return { field, operator }
  const values = (Array.isArray(value) ? value : [value]).filter(isOneValue)
  if (operator === 'in' || operator === 'not_in') return { field, operator, value: values }
  const [first, second] = values
  if (first === undefined) return { field, operator }
  return { field, operator, value: operator === 'between' ? [first, second ?? null] : first }
}

/** The value where it says how far from now. */
export const spanOf = (value: Comparison['value']): Span | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined

const isOneValue = (value: unknown): value is string | number | boolean =>
  isFilled(value) && typeof value !== 'object'
const isFilled = (value: unknown) => value !== undefined && value !== null && value !== ''

/** Whether a comparison says enough to be asked. */
export function isComplete({ operator, value }: Comparison): boolean {
  if (operator === 'is_empty' || operator === 'is_not_empty') return true
  if (operator === 'between')
    return Array.isArray(value) && value.length === 2 && value.every(isFilled)
  return Array.isArray(value) ? value.length > 0 : isFilled(value)
}

/** Between two values, whichever was typed first; the core takes the lower one first. */
function inOrder(comparison: Comparison): Comparison {
  const { operator, value } = comparison
  if (operator !== 'between' || !Array.isArray(value)) return comparison
  const [first = null, second = null] = value
  const turned = first !== null && second !== null && first > second
  return turned ? { ...comparison, value: [second, first] } : comparison
}

/** Only what can be asked: without unfinished comparisons and empty groups; undefined if nothing. */
export function askable(condition: Condition | undefined): Condition | undefined {
  if (!condition) return undefined
  const parts = partsOf(condition).flatMap((part): Part[] => {
    if (!isGroup(part)) return isComplete(part) ? [inOrder(part)] : []
    const inner = askable(part)
    return inner ? [inner] : []
  })
  return parts.length > 0 ? groupOf(kindOf(condition), parts) : undefined
}

export const countOfComparisons = (condition: Condition | undefined): number =>
  condition
    ? partsOf(condition).reduce(
        (sum, part) => sum + (isGroup(part) ? countOfComparisons(part) : 1),
        0,
      )
    : 0

/**
 * Whether the condition already demands this comparison.
 * @param moving takes any value for it, as of one that moves with the clock
 */
export function demands(
  condition: Condition | undefined,
  wanted: Comparison,
  moving = false,
): boolean {
  if (!condition || !isAll(condition)) return false
  return partsOf(condition).some((part) => !isGroup(part) && isSame(part, wanted, moving))
}

/** Demands a comparison besides all others, or drops it if it was demanded. */
export function toggle(
  condition: Condition | undefined,
  wanted: Comparison,
  moving = false,
): Condition | undefined {
  if (!condition) return { all: [wanted] }
  if (!isAll(condition)) return { all: [condition, wanted] }
  const parts = partsOf(condition)
  const others = parts.filter((part) => isGroup(part) || !isSame(part, wanted, moving))
  const next = others.length < parts.length ? others : [...parts, wanted]
  return next.length > 0 ? { all: next } : undefined
}

/** All of several conditions; undefined where none narrows anything. */
export function allOf(...conditions: (Condition | undefined)[]): Condition | undefined {
  const given = conditions.filter((condition) => condition !== undefined)
  const parts = given.flatMap((condition) =>
    isAll(condition) ? [...partsOf(condition)] : [condition],
  )
  return parts.length > 0 ? { all: parts } : undefined
}

const isSame = (one: Comparison, other: Comparison, moving: boolean) =>
  one.field === other.field &&
  one.operator === other.operator &&
  (moving || dequal(one.value, other.value))

function changeGroup(root: Condition, path: Path, change: (parts: Part[]) => Part[]): Condition {
  const [index, ...inner] = path
  if (index === undefined) return groupOf(kindOf(root), change([...partsOf(root)]))
  const part = partsOf(root)[index]
  if (!part || !isGroup(part)) return root
  const next = changeGroup(part, inner, change)
  return groupOf(kindOf(root), [...partsOf(root)].with(index, next))
}
