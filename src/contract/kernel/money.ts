/** Money between decimal text and integer minor units, exact for every ISO 4217 currency. */
import { minorDigits } from './currencies'
import type { Money } from './shapes'

/** Integer minor units → `{ amount: "1054.00", currency }`. */
export function moneyFromMinor(minor: number, currency: string): Money {
  const digits = minorDigits(currency)
  const sign = minor < 0 ? '-' : ''
  const size = Math.abs(minor)
  // Sums may be larger than what prints in full.
  const whole = Number.isSafeInteger(size) ? String(size) : String(BigInt(Math.round(size)))
  const text = whole.padStart(digits + 1, '0')
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
