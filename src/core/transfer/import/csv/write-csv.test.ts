import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import {
  type CsvRows,
  neutraliseFormula,
  restoreNeutralised,
  type WriteOptions,
  writeCsv,
} from '../../format/write-csv'
import { detectFile } from './detect-file'
import { collect, createFilesOnDisk } from './file-on-disk'
import { readRecords } from './read-records'

const files = createFilesOnDisk()

async function write(
  columns: string[],
  rows: CsvRows,
  options: WriteOptions = {},
): Promise<string> {
  const path = files.newPath()
  await writeCsv(columns, rows, path, options)
  return readFile(path, 'utf8')
}

const awkward = fc.string({
  unit: fc.constantFrom(
    '"',
    "'",
    ',',
    ';',
    '\t',
    '|',
    '\n',
    '\r',
    ' ',
    '=',
    '-',
    '+',
    '1',
    'a',
    'é',
    '\\',
    'sep=',
  ),
  maxLength: 8,
})
const cell = fc.oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 10 }))
const columnName = cell
  .map((text) => text.replaceAll(/\s+/g, ' ').trim())
  .filter((text) => text !== '')
const table = fc.uniqueArray(columnName, { minLength: 1, maxLength: 5 }).chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    rows: fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
      maxLength: 8,
    }),
  }),
)

describe('what was exported', () => {
  const delimiter = fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const)
  const lineEnding = fc.constantFrom('\r\n' as const, '\n' as const)
  const encoding = fc.constantFrom(
    'utf-8',
    'utf-8 marked',
    'utf-16le',
    'utf-16be',
    'utf-32le',
    'utf-32be',
  )

  it('is found and read back the same, whatever the cells, the delimiter and the encoding', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        delimiter,
        lineEnding,
        encoding,
        fc.boolean(),
        async (written, separator, ending, form, neutralise) => {
          const text = await write(written.columns, written.rows, {
            delimiter: separator,
            lineEnding: ending,
            neutralise,
          })
          const [name = '', marked] = form.split(' ')
          const addBOM = marked !== undefined || name !== 'utf-8'
          const path = await files.put(iconv.encode(text, name, { addBOM }))
          const found = await detectFile(path, { hasHeader: true })
          const restore = neutralise ? restoreNeutralised : (text: string) => text
          expect(found).toMatchObject({ encoding: name, bom: addBOM, lineEnding: ending })
          expect(found.delimiter).toBe(written.columns.length > 1 ? separator : null)
          expect(found.columns.map(restore)).toEqual(written.columns)
          const records = await collect(readRecords(path, found))
          expect(records.map((record) => record.values.map(restore))).toEqual(written.rows)
          expect(records.map((record) => record.problem)).toEqual(written.rows.map(() => undefined))
          expect(found.sampleRows.map((row) => row.map(restore))).toEqual(written.rows)
        },
      ),
      { numRuns: 300 },
    )
  }, 60_000)

  it('is what another parser reads too', async () => {
    await fc.assert(
      fc.asyncProperty(table, delimiter, async ({ columns, rows }, separator) => {
        const text = await write(columns, rows, { delimiter: separator, neutralise: false })
        expect(parse(text, { delimiter: separator })).toEqual([columns, ...rows])
      }),
    )
  }, 60_000)

  it.each([
    ['windows-1252', ['Zoë', 'Müller', 'São Paulo', 'Peñalosa', 'Århus', 'Crédit Agricole']],
    ['windows-1250', ['Łódź', 'Wójcik', 'Dąbrowska', 'Świętokrzyskie', 'Żabka', 'Gdańsk']],
    ['windows-1251', ['Москва', 'Иван Петров', 'Екатеринбург', 'Фёдор', 'Щукин', 'объект']],
    ['shift_jis', ['株式会社', 'トヨタ自動車', '山田太郎', 'ひらがな', '東京都', 'サクラ']],
    ['gb18030', ['有限公司', '北京市', '上海贸易', '张强', '李娜', '电话']],
  ])(
    'is read back the same after a change into %s',
    async (name, words) => {
      const value = fc.oneof(
        fc.constantFrom(...words),
        fc.string({ unit: 'grapheme-ascii', maxLength: 6 }),
      )
      const rows = fc.array(fc.tuple(fc.constantFrom(...words), value, value), {
        minLength: 12,
        maxLength: 30,
      })
      await fc.assert(
        fc.asyncProperty(
          rows,
          fc.constantFrom(';' as const, '\t' as const),
          async (rows, delimiter) => {
            const text = await write(
              ['name', 'city', 'note'],
              [words.slice(0, 3), words.slice(3), ...rows],
              { delimiter, neutralise: false },
            )
            const path = await files.put(iconv.encode(text, name))
            const form = await detectFile(path, { hasHeader: true })
            const records = await collect(readRecords(path, form))
            expect(records.slice(2).map((record) => record.values)).toEqual(rows)
          },
        ),
        { numRuns: 50 },
      )
    },
    60_000,
  )
})

describe('a CSV file', () => {
  it('follows RFC 4180', async () => {
    const text = await write(
      ['name', 'value', 'won', 'closed', 'note'],
      [
        ['Acme "Big"', 10.5, true, null, 'two\nlines'],
        ['Beta, Inc', -3n, false, undefined, ''],
      ],
    )
    expect(text).toBe(
      'name,value,won,closed,note\r\n"Acme ""Big""",10.5,true,,"two\nlines"\r\n"Beta, Inc",-3,false,,\r\n',
    )
  })

  it('has a mark for Excel if asked, and a header even without rows', async () => {
    expect(await write(['a', 'b'], [], { byteOrderMark: true })).toBe('\uFEFFa,b\r\n')
  })

  it('quotes what a program could take for a delimiter, a quote or a blank line', async () => {
    expect(
      await write(
        ['a;b', 'sep=x', "'q"],
        [
          ['', ' ', ''],
          ['x', '', ''],
        ],
      ),
    ).toBe('"a;b","sep=x","\'q"\r\n""," ",""\r\nx,,\r\n')
  })

  it('goes into a stream and counts what it wrote', async () => {
    async function* rows() {
      yield ['é', 1]
      yield ['x', 2]
    }
    const stream = new PassThrough()
    const bytes = buffer(stream)
    const written = await writeCsv(['a', 'b'], rows(), stream, { lineEnding: '\n' })
    expect((await bytes).toString()).toBe('a,b\né,1\nx,2\n')
    expect(written).toEqual({ rows: 2, bytes: 13 })
  })

  it('reports its progress', async () => {
    const seen: number[] = []
    const rows = Array.from({ length: 10_000 }, (_, row) => [row, 'some text of a row'])
    await writeCsv(['a', 'b'], rows, files.newPath(), { onProgress: (done) => seen.push(done) })
    expect(seen.length).toBeGreaterThan(3)
    expect(seen.at(-1)).toBe(10_000)
    expect(seen).toEqual([...seen].sort((one, two) => one - two))
  })

  it('has its name only once it is complete', async () => {
    const path = files.newPath()
    await writeFile(path, 'what was there before')
    const controller = new AbortController()
    function* rows() {
      for (let row = 0; ; row += 1) {
        if (row === 50_000) controller.abort(new Error('enough'))
        yield [row, 'some text of a row']
      }
    }
    const writing = writeCsv(['a', 'b'], rows(), path, { signal: controller.signal })
    await expect(writing).rejects.toThrow()
    expect(await readFile(path, 'utf8')).toBe('what was there before')
    expect(existsSync(`${path}.partial`)).toBe(false)

    function* failing() {
      yield ['x', 1]
      throw new Error('the database went away')
    }
    await expect(writeCsv(['a', 'b'], failing(), path)).rejects.toThrow('the database went away')
    expect(existsSync(`${path}.partial`)).toBe(false)
  })
})

describe('a formula', () => {
  it.each([
    '=1+1',
    "=cmd|' /C calc'!A0",
    '+1+cmd',
    '-2+3',
    '-cmd',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠x',
    '+49 30 123456',
    '-',
    '=',
    "'=1+1",
  ])('gets an apostrophe, which comes off again: %j', (formula) => {
    expect(neutraliseFormula(formula)).toBe(`'${formula}`)
    expect(restoreNeutralised(`'${formula}`)).toBe(formula)
  })

  it.each([
    '',
    'Acme',
    '5',
    '-5',
    '+5',
    '-12.50',
    '-.5',
    '-1e5',
    '2017-03-01',
    'a=b',
    "'t Hooft",
    "'",
    "'-5",
  ])('is not what stays as it is: %j', (text) => {
    expect(neutraliseFormula(text)).toBe(text)
    expect(restoreNeutralised(text)).toBe(text)
  })

  it('is never what a guarded cell starts with, and every cell comes back', () => {
    const text = fc.oneof(
      fc.string({
        unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '1', '.', 'e', 'x', '＝'),
        maxLength: 6,
      }),
      fc.string(),
    )
    fc.assert(
      fc.property(text, (original) => {
        const guarded = neutraliseFormula(original)
        expect(restoreNeutralised(guarded)).toBe(original)
        if (Number.isNaN(Number(guarded))) expect(guarded).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
      }),
      { numRuns: 2000 },
    )
  })

  it('is guarded in header and rows, but a number is left a number', async () => {
    expect(
      await write(
        ['=a', 'b'],
        [
          ['@x', -5],
          ['-5', '=1+"2"'],
        ],
      ),
    ).toBe('"\'=a",b\r\n"\'@x",-5\r\n-5,"\'=1+""2"""\r\n')
    expect(await write(['=a'], [['@x']], { neutralise: false })).toBe('=a\r\n@x\r\n')
  })
})
