import { expect, test } from 'vitest'
import {
  dateIn,
  instantOf,
  spanOf,
  stepDate,
  titleOf,
  wallTimeIn,
  weekStartOf,
} from './calendarDays'

test('A day in Berlin begins and ends an hour before the day in Greenwich', () => {
  expect(spanOf('day', '2026-11-26', 'Europe/Berlin', 1)).toEqual({
    from: '2026-11-25T23:00:00Z',
    to: '2026-11-26T23:00:00Z',
    first: '2026-11-26',
    last: '2026-11-26',
  })
})

test('The day the clocks go forward in New York has 23 hours', () => {
  const { from, to } = spanOf('day', '2026-03-08', 'America/New_York', 7)
  expect((Date.parse(to) - Date.parse(from)) / 3_600_000).toBe(23)
})

test('A week begins on Monday or Sunday, as people are used to', () => {
  expect(spanOf('week', '2026-11-26', 'UTC', 1)).toMatchObject({
    first: '2026-11-23',
    last: '2026-11-29',
  })
  expect(spanOf('week', '2026-11-26', 'UTC', 7)).toMatchObject({
    first: '2026-11-22',
    last: '2026-11-28',
  })
  expect(spanOf('week', '2026-11-29', 'UTC', 7)).toMatchObject({ first: '2026-11-29' })
  expect(weekStartOf('de-DE')).toBe(1)
})

test('A month is shown in whole weeks', () => {
  expect(spanOf('month', '2026-11-26', 'UTC', 1)).toMatchObject({
    first: '2026-10-26',
    last: '2026-12-06',
  })
})

test('The next month comes after the last day of a long one', () => {
  expect(stepDate('month', '2026-01-31', 1)).toBe('2026-02-01')
  expect(stepDate('month', '2026-03-31', -1)).toBe('2026-02-01')
  expect(stepDate('week', '2026-12-28', 1)).toBe('2027-01-04')
  expect(stepDate('day', '2026-03-01', -1)).toBe('2026-02-28')
})

test('What is shown has a name', () => {
  expect(titleOf('month', '2026-11-26', 1)).toBe('November 2026')
  expect(titleOf('week', '2026-11-26', 1)).toContain('29')
  expect(titleOf('day', '2026-11-26', 1)).toContain('Thursday')
})

test('An instant is another day and time elsewhere, and comes back from there', () => {
  expect(dateIn('2026-11-26T23:30:00Z', 'Australia/Lord_Howe')).toBe('2026-11-27')
  const wallTime = wallTimeIn('2026-11-26T23:30:00Z', 'Australia/Lord_Howe')
  expect(wallTime).toBe('2026-11-27T10:30')
  expect(instantOf(wallTime, 'Australia/Lord_Howe')).toBe('2026-11-26T23:30:00Z')
})
