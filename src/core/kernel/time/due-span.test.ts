import { expect, test } from 'vitest'
import { dueSpan } from './due-span'

const instant = (milliseconds: number | undefined) =>
  milliseconds === undefined ? undefined : new Date(milliseconds).toISOString()

test.each([
  ['UTC', '2026-11-20T09:30:00Z', '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'],
  // It is tomorrow there already, and the day has 23 hours.
  ['Europe/Prague', '2027-03-27T23:30:00Z', '2027-03-27T23:00:00.000Z', '2027-03-28T22:00:00.000Z'],
  // It is still yesterday there, and the day has 25 hours.
  [
    'America/New_York',
    '2026-11-02T04:30:00Z',
    '2026-11-01T04:00:00.000Z',
    '2026-11-02T05:00:00.000Z',
  ],
])(
  'In %s at %s today is from %s to %s, and nothing is between the parts',
  (zone, now, from, before) => {
    const spanOf = (due: 'overdue' | 'today' | 'upcoming') => {
      const span = dueSpan(due, Date.parse(now), zone)
      return [instant(span.from), instant(span.before)]
    }
    expect(spanOf('overdue')).toEqual([undefined, from])
    expect(spanOf('today')).toEqual([from, before])
    expect(spanOf('upcoming')).toEqual([before, undefined])
  },
)
