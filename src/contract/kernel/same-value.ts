/** Whether two values of a field say the same, however they are written; on both sides of the doors. */
import { ownValue } from './own-value'

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/
const decimal = /^-?\d+(\.\d+)?$/

/**
 * No value, null and empty text are one; an instant is the same in every zone, an amount with or
 * without its zeros, and a text with either kind of line end or with blanks around it.
 */
export function sameValue(one: unknown, other: unknown): boolean {
  if (isNothing(one) || isNothing(other)) return isNothing(one) && isNothing(other)
  if (typeof one === 'string' && typeof other === 'string') return sameText(one, other)
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((part, index) => sameValue(part, other[index]))
  if (isRecord(one) && isRecord(other)) {
    if (isMoney(one) && isMoney(other))
      return one.currency === other.currency && plain(one.amount) === plain(other.amount)
    const keys = new Set([...Object.keys(one), ...Object.keys(other)])
    return [...keys].every((key) => sameValue(ownValue(one, key), ownValue(other, key)))
  }
  return Object.is(one, other)
}

function sameText(one: string, other: string): boolean {
  if (one === other) return true
  if (instant.test(one) && instant.test(other)) return Date.parse(one) === Date.parse(other)
  return plainText(one) === plainText(other)
}

const plainText = (text: string) => text.replaceAll('\r\n', '\n').trim()

/** `1054.00` → `1054`, `-0.50` → `-0.5`. */
function plain(amount: string): string {
  if (!decimal.test(amount)) return amount
  const [whole = '', part = ''] = amount.split('.')
  const rest = part.replace(/0+$/, '')
  return whole.replace(/^(-?)0+(?=\d)/, '$1') + (rest ? `.${rest}` : '')
}

const isNothing = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isMoney = (
  value: Record<string, unknown>,
): value is Record<string, unknown> & { amount: string; currency: string } =>
  typeof value.amount === 'string' && typeof value.currency === 'string'

/** The value of a field as an edit has it: `ownerId` where a record shows `owner: { id, name }`. */
export function fieldOf(record: Readonly<Record<string, unknown>>, field: string): unknown {
  if (field in record) return record[field]
  const shown = record[field.replace(/Id$/, '')]
  return isRecord(shown) && 'id' in shown ? shown.id : undefined
}
