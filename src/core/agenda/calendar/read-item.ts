/** Reads one event or to-do of a calendar file into what an activity or task is made of. */

import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import { cleanLine, cleanText } from '../../../contract/kernel/text'
import { type Rule, RuleFault, readRule } from '../../kernel/time/rrule'
import type { FoundZone, ZoneFinder } from './find-zone'
import { inZone } from './find-zone'
import { type OwnProperties, ownText, readOwnProperties } from './own-properties'
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
  /** How long it lasts where a period says so; else as long as the item. */
  minutes?: number | undefined
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
  /** What it changes of its series begins with this occurrence, and goes for all later ones. */
  changesFrom: ReadTime | undefined
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
  rules: Rule[]
  dates: ReadTime[]
  exceptDates: ReadTime[]
  createdAt: number | null
  /** What another Rapport wrote. */
  extra: OwnProperties
}

/** @throws Unreadable naming what is wrong */
export function readItem(raw: RawComponent, zones: ZoneFinder, own: string): ReadItem {
  if (raw.fault) throw new Unreadable(raw.fault)
  const { component, rules } = parse(raw)
  const kind = raw.name === 'VTODO' ? 'task' : 'event'
  const extra = readOwnProperties(component)
  const times = (name: string) =>
    component
      .getAllProperties(name)
      .flatMap((property) => readTimes(property, zones, extra.zone ?? own))
  const [begin] = times('dtstart')
  const [due] = kind === 'task' ? times('due') : []
  const time = (kind === 'task' ? (due ?? begin) : begin) ?? null
  const start = time && extra.zone !== null ? movedTo(time, extra.zone) : time
  if (!start && kind === 'event') throw new Unreadable('it has no start')
  const [recurrence] = times('recurrence-id')
  const range = component.getFirstProperty('recurrence-id')?.getFirstParameter('range')
  if (recurrence && range && range.toUpperCase() !== 'THISANDFUTURE')
    throw new Unreadable(
      `its RECURRENCE-ID has a RANGE that cannot be followed: ${range.slice(0, 60)}`,
    )
  if (recurrence && range && rules.length > 0)
    throw new Unreadable('it gives its series another rule from one day on')
  const duration = kind === 'task' || !start ? 0 : durationOf(component, start, times('dtend')[0])
  const uid = textOf(component, 'uid')?.trim()
  return {
    kind,
    uid: uid ? uid.slice(0, longestUid) : '',
    recurrenceId: recurrence ? stampOf(recurrence) : '',
    changesFrom: range ? recurrence : undefined,
    sequence: wholeNumber(component, 'sequence'),
    modifiedAt: instantOf(component, 'last-modified'),
    createdAt: instantOf(component, 'created'),
    cancelled: textOf(component, 'status')?.toUpperCase() === 'CANCELLED',
    start,
    durationMinutes: duration,
    summary: summaryOf(component),
    description: cleanText(textOf(component, 'description') ?? '').slice(0, longestText) || null,
    location: cleanLine(textOf(component, 'location') ?? '').slice(0, 500) || null,
    alarms: start ? alarmsOf(component, start, duration) : [],
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
    rules,
    dates: times('rdate'),
    exceptDates: times('exdate'),
    extra,
  }
}

/** Separates the title of an entry from the records it is about, in an exported summary. */
export const beforeAbout = ' – '

/** The title without the records it is about, which Rapport appends on export. */
function summaryOf(component: ICAL.Component): string {
  const summary = (textOf(component, 'summary') ?? '').trim()
  const about = ownText(component, 'about')?.trim()
  const added = beforeAbout + about
  return about && summary.endsWith(added) ? summary.slice(0, -added.length).trim() : summary
}

/** As many as one thing has reminders. */
export const mostAlarms = 10

/** One line; what Rapport wrote is one already. */
export const titleIn = ({ summary, extra }: ReadItem): string =>
  cleanLine(extra.isOurs ? summary : summary.replace(/\s+/g, ' '))

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
  isDate ? compact(local).slice(0, 8) : `${compact(instant)}Z`

/** By hand: a file may have a hundred thousand occurrences, and formatting each by a pattern takes seconds. */
const compact = (instant: number) =>
  new Date(instant).toISOString().replaceAll('-', '').replaceAll(':', '').slice(0, 15)

/** Rules are kept from the parser, which corrects some of them and overlooks parts of others. */
function parse(raw: RawComponent): { component: ICAL.Component; rules: Rule[] } {
  const isRule = (line: string) => /^RRULE[;:]/i.test(line)
  const rules = raw.lines.filter(isRule).map(ruleOf)
  try {
    const lines = raw.lines.filter((line) => !isRule(line))
    return { component: new ICAL.Component(ICAL.parse(lines.join('\r\n'))), rules }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Unreadable(`it is not written as a calendar should be (${reason.slice(0, 200)})`)
  }
}

function ruleOf(line: string): Rule {
  try {
    return readRule(line.slice(line.indexOf(':') + 1))
  } catch (error) {
    throw error instanceof RuleFault ? new Unreadable(`its RRULE ${error.message}`) : error
  }
}

/** The value as it is meant. @throws Unreadable naming the property where it is none */
function meaningOf(property: ICAL.Property | null): unknown {
  try {
    return property?.getFirstValue()
  } catch {
    throw unreadableValue(property)
  }
}

function unreadableValue(property: ICAL.Property | null): Unreadable {
  const text = String(property?.toJSON()[3] ?? '').trim()
  return new Unreadable(
    `its ${property?.name.toUpperCase()} cannot be read${text ? `: ${text.slice(0, 60)}` : ''}`,
  )
}

function readTimes(property: ICAL.Property, zones: ZoneFinder, own: string): ReadTime[] {
  const values: unknown = property.toJSON().slice(3)
  const tzid = property.getParameter('tzid')
  const name = property.name.toUpperCase()
  const read = (text: string) =>
    readTime(text, typeof tzid === 'string' ? tzid : undefined, { zones, own, name })
  return (values as unknown[]).slice(0, mostTimes).flatMap((value) => {
    const [text = '', end] = (Array.isArray(value) ? value : [value]).map(String)
    // Nothing after the colon says nothing; only of the start that is a fault, found elsewhere.
    if (text.trim() === '' || /^--(T::)?$/.test(text)) return []
    const time = read(text)
    if (!Array.isArray(value)) return [time]
    const minutes =
      end !== undefined && /^[+-]?P/i.test(end)
        ? Math.round(secondsOf(end, property) / 60)
        : Math.round((read(end ?? '').instant - time.instant) / minute)
    if (minutes < 0 || minutes > longestMinutes)
      throw new Unreadable(`its ${name} has a period that is none: ${String(value).slice(0, 60)}`)
    return [{ ...time, minutes }]
  })
}

/** The same instant, or day, in a zone that is named beside it. */
function movedTo(time: ReadTime, zone: string): ReadTime {
  if (time.isDate) return { ...time, zone }
  return { ...time, zone, local: inZone(zone).localOf(time.instant) }
}

/** RFC 5545's duration, to the letter: the parser takes the beginning of what is none. */
function secondsOf(text: string, property: ICAL.Property): number {
  const found = duration.exec(text.trim())
  if (!found) throw unreadableValue(property)
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(2)
    .map((one) => Number(one ?? 0))
  const length = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds
  return found[1] === '-' ? -length : length
}
const duration =
  /^([+-])?P(?=\d|T\d)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i

/** @param text as jCal writes it: `2026-11-27` or `2026-11-27T14:00:00`, Z at the end for UTC */
function readTime(
  text: string,
  tzid: string | undefined,
  { zones, own, name }: { zones: ZoneFinder; own: string; name: string },
): ReadTime {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const wall = readWallTime(text.replace(/Z$/, ''))
  if (!wall) throw new Unreadable(`its ${name} is no date: ${text.slice(0, 60)}`)
  if (wall.year < 1600 || wall.year > 2200)
    throw new Unreadable(`its ${name} is too far away: ${text.slice(0, 60)}`)
  const local = wall.toZonedDateTime('UTC').epochMilliseconds
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

/** Some programs write midnight as 24:00 of the day before. */
function readWallTime(text: string): Temporal.PlainDateTime | undefined {
  const [, date = '', time = '00:00:00'] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d))?$/.exec(text) ?? []
  try {
    const isEnd = time === '24:00:00'
    const wall = Temporal.PlainDateTime.from(isEnd ? date : `${date}T${time}`)
    return wall.add({ days: isEnd ? 1 : 0 })
  } catch {
    return undefined
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
  const property = component.getFirstProperty('duration')
  const text = property ? String(property.toJSON()[3]).trim() : ''
  return property && text ? Math.round(secondsOf(text, property) / 60) : 0
}
const wholeDays = (milliseconds: number) => Math.ceil(milliseconds / day) * day

/**
 * Minutes before the start, of a whole day before 9:00, as reminders count; an alarm after that reminds
 * of nothing.
 */
function alarmsOf(component: ICAL.Component, start: ReadTime, durationMinutes: number): number[] {
  const minutes = component.getAllSubcomponents('valarm').flatMap((alarm) => {
    const trigger = alarm.getFirstProperty('trigger')
    if (!trigger) return []
    if (trigger.type === 'duration') {
      const before = -secondsOf(String(trigger.toJSON()[3]), trigger) / 60
      const fromEnd = trigger.getFirstParameter('related')?.toUpperCase() === 'END'
      return [fromEnd ? before - durationMinutes : before]
    }
    const value = meaningOf(trigger)
    if (!(value instanceof ICAL.Time)) throw unreadableValue(trigger)
    return [(start.instant - value.toUnixTime() * 1000) / minute]
  })
  const sound = minutes
    .map((one) => Math.round(one) + (start.isDate ? morningOfDay : 0))
    .filter((one) => one >= 0 && one <= 525_600)
  return [...new Set(sound)].sort((one, other) => one - other).slice(0, mostAlarms)
}

function people(component: ICAL.Component, name: string): Attendee[] {
  return component.getAllProperties(name).flatMap((property) => {
    const email = String(meaningOf(property) ?? '')
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

function textOf(component: ICAL.Component, name: string): string | undefined {
  const value = meaningOf(component.getFirstProperty(name))
  return value === null || value === undefined ? undefined : String(value).toWellFormed()
}

function wholeNumber(component: ICAL.Component, name: string): number {
  const value = Number(meaningOf(component.getFirstProperty(name)) ?? 0)
  return Number.isSafeInteger(value) && value >= 0 ? value : 0
}

function instantOf(component: ICAL.Component, name: string): number | null {
  const property = component.getFirstProperty(name)
  // Nothing after the colon says nothing.
  if (/^(--(T::)?)?$/.test(String(property?.toJSON()[3] ?? ''))) return null
  const value = meaningOf(property)
  const instant = value instanceof ICAL.Time ? value.toUnixTime() * 1000 : Number.NaN
  return Number.isSafeInteger(instant) ? instant : null
}
