import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRecordScanner, type ScannedRecord, type ScanOptions } from './scan-records'

const usual: ScanOptions = {
  delimiter: ',',
  quote: '"',
  quoteEscape: 'doubled',
  maxRecordLength: 1000,
}

function scanAll(chunks: string[], options: Partial<ScanOptions> = {}): ScannedRecord[] {
  const scanner = createRecordScanner({ ...usual, ...options })
  return [...chunks.flatMap((chunk) => scanner.scan(chunk)), ...scanner.end()]
}

const valuesOf = (text: string, options: Partial<ScanOptions> = {}) =>
  scanAll([text], options).map((record) => record.values)

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'x', ' '), maxLength: 6 }),
)
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
  )

describe('records of well-formed text', () => {
  const lineEnding = fc.constantFrom('\n', '\r\n', '\r')

  it('come out as they were written, and as another parser reads them', () => {
    fc.assert(
      fc.property(table, lineEnding, (rows, ending) => {
        const text = rows.map((row) => row.map(quoted).join(',') + ending).join('')
        expect(valuesOf(text)).toEqual(rows)
        expect(valuesOf(text)).toEqual(parse(text, { record_delimiter: ending }))
      }),
    )
  })

  it('come out the same wherever the text is cut into chunks', () => {
    const messy = fc.string({
      unit: fc.constantFrom('"', '"', ',', '\n', '\r', 'a', 'b', ' ', '\\', "'"),
      maxLength: 60,
    })
    fc.assert(
      fc.property(
        messy,
        fc.array(fc.nat(60)),
        fc.integer({ min: 3, max: 30 }),
        fc.constantFrom('doubled' as const, 'backslash' as const),
        (text, cuts, maxRecordLength, quoteEscape) => {
          const places = [0, ...cuts.filter((cut) => cut <= text.length), text.length].sort(
            (one, two) => one - two,
          )
          const chunks = places.slice(1).map((place, index) => text.slice(places[index], place))
          const options = { maxRecordLength, columns: 2, quoteEscape }
          expect(scanAll(chunks, options)).toEqual(scanAll([text], options))
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('say on which physical line they start', () => {
    const lines = scanAll(['a,b\r\n\r\n"1\n2\r\n3\r4",x\r\n\n5,"6\n"\rlast,one']).map((r) => r.line)
    expect(lines).toEqual([1, 3, 8, 10])
  })

  it('do not count what is blank, but do count what is an empty text', () => {
    expect(valuesOf('a,b\n\n  \n,\n , \n"",""\n1,\n')).toEqual([
      ['a', 'b'],
      ['', ''],
      ['1', ''],
    ])
  })

  it('may have blanks around their quotes', () => {
    expect(valuesOf('a, "b, c" ,d\n')).toEqual([['a', 'b, c', 'd']])
    expect(valuesOf('a\t "b\tc" \td\n', { delimiter: '\t' })).toEqual([['a', 'b\tc', 'd']])
  })

  it('may have quotes behind backslashes where the file does', () => {
    const text = '"say \\"hi\\", Bob","C:\\\\",x\n"a ""b"" c",y,z\n'
    expect(valuesOf(text, { quoteEscape: 'backslash' })).toEqual([
      ['say "hi", Bob', 'C:\\', 'x'],
      ['a "b" c', 'y', 'z'],
    ])
  })

  it('have one cell where there is no delimiter', () => {
    expect(valuesOf('Acme, Inc\n"Beta, ""the"" one"\n', { delimiter: null })).toEqual([
      ['Acme, Inc'],
      ['Beta, "the" one'],
    ])
  })
})

describe('stray quotes', () => {
  it.each([
    ['6" pipe,x', ['6" pipe', 'x']],
    ['"Bob "the man" Smith",x', ['Bob "the man" Smith', 'x']],
    ['"Big" Mike,x', ['"Big" Mike', 'x']],
    ['"abc"def,"x",y', ['"abc"def', 'x', 'y']],
    ['"Smith, John" Jr,x', ['"Smith, John" Jr', 'x']],
    ['5\' 6",5\' 7"', ['5\' 6"', '5\' 7"']],
  ])('are text: %s', (text, values) => {
    const records = scanAll([`${text}\n1,2\n`])
    expect(records.map((record) => record.values)).toEqual([values, ['1', '2']])
    expect(records.map((record) => record.fault)).toEqual([undefined, undefined])
    expect(records[0]?.strayQuote).toBe(true)
  })

  it('spoil only the line on which a quote is opened and not closed', () => {
    const records = scanAll(['a,b\n1,"lost\n2,"kept"\n3,"also\nkept"\n4,x\n'])
    expect(records.map((record) => [record.line, record.values, record.fault?.code])).toEqual([
      [1, ['a', 'b'], undefined],
      [2, ['1', '"lost'], 'quote'],
      [3, ['2', 'kept'], undefined],
      [4, ['3', 'also\nkept'], undefined],
      [6, ['4', 'x'], undefined],
    ])
  })

  it('are reported at the end of the file, and the lines after the quote are read', () => {
    const records = scanAll(['a,b\n1,"open\n2,x\n3,y'])
    expect(records.map((record) => [record.line, record.values, record.fault?.code])).toEqual([
      [1, ['a', 'b'], undefined],
      [2, ['1', '"open'], 'quote'],
      [3, ['2', 'x'], undefined],
      [4, ['3', 'y'], undefined],
    ])
    expect(scanAll(['1,"open']).map((record) => record.fault?.message)).toEqual([
      'cell 2 opens with " and has no closing "',
    ])
  })

  it('that swallow more than a record may hold are known by the records they swallow', () => {
    const rows = Array.from({ length: 100 }, (_, index) => `${index},plain text\n`)
    const records = scanAll(['x,"lost\n', ...rows], { columns: 2, maxRecordLength: 300 })
    expect(records).toHaveLength(101)
    expect(records.filter((record) => record.fault)).toMatchObject([
      { line: 1, values: ['x', '"lost'], fault: { code: 'quote' } },
    ])
  })

  it('that swallow more than a record may hold end at the next quote where a cell begins', () => {
    const rows = Array.from({ length: 100 }, (_, index) => `${index},plain text\n`)
    const tail = 'y,"quoted"\n1,2\n3,"4"\n'
    const records = scanAll(['x,"lost\n', ...rows, tail], { maxRecordLength: 300 })
    expect(records.map((record) => [record.line, record.fault?.code])).toEqual([
      [1, 'too_long'],
      [103, undefined],
      [104, undefined],
    ])
  })

  it('are not suspected because one line of a long text has a comma', () => {
    const text = `x,"long\na,b\n${'y'.repeat(500)}\n"\n1,2\n`
    const records = scanAll([text], { columns: 2, maxRecordLength: 300 })
    expect(records.map((record) => [record.line, record.fault?.code])).toEqual([
      [1, 'too_long'],
      [5, undefined],
    ])
  })
})

describe('records that are too long', () => {
  const long = 'y'.repeat(5000)

  it.each([
    ['unquoted', long],
    ['quoted', `"${long}"`],
    ['quoted with everything in it', `"${'text, and ""more""\r\n'.repeat(300)}"`],
    ['quoted with lines in it', `"${`${'a line of a long text '.repeat(20)}\n`.repeat(20)}"`],
    ['many cells', '1,'.repeat(3000)],
    ['many quoted cells', '"1\n,",'.repeat(3000)],
  ])('are returned cut, and reading continues after them: %s', (_, cell) => {
    const tail = '\nz,"last"\n'
    const lineOfLast = `a,b\nx,${cell}`.split(/\r\n|\n/).length + 1
    for (const size of [1, 7, 64, 100_000]) {
      const text = `a,b\nx,${cell}${tail}`
      const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
      const records = scanAll(chunks, { columns: 2 })
      expect(records.map((record) => record.line)).toEqual([1, 2, lineOfLast])
      expect(records[1]?.fault?.code).toBe('too_long')
      expect(records[1]?.values[0]).toBe('x')
      expect(records[1]?.values.join('').length).toBeLessThan(1000)
      expect(records[2]?.values).toEqual(['z', 'last'])
    }
  })

  it('are all that is lost, whatever they hold and wherever the bound cuts them', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 5, max: 40 }), (rows, maxRecordLength) => {
        const lines = rows.map((row) => row.map(quoted).join(','))
        const records = scanAll([lines.map((line) => `${line}\n`).join('')], { maxRecordLength })
        expect(records.map((record) => (record.fault ? record.fault.code : record.values))).toEqual(
          rows.map((row, index) => (lines[index]!.length > maxRecordLength ? 'too_long' : row)),
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('are not those of just the length allowed', () => {
    const text = `${'x'.repeat(998)},1\n"${'x'.repeat(996)}",1\n${'x'.repeat(999)},1\n1,2`
    expect(scanAll([text]).map((record) => record.fault?.code)).toEqual([
      undefined,
      undefined,
      'too_long',
      undefined,
    ])
  })
})
