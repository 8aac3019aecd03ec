import { expect, test } from 'vitest'
import { defaultColumns, moveColumn, orderColumns } from './columns'

const columns = [
  { id: 'title' },
  { id: 'value' },
  { id: 'owner' },
  { id: 'score', optional: true as const },
]

test('optional columns wait until they are asked for', () => {
  expect(defaultColumns(columns)).toEqual(['title', 'value', 'owner'])
})

test('the name is always there and first; columns of an older version are left out', () => {
  expect(orderColumns(columns, ['owner', 'gone', 'score', 'owner'])).toEqual([
    'title',
    'owner',
    'score',
  ])
})

test('a column moves by one place, never before the name nor off the end', () => {
  const shown = ['title', 'value', 'owner']
  expect(moveColumn(shown, 'owner', -1)).toEqual(['title', 'owner', 'value'])
  expect(moveColumn(shown, 'value', -1)).toEqual(shown)
  expect(moveColumn(shown, 'owner', 1)).toEqual(shown)
  expect(moveColumn(shown, 'title', 1)).toEqual(shown)
})
