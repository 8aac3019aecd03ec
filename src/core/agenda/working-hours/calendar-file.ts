/** Days off read from an .ics file: its all-day events, recurring ones unrolled. */
import { cleanLine } from '../../../contract/kernel/text'
import { invalid } from '../../kernel/errors'
import { addDays } from './working-time'

/** Recurring ones are unrolled from a year back on, for so many days ahead. */
const daysBack = 366
const daysAhead = 8 * 366
const day = 86_400_000
/** Of one file. */
const mostDays = 3660
/** Of overlapping events, each day is gone through again. */
const mostTries = 20 * mostDays

/** How the calendar area reads a file. */
export type ReadCalendar = (
  text: string,
  options: {
    given: Record<string, string>
    own: string
    now: number
    span: { from: number; to: number; most: number }
  },
) => {
  candidates: readonly {
    kind: 'event' | 'task'
    start: { isDate: boolean; local: number } | null
    item: { summary: string; durationMinutes: number; cancelled: boolean }
  }[]
  refusals: readonly {
    kind: 'event' | 'task'
    summary: string
    reason: string
    skipped: boolean
    unknownZone: string | undefined
  }[]
}

export interface DaysOffFile {
  days: { date: string; name: string }[]
  /** Events that could not be read, and why. */
  setAside: { name: string; reason: string }[]
}

/** @throws invalid (ics) where it is no calendar, or has too many days */
export function daysOffIn(ics: string, now: number, readCalendar: ReadCalendar): DaysOffFile {
  if (!/^[\s\uFEFF]*BEGIN:VCALENDAR/i.test(ics)) throw invalid('ics', 'must be an iCalendar file')
  const { candidates, refusals } = readCalendar(ics, {
    given: {},
    own: 'UTC',
    now,
    span: { from: now - daysBack * day, to: now + daysAhead * day, most: mostDays },
  })
  const found = new Map<string, { date: string; name: string }>()
  let tries = 0
  for (const { kind, start, item } of candidates) {
    if (kind !== 'event' || !start?.isDate || item.cancelled) continue
    const name = nameOf(item.summary)
    const first = new Date(start.local).toISOString().slice(0, 10)
    const days = Math.max(1, Math.round(item.durationMinutes / (24 * 60)))
    for (let index = 0; index < days; index++) {
      const date = addDays(first, index)
      found.set(`${date} ${name}`, { date, name })
      tries++
      if (found.size > mostDays || tries > mostTries)
        throw invalid('ics', `has more than ${mostDays} days`)
    }
  }
  return {
    days: [...found.values()],
    // Only what has times needs its zone, and what has times is no day off.
    setAside: refusals
      .filter(
        ({ kind, skipped, unknownZone }) =>
          kind === 'event' && !skipped && unknownZone === undefined,
      )
      .map(({ summary, reason }) => ({ name: nameOf(summary), reason })),
  }
}

const nameOf = (summary: string) =>
  cleanLine(summary.replace(/\s+/g, ' ')).slice(0, 120) || 'Day off'
