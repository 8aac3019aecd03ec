import { expect, test } from 'vitest'
import { beforeText } from './before'

test.each([
  [0, 'at the time'],
  [1, '1 minute before'],
  [90, '90 minutes before'],
  [60, '1 hour before'],
  [1440, '1 day before'],
  [2880, '2 days before'],
  [20_160, '2 weeks before'],
])('%d minutes read “%s”', (minutes, text) => {
  expect(beforeText(minutes)).toBe(text)
})
