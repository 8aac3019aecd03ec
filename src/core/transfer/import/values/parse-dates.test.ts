import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate, parseInstant } from './parse-dates'
import { openTimeZone } from './time-zone'

const now = Date.UTC(2026, 10, 20)

describe('a date', () => {
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

  it('that is ambiguous says what it may be', () => {
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
})

describe('a date in any form', () => {
  it('of an instant is the one on the calendar of the zone', () => {
    const zone = openTimeZone('America/New_York')
    expect(parseDate('2017-03-01T03:00:00Z', { zone })).toEqual({ value: '2017-02-28' })
    expect(parseDate('1488337200', { zone })).toEqual({ value: '2017-02-28' })
    // Midnight as written is how programs write a calendar date.
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
