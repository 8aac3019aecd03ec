import { expect, test } from 'vitest'
import { hueOf, initialsOf } from './initials'

test('initials are of the first and the last name', () => {
  expect(initialsOf('Ann van Dyk')).toBe('AD')
  expect(initialsOf('cher')).toBe('CH')
  expect(initialsOf('  Me ')).toBe('ME')
  expect(initialsOf('élodie')).toBe('ÉL')
})

test('a person keeps their colour', () => {
  expect(hueOf('Ann van Dyk')).toBe(hueOf('Ann van Dyk'))
  expect(hueOf('Ann van Dyk')).not.toBe(hueOf('Bob Dyk'))
})
