import { expect, it } from 'vitest'
import { evidenceText } from './evidence'

const evidence = {
  enough: true,
  alike: [],
  cases: 11,
  answered: 3,
  rate: 0.28,
  low: 0.119,
  high: 0.484,
}

it('tells counts and interval where there are enough cases', () => {
  expect(evidenceText(evidence)).toBe('3 of 11 answered, 12–48 %')
})

it('says in words that there are too few, whatever the rate', () => {
  const few = { ...evidence, enough: false }
  expect(evidenceText({ ...few, cases: 2, answered: 2 })).toBe(
    'not enough data yet, only 2 cases like it',
  )
  expect(evidenceText({ ...few, cases: 1 })).toBe('not enough data yet, only 1 case like it')
  expect(evidenceText({ ...few, cases: 0 })).toBe(
    'not enough data yet, as there was no case like it',
  )
})
