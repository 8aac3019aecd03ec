import { expect, test } from 'vitest'
import { differs, readListState } from './state'

test('an address with a broken filter still opens the list', () => {
  expect(readListState({ q: 'acme', filter: { all: [{ nonsense: 1 }] }, sort: 7 })).toEqual({
    q: 'acme',
  })
  expect(readListState(undefined)).toEqual({})
})

test('a view counts as changed once filter, sort, text or columns differ', () => {
  const view = { filter: { all: [{ field: 'status', operator: 'in' as const, value: ['open'] }] } }
  expect(differs({ view: 'v', ...view }, view)).toBe(false)
  expect(differs({ view: 'v', ...view, sort: '-value' }, view)).toBe(true)
  expect(differs({ view: 'v' }, view)).toBe(true)
})
