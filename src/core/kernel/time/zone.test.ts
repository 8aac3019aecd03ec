import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalZone } from '../../../contract/kernel/zones'
import { shownByIntl } from '../../testing/clocks'
import { dateIn, endOfDay, knownZone, startOfDay } from './zone'

const iso = (instant: number) => new Date(instant).toISOString().slice(0, 16)
const minute = 60_000

describe('A day', () => {
  test.each([
    ['usually', '2026-11-27', 'Europe/Prague', '2026-11-26T23:00', '2026-11-27T23:00'],
    ['of 23 hours', '2026-03-29', 'Europe/Prague', '2026-03-28T23:00', '2026-03-29T22:00'],
    // Clocks went from 01:00 back to 00:00: the first midnight counts.
    ['with two midnights', '2009-10-25', 'America/Havana', '2009-10-25T04:00', '2009-10-26T05:00'],
    // Clocks went from 24:00 on to 01:00.
    [
      'without midnight',
      '1976-10-10',
      'America/Punta_Arenas',
      '1976-10-10T04:00',
      '1976-10-11T03:00',
    ],
    // Clocks went from 24:00 back to 23:00, so the day before has 25 hours.
    [
      'after a late change',
      '2018-02-17',
      'America/Sao_Paulo',
      '2018-02-17T02:00',
      '2018-02-18T03:00',
    ],
    ['that was skipped', '2011-12-30', 'Pacific/Apia', '2011-12-30T10:00', '2011-12-30T10:00'],
    ['after a skipped day', '2011-12-31', 'Pacific/Apia', '2011-12-30T10:00', '2011-12-31T10:00'],
    [
      'in a zone that is none',
      '2026-11-27',
      'Mars/Olympus',
      '2026-11-27T00:00',
      '2026-11-28T00:00',
    ],
    ['that is the last of all', '9999-12-31', 'UTC', '9999-12-31T00:00', '+010000-01-01T00'],
    ['that is the first of all', '0001-01-01', 'UTC', '0001-01-01T00:00', '0001-01-02T00:00'],
  ])('%s begins and ends', (_, date, zone, start, end) => {
    expect([iso(startOfDay(date, zone)), iso(endOfDay(date, zone))]).toEqual([start, end])
  })

  test('begins and ends where Intl shows another date, in every zone', () => {
    const anyMinute = fc.integer({
      min: Date.UTC(1971, 0, 1) / minute,
      max: Date.UTC(2040, 0, 1) / minute,
    })
    const day = (instant: number, zone: string) => shownByIntl(instant, zone).date
    fc.assert(
      fc.property(anyMinute, fc.constantFrom(...Intl.supportedValuesOf('timeZone')), (at, zone) => {
        const date = dateIn(at * minute, zone)
        expect(date).toBe(day(at * minute, zone))
        const [start, end] = [startOfDay(date, zone), endOfDay(date, zone)]
        expect([start, end - 1].map((edge) => day(edge, zone))).toEqual([date, date])
        expect(day(start - 1, zone) < date).toBe(true)
        expect(day(end, zone) > date).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

test('What a row says of its zone is followed, however an engine spells it, else UTC', () => {
  for (const [stored, zone] of [
    [null, 'UTC'],
    ['', 'UTC'],
    ['Mars/Olympus', 'UTC'],
    ['+02:00', 'UTC'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    // Words of the engine's own, which Temporal does not know.
    ['PST', 'America/Los_Angeles'],
    ['ist', canonicalZone('IST')],
  ] as const)
    expect(knownZone(stored)).toBe(zone)
  expect(knownZone(null, 'nowhere', 'Europe/Prague', 'UTC')).toBe('Europe/Prague')
})

test('Every word that is a zone to the engine is one to the clocks', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const words = letters.flatMap((one) => letters.map((other) => `${one}${other}T`))
  const zones = words.filter((word) => canonicalZone(word) !== undefined)
  expect(zones).toEqual(expect.arrayContaining(['CET', 'EST', 'GMT', 'IST', 'PST']))
  for (const zone of zones) expect(dateIn(0, zone)).toMatch(/^19(69-12-31|70-01-01)$/)
})
