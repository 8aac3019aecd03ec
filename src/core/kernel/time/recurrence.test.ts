import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkedRecurrence, nextOccurrence } from './recurrence'
import { instantOf } from './wall-time'

/** The occurrences after the first, as one after the other is completed. */
function following(rule: string, at: string, { zone = 'UTC', most = 4, after = 0 } = {}): string[] {
  const found: string[] = []
  let current = nextOccurrence({ rule, at, zone }, Math.max(after, instantOf(at, zone)))
  while (current && found.length < most) {
    found.push(current.at)
    current = nextOccurrence(current, instantOf(current.at, zone))
  }
  return found
}

describe('A rule', () => {
  test.each([
    ['FREQ=DAILY', '2026-11-27T09:00', ['2026-11-28T09:00', '2026-11-29T09:00']],
    ['FREQ=DAILY;INTERVAL=3', '2026-11-27', ['2026-11-30', '2026-12-03']],
    ['FREQ=WEEKLY;BYDAY=MO,FR', '2026-11-27T09:00', ['2026-11-30T09:00', '2026-12-04T09:00']],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR',
      '2026-11-27',
      ['2026-12-07', '2026-12-11', '2026-12-21'],
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=31', '2026-10-31', ['2026-12-31', '2027-01-31', '2027-03-31']],
    ['FREQ=MONTHLY', '2026-12-31', ['2027-01-31', '2027-03-31']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2026-10-31', ['2026-11-30', '2026-12-31']],
    ['FREQ=MONTHLY;BYDAY=-1FR', '2026-11-27', ['2026-12-25', '2027-01-29']],
    ['FREQ=MONTHLY;BYDAY=2TU', '2026-11-10', ['2026-12-08', '2027-01-12']],
    ['FREQ=YEARLY', '2026-11-27', ['2027-11-27', '2028-11-27']],
    ['FREQ=YEARLY', '2024-02-29', ['2028-02-29', '2032-02-29']],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', '2026-11-26', ['2027-11-25', '2028-11-23']],
  ])('%s goes on from %s', (rule, at, expected) => {
    expect(following(rule, at, { most: expected.length })).toEqual(expected)
  })

  test('keeps the local time when the clocks change', () => {
    const zone = 'America/New_York'
    const days = following('FREQ=DAILY', '2026-10-31T09:00', { zone, most: 3 })
    expect(days.map((day) => new Date(instantOf(day, zone)).toISOString().slice(5, 16))).toEqual([
      '11-01T14:00',
      '11-02T14:00',
      '11-03T14:00',
    ])
    // Skipped on the 8th only: the day after it is 02:30 again.
    expect(following('FREQ=DAILY', '2026-03-07T02:30', { zone, most: 2 })).toEqual([
      '2026-03-08T02:30',
      '2026-03-09T02:30',
    ])
  })

  test('ends after its count, itself included, and at its end', () => {
    expect(following('FREQ=DAILY;COUNT=3', '2026-11-27')).toEqual(['2026-11-28', '2026-11-29'])
    expect(following('FREQ=DAILY;COUNT=1', '2026-11-27')).toEqual([])
    expect(following('FREQ=DAILY;UNTIL=20261128', '2026-11-27T09:00')).toEqual(['2026-11-28T09:00'])
    expect(following('FREQ=DAILY;UNTIL=20261129T090000Z', '2026-11-27T10:00')).toEqual([
      '2026-11-28T10:00',
    ])
  })

  test('passes over what is past, and counts it', () => {
    const after = instantOf('2026-11-29T12:00', 'UTC')
    expect(following('FREQ=DAILY;COUNT=5', '2026-11-27T09:00', { after })).toEqual([
      '2026-11-30T09:00',
      '2026-12-01T09:00',
    ])
  })

  test.each([
    ['', 'FREQ'],
    ['FREQ=HOURLY', 'FREQ'],
    ['FREQ=DAILY;BYHOUR=9', 'BYHOUR'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL'],
    ['FREQ=DAILY;COUNT=x', 'COUNT'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'weekdays'],
    ['FREQ=MONTHLY;BYDAY=6MO', 'BYDAY'],
    ['FREQ=WEEKLY;BYMONTHDAY=3', 'BYMONTHDAY'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20270101', 'both'],
    ['FREQ=DAILY;UNTIL=20271301', 'UNTIL'],
    ['FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31', 'never'],
  ])('%j is refused, and it is said why', (rule, reason) => {
    expect(() => checkedRecurrence(rule, '2026-02-10T09:00')).toThrow(reason)
  })

  test('is refused or understood, whatever is written', () => {
    const part = fc.constantFrom(
      'FREQ=DAILY',
      'FREQ=WEEKLY',
      'FREQ=MONTHLY',
      'FREQ=YEARLY',
      'INTERVAL=2',
      'INTERVAL=12',
      'BYDAY=MO',
      'BYDAY=-5SU',
      'BYMONTHDAY=31',
      'BYMONTHDAY=-31',
      'BYMONTH=2',
      'COUNT=2',
      'UNTIL=20300101',
      'WKST=SU',
      'FREQ',
      '=',
      '',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        let rule: string
        try {
          rule = checkedRecurrence(parts.join(';'), '2026-02-10T09:00')
        } catch (error) {
          expect((error as { code?: string }).code).toBe('invalid')
          return
        }
        const next = nextOccurrence({ rule, at: '2026-02-10T09:00', zone: 'UTC' }, 0)
        if (next) expect(next.at > '2026-02-10T09:00').toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

test('a recurrence ends with the calendar', () => {
  const rule = { rule: 'FREQ=YEARLY;INTERVAL=999', zone: 'Europe/Prague' }
  const day = nextOccurrence({ ...rule, at: '9100-05-01' }, Date.parse('9100-05-02T00:00:00Z'))
  expect(day).toBeUndefined()
  expect(nextOccurrence({ ...rule, at: '9990-05-01T09:00' }, 0)).toBeUndefined()
})
