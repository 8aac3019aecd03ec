import { expect, test } from 'vitest'
import { splitName } from './name'

test('what was typed to find a person fills the fields of a new one', () => {
  expect(splitName('Ann van Dyk')).toEqual({ firstName: 'Ann', lastName: 'van Dyk', email: '' })
  expect(splitName(' Cher ')).toEqual({ firstName: 'Cher', lastName: '', email: '' })
  expect(splitName('Dyk, Ann')).toEqual({ firstName: 'Ann', lastName: 'Dyk', email: '' })
  expect(splitName('ann@acme.com')).toEqual({ firstName: '', lastName: '', email: 'ann@acme.com' })
})
