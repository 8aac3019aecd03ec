/** How often something comes again: as people choose it, as RFC 5545 writes it, and as a sentence. */

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof weekdays)[number]
export const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export type Frequency = (typeof frequencies)[number]

export interface Repeat {
  frequency: Frequency
  /** Every so many days, weeks, months, years. */
  interval: number
  /** Of a weekly one; empty takes the day it begins on. */
  on: Weekday[]
  /** Of a monthly one: the same day of the month, or a weekday by its place in it (-1 is the last). */
  nth: { place: number; weekday: Weekday } | null
  ends: { type: 'never' } | { type: 'on'; date: string } | { type: 'after'; times: number }
}

const workdays: Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR']
const once: Omit<Repeat, 'frequency'> = { interval: 1, on: [], nth: null, ends: { type: 'never' } }

/** What is offered by name; anything else is chosen part by part. @param date ISO date of the first time */
export function usualRepeats(date: string): { label: string; repeat: Repeat }[] {
  const weekday = weekdayOf(date)
  const nth = placeInMonth(date)
  return [
    { label: 'Every day', repeat: { ...once, frequency: 'DAILY' } },
    { label: 'Every weekday', repeat: { ...once, frequency: 'WEEKLY', on: workdays } },
    {
      label: `Every ${weekdayName(weekday)}`,
      repeat: { ...once, frequency: 'WEEKLY', on: [weekday] },
    },
    { label: `Monthly on the ${ordinal(dayOf(date))}`, repeat: { ...once, frequency: 'MONTHLY' } },
    {
      label: `Monthly on the ${placeName(nth)} ${weekdayName(weekday)}`,
      repeat: { ...once, frequency: 'MONTHLY', nth: { place: nth, weekday } },
    },
    { label: 'Every year', repeat: { ...once, frequency: 'YEARLY' } },
  ]
}

/** @returns RFC 5545 RRULE without its prefix. @param date ISO date of the first time */
export function writeRule(repeat: Repeat, date: string): string {
  const { frequency, interval, on, nth, ends } = repeat
  const parts = [`FREQ=${frequency}`]
  if (interval > 1) parts.push(`INTERVAL=${interval}`)
  if (frequency === 'WEEKLY') {
    const chosen = on.length > 0 ? weekdays.filter((day) => on.includes(day)) : [weekdayOf(date)]
    parts.push(`BYDAY=${chosen.join(',')}`)
  }
  if (frequency === 'MONTHLY') {
    parts.push(nth ? `BYDAY=${nth.place}${nth.weekday}` : `BYMONTHDAY=${dayOf(date)}`)
  }
  if (ends.type === 'on') parts.push(`UNTIL=${ends.date.replaceAll('-', '')}`)
  if (ends.type === 'after') parts.push(`COUNT=${ends.times}`)
  return parts.join(';')
}

/** @returns null for a rule that the editor has no fields for; it is then kept as it is. */
export function readRule(rule: string): Repeat | null {
  const parts = new Map(
    rule.split(';').map((part) => {
      const [name = '', value = ''] = part.split('=')
      return [name.toUpperCase(), value.toUpperCase()] as const
    }),
  )
  const frequency = frequencies.find((name) => name === parts.get('FREQ'))
  if (!frequency) return null
  const repeat: Repeat = { ...once, frequency, interval: Number(parts.get('INTERVAL') ?? 1) }
  for (const [name, value] of parts) {
    if (name === 'FREQ' || name === 'INTERVAL' || name === 'WKST' || name === 'BYMONTH') continue
    if (name === 'BYDAY' && frequency === 'MONTHLY') {
      const match = /^([+-]?\d)(MO|TU|WE|TH|FR|SA|SU)$/.exec(value)
      if (!match) return null
      repeat.nth = { place: Number(match[1]), weekday: match[2] as Weekday }
    } else if (name === 'BYDAY') {
      const days = value.split(',')
      const known = weekdays.filter((day) => days.includes(day))
      if (known.length !== days.length) return null
      repeat.on = known
      // Every day of the week that is named is a week's rule, however it was written.
      repeat.frequency = 'WEEKLY'
    } else if (name === 'BYMONTHDAY') {
      if (value.includes(',')) return null
    } else if (name === 'UNTIL') {
      const match = /^(\d{4})(\d{2})(\d{2})/.exec(value)
      if (!match) return null
      repeat.ends = { type: 'on', date: `${match[1]}-${match[2]}-${match[3]}` }
    } else if (name === 'COUNT') {
      repeat.ends = { type: 'after', times: Number(value) }
    } else return null
  }
  return repeat
}

/** "every Monday", "every 2 weeks on Monday and Friday", "monthly on the last Friday, 5 times". */
export function repeatText(rule: string): string {
  const repeat = readRule(rule)
  if (!repeat) return 'repeats'
  const day = /BYMONTHDAY=(-?\d+)/i.exec(rule)?.[1]
  return `${rhythmText(repeat, day === undefined ? undefined : Number(day))}${endText(repeat)}`
}

function rhythmText({ frequency, interval, on, nth }: Repeat, day: number | undefined): string {
  const every = interval > 1 ? `every ${interval} ${units[frequency]}s` : undefined
  switch (frequency) {
    case 'DAILY':
      return every ?? 'every day'
    case 'WEEKLY': {
      if (on.length === 0) return every ?? 'every week'
      if (!every && on.length === 5 && workdays.every((name) => on.includes(name))) {
        return 'every weekday'
      }
      return every ? `${every} on ${dayNames(on)}` : `every ${dayNames(on)}`
    }
    case 'MONTHLY': {
      const start = every ?? 'monthly'
      if (nth) return `${start} on the ${placeName(nth.place)} ${weekdayName(nth.weekday)}`
      return day === undefined ? start : `${start} on the ${day === -1 ? 'last day' : ordinal(day)}`
    }
    case 'YEARLY':
      return every ?? 'every year'
  }
}

function endText({ ends }: Repeat): string {
  if (ends.type === 'on') return ` until ${ends.date}`
  if (ends.type === 'after') return ends.times === 1 ? ', once' : `, ${ends.times} times`
  return ''
}

const units = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const
export const unitOf = (frequency: Frequency, interval: number): string =>
  interval === 1 ? units[frequency] : `${units[frequency]}s`

const names: Readonly<Record<Weekday, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
}
export const weekdayName = (weekday: Weekday): string => names[weekday]

const dayNames = (on: readonly Weekday[]) => {
  const [last = '', ...before] = weekdays
    .filter((day) => on.includes(day))
    .map(weekdayName)
    .reverse()
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`
}

export const places = [1, 2, 3, 4, -1] as const
export const placeName = (place: number): string => (place === -1 ? 'last' : ordinal(place))

/** 1st, 2nd, 3rd, 4th. */
export function ordinal(number: number): string {
  const tens = number % 100
  if (tens >= 11 && tens <= 13) return `${number}th`
  return `${number}${['th', 'st', 'nd', 'rd'][number % 10] ?? 'th'}`
}

const dayOf = (date: string) => Number(date.slice(8, 10))
/** Which Friday of its month a date is; the fifth is the last. */
const placeInMonth = (date: string) => {
  const place = Math.ceil(dayOf(date) / 7)
  return place === 5 ? -1 : place
}

export function weekdayOf(date: string): Weekday {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const index = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  return weekdays[(index + 6) % 7] ?? 'MO'
}
