import { expect, test } from 'vitest'
import { smallestShift } from './useSteadyScroll'

/** Cards of 100 pixels each, one below the other. */
const column = (ids: string) => [...ids].map((id) => ({ id }))
const startOf = (index: number) => index * 100

const sight = new Map([
  ['c', 200],
  ['d', 300],
  ['e', 400],
])

test('cards that come in above push the column on by their height', () => {
  expect(smallestShift(sight, column('xyabcde'), startOf)).toBe(200)
})

test('a card that goes above pulls it back', () => {
  expect(smallestShift(sight, column('acde'), startOf)).toBe(-100)
})

test('arranging the cards in sight scrolls nothing', () => {
  expect(smallestShift(sight, column('abdce'), startOf)).toBe(0)
})

test('when the uppermost goes below the others, the others stay where they are seen', () => {
  expect(smallestShift(sight, column('abdec'), startOf)).toBe(-100)
})

test('a card that leaves from among those in sight scrolls nothing', () => {
  expect(smallestShift(sight, column('abce'), startOf)).toBe(0)
})

test('when none of them is left, nothing is scrolled', () => {
  expect(smallestShift(sight, column('xyz'), startOf)).toBe(0)
})
