import fc from 'fast-check'
import { expect, it } from 'vitest'
import { differencesIn } from './differences'

const own = (text: string, other: string) =>
  differencesIn(text, other)
    .filter((piece) => piece.own)
    .map((piece) => piece.text.trim())

it('Only the words that the other version does not have are marked', () => {
  expect(own('Wants a demo in May', 'Wants a call in May')).toEqual(['demo'])
  expect(own('One two three', 'One two three')).toEqual([])
  expect(own('New', '')).toEqual(['New'])
})

it('Marked or not, the text is whole', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, other) => {
      expect(
        differencesIn(text, other)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text)
    }),
  )
})
