import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Email } from '../../../../contract/kernel/shapes'
import { createColumnHintsFinder, findColumnHints } from './column-hints'
import { parseDate, parseInstant } from './parse-dates'
import { parseInteger, parseMoney, parseNumber, parseProbability } from './parse-numbers'
import {
  parseBoolean,
  parseEmail,
  parsePhone,
  parseTags,
  parseText,
  parseWebsite,
} from './parse-values'
import { openTimeZone } from './time-zone'

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

describe('what a column shows', () => {
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
  it('are between semicolons, commas, bars and line breaks, each once', () => {
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
