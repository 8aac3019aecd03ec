/** Money as people write it; exact, since amounts stay decimal text throughout. */
import { minorDigits } from '../../contract/kernel/currencies'
import { minorFromAmount, moneyFromMinor } from '../../contract/kernel/money'
import type { Money } from '../../contract/kernel/shapes'

/** "$1,054.00", or without the cents "$1,054" where they are zero and `round` is set. */
export function moneyText({ amount, currency }: Money, round = false): string {
  const whole = round && /^-?\d+(\.0*)?$/.test(amount)
  return formatterOf(currency, whole ? 0 : minorDigits(currency)).format(amount as `${number}`)
}

/** "$10.0M": for cards and totals where space is short. */
export function compactMoneyText({ amount, currency }: Money): string {
  return formatterOf(currency, 'compact').format(amount as `${number}`)
}

/** "1.5K": an amount that stands for every currency. */
export const compactNumberText = (amount: number): string =>
  amount.toLocaleString(undefined, { notation: 'compact', maximumFractionDigits: 1 })

/** The note where amounts of several currencies are compared. */
export const acrossCurrencies =
  'Amounts are compared in their own currency: 1,000 finds $1,000 and ¥1,000 alike.'

/** One sum per currency, in the order the currencies first occur. */
export function sumOf(amounts: readonly Money[]): Money[] {
  const minorByCurrency = new Map<string, number>()
  for (const { amount, currency } of amounts) {
    const minor = minorFromAmount(amount, currency) ?? 0
    minorByCurrency.set(currency, (minorByCurrency.get(currency) ?? 0) + minor)
  }
  return [...minorByCurrency].map(([currency, minor]) => moneyFromMinor(minor, currency))
}

/**
 * What a person typed → plain decimal text, else undefined. Takes "1,054.50", "1.054,50", "1 054",
 * "$1054" and "1.5k"; a lone separator followed by three digits groups thousands.
 */
export function readAmount(text: string): string | undefined {
  const compact = text.replace(/[\s\u00a0\u202f'’_]/g, '').replace(/^[^\d.,-]+|[^\dkm]+$/giu, '')
  const match = /^(-?)([\d.,]*\d[\d.,]*?)([km]?)$/i.exec(compact)
  if (!match) return undefined
  const [, sign = '', digits = '', unit = ''] = match
  const plain = unit ? digits.replace(',', '.') : plainDecimal(digits)
  if (plain === undefined || !/^\d+(\.\d+)?$/.test(plain)) return undefined
  if (!unit) return sign + plain
  return sign + shift(plain, unit.toLowerCase() === 'k' ? 3 : 6)
}

function plainDecimal(digits: string): string | undefined {
  const decimal = decimalSeparator(digits)
  const [whole = '', fraction, ...more] = decimal ? digits.split(decimal) : [digits]
  if (more.length > 0) return undefined
  const grouping = decimal === ',' ? '.' : decimal === '.' ? ',' : /[.,]/
  const parts = whole.split(grouping)
  if (parts.slice(1).some((part) => part.length !== 3)) return undefined
  return `${parts.join('') || '0'}${fraction === undefined ? '' : `.${fraction}`}`
}

/** The last separator, unless it can only group thousands. */
function decimalSeparator(digits: string): '.' | ',' | undefined {
  const dot = digits.lastIndexOf('.')
  const comma = digits.lastIndexOf(',')
  if (dot === -1 && comma === -1) return undefined
  if (dot !== -1 && comma !== -1) return dot > comma ? '.' : ','
  const only = dot === -1 ? ',' : '.'
  const [, ...rest] = digits.split(only)
  const groups = rest.every((part) => part.length === 3)
  return groups && (only === ',' || rest.length > 1) ? undefined : only
}

/** Moves the decimal point right without any float. */
function shift(plain: string, places: number): string {
  const [whole = '', fraction = ''] = plain.split('.')
  const moved = `${whole}${fraction.slice(0, places).padEnd(places, '0')}`.replace(/^0+(?=\d)/, '')
  const rest = fraction.slice(places)
  return rest ? `${moved}.${rest}` : moved
}

/** Making a formatter takes a hundred times longer than using it, so each is kept. */
const formatters = new Map<string, Intl.NumberFormat>()

function formatterOf(currency: string, digits: number | 'compact'): Intl.NumberFormat {
  const key = `${currency} ${digits}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(undefined, {
    ...styleOf(currency),
    ...(digits === 'compact'
      ? { notation: 'compact', maximumFractionDigits: 1 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  })
  formatters.set(key, made)
  return made
}

/** A code Intl does not accept is written out behind the number's decimals. */
function styleOf(currency: string): Intl.NumberFormatOptions {
  return { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }
}
