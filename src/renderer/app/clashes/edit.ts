/** What a form sends: only what was changed in it, and what that was when the edit began. */
import type { BasedOn } from '../../../contract/kernel/based-on'
import { fieldOf, sameValue } from '../../../contract/kernel/same-value'

/**
 * @param before the record as it was when the edit began; never as it is by now
 * @param input all that the form has, as the update takes it
 */
export function editFrom<Input extends object>(
  before: object,
  input: Input,
): Partial<Input> & { basedOn: BasedOn } {
  const changed: Partial<Input> = {}
  const basedOn: BasedOn = {}
  for (const field of Object.keys(input) as (keyof Input & string)[]) {
    const value = input[field]
    const old = fieldOf(before as Record<string, unknown>, field) ?? null
    if (value === undefined || sameValue(value, old)) continue
    changed[field] = value
    basedOn[field] = old
  }
  return { ...changed, basedOn }
}

/** What an edit began from: of a restored draft the record as it was then, else as it is in `record`. */
export const recordIn = <Row extends object>(basedOn: unknown, record: Row): Row =>
  typeof basedOn === 'object' && basedOn !== null ? (basedOn as Row) : record
