import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { wallTimeIn } from '../../kernel/time/wall-time'
import { dateIn, zonedTime } from '../../kernel/time/zone'
import { cron, nextTime } from './schedule'

const daily = (hour: number) => `0 ${hour} * * *`

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
        const next = nextTime(daily(hour), at, zone)
        expect(next).toBeGreaterThan(at)
        at = next
        days.push(dateIn(at, zone))
      }
      const [first = ''] = days
      expect(days).toEqual(
        days.map((_, index) => Temporal.PlainDate.from(first).add({ days: index }).toString()),
      )
    }
  },
)

test('a daily job keeps its time of day, and comes after a gap where that time is missing', () => {
  const zone = 'America/New_York'
  const local = (after: string, hour: number) =>
    wallTimeIn(nextTime(daily(hour), Date.parse(after), zone), zone).slice(8)
  expect(local('2026-03-07T12:00:00Z', 2)).toBe('08T03:00')
  expect(local('2026-03-08T12:00:00Z', 2)).toBe('09T02:00')
  // The hour from one to two comes twice: the first counts.
  expect(nextTime(daily(1), Date.parse('2026-11-01T04:30:00Z'), zone)).toBe(
    Date.parse('2026-11-01T05:00:00Z'),
  )
  expect(local('2026-11-01T05:00:00Z', 1)).toBe('02T01:00')
})

const quarter = 15 * 60_000

/** Looks at each quarter of an hour: on which the clocks of a zone have come to this hour, for the first time that day? */
function firstQuarter(after: number, hour: number, zone: string): number {
  for (let at = Math.floor(after / quarter) * quarter + quarter; ; at += quarter) {
    const now = zonedTime(at, zone)
    const before = zonedTime(at - quarter, zone)
    if (now.hour >= hour && (before.hour < hour || before.day !== now.day)) return at
  }
}

/** The second at which the clocks of a zone change next, else half a year later. */
function nextChange(after: number, zone: string): number {
  const offset = zonedTime(after, zone).offsetNanoseconds
  let [low, high] = [after, after + 182 * 24 * 4 * quarter]
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2)
    if (zonedTime(middle, zone).offsetNanoseconds === offset) low = middle
    else high = middle
  }
  return high
}

test('a daily job runs when the clocks of a zone come to its hour, around each change of them', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2036-01-01') }),
      fc.integer({ min: -26 * 4 * quarter, max: 26 * 4 * quarter }),
      (zone, hour, somewhere, beside) => {
        const after = nextChange(somewhere, zone) + beside
        expect(nextTime(daily(hour), after, zone)).toBe(firstQuarter(after, hour, zone))
      },
    ),
    { endOnFailure: true },
  )
})

test('what runs every so many minutes runs at full ones', () => {
  const { next } = cron('*/30 * * * *', () => 'UTC', '')
  expect(next(Date.parse('2026-11-20T09:29:59Z'))).toBe(Date.parse('2026-11-20T09:30:00Z'))
  expect(next(Date.parse('2026-11-20T09:30:00Z'))).toBe(Date.parse('2026-11-20T10:00:00Z'))
})

test.each(['', '  ', 'Mars/Olympus', 'local', '+02:00'])(
  'a daily job has a next time where the stored zone is %j, which is none',
  (zone) => {
    const after = Date.parse('2026-11-20T09:30:00Z')
    expect(new Date(nextTime(daily(8), after, zone)).toISOString()).toBe('2026-11-21T08:00:00.000Z')
  },
)

test('a daily job has a next time at the ends of the calendar, too', () => {
  for (const after of [8.64e15, -8.64e15, 0, Date.parse('9999-12-31T23:59:59Z')])
    expect(nextTime(daily(8), after, 'Europe/Prague')).toBeGreaterThan(after)
  expect(nextTime(daily(8), Number.NaN, 'Europe/Prague')).toBeNaN()
})
