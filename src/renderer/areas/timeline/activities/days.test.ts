import { expect, test } from 'vitest'
import { byDay } from './days'

test('a timeline is cut by local days, newest first as it came', () => {
  const now = new Date(2026, 10, 20, 12)
  const at = (day: number, hour: number) => ({ at: new Date(2026, 10, day, hour).toISOString() })
  const days = byDay([at(20, 11), at(20, 0), at(19, 23), at(3, 9)], now)
  expect(days.map(({ heading, items }) => [heading, items.length])).toEqual([
    ['Today', 2],
    ['Yesterday', 1],
    [days[2]?.heading, 1],
  ])
  expect(days[2]?.heading).toMatch(/3/)
})
