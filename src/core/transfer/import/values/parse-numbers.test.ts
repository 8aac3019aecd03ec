import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minorDigits } from '../../../../contract/kernel/currencies'
import { moneyFromMinor } from '../../../../contract/kernel/money'
import { parseInteger, parseMoney, parseNumber, parseProbability } from './parse-numbers'

describe('money', () => {
  it.each([
    ['1054', 105_400],
    ['1,234.56', 123_456],
    ['1.234,56', 123_456],
    ['1 234,56', 123_456],
    ['1\u00A0234,56', 123_456],
    ['1\u202F234\u202F567,8', 123_456_780],
    ["1'234.50", 123_450],
    ['1’234’567', 123_456_700],
    ['12,34,567.00', 123_456_700],
    ['1,234,567', 123_456_700],
    ['1.234.567', 123_456_700],
    ['1.234.567,89', 123_456_789],
    ['1,234', 123_400],
    ['1.234', 123_400],
    ['1234.5', 123_450],
    ['1234,5', 123_450],
    ['.5', 50],
    ['5.', 500],
    ['0', 0],
    ['-0', 0],
    ['+5', 500],
    ['-5', -500],
    ['−5', -500],
    ['5-', -500],
    ['(123.45)', -12_345],
    ['$1,234.00', 123_400],
    ['$ 5', 500],
    ['5 $', 500],
    ['-$5.00', -500],
    ['$-5.00', -500],
    ['($5.00)', -500],
    ['$(5.00)', -500],
    ['USD 5', 500],
    ['5.00 USD', 500],
    ['5usd', 500],
    ['US$5', 500],
    ['19.990000000000002', 1999],
    ['19.989999999999998', 1999],
    ['33.3300', 3333],
    ['1.005', 100_500],
    ['$ -', 0],
    ['-   $', 0],
    ['90071992547409.91', 9_007_199_254_740_991],
  ])('%s is %i cents', (cell, minor) => {
    expect(parseMoney(cell, { currency: 'USD' })).toEqual({ value: { minor, currency: 'USD' } })
  })

  it.each([
    ['€ 1,234', 'EUR', 123_400],
    ['1.234,56 €', 'EUR', 123_456],
    ['€1 234,56', 'EUR', 123_456],
    ['5,- €', 'EUR', 500],
    ['EUR 5,—', 'EUR', 500],
    ['£5', 'GBP', 500],
    ['5 zł', 'PLN', 500],
    ['1 234,50 Kč', 'CZK', 123_450],
    ["CHF 1'234.-", 'CHF', 123_400],
    ['Fr. 5.50', 'CHF', 550],
    ['R$ 1.234,56', 'BRL', 123_456],
    ['¥1,234', 'JPY', 1234],
    ['5 kr', 'SEK', 500],
    ['₹12,34,567', 'INR', 123_456_700],
  ])('%s names its currency', (cell, currency, minor) => {
    expect(parseMoney(cell, { currency: 'USD' })).toEqual({ value: { minor, currency } })
  })

  it.each([
    ['10.005', 'EUR', 'at most 2 decimals, as EUR has'],
    ['99.999', 'USD', 'at most 2 decimals, as USD has'],
    ['0,125', 'USD', 'at most 2 decimals, as USD has'],
    ['12.50', 'JPY', 'no decimals, as JPY has'],
    ['1,234.6 JPY', 'USD', 'no decimals, as JPY has'],
    ['KWD 1.2345', 'USD', 'at most 3 decimals, as KWD has'],
  ])('%s in %s is not rounded', (cell, currency, rule) => {
    const read = parseMoney(cell, { currency, decimalSeparator: cell === '0,125' ? ',' : '.' })
    expect(read.problem?.message).toBe(`must have ${rule}`)
  })

  it('with a sign of several currencies is in the one expected, if that is one of them', () => {
    expect(parseMoney('$5', { currency: 'CAD' }).value).toEqual({ minor: 500, currency: 'CAD' })
    expect(parseMoney('$5', { currency: 'EUR' }).value).toEqual({ minor: 500, currency: 'USD' })
    expect(parseMoney('5 kr.', { currency: 'NOK' }).value?.currency).toBe('NOK')
    expect(parseMoney('¥5', { currency: 'CNY' }).value?.currency).toBe('CNY')
  })

  it.each([
    ['1,234', '.', 123_400],
    ['1,230', ',', 123],
    ['1.230', '.', 123],
    ['1.234', ',', 123_400],
    ['1,234.5', ',', 123_450],
    ['1,5', '.', 150],
    ['1.5', 'mixed', 150],
  ] as const)('%s in a column with decimal %s is %i cents', (cell, decimalSeparator, minor) => {
    const parsed = parseMoney(cell, { currency: 'USD', decimalSeparator })
    expect(parsed.value?.minor).toBe(minor)
  })

  it('that is ambiguous is a problem', () => {
    const problem = {
      rule: 'ambiguous_number',
      message: 'may have decimals or thousands in "1,234": choose the decimal separator',
    }
    expect(parseMoney('1,234', { currency: 'USD', decimalSeparator: 'mixed' })).toEqual({ problem })
    expect(parseMoney('1,234', { currency: 'KWD' })).toEqual({ problem })
    expect(parseMoney('1,234', { currency: 'KWD', decimalSeparator: ',' }).value?.minor).toBe(1234)
  })

  it.each([
    'abc',
    '$',
    '--',
    '5 5',
    '1 23',
    '1,23,4',
    '1,234,56',
    '1.234.56',
    '1.2.3',
    '1,2.3,4',
    '5%',
    '1e5',
    '2017-03-01',
    '5 apples',
    '-(5)',
    '--5',
    '$5€',
    '1’23',
    '٣',
    '9'.repeat(100_000),
  ])('is not %s', (cell) => {
    expect(parseMoney(cell, { currency: 'USD' }).problem?.rule).toBe('not_money')
  })

  it('must be countable', () => {
    expect(parseMoney('90071992547409.92', { currency: 'USD' }).problem?.rule).toBe('out_of_range')
  })
})

describe('money in any form', () => {
  it('comes back from every way of writing it', () => {
    const locales = [
      'en-US',
      'de-DE',
      'fr-FR',
      'de-CH',
      'en-IN',
      'pl-PL',
      'sv-SE',
      'pt-BR',
      'es-ES',
    ]
    const currencies = ['USD', 'EUR', 'GBP', 'JPY', 'KWD', 'PLN', 'CHF', 'BRL', 'INR', 'SEK']
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000_000, max: 10_000_000_000 }),
        fc.constantFrom(...locales),
        fc.constantFrom(...currencies),
        fc.constantFrom('symbol' as const, 'code' as const, 'none' as const),
        fc.constantFrom('standard' as const, 'accounting' as const),
        (minor, locale, currency, display, currencySign) => {
          const digits = minorDigits(currency)
          const format =
            display === 'none'
              ? new Intl.NumberFormat(locale, { minimumFractionDigits: digits })
              : new Intl.NumberFormat(locale, {
                  style: 'currency',
                  currency,
                  currencyDisplay: display,
                  currencySign,
                })
          const { amount } = moneyFromMinor(minor, currency)
          const cell = format.format(amount as `${number}`)
          const decimal = format.formatToParts(0.5).find((part) => part.type === 'decimal')?.value
          const decimalSeparator = decimal === ',' ? ',' : '.'
          expect([cell, parseMoney(cell, { currency, decimalSeparator })]).toEqual([
            cell,
            { value: { minor, currency } },
          ])
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('comes back from plain decimal text without any hint', () => {
    fc.assert(
      fc.property(fc.integer(), (minor) => {
        const { amount } = moneyFromMinor(minor, 'EUR')
        expect(parseMoney(amount, { currency: 'EUR' }).value?.minor).toBe(minor)
      }),
    )
  })

  it('never throws and is always whole', () => {
    const unit = fc.constantFrom(..."0159.,' -+()$€%UsDkr", '\u00A0', '−')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (cell) => {
        const { value } = parseMoney(cell, { currency: 'USD' })
        if (value) expect(Number.isSafeInteger(value.minor)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('a number', () => {
  it('is read alike with blanks around it and without', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'01259'), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(digits, fc.option(digits), (integer, fraction) => {
        const cell = fraction === null ? integer : `${integer}.${fraction}`
        const padded = ` ${cell} `
        for (const decimalSeparator of ['.', ',', 'mixed'] as const) {
          expect(parseNumber(cell, { decimalSeparator })).toEqual(
            parseNumber(padded, { decimalSeparator }),
          )
          expect(parseMoney(cell, { currency: 'EUR', decimalSeparator })).toEqual(
            parseMoney(padded, { currency: 'EUR', decimalSeparator }),
          )
        }
        expect(parseNumber(cell)).toEqual(parseNumber(padded))
        expect(parseProbability(cell)).toEqual(parseProbability(padded))
      }),
    )
  })

  it.each([
    ['2822', 2822],
    ['1,234', 1234],
    ['12.0', 12],
    ['-5', -5],
    ['(5)', -5],
    ['1 234 567', 1_234_567],
    ['0', 0],
  ])('%s is the whole %i', (cell, value) => {
    expect(parseInteger(cell)).toEqual({ value })
  })

  it.each([
    ['1.5', 'not_an_integer'],
    ['abc', 'not_an_integer'],
    ['$5', 'not_an_integer'],
    ['5%', 'not_an_integer'],
    ['11', 'out_of_range'],
    ['-1', 'out_of_range'],
  ])('%s is not a whole one up to 10', (cell, rule) => {
    expect(parseInteger(cell, { min: 0, max: 10 }).problem?.rule).toBe(rule)
  })

  it('out of range says the range', () => {
    expect(parseInteger('11', { min: 0, max: 10 }).problem?.message).toBe(
      'must be between 0 and 10',
    )
  })

  it.each([
    ['1100.04', 1100.04],
    ['1.234,5', 1234.5],
    ['-0.5', -0.5],
    ['1.5E-3', 0.0015],
    ['.25', 0.25],
  ])('%s is %d', (cell, value) => {
    expect(parseNumber(cell)).toEqual({ value })
  })

  it('like 1.234 needs the hint of its column', () => {
    expect(parseNumber('1.234').problem?.rule).toBe('ambiguous_number')
    expect(parseNumber('1.234', { decimalSeparator: '.' })).toEqual({ value: 1.234 })
    expect(parseNumber('1.234', { decimalSeparator: ',' })).toEqual({ value: 1234 })
    expect(parseNumber('x').problem?.rule).toBe('not_a_number')
    expect(parseNumber('1e999').problem?.rule).toBe('not_a_number')
  })
})

describe('a probability', () => {
  it.each([
    ['40%', undefined, 40],
    ['40 %', undefined, 40],
    ['40', undefined, 40],
    ['40.5', undefined, 41],
    ['12,5%', undefined, 13],
    ['0', undefined, 0],
    ['0%', undefined, 0],
    ['0.4%', undefined, 0],
    ['1%', undefined, 1],
    ['100', undefined, 100],
    ['0.4', 'fraction', 40],
    ['0,4', 'fraction', 40],
    ['0.405', 'fraction', 41],
    ['1', 'fraction', 100],
    ['40%', 'fraction', 40],
    ['1', 'percent', 1],
    ['0.29', 'fraction', 29],
  ] as const)('%s counted as %s is %i', (cell, scale, value) => {
    expect(parseProbability(cell, scale ? { scale } : {})).toEqual({ value })
  })

  it.each([
    ['0.4', 'ambiguous_probability'],
    ['1', 'ambiguous_probability'],
    ['101', 'out_of_range'],
    ['-5', 'out_of_range'],
    ['likely', 'not_a_number'],
    ['$5', 'not_a_number'],
  ])('%s is a problem', (cell, rule) => {
    expect(parseProbability(cell).problem?.rule).toBe(rule)
  })

  it('between two meanings names both', () => {
    expect(parseProbability('0.4').problem?.message).toBe('may be 0.4 % or 40 %')
  })
})
