import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WeeklyHours } from '../../../contract/agenda/working-hours'
import type { CadenceStep } from '../../../contract/outreach/cadences'
import type { WorkingTime } from '../../agenda/working-hours/working-hours'
import { instantOf } from '../../kernel/time/wall-time'
import { type Shown, shownByIntl } from '../../testing/clocks'
import { type Circumstances, scheduleStep, scheduleSteps } from './schedule'

const office: WeeklyHours = [
  [{ from: '09:00', to: '17:00' }],
  [{ from: '09:00', to: '17:00' }],
  [{ from: '09:00', to: '17:00' }],
  [{ from: '09:00', to: '17:00' }],
  [{ from: '09:00', to: '17:00' }],
  [],
  [],
]
const inPrague: WorkingTime = {
  zone: 'Europe/Prague',
  hours: office,
  dayOff: (date) => (date === '2026-12-24' ? 'Christmas Eve' : undefined),
}
const weekdays = [1, 2, 3, 4, 5]
const plain: CadenceStep = {
  id: '0190d3a2-0000-7000-8000-000000000000',
  type: 'call',
  automated: false,
  delay: 0,
  delayUnit: 'business_days',
  window: null,
  subject: null,
  body: null,
  variants: [],
  branches: [],
  missed: 'do_now',
}
const normal: Circumstances = {
  user: inPrague,
  contactZone: 'Europe/Prague',
  workingTimeOnly: true,
}
const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const local = (at: number, zone = 'Europe/Prague') => {
  const { date, time, weekday } = shownByIntl(at, zone)
  return `${names[weekday - 1]} ${date}T${time}`
}
const at = (text: string, zone = 'Europe/Prague') => instantOf(text, zone)

describe('a step', () => {
  test.each([
    ['at once, within working hours', {}, '2026-11-20T10:15', 'Fri 2026-11-20T10:15', []],
    [
      'at once, on a Saturday',
      {},
      '2026-11-21T10:15',
      'Mon 2026-11-23T09:00',
      ['weekend', 'weekend', 'working_hours'],
    ],
    [
      'in two calendar days from a Thursday',
      { delay: 2, delayUnit: 'days' as const },
      '2026-11-19T16:00',
      'Mon 2026-11-23T09:00',
      ['weekend', 'weekend', 'working_hours'],
    ],
    [
      'in two working days from a Friday',
      { delay: 2 },
      '2026-11-20T16:00',
      'Tue 2026-11-24T09:00',
      [],
    ],
    [
      'in one working day from the day before Christmas Eve',
      { delay: 1 },
      '2026-12-23T11:00',
      'Fri 2026-12-25T09:00',
      ['holiday'],
    ],
    [
      'in thirty minutes, at the end of the day',
      { delay: 30, delayUnit: 'minutes' as const },
      '2026-11-19T16:45',
      'Fri 2026-11-20T09:00',
      ['working_hours', 'working_hours'],
    ],
  ])('%s, comes when it should and says why', (_, step, base, expected, reasons) => {
    const { at: due, moved } = scheduleStep(at(base), { ...plain, ...step }, normal)
    expect(local(due)).toBe(expected)
    expect(moved.map(({ reason }) => reason)).toEqual(reasons)
  })

  test('waits for the window in the contact’s own time, and names it', () => {
    const window = { from: '10:00', to: '12:00', weekdays }
    const { at: due, moved } = scheduleStep(
      at('2026-11-20T09:30'),
      { ...plain, window },
      { ...normal, contactZone: 'America/New_York' },
    )
    expect(local(due, 'America/New_York')).toBe('Fri 2026-11-20T10:00')
    expect(local(due)).toBe('Fri 2026-11-20T16:00')
    expect(moved).toEqual([{ reason: 'window_hours', date: '2026-11-20', name: null }])
  })

  test.each([
    [
      'is not counted where the clock change leaves out all its hours',
      '02:00',
      '02:30',
      2,
      'Tue 2026-03-31T09:00',
    ],
    [
      'begins when the clock has jumped over the beginning',
      '02:30',
      '03:30',
      1,
      'Sun 2026-03-29T03:00',
    ],
  ])('a working Sunday %s', (_, from, to, delay, expected) => {
    const user = { ...inPrague, hours: [...office.slice(0, 6), [{ from, to }]] as WeeklyHours }
    const { at: due } = scheduleStep(
      at('2026-03-28T12:00'),
      { ...plain, delay },
      { ...normal, user },
    )
    expect(local(due)).toBe(expected)
  })

  test('names the holiday that moved it', () => {
    const { moved } = scheduleStep(at('2026-12-24T10:00'), plain, normal)
    expect(moved[0]).toEqual({ reason: 'holiday', date: '2026-12-24', name: 'Christmas Eve' })
  })

  test('that never meets the working hours keeps to the window on a working day', () => {
    const window = { from: '09:00', to: '10:00', weekdays }
    const { at: due } = scheduleStep(
      at('2026-11-21T12:00'),
      { ...plain, window },
      { ...normal, contactZone: 'Pacific/Auckland' },
    )
    expect(local(due, 'Pacific/Auckland')).toMatch(/T09:00$/)
    expect(local(due)).toMatch(/^(Mon|Tue|Wed|Thu|Fri)/)
  })
})

/** Whether any quarter of an hour of somebody's hours is one that the clock shows on a day. */
const worksOn = (date: string, { hours, dayOff, zone }: WorkingTime): boolean =>
  dayOff(date) === undefined &&
  quartersOf(date, zone).some(({ time, weekday }) =>
    hours[weekday - 1]?.some(({ from, to }) => from <= time && time < to),
  )

const hour = 3_600_000
const day = 24 * hour
const knownQuarters = new Map<string, Shown[]>()

/** Each quarter of an hour that the clocks of a zone show on a date. */
function quartersOf(date: string, zone: string): Shown[] {
  const key = `${date} ${zone}`
  const known = knownQuarters.get(key)
  if (known) return known
  const begin = Date.parse(date) - 15 * hour
  const found = Array.from({ length: 54 * 4 }, (_, quarter) =>
    shownByIntl(begin + (quarter * hour) / 4, zone),
  ).filter((shown) => shown.date === date)
  knownQuarters.set(key, found)
  return found
}

const zones = [
  'UTC',
  'Europe/Prague',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Santiago',
]
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
  .map(([hour, minutes]) => `${String(hour).padStart(2, '0')}:${minutes}`)
const span = fc
  .tuple(time, time)
  .filter(([from, to]) => from < to)
  .map(([from, to]) => ({ from, to }))
const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 })
const circumstances = fc.record({
  user: fc.record({
    zone: fc.constantFrom(...zones),
    hours: fc
      .array(fc.option(span, { nil: undefined }), { minLength: 7, maxLength: 7 })
      .map((week): WeeklyHours => week.map((one) => (one ? [one] : [])))
      .filter((week) => week.some((spans) => spans.length > 0)),
    dayOff: fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 6 }).map((offsets) => {
      const off = new Set(
        offsets.map((offset) =>
          new Date(Date.UTC(2026, 9, 1) + offset * 86_400_000).toISOString().slice(0, 10),
        ),
      )
      return (date: string) => (off.has(date) ? 'Day off' : undefined)
    }),
  }),
  contactZone: fc.constantFrom(...zones),
  workingTimeOnly: fc.boolean(),
})
const step = fc
  .record({
    delay: fc.integer({ min: 0, max: 20 }),
    delayUnit: fc.constantFrom('minutes', 'hours', 'days', 'business_days'),
    window: fc.option(
      fc.tuple(span, days).map(([{ from, to }, weekdays]) => ({ from, to, weekdays })),
      { nil: null },
    ),
    automated: fc.boolean(),
  })
  .map((values): CadenceStep => ({ ...plain, ...values }) as CadenceStep)
// Around the clock changes of autumn and spring.
const instant = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 9, 1), max: Date.UTC(2026, 10, 20) }),
  fc.integer({ min: Date.UTC(2026, 2, 20), max: Date.UTC(2026, 3, 12) }),
)

describe('any schedule', () => {
  test('never goes back, and every step is within its window and on a working day', () => {
    fc.assert(
      fc.property(
        instant,
        fc.array(step, { minLength: 1, maxLength: 5 }),
        circumstances,
        (start, steps, around) => {
          const scheduled = scheduleSteps(start, steps, around)
          let before = start
          for (const [index, { at: due, lateAfter }] of scheduled.entries()) {
            const { window } = steps[index] as CadenceStep
            expect(due).toBeGreaterThanOrEqual(before)
            expect(lateAfter).toBeGreaterThan(due)
            before = due
            const there = shownByIntl(due, around.contactZone)
            if (window) {
              expect(window.weekdays).toContain(there.weekday)
              const clock = there.time
              expect(clock >= window.from && clock < window.to).toBe(true)
            } else if (around.workingTimeOnly) {
              const here = shownByIntl(due, around.user.zone)
              expect(around.user.dayOff(here.date)).toBeUndefined()
              const clock = here.time
              const spans = around.user.hours[here.weekday - 1] ?? []
              expect(spans.some(({ from, to }) => from <= clock && clock < to)).toBe(true)
            }
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('is what scheduling one step after the other gives', () => {
    fc.assert(
      fc.property(
        instant,
        fc.array(step, { minLength: 1, maxLength: 5 }),
        circumstances,
        (start, steps, around) => {
          let base = start
          const single = steps.map((one) => {
            const found = scheduleStep(base, one, around)
            base = found.at
            return found
          })
          expect(scheduleSteps(start, steps, around)).toEqual(single)
        },
      ),
      { numRuns: 100 },
    )
  })

  test('counts as many working days as the step waits', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 15 }),
        circumstances,
        (start, delay, around) => {
          const { user } = around
          const { at: due } = scheduleStep(
            start,
            { ...plain, delay },
            { ...around, workingTimeOnly: true },
          )
          const from = Date.parse(shownByIntl(start, user.zone).date)
          const to = Date.parse(shownByIntl(due, user.zone).date)
          let counted = 0
          for (let at = from + day; at <= to; at += day)
            if (worksOn(new Date(at).toISOString().slice(0, 10), user)) counted++
          expect(counted).toBe(delay)
        },
      ),
      { numRuns: 500 },
    )
  })
})
