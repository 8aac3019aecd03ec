import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { detectFile } from './detect-file'
import { collect, createFilesOnDisk } from './file-on-disk'
import { type ReadOptions, type RecordRow, readRecords } from './read-records'

const files = createFilesOnDisk()

async function readAll(path: string, options: ReadOptions = {}): Promise<RecordRow[]> {
  const form = await detectFile(path, { hasHeader: true })
  return collect(readRecords(path, form, options))
}

describe('the records of a file', () => {
  it('are numbered without the header and blank lines, and know their line', async () => {
    const path = await files.put('name,note\n\nAcme,"two\nlines"\n\n\nBeta,x\n')
    expect(await readAll(path)).toEqual([
      { number: 1, line: 3, values: ['Acme', 'two\nlines'] },
      { number: 2, line: 7, values: ['Beta', 'x'] },
    ])
  })

  it('that are ragged are returned with the problem and do not stop the rest', async () => {
    const path = await files.put('a,b,c\n1,2,3\n1,2\n1,2,3,4\n1\n1,2,3\n')
    const records = await readAll(path)
    expect(records.map((record) => record.values)).toEqual([
      ['1', '2', '3'],
      ['1', '2'],
      ['1', '2', '3', '4'],
      ['1'],
      ['1', '2', '3'],
    ])
    expect(records.map((record) => record.problem)).toEqual([
      undefined,
      { code: 'ragged', message: '2 cells, but the file has 3 columns' },
      { code: 'ragged', message: '4 cells, but the file has 3 columns' },
      { code: 'ragged', message: '1 cell, but the file has 3 columns' },
      undefined,
    ])
  })

  it('may end in empty cells that no column names', async () => {
    const path = await files.put(`a,b,,\n${'1,2,,\n'.repeat(300)}3,4,, \n5,6\n7,8,,x\n`)
    const records = await readAll(path)
    expect(records.slice(299).map((record) => [record.values, record.problem?.code])).toEqual([
      [['1', '2'], undefined],
      [['3', '4'], undefined],
      [['5', '6'], undefined],
      [['7', '8', '', 'x'], 'ragged'],
    ])
  })

  it('whose quotes leave the wrong number of cells say that quotes are the reason', async () => {
    const path = await files.put('a,b\n"x" y,z,1\n1,"open\n2,3\n')
    const records = await readAll(path)
    expect(records.map((record) => [record.line, record.problem?.code])).toEqual([
      [2, 'quote'],
      [3, 'quote'],
      [4, undefined],
    ])
  })

  it('can be read from a number on', async () => {
    const path = await files.put('a\n1\n"2\n2"\n3\n4\n')
    expect(await readAll(path, { from: 3 })).toEqual([
      { number: 3, line: 5, values: ['3'] },
      { number: 4, line: 6, values: ['4'] },
    ])
  })

  it('stop coming when the reader is stopped', async () => {
    const path = await files.put(`a\n${'1\n'.repeat(1000)}`)
    const form = await detectFile(path, { hasHeader: true })
    const controller = new AbortController()
    let read = 0
    const reading = (async () => {
      for await (const _ of readRecords(path, form, { signal: controller.signal })) {
        read += 1
        if (read === 10) controller.abort(new Error('enough'))
      }
    })()
    await expect(reading).rejects.toThrow('enough')
    expect(read).toBe(10)
  })
})

describe('the records of a large file', () => {
  it('of 10 MB are rejected, cut, and those after them read', async () => {
    const note = 'a "very" long note, with all in it\r\n'.repeat(300_000).replaceAll('"', '""')
    const path = await files.put(`id,note,end\r\n1,x,y\r\n2,"${note}",y\r\n3,x,y\r\n`)
    const records = await readAll(path)
    expect(records.map((record) => [record.number, record.line])).toEqual([
      [1, 2],
      [2, 3],
      [3, 300_004],
    ])
    expect(records[1]?.problem).toEqual({
      code: 'too_long',
      message: 'the record is longer than 1048576 characters',
    })
    expect(records[1]?.values.join('').length).toBeLessThan(1000)
  })

  it('may be long where the reader allows it', async () => {
    const note = 'x'.repeat(2_000_000)
    const path = await files.put(`id,note\n1,"${note}"\n2,y\n`)
    const records = await readAll(path, { maxRecordLength: 3_000_000 })
    expect(records.map((record) => record.values[1]?.length)).toEqual([2_000_000, 1])
  })

  it('take bounded memory, even in a line of 200 MB', async () => {
    const path = files.newPath()
    const stream = createWriteStream(path)
    const block = 'y'.repeat(1_000_000)
    stream.write('id,note\n1,x\n2,')
    for (let megabytes = 0; megabytes < 200; megabytes += 1) {
      if (!stream.write(block)) await once(stream, 'drain')
    }
    stream.end('\n3,z\n')
    await once(stream, 'finish')

    const form = await detectFile(path)
    const before = process.memoryUsage().rss
    let most = before
    const onProgress = () => {
      most = Math.max(most, process.memoryUsage().rss)
    }
    const records = await collect(readRecords(path, form, { onProgress }))
    expect(records.map((record) => [record.line, record.problem?.code])).toEqual([
      [2, undefined],
      [3, 'too_long'],
      [4, undefined],
    ])
    expect((most - before) / 1e6).toBeLessThan(150)
  }, 60_000)

  it('are all there among 200,000, and come fast', async () => {
    const rows = 200_000
    const line = (row: number) =>
      `1C1I7A6R${row},Moses Frase,"GTX ""Plus"" Basic",Cancity,Won,2016-10-20,2017-03-01,1054\n`
    const text = Array.from({ length: rows }, (_, row) => line(row)).join('')
    const path = await files.put(`id,agent,product,account,stage,engaged,closed,value\n${text}`)
    const form = await detectFile(path)
    const started = performance.now()
    let count = 0
    let problems = 0
    for await (const record of readRecords(path, form)) {
      count += 1
      if (record.problem) problems += 1
    }
    const rate = Math.round((count / (performance.now() - started)) * 1000)
    console.log(`${count} records read, ${rate.toLocaleString('en')} a second`)
    expect([count, problems]).toEqual([rows, 0])
  }, 60_000)

  it.each(['utf-8', 'utf-16le', 'gb18030', 'shift_jis'])(
    'are whole where a chunk cuts a %s character',
    async (encoding) => {
      // 東 has 2 or 3 bytes: with rows of odd lengths every cut of it meets some chunk's edge.
      for (const offset of [0, 1, 2]) {
        const row = `${'東京都'.repeat(9)},x\n`
        const text = `na${'x'.repeat(offset)},b\n${row.repeat(6_000)}`
        const path = await files.put(iconv.encode(text, encoding, { addBOM: true }))
        const form = await detectFile(path, { hasHeader: true })
        expect(form.encoding).toBe(encoding)
        let wrong = 0
        let count = 0
        for await (const record of readRecords(path, form)) {
          count += 1
          if (`${record.values.join(',')}\n` !== row) wrong += 1
        }
        expect([count, wrong]).toEqual([6_000, 0])
      }
    },
  )
})
