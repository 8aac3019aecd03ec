import { expect, test } from 'vitest'
import { piecesOf } from './snippet'

test('the words that matched are marked among the words around them', () => {
  expect(piecesOf('asked for the \u0002pricing\u0003 sheet')).toEqual([
    { text: 'asked for the ', match: false },
    { text: 'pricing', match: true },
    { text: ' sheet', match: false },
  ])
})

test('a match cut off at the end of the snippet is still a match', () => {
  expect(piecesOf('then \u0002pric')).toEqual([
    { text: 'then ', match: false },
    { text: 'pric', match: true },
  ])
})

test('markup in a note stays text', () => {
  expect(piecesOf('<b>\u0002x\u0003</b>').map((piece) => piece.text)).toEqual(['<b>', 'x', '</b>'])
})
