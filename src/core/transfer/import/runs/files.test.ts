/** Files as people have them: read rightly, or refused with a reason. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { csv, importFile, importWell, openTestCore } from '../../testing'

const titlesOf = async (client: Awaited<ReturnType<typeof openTestCore>>['client']) =>
  (await client.leads.list({ sort: 'createdAt', limit: 500 })).items.map((lead) => lead.title)
const bytes = (text: string, encoding: string) => new Uint8Array(iconv.encode(text, encoding))

/** The beginning and the directory of a workbook, as Excel writes it. */
function workbook(): Uint8Array<ArrayBuffer> {
  const names = ['[Content_Types].xml', 'xl/workbook.xml']
  const local = names.map((name) => {
    const header = Buffer.alloc(30)
    header.write('PK\x03\x04', 'latin1')
    header.writeUInt16LE(name.length, 26)
    return Buffer.concat([header, Buffer.from(name)])
  })
  const central = names.map((name) => {
    const header = Buffer.alloc(46)
    header.write('PK\x01\x02', 'latin1')
    header.writeUInt16LE(name.length, 28)
    return Buffer.concat([header, Buffer.from(name)])
  })
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  return new Uint8Array(Buffer.concat([...local, ...central, end]))
}

describe('a file that is no CSV', () => {
  test('is refused with what it is and what to do, and nothing of it is kept', async () => {
    const { client, directory } = await openTestCore()
    const refusals: [File, RegExp][] = [
      [csv(workbook(), 'leads.csv'), /Excel workbook.*save it as "CSV UTF-8"/],
      [csv('', 'empty.csv'), /empty/],
      [csv('  \n \n', 'blank.csv'), /empty/],
      [csv('%PDF-1.7\n1 0 obj\nendobj', 'x.csv'), /PDF/],
      [csv('<!doctype html><html><body>Sign in</body></html>', 'x.csv'), /web page/],
      [csv(new Uint8Array([0, 1, 2, 3, 0, 255, 254, 7, 0, 0, 9]), 'x.csv'), /./],
    ]
    for (const [file, message] of refusals) {
      const inspect = client.transfer.inspect({ file })
      await expect(inspect, file.name).rejects.toMatchObject({
        code: 'invalid',
        data: { issues: [{ path: 'file', message: expect.stringMatching(message) }] },
      })
      await expect(importFile(client, 'leads', file)).rejects.toMatchObject({ code: 'invalid' })
    }
    expect(readdirSync(join(directory, 'imports'))).toEqual([])
    expect((await client.transfer.history({})).items).toEqual([])
  })
})

describe('a file of any encoding', () => {
  const text = 'title;Betrag;Bemerkung\nŽluťoučký kůň;1.234,50;"zwei\nZeilen; ja"\nMüller;2,5;x'
  test.each([
    ['utf-8', 'utf-8'],
    ['utf-8 with a mark', 'utf-8'],
    ['utf-16le', 'utf-16le'],
    ['utf-16be', 'utf-16be'],
    ['windows-1250', 'windows-1250'],
  ])('%s is read as it was written', async (name, encoding) => {
    const { client } = await openTestCore()
    const marked = name.includes('mark') || encoding.startsWith('utf-16')
    const file = csv(bytes(`${marked ? '\uFEFF' : ''}${text}`, encoding))
    const inspected = await client.transfer.inspect({ file })
    expect(inspected).toMatchObject({ delimiter: ';', header: 'present', kind: 'leads' })
    const done = await importWell(client, 'leads', file, { currency: 'EUR' })
    expect(done).toMatchObject({ created: 2, rejected: 0 })
    const { items } = await client.leads.list({ sort: 'title' })
    expect(items).toMatchObject([
      { title: 'Müller', value: { amount: '2.50', currency: 'EUR' } },
      {
        title: 'Žluťoučký kůň',
        value: { amount: '1234.50', currency: 'EUR' },
        description: 'zwei\nZeilen; ja',
      },
    ])
  })

  test('Latin-1 is read as it was written, and another way where somebody knows better', async () => {
    const { client } = await openTestCore()
    const file = csv(bytes('title,city\nCafé Zoë,Orléans\nÅse,Malmö', 'latin1'))
    await importWell(client, 'leads', file)
    expect((await titlesOf(client)).sort()).toEqual(['Café Zoë', 'Åse'])
    const cyrillic = csv(bytes('title\nПривет', 'windows-1251'))
    const { fileId } = await client.transfer.inspect({ file: cyrillic, encoding: 'windows-1251' })
    await importWell(client, 'leads', cyrillic, { encoding: 'windows-1251' })
    expect(await titlesOf(client)).toContain('Привет')
    const again = await client.transfer.inspect({ fileId, encoding: 'latin1' })
    expect(again).toMatchObject({ fileId, sampleRows: [['Ïðèâåò']] })
  })
})

describe('a file with oddities', () => {
  test('without a header has columns by number', async () => {
    const { client } = await openTestCore()
    const file = csv('Acme,100,2026-01-01\nBeta,200,2026-01-02')
    expect(await client.transfer.inspect({ file })).toMatchObject({
      header: 'missing',
      columns: ['Column 1', 'Column 2', 'Column 3'],
    })
    const done = await importWell(client, 'leads', file, {
      mapping: { title: ['Column 1'], value: ['Column 2'], createdAt: ['Column 3'] },
    })
    expect(done.created).toBe(2)
    expect(await titlesOf(client)).toEqual(['Acme', 'Beta'])
  })

  test('with ragged rows has these rejected, and says where they are', async () => {
    const { client } = await openTestCore()
    const done = await importWell(
      client,
      'leads',
      csv('title,value\na,1\nb\nc,3,4\n"two\nlines",5\nd,6,,\ne,"7\nf,8\n'),
    )
    expect(done).toMatchObject({ created: 4, rejected: 3 })
    expect(done.problems.map(({ line, message }) => [line, message])).toEqual([
      [3, 'The row has 1 cell, but the file has 2 columns'],
      [4, 'The row has 3 cells, but the file has 2 columns'],
      [8, 'The row cannot be read: cell 2 opens with " and has no closing "'],
    ])
    expect((await titlesOf(client)).sort()).toEqual(['a', 'd', 'f', 'two lines'])
  })

  test('with 10 MB in one cell keeps going, and memory with it', async () => {
    const { client } = await openTestCore()
    const huge = `title,notes\na,"${'long '.repeat(2_000_000)}"\nb,${'x'.repeat(100_001)}\nc,fine`
    const done = await importWell(client, 'leads', csv(huge))
    expect(done).toMatchObject({ created: 1, rejected: 2 })
    expect(done.problems[1]?.message).toBe('Description must have at most 100000 characters')
    expect(done.problems[1]?.value.length).toBeLessThan(300)
    expect(await titlesOf(client)).toEqual(['c'])
  })

  test('with formulas brings them in as the text they are', async () => {
    const { client } = await openTestCore()
    await importWell(client, 'leads', csv(`title,notes\n"=HYPERLINK(""x"")",+1\n'=1+1,'kept`))
    expect((await titlesOf(client)).sort()).toEqual(['=1+1', '=HYPERLINK("x")'])
    const { items } = await client.leads.list({ sort: 'title' })
    expect(items.map((lead) => lead.description)).toEqual(["'kept", '+1'])
  })

  test('that only has a header imports nothing and leaves no action behind', async () => {
    const { client } = await openTestCore()
    const before = (await client.changes.batches({})).length
    const done = await importWell(client, 'leads', csv('title,value\n'))
    expect(done).toMatchObject({ rows: 0, created: 0, batchId: null })
    expect((await client.changes.batches({})).length).toBe(before)
    await expect(client.transfer.undo({ importId: done.importId })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

test('dates of a column are read in the one order that fits all of it', async () => {
  const { client } = await openTestCore()
  const dates = ['03/04/2026', '13/04/2026', '05/06/2026']
  const file = (rows: string[]) =>
    csv(`title,Expected close date\n${rows.map((date, index) => `${index},${date}`).join('\n')}`)
  await importWell(client, 'leads', file(dates))
  const read = async () =>
    (await client.leads.list({ sort: 'title' })).items.map((lead) => lead.expectedCloseDate)
  expect(await read()).toEqual(['2026-04-03', '2026-04-13', '2026-06-05'])
  const unclear = await importWell(client, 'leads', file(['03/04/2026']), { dryRun: true })
  expect(unclear.problems[0]?.message).toBe(
    'Expected close date may be 3 April or 4 March: choose the order of day and month',
  )
  const chosen = await importWell(client, 'leads', file(['03/04/2026']), {
    dateOrder: 'mdy',
    onDuplicate: 'update',
  })
  expect(chosen).toMatchObject({ updated: 1 })
  expect((await read())[0]).toBe('2026-03-04')
})

test('a name full of folders is only ever shown', async () => {
  const { client, directory } = await openTestCore()
  const file = csv('title\na', '../../../etc/pass\u202Ewd\u0000.csv')
  const { fileId, name } = await client.transfer.inspect({ file })
  expect(name).toBe('passwd.csv')
  expect(readdirSync(join(directory, 'imports'))).toEqual([`${fileId}.csv`])
})

test('a file that is gone is asked for again', async () => {
  const { client, directory } = await openTestCore()
  const { fileId } = await client.transfer.inspect({ file: csv('title\na') })
  const { rmSync } = await import('node:fs')
  rmSync(join(directory, 'imports', `${fileId}.csv`))
  await expect(client.transfer.start({ kind: 'leads', fileId })).rejects.toMatchObject({
    code: 'conflict',
    message: 'file.csv is not kept any more. Choose the file again.',
  })
})

test('files are kept for a month and then go', async () => {
  const first = await openTestCore()
  const { directory } = first
  const { fileId } = await first.client.transfer.inspect({ file: csv('title\na') })
  await first.close()
  const path = join(directory, 'imports', `${fileId}.csv`)
  expect(existsSync(path)).toBe(true)
  const second = await openTestCore({ directory, start: '2026-12-31T00:00:00.000Z' })
  await expect.poll(() => existsSync(path)).toBe(false)
  await second.close()
})

test('a delimiter is one character', async () => {
  const { client } = await openTestCore()
  const file = csv('title\nRoof')
  await expect(client.transfer.inspect({ file, delimiter: ']z-a' })).rejects.toMatchObject({
    status: 400,
  })
  for (const delimiter of [']', '^', '\\', '-'])
    expect((await client.transfer.inspect({ file, delimiter })).columns).toEqual(['title'])
})
