import { expect, test } from 'vitest'
import { emptyLine, linesInput, lineTotal, totalsOf } from './totals'

const line = (
  description: string,
  quantity: number,
  unitPrice: string,
  discount: number | null = null,
) => ({
  key: description,
  description,
  quantity,
  unitPrice,
  discount,
})

test('a quote adds up its lines after their discounts, and the tax once on top', () => {
  const lines = [line('Licence', 3, '99.95', 10), line('Setup', 1, '1,200')]
  expect(totalsOf(lines, 20, 'USD')).toEqual({
    subtotal: { amount: '1469.87', currency: 'USD' },
    tax: { amount: '293.97', currency: 'USD' },
    total: { amount: '1763.84', currency: 'USD' },
  })
})

test('half a cent is rounded up although binary fractions fall short of it', () => {
  expect(lineTotal(line('x', 1, '1.005'), 'USD').amount).toBe('1.01')
})

test('yen have no cents', () => {
  expect(totalsOf([line('x', 3, '333')], 10, 'JPY').total).toEqual({
    amount: '1099',
    currency: 'JPY',
  })
})

test('lines nobody filled in are not sent, prices are sent as plain decimals', () => {
  expect(linesInput([line('Setup', 1, '1,200.50'), emptyLine('k')])).toEqual([
    { description: 'Setup', quantity: 1, unitPrice: '1200.50', discount: 0 },
  ])
})

test('a price that cannot be read is sent as typed, so that the core can say so', () => {
  expect(linesInput([line('Setup', 1, 'about ten')])[0]?.unitPrice).toBe('about ten')
})
