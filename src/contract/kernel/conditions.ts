/**
 * Conditions: one shape for what lists, saved views, rules, scores and reports ask of a record. Which
 * fields there are, and whether a value fits one, the core says where it reads a condition.
 */
import * as z from 'zod'

export const operators = [
  'equals',
  'not_equals',
  'contains',
  'greater_than',
  'less_than',
  'in',
  'not_in',
  'is_empty',
  'is_not_empty',
  'between',
  'within_last',
  'within_next',
  'changed',
  'changed_from',
  'changed_to',
] as const
export type Operator = (typeof operators)[number]

export const spanUnits = ['minutes', 'hours', 'days', 'weeks', 'months', 'years'] as const
export type SpanUnit = (typeof spanUnits)[number]

/**
 * How far from now. In days and longer units it is counted on the calendar of the workspace's zone, so
 * that seven days before 9:00 is 9:00, over a change of clocks, too.
 */
export const Span = z.object({
  amount: z.number().int().min(1).max(10_000),
  unit: z.enum(spanUnits),
})
export type Span = z.infer<typeof Span>

const Scalar = z.union([z.string().max(1000), z.number(), z.boolean(), z.null()])
export const Comparison = z.object({
  field: z
    .string()
    .max(80)
    .describe(
      'A field of the record, one of a record it refers to, like company.industry, or a custom field, like custom.tier.',
    ),
  operator: z.enum(operators),
  value: z
    .union([Scalar, z.array(Scalar).max(500), Span])
    .optional()
    .describe(
      `One value; a list for in and not_in; the lowest and the highest value for between; how far
       from now for within_last and within_next, such as { amount: 14, unit: 'days' }; none for
       is_empty, is_not_empty and changed.`.replace(/\s+/g, ' '),
    ),
})
export type Comparison = z.infer<typeof Comparison>

/** All, any or none of its parts hold; parts may be groups. */
export type Condition = { all: Part[] } | { any: Part[] } | { none: Part[] }
export type Part = Comparison | Condition
export type GroupKind = 'all' | 'any' | 'none'

export const Condition: z.ZodType<Condition, Condition> = z.lazy(() => {
  const parts = z.array(z.union([Comparison, Condition])).max(100)
  return z.union([
    z.strictObject({ all: parts }),
    z.strictObject({ any: parts }),
    z.strictObject({ none: parts }),
  ])
})

export const isComparison = (part: Part): part is Comparison => 'field' in part

export const kindOf = (group: Condition): GroupKind =>
  'all' in group ? 'all' : 'any' in group ? 'any' : 'none'

export const partsOf = (group: Condition): Part[] =>
  'all' in group ? group.all : 'any' in group ? group.any : group.none

export const groupOf = (kind: GroupKind, parts: Part[]): Condition =>
  kind === 'all' ? { all: parts } : kind === 'any' ? { any: parts } : { none: parts }
