import { expect, test } from 'vitest'
import { dropOffOf, dropOffText } from './dropOff'

const step = { variant: null, type: 'call', reached: 0, done: 0, skipped: 0, dropped: 0 }

test('a step is reached by those who went on, wait there or ended there, and by nobody else', () => {
  const parts = dropOffOf(
    [
      { ...step, position: 0, reached: 50, done: 30, skipped: 5, dropped: 10 },
      { ...step, position: 0, variant: 'A', reached: 25, done: 15 },
      { ...step, position: 1, type: 'email', reached: 35, done: 35 },
      { ...step, position: null, reached: 9, done: 9 },
    ],
    (type) => type.toUpperCase(),
  )
  expect(parts).toEqual([
    { step: '1. CALL', wentOn: 35, waiting: 5, ended: 10 },
    { step: '2. EMAIL', wentOn: 35, waiting: 0, ended: 0 },
  ])
  expect(dropOffText(parts)).toBe(
    '1. CALL: 35 went on, 5 wait, 10 ended here. 2. EMAIL: 35 went on, 0 wait, 0 ended here',
  )
})
