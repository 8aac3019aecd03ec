import { expect, it } from 'vitest'
import { WeeklyHours } from '../../../../contract/agenda/working-hours'
import {
  copied,
  endOf,
  hoursText,
  mostSpans,
  problemOf,
  problemOfWeek,
  type Span,
  spanAfter,
  spansText,
  typedEnd,
  type Week,
  weekdays,
  withDay,
} from './week'

const office: Span[] = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '17:30' },
]
const free: Week = [[], [], [], [], [], [], []]

it('names what is wrong with the hours of a day', () => {
  expect(problemOf([])).toBeUndefined()
  expect(problemOf(office)).toBeUndefined()
  expect(problemOf([{ from: '09:00', to: '' }])).toContain('both times')
  expect(problemOf([{ from: '12:00', to: '09:00' }])).toContain('after it begins')
  expect(problemOf([...office].reverse())).toContain('without overlap')
  expect(
    problemOf([
      { from: '09:00', to: '13:00' },
      { from: '13:00', to: '14:00' },
    ]),
  ).toBeUndefined()
})

it('wants one day with hours in a week', () => {
  expect(problemOfWeek(free)).toBeDefined()
  expect(problemOfWeek(withDay(free, 6, office))).toBeUndefined()
})

it('copies the hours of a day to the weekdays and leaves the week-end alone', () => {
  const week = copied(withDay(free, 0, office), 0, weekdays)
  expect(week.slice(0, 5)).toEqual([office, office, office, office, office])
  expect(week.slice(5)).toEqual([[], []])
})

it('ends a span at midnight where a field says 00:00', () => {
  expect(endOf('00:00')).toBe('24:00')
  expect(typedEnd('24:00')).toBe('00:00')
  expect(problemOf([{ from: '18:00', to: endOf('00:00') }])).toBeUndefined()
})

it('adds spans until the day is full, each of which the core accepts', () => {
  let spans: Span[] = []
  for (let next = spanAfter(spans); next; next = spanAfter(spans)) spans = [...spans, next]
  expect(spans.length).toBeGreaterThan(1)
  expect(spans.length).toBeLessThanOrEqual(mostSpans)
  expect(WeeklyHours.safeParse(withDay(free, 2, spans)).success).toBe(true)
})

it('sums a week up in words', () => {
  expect(hoursText(copied(withDay(free, 0, office), 0, weekdays))).toBe('37.5 h in 5 days')
  expect(hoursText(withDay(free, 0, office))).toBe('7.5 h in 1 day')
  expect(spansText(office)).toBe('09:00–12:00, 13:00–17:30')
  expect(spansText([])).toBe('day off')
})
