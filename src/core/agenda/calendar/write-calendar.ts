/** Writes a calendar file: RFC 5545 and 7986, as the calendars of Google, Apple and Microsoft read it. */
import ical, { escape as escapeText, ICalAlarmType, ICalEventTransparency } from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import { zonedTime } from '../../kernel/time/zone'
import { morningOfDay } from './read-item'
import { defineZone } from './zone-definition'

/** An event of the file. Instants are epoch milliseconds. */
export interface CalendarEvent {
  uid: string
  /** Which occurrence of a recurring event this is: its original start; empty for an event of its own. */
  recurrenceId: string
  sequence: number
  createdAt: number
  /** RFC 5545: 1 is the highest, 9 the lowest. */
  priority?: number
  /** Its DTSTAMP too: what did not change is written the same each time. */
  modifiedAt: number
  start: number
  /** 0: it has no end, only an instant. */
  durationMinutes: number
  /** IANA. */
  zone: string
  allDay: boolean
  summary: string
  description: string | null
  location: string | null
  /** Takes no time: others may still plan something for it. */
  free: boolean
  /** Alarms, minutes before the start. */
  alarms: number[]
  /** What only Rapport knows, under names that begin with X-RAPPORT-. */
  extra: Record<string, string>
}

export interface CalendarHead {
  /** How calendars name it. */
  name?: string
  /** Seconds after which a subscriber should come again. */
  refreshSeconds?: number
}

/** CRLF, folded at 75 octets; each zone that is used is described. */
export function writeCalendar(events: readonly CalendarEvent[], head: CalendarHead = {}): string {
  const years = events.map((event) => new Date(event.start).getUTCFullYear())
  const firstYear = years.reduce((one, other) => Math.min(one, other), 9999) - 1
  const lastYear = years.reduce((one, other) => Math.max(one, other), 0) + 1
  const calendar = ical({
    prodId: { company: 'Rapport', product: 'Rapport', language: 'EN' },
    scale: 'GREGORIAN',
    ...(head.name && { name: text(head.name) }),
    ...(head.refreshSeconds && { ttl: head.refreshSeconds }),
    timezone: { name: null, generator: (zone) => defineZone(zone, firstYear, lastYear) },
  })
  for (const event of events) calendar.createEvent(dataOf(event))
  return `${fromStart(withDates(calendar.toString(), events))}\r\n`
}

function dataOf(event: CalendarEvent) {
  const start = zonedTime(event.start, event.zone)
  const end = start.add({ minutes: event.durationMinutes })
  const day = start.toPlainDate()
  // Hours that the clock repeats differ in UTC only.
  const named = event.allDay || isTwice(start) || isTwice(end) ? null : event.zone
  return {
    id: escapeText(clean(event.uid), false),
    sequence: event.sequence,
    stamp: utc(event.modifiedAt),
    created: utc(event.createdAt),
    lastModified: utc(event.modifiedAt),
    ...(event.allDay
      ? { start: day, end: day.add({ days: daysOf(event.durationMinutes) }) }
      : { start, end: event.durationMinutes > 0 ? end : null }),
    timezone: named,
    allDay: event.allDay,
    ...(event.recurrenceId && { recurrenceId: originalStart(event.recurrenceId) }),
    summary: clean(event.summary),
    description: event.description ? clean(event.description) : null,
    location: event.location === null ? null : clean(event.location),
    ...(event.priority !== undefined && { priority: event.priority }),
    transparency: event.free ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    alarms: event.alarms.map((minutes) => alarmOf(event, minutes)),
    x: Object.entries({
      ...event.extra,
      // A day, and a time in UTC, name no zone.
      ...(named === null && { 'X-RAPPORT-ZONE': event.zone }),
    }).map(([key, value]): [string, string] => [key, clean(value)]),
  }
}

/** As many whole days as that. */
export const daysOf = (minutes: number): number => Math.max(1, Math.round(minutes / (24 * 60)))

/** Of a whole day, reminders count from its morning and alarms from midnight. */
function alarmOf({ allDay, summary }: CalendarEvent, minutes: number) {
  const before = (minutes - (allDay ? morningOfDay : 0)) * 60
  return {
    type: ICalAlarmType.display,
    description: clean(summary),
    ...(before >= 0 ? { triggerBefore: before } : { triggerAfter: -before }),
  }
}

const utc = (instant: number) => Temporal.Instant.fromEpochMilliseconds(instant)

const isTwice = (time: Temporal.ZonedDateTime) => {
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
    time.toPlainDateTime().toZonedDateTime(time.timeZoneId, { disambiguation }),
  )
  return earlier?.epochMilliseconds !== later?.epochMilliseconds
}

/** @param recurrenceId `20261127` or `20261127T140000Z` */
const originalStart = (recurrenceId: string) =>
  Temporal.PlainDateTime.from(recurrenceId.replace('Z', '')).toZonedDateTime('UTC').toInstant()

/** The library knows no days as RECURRENCE-ID; of a series of whole days it is one, by RFC 5545. */
function withDates(written: string, events: readonly CalendarEvent[]): string {
  const [head = '', ...blocks] = written.split(begin)
  const dated = blocks.map((block, index) =>
    events[index]?.recurrenceId.includes('T') === false
      ? block.replace(/^RECURRENCE-ID:(\d{8})T000000Z/m, 'RECURRENCE-ID;VALUE=DATE:$1')
      : block,
  )
  return [head, ...dated].join(begin)
}
const begin = '\r\nBEGIN:VEVENT\r\n'

/** The library counts an alarm that comes later from the end; ours are all counted from the start. */
const fromStart = (written: string) => written.replace(/^TRIGGER;RELATED=END:/gm, 'TRIGGER:')

const text = (value: string) => escapeText(clean(value), false)

/** Text may hold line breaks and tabs but no other control characters, and no halves of characters. */
export const clean = (value: string) =>
  value
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
