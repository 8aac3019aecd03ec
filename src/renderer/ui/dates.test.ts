import { expect, test } from 'vitest'
import {
  dateOf,
  daysFrom,
  daysUntil,
  durationText,
  exactText,
  headingText,
  isCalendarDate,
  relativeText,
  wallTimeOf,
  yearsAfter,
} from './dates'

const now = new Date(2026, 10, 20, 12, 0)
const at = (...parts: [number, number, number, number?, number?]) => {
  const [year, month, day, hour = 0, minute = 0] = parts
  return new Date(year, month - 1, day, hour, minute).toISOString()
}

test('a close date is the same day in every zone', () => {
  expect(relativeText('2026-11-20', now)).toBe('today')
  expect(relativeText('2026-11-21', now)).toBe('tomorrow')
  expect(relativeText('2026-11-19', new Date(2026, 10, 20, 0, 5))).toBe('yesterday')
  expect(relativeText('2026-11-20', new Date(2026, 10, 20, 23, 55))).toBe('today')
  expect(exactText('2026-11-20')).toMatch(/20/)
})

test('a heading says the day of the week, and the year where it differs', () => {
  const day = { weekday: 'short', day: 'numeric', month: 'long' } as const
  expect(headingText('2026-03-02', now)).toBe(
    new Date(2026, 2, 2).toLocaleDateString(undefined, day),
  )
  expect(headingText('2025-12-31', now)).toBe(
    new Date(2025, 11, 31).toLocaleDateString(undefined, { ...day, year: 'numeric' }),
  )
})

test('what happened seconds ago is just now, and the clock counts on', () => {
  expect(relativeText(at(2026, 11, 20, 12, 0), now)).toBe('just now')
  expect(relativeText(at(2026, 11, 20, 11, 55), now)).toBe('5 minutes ago')
  expect(relativeText(at(2026, 11, 20, 11, 59), now)).toBe('1 minute ago')
  expect(relativeText(at(2026, 11, 20, 12, 44), now)).toBe('in 44 minutes')
  expect(relativeText(at(2026, 11, 20, 11, 10), now)).toBe('1 hour ago')
  expect(relativeText(at(2026, 11, 20, 15, 0), now)).toBe('in 3 hours')
  expect(relativeText(at(2026, 11, 21, 1), new Date(2026, 10, 20, 23))).toBe('in 2 hours')
  expect(relativeText(at(2026, 11, 17, 23), now)).toBe('3 days ago')
})

test('far dates are written out, with the year where it differs', () => {
  expect(relativeText('2025-03-02', now)).toMatch(/2025/)
  expect(relativeText('2026-03-02', now)).not.toMatch(/2026/)
})

test('days are counted by midnights, not by hours', () => {
  expect(daysUntil(at(2026, 11, 21, 0, 1), now)).toBe(1)
  expect(daysUntil(at(2026, 11, 19, 23, 59), now)).toBe(-1)
})

test('a date picked at any hour keeps its day', () => {
  expect(dateOf(new Date(2026, 10, 20, 0, 0))).toBe('2026-11-20')
  expect(dateOf(new Date(2026, 10, 20, 23, 59))).toBe('2026-11-20')
  expect(isCalendarDate('2026-11-20T00:00:00Z')).toBe(false)
})

test('durations read like a person says them', () => {
  expect([durationText(15), durationText(60), durationText(90)]).toEqual([
    '15 min',
    '1 h',
    '1 h 30 min',
  ])
})

test('an instant is shown as the clock of this machine shows it', () => {
  expect(wallTimeOf(at(2026, 3, 1, 7, 5))).toBe('2026-03-01T07:05')
  expect(wallTimeOf(new Date(987, 0, 2, 23, 59))).toBe('0987-01-02T23:59')
})

test('days and years ahead keep to the calendar', () => {
  expect(wallTimeOf(daysFrom(now, 11, 9))).toBe('2026-12-01T09:00')
  expect(dateOf(daysFrom(now, -20))).toBe('2026-10-31')
  expect(yearsAfter('2026-11-20', 5)).toBe('2031-11-20')
  expect(yearsAfter('2028-02-29', 1)).toBe('2029-03-01')
})
