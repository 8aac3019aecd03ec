/** Reads money, integers, numbers and probabilities as people and spreadsheets write them. */
import { currencies, minorDigits } from '../../../../contract/kernel/currencies'
import { broken, isNoValue, type Parsed, valid } from './parsed-value'

/**
 * What separates the decimals in a column, as `findColumnHints` found it: it decides what `1,234`
 * is. `mixed` where the column has both, so that such a value is ambiguous.
 */
export type DecimalSeparator = '.' | ',' | 'mixed'

export interface NumberOptions {
  decimalSeparator?: DecimalSeparator
}

export interface MoneyOptions extends NumberOptions {
  /** ISO 4217 code of money that does not name its currency, and of `$`, `¥`, `kr` where it fits. */
  currency: string
}

export interface MoneyValue {
  /** Integer minor units: cents, or what else the currency has. */
  minor: number
  currency: string
}

/**
 * Money with or without its currency on either side, grouped by dot, comma, blank or apostrophe;
 * negative by a sign on either side or by parentheses. More decimals than the currency has are a
 * problem, but for zeros and the noise of binary fractions. A currency in the cell goes before `options.currency`. Without a hint
 * `1,234` is one thousand, save in currencies with three decimals, where it is a problem.
 */
export function parseMoney(cell: string, options: MoneyOptions): Parsed<MoneyValue | null> {
  if (isNoValue(cell)) return valid(null)
  const amount = readAmount(cell)
  if (!amount || amount.percent) return broken('not_money', 'must be an amount of money')
  const currency = amount.mark ? currencyOf(amount.mark, options.currency) : options.currency
  // Spreadsheets show zero as a dash behind the currency.
  if (amount.body === '-') return valid({ minor: 0, currency })
  const digits = minorDigits(currency)
  const assumption = digits === 3 ? undefined : 'groups'
  const number = readNumber(amount.body, options.decimalSeparator, assumption)
  if (number === undefined) return broken('not_money', 'must be an amount of money')
  if (number === 'ambiguous') return ambiguous(amount.body)
  if (!fits(number, digits)) {
    const most = digits === 0 ? 'no decimals' : `at most ${digits} decimals`
    return broken('too_many_decimals', `must have ${most}, as ${currency} has`)
  }
  const minor = Number(scale(number, digits)) * (amount.negative ? -1 : 1)
  if (!Number.isSafeInteger(minor)) return broken('out_of_range', 'must be a smaller amount')
  return valid({ minor: minor === 0 ? 0 : minor, currency })
}

/** A whole number, which may be grouped and have decimals that are all zero. */
export function parseInteger(
  cell: string,
  options: NumberOptions & { min?: number; max?: number } = {},
): Parsed<number | null> {
  if (isNoValue(cell)) return valid(null)
  const amount = readAmount(cell)
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options
  if (!amount || amount.mark || amount.percent) {
    return broken('not_an_integer', 'must be a whole number')
  }
  const number = readNumber(amount.body, options.decimalSeparator, 'groups')
  if (number === 'ambiguous') return ambiguous(amount.body)
  if (number === undefined || /[1-9]/.test(number.fraction)) {
    return broken('not_an_integer', 'must be a whole number')
  }
  const value = Number(number.integer) * (amount.negative ? -1 : 1)
  if (value < min || value > max) return outOfRange(min, max)
  return valid(value === 0 ? 0 : value)
}

/** A number with or without decimals; `1,234` and `1.234` are a problem without a hint. */
export function parseNumber(cell: string, options: NumberOptions = {}): Parsed<number | null> {
  if (isNoValue(cell)) return valid(null)
  const plain = /^[-+]?\d+(\.\d+)?e[-+]?\d+$/i.exec(cell.trim())
  if (plain && Number.isFinite(Number(plain[0]))) return valid(Number(plain[0]))
  const amount = readAmount(cell)
  if (!amount || amount.mark || amount.percent) return broken('not_a_number', 'must be a number')
  const number = readNumber(amount.body, options.decimalSeparator, undefined)
  if (number === undefined) return broken('not_a_number', 'must be a number')
  if (number === 'ambiguous') return ambiguous(amount.body)
  const value = Number(`${number.integer}.${number.fraction || '0'}`) * (amount.negative ? -1 : 1)
  return valid(value === 0 ? 0 : value)
}

/** Whether a column of probabilities counts to 100 or to 1. */
export type ProbabilityScale = 'percent' | 'fraction'

/**
 * A probability as a whole number from 0 to 100, rounded. `40%` and `40` are 40; `0.4` and `1` can
 * be read only by the scale of their column and are a problem without it.
 */
export function parseProbability(
  cell: string,
  options: NumberOptions & { scale?: ProbabilityScale } = {},
): Parsed<number | null> {
  if (isNoValue(cell)) return valid(null)
  const amount = readAmount(cell)
  const number =
    amount && !amount.mark
      ? readNumber(amount.body, options.decimalSeparator, undefined)
      : undefined
  if (!amount || number === undefined) {
    return broken('not_a_number', 'must be a probability like 40 %')
  }
  // A probability has no thousands, so what could be a group is decimals.
  const text =
    number === 'ambiguous'
      ? amount.body.replace(',', '.')
      : `${number.integer}.${number.fraction || '0'}`
  const value = Number(text) * (amount.negative ? -1 : 1)
  const isFraction = !amount.percent && options.scale === 'fraction'
  if (!amount.percent && !options.scale && value > 0 && value <= 1) {
    return broken('ambiguous_probability', `may be ${value} % or ${toPercent(text)} %`)
  }
  const percent = isFraction ? toPercent(text) * (amount.negative ? -1 : 1) : value
  if (percent < 0 || percent > 100) return outOfRange(0, 100)
  return valid(Math.round(percent))
}

/**
 * What a cell says of its column's decimal separator: the separator, `either` for a number like
 * `1,234`, undefined where it says nothing.
 */
export function decimalSeparatorIn(cell: string): '.' | ',' | 'either' | undefined {
  // Nearly all cells: every value of a file is asked.
  if (!/[.,]/.test(cell)) return undefined
  const body = readAmount(cell)?.body
  if (body === undefined || body === '-') return undefined
  if (readNumber(body, undefined, undefined) === 'ambiguous') return 'either'
  if (readNumber(body, '.', undefined) === undefined) return undefined
  const separators = body.match(/[.,]/g) ?? []
  const last = separators.at(-1)
  if (last !== '.' && last !== ',') return undefined
  const isGroup = separators.length > 1 && separators.every((each) => each === last)
  if (isGroup) return last === '.' ? ',' : '.'
  return last
}

interface Amount {
  /** The digits with their separators; `-` where only a currency and a dash are there. */
  body: string
  negative: boolean
  mark?: string
  percent: boolean
}

/** Takes sign, currency, percent sign and parentheses off a number; undefined if more is there. */
function readAmount(cell: string): Amount | undefined {
  if (cell.length > LONGEST) return undefined
  if (/^\d+(?:\.\d+)?$/.test(cell)) return { body: cell, negative: false, percent: false }
  let body = cell
    .replaceAll(/[\s\u00A0\u2007\u2009\u202F]+/g, ' ')
    .replaceAll(/[\u2212\u2012\u2013\u2014]/g, '-')
    .trim()
  if (!/\d/.test(body)) {
    const mark = body.replace('-', '').trim()
    const isMark = body !== mark && LEADING_MARK.exec(mark)?.[0] === mark
    return isMark ? { body: '-', negative: false, mark, percent: false } : undefined
  }
  const found = { signs: 0, minus: false, marks: [] as string[], percent: false }
  const takeOff = (pattern: RegExp) => {
    const match = pattern.exec(body)
    if (!match) return undefined
    body = body.replace(pattern, '').trim()
    return match[0].trim()
  }
  // Prices written as `5,-` or `5.—`.
  body = body.replace(/(?<=\d)[.,]\s?-+$/, '').replace(/(?<=\d)[.,]\s?-+(?= ?[^\d-]+$)/, '')
  for (let before = ''; before !== body; ) {
    before = body
    if (/^\(.*\)$/.test(body)) {
      body = body.slice(1, -1).trim()
      found.signs += 1
      found.minus = true
    }
    const sign = takeOff(/^[-+]|[-+]$/)
    if (sign) {
      found.signs += 1
      found.minus ||= sign === '-'
    }
    const mark = takeOff(LEADING_MARK) ?? takeOff(TRAILING_MARK)
    if (mark) found.marks.push(mark)
    if (takeOff(/%$/)) found.percent = true
  }
  const [mark, another] = found.marks
  if (found.signs > 1 || another !== undefined) return undefined
  if (!/^[\d.,'’ ]*\d[\d.,'’ ]*$/.test(body)) return undefined
  const amount = { body, negative: found.minus, percent: found.percent }
  return mark === undefined ? amount : { ...amount, mark }
}

interface Digits {
  integer: string
  fraction: string
}

/** Tells grouping from decimals. `assumption` says what `1,234` is where no hint does. */
function readNumber(
  body: string,
  hint: DecimalSeparator | undefined,
  assumption: 'groups' | undefined,
): Digits | 'ambiguous' | undefined {
  const blanks = body.match(/[ '’]/)?.[0]
  if (blanks !== undefined) {
    const match = /^(\d{1,3}(?:[ '’]\d{3})+)(?:[.,](\d*))?$/.exec(body)
    if (!match?.[1]) return undefined
    return { integer: match[1].replaceAll(/\D/g, ''), fraction: match[2] ?? '' }
  }
  const last = Math.max(body.lastIndexOf('.'), body.lastIndexOf(','))
  if (last === -1) return { integer: body, fraction: '' }
  const separator = body[last] ?? ''
  const before = body.slice(0, last)
  const after = body.slice(last + 1)
  if (!/[.,]/.test(before)) {
    const couldGroup = after.length === 3 && /^[1-9]\d{0,2}$/.test(before)
    if (couldGroup && hint === undefined && assumption === undefined) return 'ambiguous'
    if (couldGroup && hint === 'mixed') return 'ambiguous'
    if (couldGroup && hint !== separator) return { integer: before + after, fraction: '' }
    return { integer: before || '0', fraction: after }
  }
  if (before.includes(separator)) return ungroup(body, separator)
  const grouped = ungroup(before, separator === '.' ? ',' : '.')
  return grouped && { integer: grouped.integer, fraction: after }
}

/** Thousands in threes, or after the Indian manner in twos before the last three. */
function ungroup(text: string, separator: string): Digits | undefined {
  const parts = text.split(separator)
  const [first = '', ...rest] = parts
  const last = rest.at(-1) ?? ''
  const inThrees = /^\d{1,3}$/.test(first) && rest.every((part) => /^\d{3}$/.test(part))
  const inTwos =
    /^\d{1,2}$/.test(first) &&
    /^\d{3}$/.test(last) &&
    rest.slice(0, -1).every((part) => /^\d{2}$/.test(part))
  return inThrees || inTwos ? { integer: parts.join(''), fraction: '' } : undefined
}

/** Whether nothing is lost with `digits` decimals. Spreadsheets write 0.1 + 0.2 as 0.30000000000000004. */
function fits({ fraction }: Digits, digits: number): boolean {
  return /^(0*|0{7,}\d*|9{7,}\d*)$/.test(fraction.slice(digits))
}

/** The number times ten to the power of `digits`, rounded half up, without going through floats. */
function scale(number: Digits, digits: number): bigint {
  const kept = number.fraction.slice(0, digits).padEnd(digits, '0')
  const roundsUp = (number.fraction[digits] ?? '0') >= '5'
  return BigInt(number.integer + kept) + (roundsUp ? 1n : 0n)
}

function toPercent(fraction: string): number {
  const [integer = '0', decimals = ''] = fraction.split('.')
  return Number(`${integer}${decimals.slice(0, 2).padEnd(2, '0')}.${decimals.slice(2) || '0'}`)
}

function ambiguous(body: string) {
  return broken(
    'ambiguous_number',
    `may have decimals or thousands in "${body}": choose the decimal separator`,
  )
}

function outOfRange(min: number, max: number) {
  return broken('out_of_range', `must be between ${min} and ${max}`)
}

/** No number a person writes is longer; it bounds what a cell of a megabyte costs. */
const LONGEST = 80

const codes = new Set(currencies)

const dollars = 'USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP BRL'.split(' ')

/** Signs of money, each with the currencies it may mean, the likeliest first. */
const marks: Record<string, string[]> = {
  // `US$`, and `$US` as the French have it.
  ...Object.fromEntries(
    dollars.flatMap((code) => {
      const country = code.slice(0, 2).toLowerCase()
      return [`${country}$`, `$${country}`].map((mark) => [mark, [code]])
    }),
  ),
  $: dollars.filter((code) => code !== 'BRL'),
  c$: ['CAD'],
  a$: ['AUD'],
  s$: ['SGD'],
  nt$: ['TWD'],
  r$: ['BRL'],
  '€': ['EUR'],
  '£': ['GBP'],
  'gb£': ['GBP'],
  '£gb': ['GBP'],
  '¥': ['JPY', 'CNY'],
  '￥': ['JPY', 'CNY'],
  'jp¥': ['JPY'],
  'cn¥': ['CNY'],
  '₹': ['INR'],
  '₽': ['RUB'],
  '₺': ['TRY'],
  '₩': ['KRW'],
  '₪': ['ILS'],
  '₴': ['UAH'],
  '₫': ['VND'],
  '฿': ['THB'],
  '₱': ['PHP'],
  '₦': ['NGN'],
  zł: ['PLN'],
  kč: ['CZK'],
  ft: ['HUF'],
  lei: ['RON'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  'kr.': ['DKK', 'SEK', 'NOK', 'ISK'],
  fr: ['CHF'],
  'fr.': ['CHF'],
  'sfr.': ['CHF'],
}

const anyMark = [...Object.keys(marks), ...codes]
  .sort((one, two) => two.length - one.length)
  .map((mark) => mark.replaceAll(/[$.]/g, '\\$&'))
  .join('|')
const LEADING_MARK = new RegExp(`^(?:${anyMark})(?![a-z])\\s*`, 'iu')
const TRAILING_MARK = new RegExp(`\\s*(?<![a-z])(?:${anyMark})$`, 'iu')

function currencyOf(mark: string, preferred: string): string {
  const meanings = marks[mark.toLowerCase()]
  if (!meanings) return mark.toUpperCase()
  return meanings.includes(preferred) ? preferred : (meanings[0] ?? preferred)
}
