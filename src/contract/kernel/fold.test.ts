import { expect, test } from 'vitest'
import { fold } from './fold'

test.each([
  ['Łukasz', 'lukasz'],
  ['Weiß', 'weiss'],
  ['WEIẞ', 'weiss'],
  ['Yıldız', 'yildiz'],
  ['İSTANBUL', 'istanbul'],
  ['Đào', 'dao'],
  ['ΒΟΡΡΆΣ', 'βορρασ'],
  ['Βορράς', 'βορρασ'],
  ['Søren Ærø', 'soren aero'],
  ['Œuvre', 'oeuvre'],
  ['Þór', 'thor'],
  ['Győző Szűcs', 'gyozo szucs'],
  ['Žlutý kůň', 'zluty kun'],
  ['MUÑOZ', 'munoz'],
  ['Ёлка', 'елка'],
  ['ﬁn ＡＢＣ', 'fin abc'],
  ['한국', '한국'],
  ['ガス', 'ガス'],
  ['50% _ \\', '50% _ \\'],
])('%s is compared as %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

const everyLetter = function* () {
  for (let point = 0; point < 0x110000; point++) {
    if (point >= 0xd800 && point < 0xe000) continue
    const one = String.fromCodePoint(point)
    if (/[\p{L}\p{N}\p{M}]/u.test(one)) yield one
  }
}

test('folding twice changes nothing, and every way to write a letter is the same', () => {
  const wrong: string[] = []
  for (const one of everyLetter()) {
    const folded = fold(`a${one}b`)
    for (const other of [
      folded,
      `a${one}b`.normalize('NFC'),
      `a${one}b`.normalize('NFD'),
      `a${one}b`.normalize('NFKC'),
      `a${one}b`.normalize('NFKD'),
    ])
      if (fold(other) !== folded) wrong.push(one)
  }
  expect(wrong).toEqual([])
})

test('large and small letters are the same, but for a few that have no large form of their own', () => {
  const other = [...everyLetter()].filter(
    (one) => fold(one.toUpperCase()) !== fold(one) || fold(one.toLowerCase()) !== fold(one),
  )
  // Greek iota subscripts become letters of their own, and variants of old Slavonic letters plain ones.
  expect(other.join('')).toMatch(/^[\u0345\u1c80-\u1c8a\u1f80-\u1ffc]*$/)
})
