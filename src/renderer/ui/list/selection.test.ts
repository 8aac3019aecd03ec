import { expect, test } from 'vitest'
import { countSelected, isSelected, nothing, rangeOf, withRows } from './selection'

const loaded = ['a', 'b', 'c', 'd']

test('rows are chosen one by one and in ranges either way', () => {
  const some = withRows(nothing, ['b'], true, loaded)
  const more = withRows(some, rangeOf(loaded, 'd', 'b'), true, loaded)
  expect([...loaded].filter((id) => isSelected(more, id))).toEqual(['b', 'c', 'd'])
  expect(countSelected(more, 100)).toBe(3)
})

test('all that match counts the rows not loaded too', () => {
  expect(countSelected({ all: true }, 2089)).toBe(2089)
  expect(isSelected({ all: true }, 'not loaded')).toBe(true)
})

test('taking one row out of all leaves the loaded others', () => {
  const left = withRows({ all: true }, ['a'], false, loaded)
  expect(countSelected(left, 2089)).toBe(3)
  expect(isSelected(left, 'a')).toBe(false)
})

test('a range from a row that is gone is just the row pressed', () => {
  expect(rangeOf(loaded, 'gone', 'c')).toEqual(['c'])
})
