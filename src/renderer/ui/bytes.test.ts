import { expect, test } from 'vitest'
import { bytesText } from './bytes'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [1540, '1.5 kB'],
  [28_140, '28 kB'],
  [999_400, '999 kB'],
  [999_600, '1 MB'],
  [5_249_000_000, '5.2 GB'],
  [7_000_000_000_000_000, '7,000 TB'],
])('%d is written %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})
