import { expect, test } from 'vitest'
import { compactMoneyText, moneyText, readAmount, sumOf } from './money'

test('a value is written with its currency and its cents', () => {
  expect(moneyText({ amount: '1054.00', currency: 'USD' })).toBe('$1,054.00')
  expect(moneyText({ amount: '1054', currency: 'JPY' })).toBe('¥1,054')
})

test('round values can drop their cents, others keep them', () => {
  expect(moneyText({ amount: '1054.00', currency: 'USD' }, true)).toBe('$1,054')
  expect(moneyText({ amount: '1054.50', currency: 'USD' }, true)).toBe('$1,054.50')
})

test('a value beyond what a float can hold is not rounded', () => {
  expect(moneyText({ amount: '9007199254740.9931', currency: 'CLF' })).toContain(
    '9,007,199,254,740.9931',
  )
})

test('ten million fits on a card', () => {
  expect(compactMoneyText({ amount: '10005534.00', currency: 'USD' })).toBe('$10M')
})

test('sums are made per currency, to the cent', () => {
  expect(
    sumOf([
      { amount: '0.10', currency: 'USD' },
      { amount: '5', currency: 'JPY' },
      { amount: '0.20', currency: 'USD' },
    ]),
  ).toEqual([
    { amount: '0.30', currency: 'USD' },
    { amount: '5', currency: 'JPY' },
  ])
})

test.each([
  ['1054', '1054'],
  ['1,054.50', '1054.50'],
  ['1.054,50', '1054.50'],
  ['1 054,5', '1054.5'],
  ["1'054.50", '1054.50'],
  ['$1,054', '1054'],
  ['1054 €', '1054'],
  ['1,054,000', '1054000'],
  ['1.054.000', '1054000'],
  ['10.5', '10.5'],
  ['10,5', '10.5'],
  ['1.234', '1.234'],
  ['1.5k', '1500'],
  ['2m', '2000000'],
  ['.5', '0.5'],
  ['-20', '-20'],
])('%s is understood as %s', (typed, amount) => {
  expect(readAmount(typed)).toBe(amount)
})

test.each(['', 'abc', '1,05,4.2.1', '12x3', '1,2345,678'])('“%s” is not an amount', (typed) => {
  expect(readAmount(typed)).toBeUndefined()
})
