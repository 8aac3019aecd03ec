import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantText } from './instant-text'

function asDateWrites(milliseconds: number): void {
  expect(instantText(milliseconds)).toBe(new Date(milliseconds).toISOString())
}

test('an instant is written as Date writes it, whichever it is', () => {
  fc.assert(fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), asDateWrites))
  fc.assert(fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), asDateWrites), {
    numRuns: 2000,
  })
  fc.assert(fc.property(fc.double({ min: -1e6, max: 4e12, noNaN: true }), asDateWrites))
})

test('so is every day of 400 years, at its beginning and its end', () => {
  const day = 86_400_000
  for (let at = 0; at < 400 * 366 * day; at += day) {
    if (instantText(at) !== new Date(at).toISOString()) asDateWrites(at)
    if (instantText(at - 1) !== new Date(at - 1).toISOString()) asDateWrites(at - 1)
  }
  for (const at of [253_402_300_799_999, 253_402_300_800_000, -1, 0]) asDateWrites(at)
})

test('what is no instant is refused', () => {
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, -8.64e15 - 1])
    expect(() => instantText(wrong)).toThrow(RangeError)
})
