import { expect, test } from 'vitest'
import { matches } from './actions'

const undo = { label: 'Undo the latest change', group: 'Do' as const, keywords: ['revert'] }

test('an action is found by the beginnings of its words, in any order', () => {
  expect(matches(undo, 'und')).toBe(true)
  expect(matches(undo, 'change lat')).toBe(true)
  expect(matches(undo, 'rev')).toBe(true)
  expect(matches(undo, 'ndo')).toBe(false)
  expect(matches(undo, 'undo nothing')).toBe(false)
})

test('before anything is typed every action is offered', () => {
  expect(matches(undo, '  ')).toBe(true)
})
