/** Cells and headers made to cost much are read as soon as any others. */
import { describe, expect, test } from 'vitest'
import { processorTime } from '../../../testing/effort'
import { guessKind, suggestMapping } from '../columns/suggest-mapping'
import { channelParts } from './contact-channels'
import { parseEmail } from './parse-values'
import { createRowReader } from './read-values'
import { listOf } from './references'

const spaces = (count: number) => ' '.repeat(count)
const often = (times: number, work: () => unknown) => () => {
  for (let time = 0; time < times; time++) work()
}

describe('a cell is soon read', () => {
  test('as an e-mail address, whatever is between its signs', async () => {
    const cell = `${'@'.repeat(100)}${spaces(300)}x`
    expect(await processorTime(() => parseEmail(cell))).toBeLessThan(1000)
    expect(parseEmail('a@b.example c@d.example').problem?.rule).toBe('several_emails')
    expect(parseEmail('a@b.example;\nc@d.example').problem?.rule).toBe('several_emails')
    expect(parseEmail('a@b.example, ').value).toBe('a@b.example')
  })

  test('as a list of addresses with much space in it', async () => {
    const cell = `a@b.example${spaces(900)}x`
    expect(await processorTime(often(2000, () => channelParts(cell, 'email')))).toBeLessThan(1000)
    expect(channelParts(' a@b.example ; c@d.example\n', 'email')).toEqual([
      'a@b.example',
      'c@d.example',
    ])
    expect(channelParts('+1 555 1 ; ext. 7 ::: +1 555 2', 'phone')).toEqual([
      '+1 555 1 ; ext. 7',
      '+1 555 2',
    ])
  })

  test('as a list of names with much space in it', async () => {
    const cell = `Acme${spaces(50_000)}x`
    expect(await processorTime(() => listOf(cell))).toBeLessThan(1000)
    expect(listOf('Acme ; Zeta')).toMatchObject({ first: 'Acme' })
  })

  test('as yes or no in a column of dates', async () => {
    const columns = ['Title', 'Completed']
    const read = createRowReader({
      ...{ kind: 'tasks', columns, survey: {}, custom: [], doubted: new Set() },
      mapping: { title: ['Title'], completedAt: ['Completed'] },
      options: {} as never,
      ...{ zone: 'UTC', currency: 'EUR', now: 0 },
    })
    expect(await processorTime(() => read(['A', `${spaces(100_000)}x`]))).toBeLessThan(1000)
    expect(read(['A', ' 1 ']).values).toMatchObject({ done: true })
    expect(read(['A', ' no ']).values).toMatchObject({ done: false })
  })
})

describe('a file of two thousand columns', () => {
  const columns = Array.from({ length: 2000 }, (_, index) => `Answer number ${index + 1}`)
  const sample = { columns, rows: [columns.map((_, index) => `text ${index}`)] }

  test.each(['leads', 'contacts', 'companies'] as const)('is soon mapped to %s', async (kind) => {
    const options = { custom: [], mayAddFields: true }
    expect(await processorTime(() => suggestMapping(sample, kind, options))).toBeLessThan(3000)
  })

  test('soon shows what it is', async () => {
    expect(await processorTime(() => guessKind(sample))).toBeLessThan(6000)
  })

  test('soon gives the details of an activity', async () => {
    const read = createRowReader({
      ...{ kind: 'activities', columns, survey: {}, custom: [], doubted: new Set() },
      mapping: Object.fromEntries(columns.map((name, index) => [`metadata.a${index}`, [name]])),
      options: {} as never,
      ...{ zone: 'UTC', currency: 'EUR', now: 0 },
    })
    const cells = columns.map((_, index) => `text ${index}`)
    const effort = await processorTime(often(100, () => read(cells)))
    expect(effort).toBeLessThan(3000)
    expect(Object.keys(read(cells).values.metadata as object)).toHaveLength(2000)
  })
})
