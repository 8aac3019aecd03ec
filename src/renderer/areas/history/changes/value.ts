/** A value of the change log as text. */
import { isCalendarDate, shortText } from '../../../ui/dates'
import { moneyText } from '../../../ui/money'

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'empty'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') {
    if (instant.test(value)) return shortText(value, new Date(), true)
    return isCalendarDate(value) ? shortText(value) : value
  }
  if (typeof value === 'number') return value.toLocaleString()
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.map(valueText).join(', ')
  return objectText(value)
}

function objectText(value: object): string {
  if ('amount' in value && 'currency' in value) {
    return moneyText({ amount: String(value.amount), currency: String(value.currency) })
  }
  if ('name' in value) return String(value.name)
  const pairs = Object.entries(value)
  return pairs.length === 0
    ? 'empty'
    : pairs.map(([key, part]) => `${key}: ${valueText(part)}`).join(', ')
}
