import { expect, test } from 'vitest'
import { pagesOf } from './definition'
import { ariaSort, nextSort, sortOf } from './sort'
import type { ListState } from './state'

const searched = { q: 'acme' } as ListState

test('while a list is searched no header shows an arrow, and the first press sorts upwards', () => {
  const sort = sortOf(searched, 'name')
  expect(sort).toBeUndefined()
  expect(ariaSort('name', sort)).toBe('none')
  expect(nextSort('name', sort)).toBe('name')
  expect(sortOf({ ...searched, sort: 'name' }, 'name')).toBe('name')
})

test('the header shows the order that the rows are asked for in', () => {
  const states = [{} as ListState, searched, { ...searched, sort: '-value' }]
  for (const state of states)
    expect(pagesOf(state, 'name').input(undefined).sort).toBe(sortOf(state, 'name'))
  expect(ariaSort('name', sortOf({} as ListState, 'name'))).toBe('ascending')
})

test('presses go upwards, downwards and back to the list’s own order', () => {
  expect(nextSort('name', '-value')).toBe('name')
  expect(nextSort('name', 'name')).toBe('-name')
  expect(nextSort('name', '-name')).toBeUndefined()
})
