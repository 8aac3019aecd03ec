import { expect, test } from 'vitest'
import { instantOf, wallTimeOf, wallTimeText, zoneText } from './times'

const friday = new Date(2026, 10, 27, 14, 30)
const local = (...parts: [number, number, number, number, number?]) =>
  new Date(...parts).toISOString()

test('a local time is the same after going through its instant', () => {
  expect(wallTimeOf(instantOf('2026-11-27T15:05'))).toBe('2026-11-27T15:05')
})

test('a day lasts until its last minute', () => {
  expect(instantOf('2026-11-27')).toBe(local(2026, 10, 27, 23, 59))
})

test('a day is named by its distance, a far one by its date', () => {
  expect(wallTimeText('2026-11-27', friday)).toBe('Today')
  expect(wallTimeText('2026-11-28T15:00', friday)).toMatch(/^Tomorrow, /)
  expect(wallTimeText('2026-12-04', friday)).toMatch(/^Fri /)
})

test('it is counted from today in the zone it is meant in', () => {
  const now = new Date('2026-11-27T20:00:00Z')
  expect(wallTimeText('2026-11-28', now, 'Pacific/Auckland')).toBe('Today')
  expect(wallTimeText('2026-11-28', now, 'America/Los_Angeles')).toBe('Tomorrow')
  expect(wallTimeText('2026-11-27', friday, 'Nowhere/Land')).toBe('Today')
})

test('a zone is called by its city and offset', () => {
  expect(zoneText('America/New_York', '2026-11-27T12:00:00Z')).toBe('New York (GMT-5)')
  expect(zoneText('Nowhere/Land', '2026-11-27T12:00:00Z')).toBe('Nowhere/Land')
})
