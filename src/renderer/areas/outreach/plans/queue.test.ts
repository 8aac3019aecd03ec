/** Walking through the queue of due steps. */
import { expect, test } from 'vitest'
import { keyAfter, keyBeside, outcomeOfKey, progressOf } from './queue'

const keys = ['acme', 'bolt', 'cove']

test('when a step is done the next one takes its place, at the end the one before', () => {
  expect(keyAfter(keys, 'bolt')).toBe('cove')
  expect(keyAfter(keys, 'cove')).toBe('bolt')
  expect(keyAfter(['acme'], 'acme')).toBeNull()
})

test('next and previous stay within the queue', () => {
  expect(keyBeside(keys, 'acme', 1)).toBe('bolt')
  expect(keyBeside(keys, 'cove', 1)).toBe('cove')
  expect(keyBeside(keys, 'acme', -1)).toBe('acme')
  expect(keyBeside(keys, null, 1)).toBe('acme')
  expect(keyBeside([], null, 1)).toBeNull()
})

test('progress counts what was done, and not what was undone again', () => {
  expect(progressOf(keys, 'acme', new Set(), 12)).toEqual({ at: 1, of: 12, done: 0 })
  expect(progressOf(['bolt', 'cove'], 'bolt', new Set(['acme']), 11)).toEqual({
    at: 2,
    of: 12,
    done: 1,
  })
  expect(progressOf(keys, 'acme', new Set(['acme']), 12)).toEqual({ at: 1, of: 12, done: 0 })
})

test('number keys choose outcomes in their order', () => {
  expect(outcomeOfKey(['reached', 'voicemail'], '2')).toBe('voicemail')
  expect(outcomeOfKey(['reached', 'voicemail'], '3')).toBeUndefined()
  expect(outcomeOfKey(['reached'], '0')).toBeUndefined()
})
