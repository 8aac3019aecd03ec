import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minorDigits } from '../../../../contract/kernel/currencies'
import { moneyFromMinor } from '../../../../contract/kernel/money'
import { Email } from '../../../../contract/kernel/shapes'
import {
  createColumnHintsFinder,
  findColumnHints,
  openTimeZone,
  parseBoolean,
  parseDate,
  parseEmail,
  parseInstant,
  parseInteger,
  parseMoney,
  parseNumber,
  parsePhone,
  parseProbability,
  parseTags,
  parseText,
  parseWebsite,
} from './parse-values'

describe('a cell without a value', () => {
  it.each(['', '  ', '-', '–', 'NULL', 'n/a', '#N/A', 'None', 'NaN'])('%j is null', (cell) => {
    expect(parseMoney(cell, { currency: 'USD' })).toEqual({ value: null })
    expect(parseInteger(cell)).toEqual({ value: null })
    expect(parseNumber(cell)).toEqual({ value: null })
    expect(parseProbability(cell)).toEqual({ value: null })
    expect(parseDate(cell)).toEqual({ value: null })
    expect(parseInstant(cell, { zone: openTimeZone('UTC') })).toEqual({ value: null })
    expect(parseEmail(cell)).toEqual({ value: null })
    expect(parsePhone(cell)).toEqual({ value: null })
    expect(parseWebsite(cell)).toEqual({ value: null })
    expect(parseBoolean(cell)).toEqual({ value: null })
  })

  it('is no more than blank for text, which may well be "None"', () => {
    expect(parseText('  ', { maxLength: 9 })).toEqual({ value: null })
    expect(parseText('None', { maxLength: 9 })).toEqual({ value: 'None' })
    expect(parseTags(' ; , ')).toEqual({ value: [] })
  })
})

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

  it('that cannot be told is a problem', () => {
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

describe('a date', () => {
  const now = Date.UTC(2026, 10, 20)

  it.each([
    ['2017-03-01', '2017-03-01'],
    ['2017-3-1', '2017-03-01'],
    ['2017/03/01', '2017-03-01'],
    ['2017.03.01', '2017-03-01'],
    ['20170301', '2017-03-01'],
    ['20170301140500', '2017-03-01'],
    ['2017-03-01T14:05', '2017-03-01'],
    ['2017-03-01 14:05:06.789', '2017-03-01'],
    ['2017-03-01T23:30:00Z', '2017-03-01'],
    ['2017-03-01T23:30:00-05:00', '2017-03-02'],
    ['2017-03-01T00:00:00.000Z', '2017-03-01'],
    ['2017-03-01T00:00:00+02:00', '2017-03-01'],
    ['01.03.2017', '2017-03-01'],
    ['1.3.2017', '2017-03-01'],
    ['1.3.17', '2017-03-01'],
    ['25/03/2017', '2017-03-25'],
    ['03/25/2017', '2017-03-25'],
    ['25-03-2017', '2017-03-25'],
    ['3/3/2017', '2017-03-03'],
    ['3/25/17', '2017-03-25'],
    ['3/25/46', '2046-03-25'],
    ['3/25/47', '1947-03-25'],
    ['03/25/2017 2:05 PM', '2017-03-25'],
    ['Mar 1, 2017', '2017-03-01'],
    ['Mar 1 2017', '2017-03-01'],
    ['March 1st, 2017', '2017-03-01'],
    ['1 March 2017', '2017-03-01'],
    ['1st of March 2017', '2017-03-01'],
    ['1. March 2017', '2017-03-01'],
    ['01-Mar-2017', '2017-03-01'],
    ['1-Mar-17', '2017-03-01'],
    ['2017-Mar-01', '2017-03-01'],
    ['Sept. 5, 2017', '2017-09-05'],
    ['Wed, 1 Mar 2017', '2017-03-01'],
    ['Wednesday, March 1, 2017', '2017-03-01'],
    ['Wed, 01 Mar 2017 14:05:00 +0100', '2017-03-01'],
    ['Wed Mar 01 2017 14:05:00 GMT+0100 (Central European Standard Time)', '2017-03-01'],
    ['42795', '2017-03-01'],
    ['42795.75', '2017-03-01'],
    ['1488377100', '2017-03-01'],
    ['1488377100000', '2017-03-01'],
    ['2016-02-29', '2016-02-29'],
    ['  2017-03-01 ', '2017-03-01'],
  ])('%s is %s', (cell, date) => {
    expect(parseDate(cell, { now })).toEqual({ value: date })
  })

  it.each([
    ['03/04/2017', 'dmy', '2017-04-03'],
    ['03/04/2017', 'mdy', '2017-03-04'],
    ['03-04-17', 'ymd', '2003-04-17'],
    ['03-04-2017', 'dmy', '2017-04-03'],
    ['25/03/2017', 'mixed', '2017-03-25'],
    ['25/03/2017', 'ymd', '2017-03-25'],
    ['03.04.2017', 'mdy', '2017-04-03'],
    ['2017-03-04', 'dmy', '2017-03-04'],
  ] as const)('%s in a column of %s is %s', (cell, dateOrder, date) => {
    expect(parseDate(cell, { dateOrder, now })).toEqual({ value: date })
  })

  it('that cannot be told says what it may be', () => {
    const problem = {
      rule: 'ambiguous_date',
      message: 'may be 3 April or 4 March: choose the order of day and month',
    }
    expect(parseDate('03/04/2017')).toEqual({ problem })
    expect(parseDate('03/04/2017', { dateOrder: 'mixed' })).toEqual({ problem })
    expect(parseDate('03/04/2017', { dateOrder: 'ymd' })).toEqual({ problem })
  })

  it('against the order of its column says so', () => {
    expect(parseDate('03/25/2017', { dateOrder: 'dmy' }).problem).toEqual({
      rule: 'no_such_date',
      message: '"03/25/2017" is no date as day, month, year',
    })
  })

  it.each([
    ['2017-02-29', 'no_such_date'],
    ['2017-13-01', 'no_such_date'],
    ['31/04/2017', 'no_such_date'],
    ['99/99/2017', 'no_such_date'],
    ['31.02.2017', 'no_such_date'],
    ['Feb 30, 2017', 'no_such_date'],
    ['0000-01-01', 'no_such_date'],
    ['0001-01-01', 'out_of_range'],
    ['1899-12-31', 'out_of_range'],
    ['01/01/3000', 'out_of_range'],
    ['1/13/17', 'two_digit_year'],
    ['1-Mar-17', 'two_digit_year'],
    ['2017-03-01T25:00', 'no_such_time'],
    ['2017-03-01T10:60', 'no_such_time'],
    ['2017-03-01 13:00 PM', 'no_such_time'],
    ['2017', 'not_a_date'],
    ['20171301', 'not_a_date'],
    ['123', 'not_a_date'],
    ['tomorrow', 'not_a_date'],
    ['1 Foo 2017', 'not_a_date'],
    ['03/2017', 'not_a_date'],
    ['2017-03/01', 'not_a_date'],
    ['10:30', 'not_a_date'],
    ['2017-03-01 noon', 'not_a_date'],
    ['9'.repeat(100_000), 'not_a_date'],
  ])('is not %s', (cell, rule) => {
    expect(parseDate(cell).problem?.rule).toBe(rule)
  })

  it.each([
    ['0001-01-01', 'out_of_range'],
    ['1899-12-31T23:59:59Z', 'out_of_range'],
    ['1900-01-01', undefined],
    ['2999-12-31', undefined],
    ['9999-12-31 23:59:59', 'out_of_range'],
    ['9999-12-31T23:59:59-05:00', 'out_of_range'],
  ])('and %s as an instant is as far off as a form takes it', (cell, rule) => {
    const zone = openTimeZone('America/New_York')
    expect(parseInstant(cell, { zone }).problem?.rule).toBe(rule)
  })

  it('of an instant is the one on the calendar of the zone', () => {
    const zone = openTimeZone('America/New_York')
    expect(parseDate('2017-03-01T03:00:00Z', { zone })).toEqual({ value: '2017-02-28' })
    expect(parseDate('1488337200', { zone })).toEqual({ value: '2017-02-28' })
    // Midnight as written is how programs give out a calendar date.
    expect(parseDate('2017-03-01T00:00:00Z', { zone })).toEqual({ value: '2017-03-01' })
  })

  it('comes back from every way of writing it', () => {
    const day = fc.date({
      min: new Date('1947-01-01T00:00:00Z'),
      max: new Date('2045-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    const writers: [string, (iso: string, date: Date) => string, 'dmy' | 'mdy' | undefined][] = [
      ['iso', (iso) => iso, undefined],
      ['slashed', (iso) => iso.replaceAll('-', '/'), undefined],
      ['compact', (iso) => iso.replaceAll('-', ''), undefined],
      ['british', (iso) => iso.split('-').reverse().join('/'), 'dmy'],
      ['german', (iso) => iso.split('-').reverse().join('.'), undefined],
      ['american', (_, date) => date.toLocaleDateString('en-US', { timeZone: 'UTC' }), 'mdy'],
      [
        'american, short',
        (_, date) => date.toLocaleDateString('en-US', { dateStyle: 'short', timeZone: 'UTC' }),
        'mdy',
      ],
      [
        'medium',
        (_, date) => date.toLocaleDateString('en-US', { dateStyle: 'medium', timeZone: 'UTC' }),
        undefined,
      ],
      [
        'full',
        (_, date) => date.toLocaleDateString('en-US', { dateStyle: 'full', timeZone: 'UTC' }),
        undefined,
      ],
      [
        'British, long',
        (_, date) => date.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
        undefined,
      ],
      ['RFC 2822', (_, date) => date.toUTCString(), undefined],
      ['serial', (_, date) => String(Math.floor(date.getTime() / 86_400_000) + 25_569), undefined],
    ]
    fc.assert(
      fc.property(day, fc.constantFrom(...writers), (date, [, write, dateOrder]) => {
        const iso = date.toISOString().slice(0, 10)
        const cell = write(iso, date)
        const parsed = parseDate(cell, { now, ...(dateOrder ? { dateOrder } : {}) })
        expect([cell, parsed]).toEqual([cell, { value: iso }])
      }),
      { numRuns: 2000 },
    )
  })
})

describe('an instant', () => {
  const berlin = openTimeZone('Europe/Berlin')
  const at = (iso: string) => ({ value: Date.parse(iso) })

  it.each([
    ['2017-03-01T14:05:06.789Z', '2017-03-01T14:05:06.789Z'],
    ['2017-03-01T14:05:06+05:30', '2017-03-01T08:35:06Z'],
    ['2017-03-01 14:05 +0100', '2017-03-01T13:05:00Z'],
    ['2017-03-01 14:05:00 UTC', '2017-03-01T14:05:00Z'],
    ['2017-03-01T14:05:06.123456789-03', '2017-03-01T17:05:06.123Z'],
    ['2017-03-01 14:05', '2017-03-01T13:05:00Z'],
    ['2017-07-01 14:05', '2017-07-01T12:05:00Z'],
    ['2017-03-01', '2017-02-28T23:00:00Z'],
    ['01.03.2017 14:05', '2017-03-01T13:05:00Z'],
    ['01.03.2017, 14:05:09', '2017-03-01T13:05:09Z'],
    ['Mar 25, 2017, 2:05:09 PM', '2017-03-25T13:05:09Z'],
    ['25/03/2017 12:00 am', '2017-03-24T23:00:00Z'],
    ['25/03/2017 12:00 pm', '2017-03-25T11:00:00Z'],
    ['25/03/2017 2 p.m.', '2017-03-25T13:00:00Z'],
    ['20170301140500', '2017-03-01T13:05:00Z'],
    ['1488377100', '2017-03-01T14:05:00Z'],
    ['1488377100.25', '2017-03-01T14:05:00.250Z'],
    ['1488377100123', '2017-03-01T14:05:00.123Z'],
    ['42795.5868055556', '2017-03-01T13:05:00Z'],
    ['42795', '2017-02-28T23:00:00Z'],
    // The clocks go from 2:00 to 3:00, and from 3:00 back to 2:00.
    ['2017-03-26 02:30', '2017-03-26T01:30:00Z'],
    ['2017-10-29 02:30', '2017-10-29T00:30:00Z'],
    ['2017-10-29 03:00', '2017-10-29T02:00:00Z'],
    ['Sun, 29 Oct 2017 02:30:00 GMT', '2017-10-29T02:30:00Z'],
  ])('%s in Berlin is %s', (cell, iso) => {
    expect(parseInstant(cell, { zone: berlin })).toEqual(at(iso))
  })

  it('has the problems of its date', () => {
    expect(parseInstant('03/04/2017 10:00', { zone: berlin }).problem?.rule).toBe('ambiguous_date')
    expect(parseInstant('soon', { zone: berlin }).problem?.rule).toBe('not_a_date')
  })

  it('and its wall time agree in every zone, summer and winter', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/St_Johns',
      'Pacific/Apia',
      'Africa/Casablanca',
      'UTC',
    ].map(openTimeZone)
    const instant = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2037, 0) })
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (time, zone) => {
        const wall = zone.toWallTime(time)
        const back = zone.toInstant(wall)
        expect(zone.toWallTime(back)).toEqual(wall)
        // Of an hour that comes twice, the first is meant.
        expect(time - back).toBeGreaterThanOrEqual(0)
        expect(time - back).toBeLessThanOrEqual(3_600_000)
      }),
      { numRuns: 2000 },
    )
  })

  it('needs a zone that exists', () => {
    expect(() => openTimeZone('Mars/Olympus')).toThrow(RangeError)
  })
})

describe('what a column tells', () => {
  it.each([
    [['03/04/2017', '25/03/2017'], { dateOrder: 'dmy', ambiguousDates: 1 }],
    [['03/04/2017', '03/25/2017 10:00'], { dateOrder: 'mdy', ambiguousDates: 1 }],
    [['25/03/2017', '03/25/2017'], { dateOrder: 'mixed' }],
    [['99/12/31', '98-01-02'], { dateOrder: 'ymd' }],
    [['1.234,56', '1.234'], { decimalSeparator: ',', ambiguousNumbers: 1 }],
    [['1,234', '1,234.5'], { decimalSeparator: '.', ambiguousNumbers: 1 }],
    [['1,234,567'], { decimalSeparator: '.' }],
    [['$5.5', '€ 5,5'], { decimalSeparator: 'mixed' }],
    [['0.4', '1', '0'], { probabilityScale: 'fraction' }],
    [['0.4', '40'], { probabilityScale: 'percent' }],
    [['1%'], { probabilityScale: 'percent' }],
  ])('%j', (cells, hints) => {
    expect(findColumnHints(cells)).toMatchObject(hints)
  })

  it.each([
    [
      [
        'Acme',
        '',
        'note 1',
        '2017-03-01',
        '01.03.2017',
        '3/3/2017',
        '192.168.1.1',
        'x'.repeat(1e6),
      ],
    ],
    [['1054', '0', '1', '14:05', '+49 30 1234567', 'a@b.de']],
  ])('is nothing for the wrong reason: %#', (cells) => {
    const { dateOrder, decimalSeparator } = findColumnHints(cells)
    expect([dateOrder, decimalSeparator]).toEqual([undefined, undefined])
  })

  it('can be asked while it is still being read, with the first example of each', () => {
    const finder = createColumnHintsFinder()
    finder.add('03/04/2017')
    expect(finder.hints()).toEqual({ ambiguousDates: 1, ambiguousNumbers: 0, examples: {} })
    finder.add('25/03/2017')
    finder.add('26/03/2017')
    expect(finder.hints().examples).toEqual({ dmy: '25/03/2017' })
  })

  it('is enough to read every value of a column written in one way', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 100_000_000 }), { minLength: 5 })
    fc.assert(
      fc.property(amounts, fc.constantFrom('en-US', 'de-DE'), (column, locale) => {
        const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 })
        const cells = column.map((minor) => format.format(minor / 100))
        const { decimalSeparator } = findColumnHints(cells)
        expect(decimalSeparator).toBe(locale === 'de-DE' ? ',' : '.')
        const options = { currency: 'EUR', ...(decimalSeparator ? { decimalSeparator } : {}) }
        expect(cells.map((cell) => parseMoney(cell, options).value?.minor)).toEqual(column)
      }),
    )
  })
})

describe('text', () => {
  it('is trimmed, composed and on one line unless it may have several', () => {
    expect(parseText('  Zoe\u0308 \r\n\r\n Smith\t', { maxLength: 99 })).toEqual({
      value: 'Zoë Smith',
    })
    expect(parseText(' a  \r\n\r\n  b\rc ', { maxLength: 99, lines: true })).toEqual({
      value: 'a\n\n  b\nc',
    })
  })

  it('has a length', () => {
    expect(parseText('12345', { maxLength: 5 })).toEqual({ value: '12345' })
    expect(parseText('123456', { maxLength: 5 })).toEqual({
      problem: { rule: 'too_long', message: 'must have at most 5 characters' },
    })
  })

  it('of a megabyte of blanks costs little', () => {
    const started = performance.now()
    const blanks = ' '.repeat(1_000_000)
    parseText(`a${blanks}b`, { maxLength: 5 })
    parseEmail(`a@${blanks}@b`)
    parseMoney(`1${blanks}1`, { currency: 'USD' })
    parseDate(`1${blanks}1`)
    parseWebsite(`a${blanks}b`)
    parsePhone(`1${blanks}1`)
    parseTags(`1${blanks}1`)
    findColumnHints([`1${blanks}1`])
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('an e-mail address', () => {
  it.each([
    ['anna@acme.com', 'anna@acme.com'],
    [' Anna.Snelling+crm@ACME.Co.UK ', 'Anna.Snelling+crm@acme.co.uk'],
    ['Anna Snelling <anna@acme.com>', 'anna@acme.com'],
    ['mailto:anna@acme.com', 'anna@acme.com'],
    ['anna@acme.com;', 'anna@acme.com'],
    ["o'brien@acme.ie", "o'brien@acme.ie"],
    ['info@müller.de', 'info@xn--mller-kva.de'],
  ])('%s is %s', (cell, email) => {
    expect(parseEmail(cell)).toEqual({ value: email })
    expect(Email.safeParse(email).success).toBe(true)
  })

  it.each([
    ['anna', 'not_an_email'],
    ['anna@', 'not_an_email'],
    ['@acme.com', 'not_an_email'],
    ['anna@acme', 'not_an_email'],
    ['anna@@acme.com', 'not_an_email'],
    ['anna@acme..com', 'not_an_email'],
    ['an na@acme.com', 'not_an_email'],
    ['.anna@acme.com', 'not_an_email'],
    ['=cmd@acme.com', 'not_an_email'],
    [`${'a'.repeat(250)}@acme.com`, 'not_an_email'],
    ['a@b.com, c@d.com', 'several_emails'],
    ['a@b.com;c@d.com', 'several_emails'],
  ])('is not %s', (cell, rule) => {
    expect(parseEmail(cell).problem?.rule).toBe(rule)
  })
})

describe('a phone number', () => {
  it('is kept as it was written', () => {
    expect(parsePhone(' +49 (0)30  1234-56 ext. 7 ')).toEqual({ value: '+49 (0)30 1234-56 ext. 7' })
    expect(parsePhone('0049301234')).toEqual({ value: '0049301234' })
  })

  it('that a spreadsheet shortened is lost', () => {
    expect(parsePhone('4.93012E+11').problem?.rule).toBe('shortened_number')
    expect(parsePhone('1'.repeat(61)).problem?.rule).toBe('too_long')
  })
})

describe('a web site', () => {
  it.each([
    ['acme.com', 'https://acme.com', 'acme.com'],
    ['WWW.Acme.COM/', 'https://www.acme.com', 'acme.com'],
    [
      'http://shop.acme.co.uk:8080/a?b=c#d',
      'http://shop.acme.co.uk:8080/a?b=c#d',
      'shop.acme.co.uk',
    ],
    ['https://www.müller.de', 'https://www.xn--mller-kva.de', 'xn--mller-kva.de'],
    ['//acme.com', 'https://acme.com', 'acme.com'],
    ['www.com', 'https://www.com', 'www.com'],
    ['acme.com.', 'https://acme.com', 'acme.com'],
  ])('%s', (cell, url, domain) => {
    expect(parseWebsite(cell)).toEqual({ value: { url, domain } })
  })

  it.each([
    'acme',
    'not a site.com',
    'anna@acme.com',
    'javascript:alert(1)',
    'ftp://acme.com',
    'https://user:secret@acme.com',
    'http://127.0.0.1',
    'http://localhost',
    'https://-acme.com',
  ])('is not %s', (cell) => {
    expect(parseWebsite(cell).problem?.rule).toBe('not_a_website')
  })
})

describe('yes or no', () => {
  it.each(['yes', 'TRUE', '1', 'y', 'x', 'Ja', 'oui'])('%s is yes', (cell) => {
    expect(parseBoolean(cell)).toEqual({ value: true })
  })

  it.each(['no', 'False', '0', 'N', 'nein', 'non'])('%s is no', (cell) => {
    expect(parseBoolean(cell)).toEqual({ value: false })
  })

  it.each(['maybe', '2'])('%s is neither', (cell) => {
    expect(parseBoolean(cell).problem?.rule).toBe('not_a_boolean')
  })
})

describe('tags', () => {
  it('stand between semicolons, commas, bars and line breaks, each once', () => {
    expect(parseTags('a; b, c|d\ne;;A ;  two   words')).toEqual({
      value: ['a', 'b', 'c', 'd', 'e', 'two words'],
    })
  })

  it.each([
    ['a,b; c', ['a,b', 'c']],
    ['a, b', ['a', 'b']],
    ['"a,b"; "c;d"; e', ['a,b', 'c;d', 'e']],
  ])('of a file of ours, %s, keep their commas beside semicolons', (cell, tags) => {
    expect(parseTags(cell, { ours: true })).toEqual({ value: tags })
  })

  it('have a length and a number', () => {
    expect(parseTags('a'.repeat(61)).problem?.rule).toBe('too_long')
    const many = Array.from({ length: 51 }, (_, index) => index).join(',')
    expect(parseTags(many).problem?.rule).toBe('too_many')
  })
})
