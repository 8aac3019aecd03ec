import { expect, test } from 'vitest'
import { type QuietHours, quietUntil } from './quiet-hours'

const night: QuietHours = { on: true, from: '22:00', to: '07:00', days: [] }
const weekend: QuietHours = { ...night, from: '00:00', to: '00:00', days: [6, 7] }

test.each([
  ['in the evening', night, 'Europe/Prague', '2026-11-27T22:30Z', '2026-11-28T06:00'],
  ['in the morning', night, 'Europe/Prague', '2026-11-27T05:30Z', '2026-11-27T06:00'],
  ['by day', night, 'Europe/Prague', '2026-11-27T12:00Z', undefined],
  ['switched off', { ...night, on: false }, 'Europe/Prague', '2026-11-27T22:30Z', undefined],
  ['at the weekend', weekend, 'Europe/Prague', '2026-11-27T23:00Z', '2026-11-29T23:00'],
  [
    'a night into the weekend',
    { ...night, days: [6] },
    'UTC',
    '2026-11-27T23:00Z',
    '2026-11-29T07:00',
  ],
  // Clocks went on from 24:00 on Saturday to 01:00 on Sunday; Monday began at midnight.
  ['without midnight', weekend, 'America/Punta_Arenas', '2007-10-14T12:00Z', '2007-10-15T03:00'],
  // 02:00 to 03:00 does not come: what would end at 02:30 ends at 03:30.
  [
    'until a skipped time',
    { ...night, to: '02:30' },
    'Europe/Prague',
    '2026-03-29T00:00Z',
    '2026-03-29T01:30',
  ],
  // 02:30 comes twice: at the second 02:15 it is still quiet.
  [
    'until a time that comes twice',
    { ...night, to: '02:30' },
    'Europe/Prague',
    '2026-10-25T01:15Z',
    '2026-10-25T01:30',
  ],
  // Samoa had no 30 December 2011.
  [
    'over a skipped day',
    { ...weekend, days: [4] },
    'Pacific/Apia',
    '2011-12-29T20:00Z',
    '2011-12-30T10:00',
  ],
])('Quiet hours %s end in time', (_, hours, zone, now, end) => {
  const until = quietUntil(Date.parse(now), hours, zone)
  expect(until && new Date(until).toISOString().slice(0, 16)).toBe(end)
})
