import { expect, test } from 'vitest'
import { notificationKinds } from '../../../contract/words'
import { kindTexts, placeOf } from './words'

test('every kind has words of its own', () => {
  const labels = notificationKinds.map((kind) => kindTexts[kind].label)
  expect(new Set(labels).size).toBe(notificationKinds.length)
})

test('a notification leads to its record, and to Today where it has none that has a page', () => {
  expect(placeOf({ kind: 'lead', id: 'x' })).toBe('/leads/x')
  expect(placeOf({ kind: 'reminder', id: 'x' })).toBe('/reminders/x')
  expect(placeOf({ kind: 'toString', id: 'x' })).toBe('/today')
  expect(placeOf(null)).toBe('/today')
})
