import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { type DetectOptions, detectFile } from './detect-file'
import { type FileForm, FileRefused } from './file-form'
import { collect, createFilesOnDisk } from './file-on-disk'
import { readRecords } from './read-records'

const files = createFilesOnDisk()

const detect = async (content: string | Buffer, options: DetectOptions = {}) =>
  detectFile(await files.put(content), options)

describe('a file that is not CSV is refused', () => {
  it.each([
    ['an empty file', '', 'empty'],
    ['a file of blank lines', '\r\n \r\n\r\n', 'empty'],
    ['a byte order mark and nothing else', '\uFEFF', 'empty'],
    ['a file of delimiters', ',,,\n,,,\n', 'empty'],
    ['an .xlsx named .csv', zipOf('[Content_Types].xml', 'xl/workbook.xml'), 'excel_workbook'],
    [
      'a large .xlsx',
      zipOf('[Content_Types].xml', ...many('a/'), 'xl/workbook.xml', ...many('b/')),
      'excel_workbook',
    ],
    ['an .ods', openDocument(), 'other_spreadsheet'],
    ['a ZIP archive', zipOf('readme.txt'), 'binary'],
    [
      'an .xls',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      'old_excel_workbook',
    ],
    ['a PDF', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n', 'pdf'],
    ['a web page', '\n<!DOCTYPE html>\n<html><body>Sign in, please</body></html>', 'markup'],
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452000000100000001008060000', 'hex'),
      'binary',
    ],
    [
      'bytes without NULs',
      Buffer.from(Array.from({ length: 999 }, (_, i) => ((i * 7) % 255) + 1)),
      'binary',
    ],
    ['text with a NUL far down', `a,b\n${'1,2\n'.repeat(300_000)}1,\0\n`, 'binary'],
    ['UTF-16 with NUL characters', iconv.encode('\uFEFFa,b\n\0', 'utf-16le'), 'binary'],
  ])('%s', async (_, content, reason) => {
    await expect(detect(content)).rejects.toMatchObject({ name: 'FileRefused', reason })
  })

  it('a file that is not there, and a folder', async () => {
    await expect(detectFile(files.newPath())).rejects.toMatchObject({ reason: 'not_found' })
    await expect(detectFile('/')).rejects.toMatchObject({ reason: 'unreadable' })
  })

  it('with a message that says what to do', async () => {
    await expect(detect(zipOf('xl/workbook.xml'))).rejects.toThrow(
      'This is an Excel workbook, whatever its name says. Open it in Excel and save it as "CSV UTF-8".',
    )
  })
})

describe('the encoding', () => {
  const text = 'name;city\nŁukasz Żółć;Kraków\n東京;€\n'

  it.each([
    ['utf-8', 'utf-8', false],
    ['utf-8', 'utf-8', true],
    ['utf-16le', 'utf-16le', true],
    ['utf-16be', 'utf-16be', true],
    ['utf-32le', 'utf-32le', true],
    ['utf-32be', 'utf-32be', true],
    ['utf-16le', 'utf-16le', false],
    ['utf-16be', 'utf-16be', false],
  ])('%s is found as %s, byte order mark: %s', async (encoding, name, bom) => {
    const path = await files.put(iconv.encode(text, encoding, { addBOM: bom }))
    const form = await detectFile(path)
    expect(form).toMatchObject({ encoding: name, bom, delimiter: ';', columns: ['name', 'city'] })
    expect(form.sampleRows).toEqual([
      ['Łukasz Żółć', 'Kraków'],
      ['東京', '€'],
    ])
  })

  it('is UTF-8 for ASCII', async () => {
    const form = await detect('a,b\n1,2\n')
    expect(form).toMatchObject({ encoding: 'utf-8', encodingCertain: true, unreadableBytes: 0 })
  })

  it('is UTF-8 wherever a chunk cuts a character', async () => {
    for (const size of [65_536, 262_144, 524_288]) {
      for (const character of ['é', '東', '😀']) {
        for (let before = 1; before < Buffer.byteLength(character); before += 1) {
          const start = 'a,b\n'
          const row = `${'x'.repeat(97)},\n`
          const filler = row
            .repeat(Math.ceil(size / row.length))
            .slice(0, size - start.length - before)
          const form = await detect(`${start}${filler}${character},y\n`)
          expect(form).toMatchObject({ encoding: 'utf-8', encodingCertain: true })
        }
      }
    }
  })

  it('is decided by the last byte where need be', async () => {
    const ascii = `name,city\n${'Smith,London\n'.repeat(100_000)}`
    const form = await detect(
      Buffer.concat([Buffer.from(ascii), iconv.encode('Müller,Köln', 'windows-1252')]),
    )
    expect(form).toMatchObject({ encoding: 'windows-1252', encodingCertain: false })
    expect(await detect(`${ascii}Müller,Köln`)).toMatchObject({ encoding: 'utf-8' })
    const cut = Buffer.from(`${ascii}${'Müller,Köln\n'.repeat(20)}Kö`)
    expect(await detect(cut.subarray(0, -1))).toMatchObject({ unreadableBytes: 1 })
  })

  it('is guessed from a line that a chunk cuts', async () => {
    const ascii = `name,city\n${'Smith,London\n'.repeat(50_000)}`
    const japanese = iconv.encode('株式会社山田商事,東京都港区\n', 'shift_jis')
    for (const chunk of [262_144, 524_288]) {
      for (let before = 1; before < japanese.length; before += 3) {
        const start = Buffer.from(`${ascii.slice(0, chunk - before - 1)}\n`)
        const form = await detect(Buffer.concat([start, japanese, Buffer.from('Smith,London\n')]))
        expect(form.encoding).toBe('shift_jis')
      }
    }
  })

  it('is guessed from a long line too', async () => {
    const line = iconv.encode('株式会社山田商事東京都港区'.repeat(30_000), 'shift_jis')
    expect(await detect(line)).toMatchObject({ encoding: 'shift_jis' })
    expect(await detect(Buffer.concat([Buffer.from('x'), line]))).toMatchObject({
      encoding: 'shift_jis',
    })
  })

  it('stays UTF-8 where a little of it is damaged', async () => {
    const rows = 'Zoë;Malmö\n'.repeat(100)
    const damaged = Buffer.concat([
      Buffer.from(`name;city\n${rows}`),
      Buffer.from([0xe9, 0x3b, 0x78, 0x0a]),
    ])
    expect(await detect(damaged)).toMatchObject({
      encoding: 'utf-8',
      encodingCertain: false,
      unreadableBytes: 1,
    })
  })

  it('can be chosen', async () => {
    const bytes = iconv.encode('name,city\nПетров,Москва\n', 'cp866')
    const form = await detect(bytes, { encoding: 'cp866' })
    expect(form.sampleRows).toEqual([['Петров', 'Москва']])
    const marked = await detect(iconv.encode('\uFEFFname\nx', 'utf-16le'), { encoding: 'utf-16le' })
    expect(marked).toMatchObject({ bom: true, columns: ['name'] })
    await expect(detect(bytes, { encoding: 'klingon' })).rejects.toMatchObject({
      reason: 'unknown_encoding',
    })
  })
})

describe('the delimiter', () => {
  it.each([
    ['commas', 'a,b,c\n1,2,3\n', ',', 3],
    ['semicolons', 'a;b;c\n1;2;3\n', ';', 3],
    ['tabs', 'a\tb\n1\t2\n', '\t', 2],
    ['bars', 'a|b\n1|2\n', '|', 2],
    ['semicolons around decimal commas', 'a;b\n1,5;2,5\n3,5;4,5\n', ';', 2],
    ['semicolons around decimal commas without header', '1,5;2,5\n3,5;4,5\n', ';', 2],
    [
      'semicolons around addresses',
      `name;address\n${'Anna;5 High Street, London, England\n'.repeat(50)}`,
      ';',
      2,
    ],
    ['commas around semicolons', 'name,tags\nAnna,"a; b; c"\nBob,d;e\n', ',', 2],
    ['commas, when other delimiters are quoted', 'a,b\n"x;y;z","1|2"\n"x;y;z","1|2"\n', ',', 2],
    ['commas around line breaks', 'a,b\n"x\ny\nz",1\n"p\nq",2\n', ',', 2],
    ['commas in some ragged rows', `a,b,c\n${'1,2,3\n'.repeat(30)}1,2\n1,2,3,4\n1\n`, ',', 3],
    ['commas in rows that are ragged throughout', 'a,b,c,d\n1,2\n1,2,3\n1,2\n1,2,3\n', ',', 4],
    ['the one that gives more columns', 'a;b;c,d\n1;2;3,4\n', ';', 3],
    ['nothing', 'name\nAcme\nBeta, Inc\n', null, 1],
    ['nothing, in prose', 'note\nWell, yes\nNo\nOh; fine\nAh\n', null, 1],
    ['commas, behind a blank line', '\n\na,b\n1,2\n', ',', 2],
    ['what the first line says', 'sep=;\r\na,b;c\r\n1,2;3\r\n', ';', 2],
    ['an unusual one the first line names', 'sep=^\na^b\n1^2\n', '^', 2],
  ])('is found: %s', async (_, text, delimiter, width) => {
    const form = await detect(text)
    expect([form.delimiter, form.columns.length]).toEqual([delimiter, width])
  })

  it('that the first line says leaves that line out of the records', async () => {
    const path = await files.put('sep=;\r\nname;value\r\nAcme;5\r\n')
    const form = await detectFile(path)
    expect(form).toMatchObject({ separatorLine: true, columns: ['name', 'value'] })
    expect(await collect(readRecords(path, form))).toEqual([
      { number: 1, line: 3, values: ['Acme', '5'] },
    ])
  })

  it('can be chosen', async () => {
    expect(await detect('a:b\n1:2\n', { delimiter: ':' })).toMatchObject({ columns: ['a', 'b'] })
  })
})

describe('quotes and line ends', () => {
  it.each([
    ['\r\n', 'a,b\r\n1,"x\ny"\r\n'],
    ['\n', 'a,b\n1,2\n'],
    ['\r', 'a,b\r1,2\r'],
  ])('%j is found', async (lineEnding, text) => {
    expect(await detect(text)).toMatchObject({ lineEnding })
  })

  it('may be single', async () => {
    const form = await detect("name,note\n'Smith, John','it''s'\n'Beta','x, y'\n")
    expect(form).toMatchObject({ quote: "'", delimiter: ',', columns: ['name', 'note'] })
    expect(form.sampleRows[0]).toEqual(['Smith, John', "it's"])
  })

  it('are not single because a name starts with one', async () => {
    const form = await detect(
      "name,city\n'Bram, 't Hooft\nAnna,'s-Hertogenbosch\nBob,x\nEve,y\nDan,z\nAl,q\n",
    )
    expect(form.quote).toBe('"')
  })

  it('are not single because they have one cell', async () => {
    const form = await detect(`name,city\n'Bob',x\n${'Anna,y\n'.repeat(9)}`)
    expect(form.quote).toBe('"')
    expect(form.sampleRows[0]).toEqual(["'Bob'", 'x'])
  })

  it('may stand behind backslashes', async () => {
    const form = await detect('name,note\n"A \\"B\\", C","x"\n"D","ends \\"so\\""\n')
    expect(form).toMatchObject({ quoteEscape: 'backslash', columns: ['name', 'note'] })
    expect(form.sampleRows).toEqual([
      ['A "B", C', 'x'],
      ['D', 'ends "so"'],
    ])
  })

  it('do not stand behind the backslashes of folders', async () => {
    const form = await detect('name,folder\n"A","C:\\x\\"\n"B","D:\\y\\"\n')
    expect(form.quoteEscape).toBe('doubled')
    expect(form.sampleRows).toEqual([
      ['A', 'C:\\x\\'],
      ['B', 'D:\\y\\'],
    ])
  })
})

describe('the header', () => {
  it.each([
    ['present', 'over numbers', 'foo,bar\nx,5\ny,6\n'],
    ['present', 'over dates', 'foo,bar\nx,2017-03-01\ny,2017-03-02\n'],
    ['present', 'over e-mail addresses', 'foo,bar\nx,a@b.de\ny,c@d.fr\n'],
    [
      'present',
      'of words that name columns',
      'sales_agent,manager,regional_office\nAnna Snelling,Dustin Brinkmann,Central\n',
    ],
    ['present', 'and nothing else', 'account,sector,Office Location\n'],
    ['present', 'in German', 'Firma;Ort\nMüller;Köln\n'],
    ['missing', 'a number in the first record', 'Acme,5\nBeta,6\n'],
    ['missing', 'a date in the first record', 'Acme,01.03.2017\nBeta,02.03.2017\n'],
    ['missing', 'an e-mail address in the first record', 'Anna,anna@acme.com\nBob,bob@beta.com\n'],
    ['missing', 'a value that comes again', 'Acme,Central\nBeta,East\nGamma,Central\n'],
    ['missing', 'one contact', 'Anna,anna@acme.com'],
    ['unsure', 'text over text', 'Acme,Berlin\nBeta,Paris\n'],
    ['unsure', 'an empty name', ',name\nx,y\n'],
    ['unsure', 'a name twice', 'name,Name\nx,y\n'],
    ['unsure', 'years', 'region,2016,2017\nEast,5,6\n'],
    ['unsure', 'one line of text', 'Acme,Berlin\n'],
  ])('is %s: %s', async (header, _, text) => {
    const form = await detect(text)
    expect(`${form.header} (${form.headerReason})`).toMatch(new RegExp(`^${header} \\(.+\\)$`))
  })

  it('gives every column a name of its own', async () => {
    const form = await detect('name,, name ,"two\nlines",name (2),name,\nx,x,x,x,x,x,x\n', {
      hasHeader: true,
    })
    expect(form.columns).toEqual([
      'name',
      'Column 2',
      'name (3)',
      'two lines',
      'name (2)',
      'name (4)',
      'Column 7',
    ])
  })

  it('that is missing leaves the columns numbered and the first record in the data', async () => {
    const path = await files.put('Acme,5\nBeta,6\n')
    const form = await detectFile(path)
    expect(form).toMatchObject({
      columns: ['Column 1', 'Column 2'],
      firstRecord: ['Acme', '5'],
      sampleRows: [
        ['Acme', '5'],
        ['Beta', '6'],
      ],
    })
    expect(await collect(readRecords(path, form))).toHaveLength(2)
    const chosen = await detectFile(path, { hasHeader: true })
    expect(chosen).toMatchObject({
      header: 'present',
      columns: ['Acme', '5'],
      sampleRows: [['Beta', '6']],
    })
  })

  it('alone gives no rows', async () => {
    const path = await files.put('name,email\r\n')
    const form = await detectFile(path)
    expect(form).toMatchObject({ header: 'present', columns: ['name', 'email'], sampleRows: [] })
    expect(await collect(readRecords(path, form))).toEqual([])
  })

  it('is known together with the first 20 rows and the size', async () => {
    const text = `id,n\n${Array.from({ length: 50 }, (_, row) => `x${row},${row}\n`).join('')}`
    const form = await detect(text)
    expect(form.sampleRows).toHaveLength(20)
    expect(form.sampleRows[19]).toEqual(['x19', '19'])
    expect(form).toMatchObject({ bytes: text.length, firstRecord: ['id', 'n'] })
  })
})

it('any bytes at all are either refused or read to the end', async () => {
  const soup = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...['"', ',', ';', '\t', '\n', '\r\n', "'", '\\', 'sep=', 'a', '1', 'é', '\uFEFF'],
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  const content = fc.oneof(
    soup.map((parts) => Buffer.from(parts.join(''))),
    soup.map((parts) => Buffer.from(parts.join(''), 'latin1')),
    soup.map((parts) => Buffer.from(parts.join(''), 'utf16le')),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  )
  await fc.assert(
    fc.asyncProperty(content, async (bytes) => {
      const path = await files.put(bytes)
      const form = await detectFile(path).catch((error: unknown) => error)
      if (form instanceof Error) {
        expect(form).toBeInstanceOf(FileRefused)
        return
      }
      const found = form as FileForm
      expect(new Set(found.columns).size).toBe(found.columns.length)
      expect(found.columns).not.toContain('')
      const records = await collect(readRecords(path, found))
      expect(records.slice(0, 20).map((record) => record.values)).toEqual(found.sampleRows)
    }),
    { numRuns: 300 },
  )
}, 60_000)

it('a line of very many columns takes no longer than its length', async () => {
  const started = performance.now()
  const form = await detect('a,'.repeat(250_000))
  expect(form.columns).toHaveLength(250_000)
  expect(performance.now() - started).toBeLessThan(10_000)
})

it('detecting can be stopped', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(detect('a,b\n1,2\n', { signal })).rejects.toThrow('enough')
})

function many(prefix: string): string[] {
  return Array.from({ length: 300 }, (_, index) => `${prefix}${index}.xml`)
}

/** A real ZIP file with a small deflated entry of each name. */
function zipOf(...names: string[]): Buffer {
  const content = deflateRawSync(Buffer.from('<?xml version="1.0"?><workbook/>'.repeat(40)))
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const name of names) {
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(1280, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), content])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, rest, Buffer.from(name)]),
    )
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(names.length, 4)
  end.writeUInt16LE(names.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, central, Buffer.from('PK\x05\x06'), end])
}

function openDocument(): Buffer {
  const archive = zipOf('mimetype', 'content.xml')
  return Buffer.concat([archive, Buffer.from('application/vnd.oasis.opendocument.spreadsheet')])
}

describe('lines above the table', () => {
  const linkedin = `Notes:
"When exporting your data, some ""addresses"" may be missing, see https://help.example/1"

First Name,Last Name,URL,Email Address
Nuno,Faria,https://x.example/nuno,
Eva,"Lopes, PhD",https://x.example/eva,eva@verde.example
`
  const salesforce = `"Opportunity Report"
"As of 2026-11-28, 14:05"
"Generated by Ana Dias, Acme"
"Filtered by: Stage, Owner"
""
"Name","Stage","Close date"
"Roof","Won","2026-11-30"
`
  it.each([
    ['a notice', linkedin, 4, ['First Name', 'Last Name', 'URL', 'Email Address'], 2],
    ['several lines over one record', salesforce, 6, ['Name', 'Stage', 'Close date'], 1],
    [
      'a title filled up',
      'Deals,,,\n,,,\nName,Value,Stage,City\nA,5,x,y\nB,6,x,y\n',
      3,
      ['Name', 'Value', 'Stage', 'City'],
      2,
    ],
    [
      'names and values',
      'Report:;Deals\r\nDate:;28.11.2026\r\n\r\nName;City;E-mail\r\nA;x;a@b.example\r\n',
      4,
      ['Name', 'City', 'E-mail'],
      1,
    ],
    [
      'commas over semicolons',
      'Export, of today, by Ana\nName;City;Phone;Mail\nA;x;1;a@b.example\n',
      2,
      ['Name', 'City', 'Phone', 'Mail'],
      1,
    ],
    [
      'a quote that is never closed',
      'The "best list\nName;City;Phone\nA;"x";1\nB;y;2\n',
      2,
      ['Name', 'City', 'Phone'],
      2,
    ],
  ])('are no data: %s', async (_, text, headerLine, columns, records) => {
    const path = await files.put(text)
    const form = await detectFile(path)
    expect(form).toMatchObject({ headerLine, columns })
    expect(form.header).not.toBe('missing')
    const read = await collect(readRecords(path, form))
    expect(read).toHaveLength(records)
    expect(read.filter((record) => record.problem)).toEqual([])
    expect(form.firstLines[headerLine - 1]).toContain(columns[1])
  })

  it('can be chosen', async () => {
    const path = await files.put('a,b\n1,2\nx,y\r\n3,4\r5,6')
    const form = await detectFile(path, { headerLine: 3 })
    expect(form).toMatchObject({ headerLine: 3, columns: ['x', 'y'], header: 'present' })
    expect(await collect(readRecords(path, form))).toEqual([
      { number: 1, line: 4, values: ['3', '4'] },
      { number: 2, line: 5, values: ['5', '6'] },
    ])
    const data = await detectFile(path, { headerLine: 3, hasHeader: false })
    expect((await collect(readRecords(path, data)))[0]?.values).toEqual(['x', 'y'])
    expect(await detectFile(path, { hasHeader: true })).toMatchObject({ headerLine: 1 })
  })
})
