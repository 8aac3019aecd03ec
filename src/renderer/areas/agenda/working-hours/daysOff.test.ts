import { expect, it } from 'vitest'
import { runsOf } from './daysOff'

const day = (date: string, name: string, id: string | null = date) => ({
  id,
  date,
  name,
  source: id ? ('own' as const) : ('country' as const),
  user: null,
})

it('tells a week away as one span with all of its days, over the end of a month and past a holiday', () => {
  const runs = runsOf([
    day('2026-12-30', 'Skiing'),
    day('2026-12-31', 'Skiing'),
    day('2027-01-01', 'New Year', null),
    day('2027-01-01', 'Skiing'),
    day('2027-01-04', 'Skiing'),
  ])
  expect(runs.map(({ name, from, to, days }) => [name, from, to, days])).toEqual([
    ['Skiing', '2026-12-30', '2027-01-01', 3],
    ['New Year', '2027-01-01', '2027-01-01', 1],
    ['Skiing', '2027-01-04', '2027-01-04', 1],
  ])
  expect(runs[0]?.ids).toEqual(['2026-12-30', '2026-12-31', '2027-01-01'])
  expect(runs[1]?.ids).toEqual([])
})
