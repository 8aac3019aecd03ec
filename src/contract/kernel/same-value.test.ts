import { describe, expect, it } from 'vitest'
import { fieldOf, sameValue } from './same-value'

describe('Two values say the same', () => {
  it.each([
    [null, undefined],
    ['', null],
    ['  ', null],
    ['a\r\nb', 'a\nb'],
    [' a ', 'a'],
    ['2026-11-20T09:30:00Z', '2026-11-20T10:30:00.000+01:00'],
    [
      { amount: '1054', currency: 'USD' },
      { amount: '1054.00', currency: 'USD' },
    ],
    [
      { amount: '-0.5', currency: 'USD' },
      { amount: '-00.50', currency: 'USD' },
    ],
    [{ a: 1, b: null }, { a: 1 }],
    [
      ['a', { b: '' }],
      ['a', { b: null }],
    ],
  ])('%j and %j', (one, other) => {
    expect(sameValue(one, other)).toBe(true)
    expect(sameValue(other, one)).toBe(true)
  })

  it.each([
    ['a', 'b'],
    ['a b', 'a  b'],
    [0, null],
    [false, null],
    [1, '1'],
    ['2026-11-20', '2026-11-20T00:00:00Z'],
    [
      { amount: '1054', currency: 'USD' },
      { amount: '1054', currency: 'EUR' },
    ],
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    [[], {}],
  ])('or not: %j and %j', (one, other) => {
    expect(sameValue(one, other)).toBe(false)
    expect(sameValue(other, one)).toBe(false)
  })

  it('a reference is read as the id that an edit has', () => {
    expect(fieldOf({ owner: { id: 'a', name: 'Kim' } }, 'ownerId')).toBe('a')
    expect(fieldOf({ owner: null }, 'ownerId')).toBeUndefined()
    expect(fieldOf({ externalId: 'x' }, 'externalId')).toBe('x')
  })
})
