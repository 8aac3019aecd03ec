import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { everyMinutes, nextDaily } from './schedule'

test.each([
  'UTC',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/New_York',
  'Asia/Kathmandu',
])(
  'a daily job runs once on every day of a year in %s, also where clocks skip or repeat its hour',
  (zone) => {
    for (const hour of [0, 1, 2, 3, 8]) {
      let at = Date.parse('2026-01-01T00:00:00Z')
      const days: string[] = []
      while (days.length < 370) {
        const next = nextDaily(at, hour, zone)
        expect(next).toBeGreaterThan(at)
        at = next
        days.push(DateTime.fromMillis(at, { zone }).toISODate() ?? '')
      }
      const [first = ''] = days
      expect(days).toEqual(
        days.map((_, index) =>
          DateTime.fromISO(first, { zone: 'utc' }).plus({ days: index }).toISODate(),
        ),
      )
    }
  },
)

test('a daily job keeps its time of day, and comes after a gap where that time is missing', () => {
  const zone = 'America/New_York'
  const local = (after: string, hour: number) =>
    DateTime.fromMillis(nextDaily(Date.parse(after), hour, zone), { zone }).toFormat('dd HH:mm')
  expect(local('2026-03-07T12:00:00Z', 2)).toBe('08 03:00')
  expect(local('2026-03-08T12:00:00Z', 2)).toBe('09 02:00')
  // The hour from one to two comes twice: the first counts.
  expect(nextDaily(Date.parse('2026-11-01T04:30:00Z'), 1, zone)).toBe(
    Date.parse('2026-11-01T05:00:00Z'),
  )
  expect(local('2026-11-01T05:00:00Z', 1)).toBe('02 01:00')
})

test('what runs every so many minutes runs at full ones', () => {
  const { next } = everyMinutes(30, '')
  expect(next(Date.parse('2026-11-20T09:29:59Z'))).toBe(Date.parse('2026-11-20T09:30:00Z'))
  expect(next(Date.parse('2026-11-20T09:30:00Z'))).toBe(Date.parse('2026-11-20T10:00:00Z'))
})

test.each(['', '  ', 'Mars/Olympus', 'local', '+02:00'])(
  'a daily job has a next time where the stored zone is %j, which is none',
  (zone) => {
    const after = Date.parse('2026-11-20T09:30:00Z')
    expect(new Date(nextDaily(after, 8, zone)).toISOString()).toBe('2026-11-21T08:00:00.000Z')
  },
)

test('a daily job has a next time at the ends of the calendar, too', () => {
  for (const after of [8.64e15, -8.64e15, 0, Date.parse('9999-12-31T23:59:59Z')])
    expect(nextDaily(after, 8, 'Europe/Prague')).toBeGreaterThan(after)
  expect(nextDaily(Number.NaN, 8, 'Europe/Prague')).toBeNaN()
})
