import fc from 'fast-check'
import { generateKeyBetween } from 'fractional-indexing'
import { expect, test } from 'vitest'
import { keyOfNumber, numberOfKey } from './positions'

const number = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })

test('keys are numbered without a gap, as the board makes them one after another', () => {
  let above = keyOfNumber(0)
  let below = above
  expect(above).toBe('a0')
  for (let count = 1; count < 5000; count++) {
    below = generateKeyBetween(below, null)
    above = generateKeyBetween(null, above)
    expect(keyOfNumber(count)).toBe(below)
    expect(keyOfNumber(-count)).toBe(above)
  }
})

test('a key leads back to its number, and greater numbers to keys further down', () => {
  fc.assert(
    fc.property(number, (one) => {
      expect(numberOfKey(keyOfNumber(one))).toBe(one)
    }),
  )
  fc.assert(
    fc.property(number, number, (one, other) => {
      expect(Math.sign(one - other)).toBe(
        keyOfNumber(one) < keyOfNumber(other) ? -1 : keyOfNumber(one) > keyOfNumber(other) ? 1 : 0,
      )
    }),
  )
})

test('a card can be put between any two of them', () => {
  fc.assert(
    fc.property(number, (one) => {
      const between = generateKeyBetween(keyOfNumber(one), keyOfNumber(one + 1))
      expect(numberOfKey(between)).toBe(one)
      expect(keyOfNumber(one) < between && between < keyOfNumber(one + 1)).toBe(true)
    }),
  )
})
