import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shownByIntl } from '../../testing/clocks'
import { instantOf, wallTimeIn } from './wall-time'

const utc = (wallTime: string, zone: string) => new Date(instantOf(wallTime, zone)).toISOString()
describe('A local time', () => {
  test.each([
    ['usually', '2026-11-27T15:00', 'Asia/Kathmandu', '2026-11-27T09:15:00.000Z'],
    // 02:00–03:00 does not come: forward by the hour.
    ['that is skipped', '2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    // 01:30 comes at UTC-4 and again at UTC-5.
    ['that comes twice', '2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    // Half an hour is skipped, from 02:00 on; 02:15 becomes 02:45 at UTC+11.
    [
      'skipped by half an hour',
      '2026-10-04T02:15',
      'Australia/Lord_Howe',
      '2026-10-03T15:45:00.000Z',
    ],
    // 01:30–02:00 comes twice, first at UTC+11.
    [
      'twice within half an hour',
      '2026-04-05T01:45',
      'Australia/Lord_Howe',
      '2026-04-04T14:45:00.000Z',
    ],
    // Morocco goes back for Ramadan (15 February, 03:00 to 02:00) and forward after it (22 March).
    ['twice at Ramadan', '2026-02-15T02:30', 'Africa/Casablanca', '2026-02-15T01:30:00.000Z'],
    ['skipped after Ramadan', '2026-03-22T02:30', 'Africa/Casablanca', '2026-03-22T02:30:00.000Z'],
    // Samoa had no 30 December 2011.
    ['of a day that was skipped', '2011-12-30T12:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
    ['of the day after', '2011-12-31T12:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
  ])('%s is an instant', (_, wallTime, zone, instant) => {
    expect(utc(wallTime, zone)).toBe(instant)
  })

  test.each([
    ['usually', '2026-11-27', 'Europe/Prague', '2026-11-27T22:59:00.000Z'],
    ['of 23 hours', '2026-03-08', 'America/New_York', '2026-03-09T03:59:00.000Z'],
    ['of 25 hours', '2026-11-01', 'America/New_York', '2026-11-02T04:59:00.000Z'],
    ['that was skipped', '2011-12-30', 'Pacific/Apia', '2011-12-31T09:59:00.000Z'],
  ])('a day %s stands for its last minute', (_, day, zone, instant) => {
    expect(utc(day, zone)).toBe(instant)
  })

  const zones = [
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'America/New_York',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'America/St_Johns',
    'Pacific/Chatham',
  ]
  const minute = fc
    .integer({ min: Date.UTC(2005, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 })
    .map((minutes) => minutes * 60_000)

  test('of any instant leads back to it, or to the first of the two that share it', () => {
    fc.assert(
      fc.property(minute, fc.constantFrom(...zones), (instant, zone) => {
        const wallTime = wallTimeIn(instant, zone)
        const { date, time } = shownByIntl(instant, zone)
        expect(wallTime).toBe(`${date}T${time}`)
        const back = instantOf(wallTime, zone)
        expect(back).toBeLessThanOrEqual(instant)
        expect(wallTimeIn(back, zone)).toBe(wallTime)
      }),
      { numRuns: 500 },
    )
  })

  test('that is written means the same or a later local time, never an earlier one', () => {
    fc.assert(
      fc.property(minute, fc.constantFrom(...zones), (local, zone) => {
        const wallTime = new Date(local).toISOString().slice(0, 16)
        expect(wallTimeIn(instantOf(wallTime, zone), zone) >= wallTime).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
