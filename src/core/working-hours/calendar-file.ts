/** Days off read from an .ics file: its all-day events, recurring ones unrolled. */
import ICAL from 'ical.js'
import { invalid } from '../kernel/errors'
import { addDays } from './working-time'

/** How many times a recurring holiday is unrolled, and how long an event may be. */
const mostOccurrences = 60
const mostDaysOfEvent = 366

export function daysOffIn(ics: string): { date: string; name: string }[] {
  const found = new Map<string, { date: string; name: string }>()
  for (const event of eventsIn(ics)) {
    if (!event.startDate?.isDate) continue
    const name = event.summary?.trim().slice(0, 120) || 'Day off'
    const days = Math.min(mostDaysOfEvent, Math.max(1, event.duration.toSeconds() / 86_400))
    for (const start of startsOf(event))
      for (let day = 0; day < days; day++) {
        const date = addDays(start, day)
        found.set(`${date} ${name}`, { date, name })
      }
  }
  return [...found.values()]
}

function eventsIn(ics: string) {
  try {
    const calendar = new ICAL.Component(ICAL.parse(ics))
    return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
  } catch {
    throw invalid('ics', 'must be an iCalendar file')
  }
}

function startsOf(event: ICAL.Event): string[] {
  if (!event.isRecurring()) return [event.startDate.toString()]
  const starts: string[] = []
  const occurrences = event.iterator()
  for (let next = occurrences.next(); next; next = occurrences.next()) {
    starts.push(next.toString())
    if (starts.length === mostOccurrences) break
  }
  return starts
}
