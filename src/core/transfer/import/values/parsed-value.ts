/** What reading one cell as a value of a field gives: the value, or the rule it breaks. */

export type ValueRule =
  | 'too_long'
  | 'too_many'
  | 'not_an_email'
  | 'several_emails'
  | 'shortened_number'
  | 'not_a_website'
  | 'not_money'
  | 'too_many_decimals'
  | 'not_a_number'
  | 'not_an_integer'
  | 'ambiguous_number'
  | 'out_of_range'
  | 'ambiguous_probability'
  | 'not_a_date'
  | 'no_such_date'
  | 'no_such_time'
  | 'ambiguous_date'
  | 'two_digit_year'
  | 'not_a_boolean'

export interface ValueProblem {
  rule: ValueRule
  /** Reads after the name of a field: `must be an e-mail address`. */
  message: string
}

export type Parsed<Value> =
  | { value: Value; problem?: never }
  | { problem: ValueProblem; value?: never }

export function valid<Value>(value: Value): Parsed<Value> {
  return { value }
}

export function broken(rule: ValueRule, message: string): { problem: ValueProblem } {
  return { problem: { rule, message } }
}

/** Whether a cell says that there is no value, as people and programs write it. */
export function isNoValue(cell: string): boolean {
  return /^(|-|–|—|null|nil|none|nan|n\/?a|#n\/a)$/i.test(cell.trim())
}
