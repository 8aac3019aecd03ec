import { fileURLToPath } from 'node:url'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '../../format/write-csv'
import { createColumnHintsFinder, findColumnHints } from '../values/column-hints'
import { parseDate, parseInteger, parseMoney, parseNumber, parseText } from '../values/parse-values'
import { detectFile } from './detect-file'
import { collect, createFilesOnDisk } from './file-on-disk'
import { readRecords } from './read-records'

const files = createFilesOnDisk()
const fixture = (name: string) =>
  fileURLToPath(new URL(`../fixtures/maven-crm/${name}`, import.meta.url))

async function readFixture(path: string) {
  const form = await detectFile(path)
  return { form, records: await collect(readRecords(path, form)) }
}

describe('a published sales pipeline', () => {
  it.each([
    [
      'accounts.csv',
      85,
      'account,sector,year_established,revenue,employees,office_location,subsidiary_of',
    ],
    ['products.csv', 7, 'product,series,sales_price'],
    ['sales_teams.csv', 35, 'sales_agent,manager,regional_office'],
    [
      'sales_pipeline.csv',
      8800,
      'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value',
    ],
  ])('is all there: %s', async (name, count, columns) => {
    const { form, records } = await readFixture(fixture(name))
    expect(form).toMatchObject({
      encoding: 'utf-8',
      delimiter: ',',
      header: 'present',
      lineEnding: '\n',
      columns: columns.split(','),
    })
    expect(records).toHaveLength(count)
    expect(records.filter((record) => record.problem)).toEqual([])
    expect(records.at(-1)).toMatchObject({ number: count, line: count + 1 })
  })

  it('has stages, dates and values that add up', async () => {
    const { records } = await readFixture(fixture('sales_pipeline.csv'))
    const stages = new Map<string, number>()
    let won = 0
    let withoutAccount = 0
    for (const { values } of records) {
      const [, , , account = '', stage = '', engaged = '', closed = '', value = ''] = values
      stages.set(stage, (stages.get(stage) ?? 0) + 1)
      if (parseText(account, { maxLength: 255 }).value === null) withoutAccount += 1
      for (const cell of [engaged, closed]) {
        const date = parseDate(cell)
        expect(date).toEqual({ value: cell === '' ? null : cell })
      }
      const money = parseMoney(value, { currency: 'USD' })
      expect(money.problem).toBeUndefined()
      if (stage === 'Won') won += money.value?.minor ?? 0
    }
    expect(Object.fromEntries(stages)).toEqual({
      Won: 4238,
      Lost: 2473,
      Engaging: 1589,
      Prospecting: 500,
    })
    expect(won).toBe(1_000_553_400)
    expect(withoutAccount).toBe(1425)
  })

  it('has companies whose figures are numbers', async () => {
    const { records } = await readFixture(fixture('accounts.csv'))
    const hints = findColumnHints(records.map((record) => record.values[3] ?? ''))
    expect(hints.decimalSeparator).toBe('.')
    for (const { values } of records) {
      const [, , year = '', revenue = '', employees = ''] = values
      expect(parseInteger(year, { min: 1900, max: 2100 }).value).toBe(Number(year))
      expect(parseNumber(revenue, { decimalSeparator: '.' }).value).toBe(Number(revenue))
      expect(parseInteger(employees, { min: 0 }).value).toBe(Number(employees))
    }
  })

  it('is the same after a German Excel had it', async () => {
    const { form, records } = await readFixture(fixture('sales_pipeline.csv'))
    const german = records.map(({ values }) =>
      values.map((cell, column) => {
        if (column === 5 || column === 6) return cell.split('-').reverse().join('.')
        if (column === 7 && cell !== '') {
          return `${Number(cell).toLocaleString('de-DE', { minimumFractionDigits: 2 })} €`
        }
        return cell
      }),
    )
    const path = files.newPath()
    await writeCsv(form.columns, german, path, { delimiter: ';' })
    const { form: again, records: read } = await readFixture(path)
    expect(again).toMatchObject({ delimiter: ';', header: 'present', columns: form.columns })

    const hints = createColumnHintsFinder()
    for (const { values } of read) hints.add(values[7] ?? '')
    const { decimalSeparator } = hints.hints()
    expect(decimalSeparator).toBe(',')
    const money = { currency: 'USD', ...(decimalSeparator ? { decimalSeparator } : {}) }
    let won = 0
    for (const [index, { values }] of read.entries()) {
      const original = records[index]?.values ?? []
      expect(parseDate(values[5] ?? '').value ?? '').toBe(original[5])
      expect(parseDate(values[6] ?? '').value ?? '').toBe(original[6])
      const value = parseMoney(values[7] ?? '', money)
      if (values[4] === 'Won') won += value.value?.minor ?? 0
      if (value.value) expect(value.value.currency).toBe('EUR')
    }
    expect(won).toBe(1_000_553_400)
  })

  it('is the same in UTF-16 with tabs, as Excel saves "Unicode text"', async () => {
    const { form, records } = await readFixture(fixture('sales_pipeline.csv'))
    const text = [form.columns, ...records.map((record) => record.values)]
      .map((cells) => `${cells.join('\t')}\r\n`)
      .join('')
    const path = await files.put(iconv.encode(text, 'utf-16le', { addBOM: true }))
    const { form: again, records: read } = await readFixture(path)
    expect(again).toMatchObject({
      encoding: 'utf-16le',
      bom: true,
      delimiter: '\t',
      lineEnding: '\r\n',
    })
    expect(read).toEqual(records)
  })
})
