/** Money between decimal text and integer minor units, exact for every ISO 4217 currency. */
import type { Money } from './shapes'

const digitsByCurrency = new Map<string, number>()

/** Decimal places of a currency, after CLDR: 2 for USD, 0 for JPY, 3 for KWD; 2 for unknown codes. */
export function minorDigits(currency: string): number {
  const known = digitsByCurrency.get(currency)
  if (known !== undefined) return known
  let digits = 2
  try {
    digits =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ?? 2
  } catch {
    // Not a code Intl knows the shape of: two places, as for most.
  }
  digitsByCurrency.set(currency, digits)
  return digits
}

/** Integer minor units → `{ amount: "1054.00", currency }`. */
export function moneyFromMinor(minor: number, currency: string): Money {
  const digits = minorDigits(currency)
  const sign = minor < 0 ? '-' : ''
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const amount =
    digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(text.length - digits)}`
  return { amount: sign + amount, currency }
}

/** Decimal text → integer minor units; undefined where it has more decimals than the currency. */
export function minorFromAmount(amount: string, currency: string): number | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount.trim())
  if (!match) return undefined
  const digits = minorDigits(currency)
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  if (fraction.length > digits) return undefined
  const minor = Number(`${match[2]}${fraction.padEnd(digits, '0')}`)
  if (!Number.isSafeInteger(minor)) return undefined
  return match[1] ? -minor : minor
}
