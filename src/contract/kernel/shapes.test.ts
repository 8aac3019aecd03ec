import { expect, test } from 'vitest'
import type * as z from 'zod'
import { WorkingSpan } from '../agenda/working-hours'
import {
  CalendarDate,
  Currency,
  Email,
  EnteredDate,
  EnteredInstant,
  Id,
  Instant,
  line,
  WebAddress,
} from './shapes'
import { EnteredWallTime, EnteredWallTimeOrDay, WallTime } from './times'
import { Zone } from './zones'

const shapes: Record<string, [shape: z.ZodType, ...wrong: unknown[]]> = {
  Id: [Id, '', '7', 7],
  Instant: [Instant, '', 'soon', '2030-05-01', '9999-12-31T23:59:59-12:00', 7, null],
  EnteredInstant: [
    EnteredInstant,
    '',
    'tomorrow',
    '2030-05-01',
    '2030-05-01T09:30:00',
    '2030-02-30T09:30:00Z',
    '9999-12-31T23:59:59-12:00',
    '0000-01-01T00:00:00+12:00',
    '1899-12-31T23:59:59Z',
    '3000-01-01T00:00:00Z',
    '1900-01-01T00:00:00+01:00',
    1_900_000_000,
    null,
  ],
  CalendarDate: [CalendarDate, '', '2026-02-30', 'today', 7],
  EnteredDate: [EnteredDate, '', '2026-02-30', 'today', '1899-12-31', '3000-01-01', 20_261_120],
  WallTime: [WallTime, '', 'soon', '2031-02-30T15:00', '2031-02-03', 7],
  EnteredWallTime: [
    EnteredWallTime,
    '',
    'soon',
    '2031-02-30T15:00',
    '0000-02-30T15:00',
    '1899-12-31T23:59',
    '3000-01-01T00:00',
    7,
  ],
  EnteredWallTimeOrDay: [EnteredWallTimeOrDay, '', 'soon', '2031-02-30', '3000-01-01T00:00', 7],
  line: [line(3), '', ' ', 'long', ' '.repeat(9), 7],
  WebAddress: [
    WebAddress,
    'no address',
    'x '.repeat(300),
    `https://acme.com/${'x'.repeat(500)}`,
    7,
  ],
  Currency: [Currency, '', 'usd', 'US', 'XYZ', 7],
  Email: [Email, '', 'nobody', 'x'.repeat(300), `${'x'.repeat(300)}@acme.com`, 7],
  WorkingSpan: [
    WorkingSpan,
    { from: '25:00', to: '09:00' },
    { from: '10:00', to: '09' },
    { from: '10:00', to: '09:00' },
  ],
  Zone: [Zone, '', ' ', 'Mars/Olympus', 'x'.repeat(61), 7],
}
test.each(
  Object.entries(shapes).flatMap(([name, [shape, ...wrong]]) =>
    wrong.map((value) => ({ name, shape, value })),
  ),
)('$name says one thing of $value', ({ shape, value }) => {
  expect(shape.safeParse(value).error?.issues).toHaveLength(1)
})

test('what people enter is between 1900 and 2999', () => {
  for (const [shape, ...right] of [
    [EnteredInstant, '1900-01-01T00:00:00Z', '2999-12-31T23:59:59.999Z'],
    [EnteredDate, '1900-01-01', '2999-12-31'],
    [EnteredWallTime, '1900-01-01T00:00', '2999-12-31T23:59'],
  ] as const)
    for (const value of right) expect(shape.parse(value)).toBe(value)
  for (const [shape, ...wrong] of [
    [EnteredInstant, '1899-12-31T23:59:59Z', '3000-01-01T00:00:00Z'],
    [EnteredDate, '1899-12-31', '3000-01-01'],
    [EnteredWallTime, '1899-12-31T23:59', '3000-01-01T00:00'],
  ] as const)
    for (const value of wrong)
      expect(shape.safeParse(value).error?.issues[0]?.message).toBe('must be between 1900 and 2999')
})
