import { expect, test } from 'vitest'
import { weekdayNames } from './weekdays'

test('the week begins with Monday, and 6 is Saturday', () => {
  const names = weekdayNames('en')
  expect(names[0]).toEqual({ day: 1, name: 'Mon' })
  expect(names[5]).toEqual({ day: 6, name: 'Sat' })
  expect(names).toHaveLength(7)
})
