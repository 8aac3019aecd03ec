/** Reads one event or to-do of a calendar file into what an activity or task is made of. */
import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import type { FoundZone, ZoneFinder } from './find-zone'
import { inZone } from './find-zone'
import type { RawComponent } from './split-components'

/** Why something cannot be taken in; for people. */
export class Unreadable extends Error {}
/** A zone that somebody must name first. */
export class UnknownZone extends Unreadable {
  readonly zone: string
  constructor(zone: string) {
    super(`its time zone “${zone}” is not known`)
    this.zone = zone
  }
}

export interface ReadTime {
  instant: number
  /** IANA. */
  zone: string
  /** A day rather than a time; the instant is its beginning in the zone. */
  isDate: boolean
  /** The file said no zone: it was read in the caller's. */
  floating: boolean
  /** What the file calls its zone. */
  found: FoundZone
  /** Local, as if UTC. */
  local: number
}

export interface Attendee {
  email: string
  name: string | null
  status: string | null
}

export interface ReadItem {
  kind: 'event' | 'task'
  uid: string
  /** Empty for the event itself. */
  recurrenceId: string
  sequence: number
  modifiedAt: number | null
  cancelled: boolean
  /** Null for a to-do without a due date. */
  start: ReadTime | null
  durationMinutes: number
  summary: string
  description: string | null
  location: string | null
  alarms: number[]
  organizer: Attendee | null
  attendees: Attendee[]
  categories: string[]
  url: string | null
  status: string | null
  /** Of a to-do: 1 is highest, 9 lowest, 0 none. */
  priority: number
  /** Of a to-do: how much of it is done. */
  percent: number
  completedAt: number | null
  /** Rules and dates of a recurring one. */
  rules: ICAL.Recur[]
  dates: ReadTime[]
  exceptDates: ReadTime[]
  /** What another Rapport wrote. */
  extra: { type: string | null; done: boolean | null; untitled: boolean; kind: string | null }
}

/** @throws Unreadable naming what is wrong */
export function readItem(raw: RawComponent, zones: ZoneFinder, own: string): ReadItem {
  if (raw.fault) throw new Unreadable(raw.fault)
  const component = parse(raw)
  const kind = raw.name === 'VTODO' ? 'task' : 'event'
  const times = (name: string) =>
    component.getAllProperties(name).flatMap((property) => readTimes(property, zones, own))
  const [begin] = times('dtstart')
  const [due] = kind === 'task' ? times('due') : []
  const start = (kind === 'task' ? (due ?? begin) : begin) ?? null
  if (!start && kind === 'event') throw new Unreadable('it has no start')
  const [recurrence] = times('recurrence-id')
  const uid = textOf(component, 'uid')?.trim()
  return {
    kind,
    uid: uid ? uid.slice(0, longestUid) : '',
    recurrenceId: recurrence ? stampOf(recurrence) : '',
    sequence: wholeNumber(component, 'sequence'),
    modifiedAt: instantOf(component, 'last-modified'),
    cancelled: textOf(component, 'status')?.toUpperCase() === 'CANCELLED',
    start,
    durationMinutes:
      kind === 'task' || !start ? 0 : durationOf(component, start, times('dtend')[0]),
    summary: (textOf(component, 'summary') ?? '').trim(),
    description: textOf(component, 'description')?.slice(0, longestText) || null,
    location: textOf(component, 'location')?.trim().slice(0, 500) || null,
    alarms: start ? alarmsOf(component, start) : [],
    organizer: people(component, 'organizer')[0] ?? null,
    attendees: people(component, 'attendee').slice(0, mostAttendees),
    categories: component
      .getAllProperties('categories')
      .flatMap((property) => property.getValues().map(String))
      .slice(0, 50),
    url: textOf(component, 'url')?.slice(0, 2000) || null,
    status: textOf(component, 'status')?.toUpperCase().slice(0, 40) || null,
    priority: wholeNumber(component, 'priority'),
    percent: wholeNumber(component, 'percent-complete'),
    completedAt: instantOf(component, 'completed'),
    rules: component.getAllProperties('rrule').map(ruleOf),
    dates: times('rdate'),
    exceptDates: times('exdate'),
    extra: {
      type: textOf(component, 'x-rapport-type') ?? null,
      done: flag(textOf(component, 'x-rapport-done')),
      untitled: flag(textOf(component, 'x-rapport-untitled')) === true,
      kind: textOf(component, 'x-rapport-kind') ?? null,
    },
  }
}

const longestUid = 1000
const longestText = 100_000
const mostAttendees = 200
const mostTimes = 5000
const minute = 60_000
const day = 24 * 60 * minute
/** Minutes after which a whole day begins for who is reminded of it. */
export const morningOfDay = 9 * 60
/** What an activity may last. */
const longestMinutes = 366 * 24 * 60

/** `20261127` or `20261127T140000Z`: which occurrence of a series a time names. */
export const stampOf = ({
  instant,
  isDate,
  local,
}: Pick<ReadTime, 'instant' | 'isDate' | 'local'>) =>
  isDate
    ? DateTime.fromMillis(local, { zone: 'utc' }).toFormat('yyyyMMdd')
    : DateTime.fromMillis(instant, { zone: 'utc' }).toFormat("yyyyMMdd'T'HHmmss'Z'")

function parse(raw: RawComponent): ICAL.Component {
  try {
    return new ICAL.Component(ICAL.parse(raw.lines.join('\r\n')))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Unreadable(`it is not written as a calendar should be (${reason.slice(0, 200)})`)
  }
}

function readTimes(property: ICAL.Property, zones: ZoneFinder, own: string): ReadTime[] {
  const values: unknown = property.toJSON().slice(3)
  const tzid = property.getParameter('tzid')
  const name = property.name.toUpperCase()
  return (values as unknown[]).slice(0, mostTimes).flatMap((value) => {
    // A period is told by its beginning.
    const text = String(Array.isArray(value) ? value[0] : value)
    // Nothing after the colon says nothing; only of the start that is a fault, found elsewhere.
    if (text.trim() === '' || text === '--') return []
    return [readTime(text, typeof tzid === 'string' ? tzid : undefined, { zones, own, name })]
  })
}

/** @param text as jCal writes it: `2026-11-27` or `2026-11-27T14:00:00`, Z at the end for UTC */
function readTime(
  text: string,
  tzid: string | undefined,
  { zones, own, name }: { zones: ZoneFinder; own: string; name: string },
): ReadTime {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const plain = text.replace(/Z$/, '').replace(/:60$/, ':59')
  const wall = DateTime.fromISO(plain, { zone: 'utc' })
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?$/.test(plain) || !wall.isValid)
    throw new Unreadable(`its ${name} is no date: ${text.slice(0, 60)}`)
  if (wall.year < 1600 || wall.year > 2200)
    throw new Unreadable(`its ${name} is too far away: ${text.slice(0, 60)}`)
  const local = wall.toMillis()
  const isUtc = text.endsWith('Z')
  const named = tzid?.trim() ? tzid : undefined
  // A day is the same day wherever one is: the caller's, so that it begins at midnight there.
  const found = isDate
    ? inZone(own)
    : isUtc
      ? inZone('UTC')
      : named === undefined
        ? inZone(own)
        : zones.find(named)
  if (!found) throw new UnknownZone(named ?? '')
  const isFloating = !isDate && !isUtc && named === undefined
  return {
    instant: found.instantOf(local),
    zone: found.zone,
    isDate,
    floating: isFloating,
    found,
    local,
  }
}

function durationOf(component: ICAL.Component, start: ReadTime, end: ReadTime | undefined): number {
  const minutes = minutesOf(component, start, end)
  if (minutes > longestMinutes) throw new Unreadable('it lasts longer than a year')
  // Some programs write an end before the start of what has none.
  return Math.max(start.isDate ? 24 * 60 : 0, minutes)
}

function minutesOf(component: ICAL.Component, start: ReadTime, end: ReadTime | undefined): number {
  if (end) {
    // Days are counted, not hours: one of them may have 23.
    const span =
      start.isDate || end.isDate ? wholeDays(end.local - start.local) : end.instant - start.instant
    return Math.round(span / minute)
  }
  const duration = component.getFirstPropertyValue('duration')
  if (!(duration instanceof ICAL.Duration)) return 0
  const seconds = duration.toSeconds()
  if (!Number.isFinite(seconds)) throw new Unreadable('its DURATION is none')
  return Math.round(seconds / 60)
}
const wholeDays = (milliseconds: number) => Math.ceil(milliseconds / day) * day

/**
 * Minutes before the start, of a whole day before 9:00, as reminders count; an alarm after that reminds
 * of nothing.
 */
function alarmsOf(component: ICAL.Component, start: ReadTime): number[] {
  const minutes = component.getAllSubcomponents('valarm').flatMap((alarm) => {
    const trigger = alarm.getFirstProperty('trigger')
    const value = trigger?.getFirstValue()
    if (value instanceof ICAL.Duration && trigger?.getParameter('related') !== 'END')
      return [-value.toSeconds() / 60]
    if (value instanceof ICAL.Time) return [(start.instant - value.toUnixTime() * 1000) / minute]
    return []
  })
  const sound = minutes
    .map((one) => Math.round(one) + (start.isDate ? morningOfDay : 0))
    .filter((one) => one >= 0 && one <= 525_600)
  return [...new Set(sound)].sort((one, other) => one - other).slice(0, 10)
}

function people(component: ICAL.Component, name: string): Attendee[] {
  return component.getAllProperties(name).flatMap((property) => {
    const email = String(property.getFirstValue() ?? '')
      .replace(/^mailto:/i, '')
      .trim()
    if (!/^\S+@\S+$/.test(email) || email.length > 254) return []
    const parameter = (of: string) => {
      const value = property.getParameter(of)
      return typeof value === 'string' && value.trim() ? value.trim().slice(0, 200) : null
    }
    return [{ email, name: parameter('cn'), status: parameter('partstat') }]
  })
}

function ruleOf(property: ICAL.Property): ICAL.Recur {
  const value = property.getFirstValue()
  if (value instanceof ICAL.Recur && value.freq) return value
  throw new Unreadable('its RRULE is none')
}

function textOf(component: ICAL.Component, name: string): string | undefined {
  const value = component.getFirstPropertyValue(name)
  return value === null || value === undefined ? undefined : String(value).toWellFormed()
}

function wholeNumber(component: ICAL.Component, name: string): number {
  const value = Number(component.getFirstPropertyValue(name) ?? 0)
  return Number.isSafeInteger(value) && value >= 0 ? value : 0
}

function instantOf(component: ICAL.Component, name: string): number | null {
  const value = component.getFirstPropertyValue(name)
  const instant = value instanceof ICAL.Time ? value.toUnixTime() * 1000 : Number.NaN
  return Number.isSafeInteger(instant) ? instant : null
}

const flag = (text: string | undefined) =>
  text === undefined ? null : text.trim().toUpperCase() === 'TRUE'
