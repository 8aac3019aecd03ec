import { expect, test } from 'vitest'
import { processorTime } from '../../../testing/effort'
import { createRecordScanner } from './scan-records'

const lines: Record<string, string> = {
  'quotes and blanks': '" ',
  'quotes within quotes': '"a"b',
  'quotes at ends of lines': '"\n',
  'quotes behind delimiters': 'a,"\n',
}
test.each(Object.entries(lines))('a record of nothing but %s is soon read', async (_, piece) => {
  const text = piece.repeat(50_000 / piece.length)
  const effort = await processorTime(() => {
    const scanner = createRecordScanner({
      delimiter: ',',
      quote: '"',
      quoteEscape: 'doubled',
      columns: 3,
      maxRecordLength: 1_000_000,
    })
    scanner.scan(text)
    scanner.end()
  })
  expect(effort).toBeLessThan(3000)
})
