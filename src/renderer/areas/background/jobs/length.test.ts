import { expect, test } from 'vitest'
import { lengthText } from './length'

const start = '2026-11-26T08:00:00.000Z'
const after = (milliseconds: number) => new Date(Date.parse(start) + milliseconds).toISOString()

test.each([
  [120, 'under a second'],
  [3_100, '3 s'],
  [60_000, '1 min'],
  [125_000, '2 min 5 s'],
])('%i ms are %s', (milliseconds, text) => {
  expect(lengthText(start, after(milliseconds))).toBe(text)
})
