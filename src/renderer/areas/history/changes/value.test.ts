import { expect, test } from 'vitest'
import { valueText } from './value'

test('values of the change log read as people write them', () => {
  expect(valueText(null)).toBe('empty')
  expect(valueText([])).toBe('empty')
  expect(valueText(['vip', 'q4'])).toBe('vip, q4')
  expect(valueText(true)).toBe('yes')
  expect(valueText({ amount: '1054.00', currency: 'USD' })).toBe('$1,054.00')
  expect(valueText({ id: 'u1', name: 'Ann' })).toBe('Ann')
  expect(valueText({ region: 'west', seats: 4 })).toBe('region: west, seats: 4')
})

test('a date is not taken for text, nor text for a date', () => {
  expect(valueText('2025-03-02')).toMatch(/2025/)
  expect(valueText('2026 plan')).toBe('2026 plan')
})
