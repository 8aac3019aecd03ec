import fc from 'fast-check'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { occurrencesOf, type Rule, readRule, textOfRule } from './rrule'

const day = 86_400_000
const hour = 3_600_000
const at = (text: string) => Date.parse(text.length === 10 ? `${text}T00:00:00Z` : `${text}:00Z`)
const shown = (local: number) =>
  new Date(local)
    .toISOString()
    .replace('T00:00:00.000Z', '')
    .replace(/:00\.000Z$/, '')

describe('A rule', () => {
  test.each([
    // The examples of RFC 5545, section 3.8.5.3, and what calendars were seen to do wrong.
    [
      'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;COUNT=4',
      '2027-01-31',
      '2027-01-31 2027-02-28 2027-03-31 2027-04-30',
    ],
    ['FREQ=YEARLY;BYDAY=20MO;COUNT=3', '1997-05-19', '1997-05-19 1998-05-18 1999-05-17'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3', '1997-05-12', '1997-05-12 1998-05-11 1999-05-17'],
    ['FREQ=YEARLY;COUNT=3', '2024-02-29', '2024-02-29 2028-02-29 2032-02-29'],
    ['FREQ=YEARLY;BYMONTH=2;COUNT=2', '2024-02-29', '2024-02-29 2028-02-29'],
    ['FREQ=MONTHLY;COUNT=4', '2027-01-31', '2027-01-31 2027-03-31 2027-05-31 2027-07-31'],
    ['FREQ=MONTHLY;INTERVAL=3;COUNT=3', '2026-11-30', '2026-11-30 2027-05-30 2027-08-30'],
    [
      'FREQ=YEARLY;BYYEARDAY=1,100,200;INTERVAL=3;COUNT=5',
      '1997-01-01',
      '1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09',
    ],
    ['FREQ=YEARLY;BYYEARDAY=-1;COUNT=2', '2027-12-31', '2027-12-31 2028-12-31'],
    ['FREQ=YEARLY;BYYEARDAY=366;COUNT=2', '2024-12-31', '2024-12-31 2028-12-31'],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=4',
      '1997-09-29',
      '1997-09-29 1997-10-30 1997-11-27 1997-12-30',
    ],
    [
      'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3',
      '1998-02-13',
      '1998-02-13 1998-03-13 1998-11-13',
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
      '1997-08-05',
      '1997-08-05 1997-08-10 1997-08-19 1997-08-24',
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
      '1997-08-05',
      '1997-08-05 1997-08-17 1997-08-19 1997-08-31',
    ],
    [
      'FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30;COUNT=5',
      '2027-01-04T09:00',
      '2027-01-04T09:00 2027-01-04T09:30 2027-01-04T17:00 2027-01-04T17:30 2027-01-05T09:00',
    ],
    // What rrule-temporal 2.2.8 reads otherwise.
    ['FREQ=YEARLY;BYDAY=MO,1TU;COUNT=3', '2024-01-01', '2024-01-01 2024-01-02 2024-01-08'],
    ['FREQ=YEARLY;BYYEARDAY=-5;BYDAY=SA;COUNT=2', '2025-12-27', '2025-12-27 2031-12-27'],
    ['FREQ=YEARLY;BYDAY=53MO;COUNT=2', '2018-12-31', '2018-12-31 2024-12-30'],
    ['FREQ=MONTHLY;BYDAY=5FR;COUNT=3', '2027-01-29', '2027-01-29 2027-04-30 2027-07-30'],
    ['FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;COUNT=2', '2027-03-28', '2027-03-28 2028-03-26'],
    // The start counts as the first, also where the rule does not give it.
    ['FREQ=WEEKLY;BYDAY=MO;COUNT=3', '2027-01-05', '2027-01-11 2027-01-18'],
    // Of a day, what is said of times does not count.
    ['FREQ=DAILY;BYHOUR=9;COUNT=2', '2027-01-05', '2027-01-05 2027-01-06'],
  ])('%s from %s gives what RFC 5545 says', (rule, start, expected) => {
    const found = occurrencesOf(readRule(rule), {
      start: at(start),
      isDate: start.length === 10,
      from: at(start),
      to: at('2040-01-01'),
    })
    expect([...found].map(shown).join(' ')).toBe(expected)
  })

  test.each([
    'FREQ=FORTNIGHTLY',
    'INTERVAL=2',
    'FREQ=DAILY;FREQ=DAILY',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;COUNT=2;UNTIL=20270101',
    'FREQ=DAILY;UNTIL=20271301',
    'FREQ=DAILY;BYEASTER=1',
    'FREQ=MONTHLY;BYMONTHDAY=0',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=MONTHLY;BYDAY=54MO',
    'FREQ=MONTHLY;BYDAY=XX',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=WEEKLY;BYMONTHDAY=3',
    'FREQ=MONTHLY;BYWEEKNO=3',
    'FREQ=MONTHLY;BYYEARDAY=3',
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO',
    'FREQ=MONTHLY;BYSETPOS=1',
    'FREQ=YEARLY;RSCALE=CHINESE',
    'FREQ=YEARLY;RSCALE=GREGORIAN;SKIP=FORWARD',
  ])('%s is refused', (rule) => {
    expect(() => readRule(rule)).toThrow(/^has /)
  })

  test('gives what trying every day and hour gives', () => {
    fc.assert(
      fc.property(rules, starts, (rule, start) => {
        const to = start + (rule.get('FREQ') === 'HOURLY' ? 40 : 366 * 5) * day
        for (const from of [start, start + Math.floor((to - start) / 2)])
          expect([
            textOfRule(rule),
            shown(start),
            [...occurrencesOf(rule, { start, isDate: false, from, to })].map(shown),
          ]).toEqual([textOfRule(rule), shown(start), tried(rule, start, from, to).map(shown)])
      }),
      { numRuns: Number(process.env.RULES ?? 100) },
    )
  })

  test('gives what rrule-temporal gives, where that follows RFC 5545', () => {
    fc.assert(
      fc.property(rules.filter(isReadAlike), starts, (rule, start) => {
        const to = start + (rule.get('FREQ') === 'HOURLY' ? 40 : 366 * 2) * day
        for (const from of [start, start + Math.floor((to - start) / 2)])
          expect([
            textOfRule(rule),
            shown(start),
            [...occurrencesOf(rule, { start, isDate: false, from, to })].map(shown),
          ]).toEqual([
            textOfRule(rule),
            shown(start),
            readElsewhere(rule, start, from, to).map(shown),
          ])
      }),
      { numRuns: Number(process.env.RULES ?? 50) },
    )
  })
})

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const list = <T>(one: fc.Arbitrary<T>, most = 3) =>
  fc.option(
    fc.uniqueArray(one, { minLength: 1, maxLength: most }).map((values) => values.join(',')),
    { nil: undefined, freq: 2 },
  )
const either = (most: number) =>
  fc.oneof(fc.integer({ min: 1, max: most }), fc.integer({ min: -most, max: -1 }))
const rare = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one })
const parts = fc.constantFrom('YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY').chain((frequency) =>
  fc.record({
    FREQ: fc.constant(frequency),
    INTERVAL: rare(fc.integer({ min: 1, max: 4 })),
    COUNT: rare(fc.integer({ min: 1, max: 12 })),
    WKST: rare(fc.constantFrom(...weekdays)),
    BYMONTH: rare(list(fc.integer({ min: 1, max: 12 }))),
    BYMONTHDAY: frequency === 'WEEKLY' ? fc.constant(undefined) : rare(list(either(31))),
    BYYEARDAY: ['YEARLY', 'HOURLY'].includes(frequency)
      ? rare(list(either(366)))
      : fc.constant(undefined),
    BYWEEKNO: frequency === 'YEARLY' ? rare(list(either(53))) : fc.constant(undefined),
    BYDAY: rare(
      list(
        fc
          .tuple(
            frequency === 'MONTHLY'
              ? fc.oneof(fc.constant(''), either(5))
              : frequency === 'YEARLY'
                ? fc.oneof(fc.constant(''), either(53))
                : fc.constant(''),
            fc.constantFrom(...weekdays),
          )
          .map(([nth, name]) => `${nth}${name}`),
        4,
      ),
    ),
    BYHOUR: rare(list(fc.integer({ min: 0, max: 23 }))),
    BYMINUTE: rare(list(fc.integer({ min: 0, max: 59 }))),
    BYSETPOS: rare(list(either(5))),
  }),
)
const rules = parts
  .map((parts) => {
    const given = Object.entries(parts).filter(([, value]) => value !== undefined)
    try {
      return readRule(given.map(([name, value]) => `${name}=${value}`).join(';'))
    } catch {
      return undefined
    }
  })
  .filter((rule) => rule !== undefined)
const starts = fc
  .integer({ min: Date.UTC(2019, 0) / (30 * 60_000), max: Date.UTC(2029, 0) / (30 * 60_000) })
  .map((halves) => halves * 30 * 60_000)

/** The same by a second way: each time of each day is asked whether it belongs, nothing is built up. */
function tried(rule: ReadonlyMap<string, string>, start: number, from: number, to: number) {
  const list = (name: string) => rule.get(name)?.split(',').map(Number)
  const frequency = rule.get('FREQ') ?? ''
  const interval = Number(rule.get('INTERVAL') ?? 1)
  const begin = new Date(start)
  const week = weekdays.indexOf(rule.get('WKST') ?? 'MO')
  const dayOf = (local: number) => Math.floor(local / day)
  // Day 0 of the epoch was a Thursday.
  const weekOf = (local: number) => Math.floor((dayOf(local) + 4 - week) / 7)
  const periodOf = (local: number) => {
    const date = new Date(local)
    return {
      YEARLY: date.getUTCFullYear(),
      MONTHLY: date.getUTCFullYear() * 12 + date.getUTCMonth(),
      WEEKLY: weekOf(local),
      DAILY: dayOf(local),
      HOURLY: Math.floor(local / hour),
    }[frequency] as number
  }
  const months = list('BYMONTH')
  const monthDays = list('BYMONTHDAY')
  const yearDays = list('BYYEARDAY')
  const weeks = list('BYWEEKNO')
  const names = rule.get('BYDAY')?.split(',')
  const saysDay = monthDays || yearDays || names
  const within = (numbers: number[] | undefined, number: number, of: number) =>
    !numbers || numbers.some((one) => (one > 0 ? one === number : one + of + 1 === number))

  function dayFits(local: number): boolean {
    const date = new Date(local)
    const [year, month, monthDay, weekday] = [
      date.getUTCFullYear(),
      date.getUTCMonth(),
      date.getUTCDate(),
      date.getUTCDay(),
    ]
    const daysInMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
    const yearDay = dayOf(local) - dayOf(Date.UTC(year, 0, 1)) + 1
    const daysInYear = dayOf(Date.UTC(year + 1, 0, 1)) - dayOf(Date.UTC(year, 0, 1))
    if (months && !months.includes(month + 1)) return false
    if (!within(monthDays, monthDay, daysInMonth)) return false
    if (!within(yearDays, yearDay, daysInYear)) return false
    if (weeks) {
      // The year of a week is the one that has most of it.
      const first = (of: number) => weekOf(Date.UTC(of, 0, 4))
      const weekYear = [year + 1, year, year - 1].find((of) => weekOf(local) >= first(of)) as number
      const number = weekOf(local) - first(weekYear) + 1
      if (!within(weeks, number, first(weekYear + 1) - first(weekYear))) return false
    }
    if (names) {
      const isOfYear = frequency === 'YEARLY' && !months
      const [place, length] = isOfYear ? [yearDay, daysInYear] : [monthDay, daysInMonth]
      const nth = Math.ceil(place / 7)
      const nthLast = -Math.ceil((length - place + 1) / 7)
      const fits = names.some((name) => {
        const wanted = Number(name.slice(0, -2))
        return (
          name.slice(-2) === weekdays[weekday] &&
          (wanted === 0 || wanted === nth || wanted === nthLast)
        )
      })
      if (!fits) return false
    }
    if (saysDay || frequency === 'DAILY' || frequency === 'HOURLY') return true
    if (frequency === 'WEEKLY' || weeks) return weekday === begin.getUTCDay()
    if (monthDay !== begin.getUTCDate()) return false
    return frequency === 'MONTHLY' || months !== undefined || month === begin.getUTCMonth()
  }

  const minutes = list('BYMINUTE') ?? [begin.getUTCMinutes()]
  const hours =
    list('BYHOUR') ?? (frequency === 'HOURLY' ? [...Array(24).keys()] : [begin.getUTCHours()])
  const positions = list('BYSETPOS')
  const sets = new Map<number, number[]>()
  // A period may begin before the start, and its places count from there.
  for (let date = dayOf(start) - 366; date <= dayOf(to) + 366; date++) {
    if (!dayFits(date * day)) continue
    for (const one of hours)
      for (const minute of minutes) {
        const local = date * day + one * hour + minute * 60_000
        const period = periodOf(local)
        const gap = period - periodOf(start)
        if (gap < 0 || gap % interval !== 0) continue
        if (!sets.get(period)?.push(local)) sets.set(period, [local])
      }
  }
  const all = [...sets.values()]
    .flatMap((unsorted) => {
      const set = unsorted.sort((one, other) => one - other)
      if (!positions) return set
      const chosen = positions.map((place) => set[place > 0 ? place - 1 : set.length + place])
      return [...new Set(chosen.filter((one) => one !== undefined))]
    })
    .filter((local) => local >= start)
    .sort((one, other) => one - other)
  const count = rule.has('COUNT') ? Number(rule.get('COUNT')) : Number.POSITIVE_INFINITY
  const left = all[0] === start ? count : count - 1
  return all.slice(0, left).filter((local) => local >= from && local <= to)
}

/**
 * In a year it loses plain weekdays beside counted ones, gives days that only one of two parts names,
 * finds a 53rd weekday in the next year, and a week's weekday depends on where it begins to look.
 */
function isReadAlike(rule: Rule): boolean {
  if (rule.get('FREQ') !== 'YEARLY') return true
  const days = ['BYDAY', 'BYMONTHDAY', 'BYYEARDAY'].filter((name) => rule.has(name))
  const names = rule.get('BYDAY')?.split(',') ?? []
  const counted = names.filter((name) => /\d/.test(name))
  return (
    days.length <= 1 &&
    [0, names.length].includes(counted.length) &&
    !counted.some((name) => name.includes('53')) &&
    (!rule.has('BYWEEKNO') || rule.has('BYDAY'))
  )
}

/** The same as another program reads RFC 5545. */
function readElsewhere(rule: Rule, start: number, from: number, to: number): number[] {
  const zoned = (local: number) =>
    Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC')
  const options = { dtstart: zoned(start), maxIterations: 1e6, maxCandidateEvaluations: 1e6 }
  const endless = new Map([...rule].filter(([name]) => name !== 'COUNT'))
  const following = new RRuleTemporal({ ...options, rruleString: textOfRule(endless) })
  const found = (one: typeof following, from: number, to: number) =>
    one.between(zoned(from), zoned(to), true).map(({ epochMilliseconds }) => epochMilliseconds)
  if (!rule.has('COUNT')) return found(following, from, to)
  // It does not count a start that the rule does not give.
  const count = Number(rule.get('COUNT')) - (found(following, start, start).length > 0 ? 0 : 1)
  return count === 0 ? [] : found(following.with({ count }), from, to)
}
