/** Reads a whole calendar file: what can be taken in, one by one, and what cannot and why. */
import { createHash } from 'node:crypto'
import ICAL from 'ical.js'
import { expand, type Span, usualEffort } from './expand'
import { createZoneFinder, type ZoneFinder } from './find-zone'
import {
  type ReadItem,
  type ReadTime,
  readItem,
  stampOf,
  UnknownZone,
  Unreadable,
} from './read-item'
import { type RawComponent, splitComponents } from './split-components'
import { readZoneRules, type ZoneRules } from './zone-rules'

/** An event, or one occurrence of a series. */
export interface EventCandidate extends Version {
  kind: 'event'
  start: ReadTime
}
/** A to-do, with or without a due date. */
export interface TaskCandidate extends Version {
  kind: 'task'
  start: ReadTime | null
}
/** Something to take in. */
export type Candidate = EventCandidate | TaskCandidate

interface Version {
  item: ReadItem
  uid: string
  recurrenceId: string
  /** The text it was read from, together with the zones it names; put together when it is asked for. */
  raw: () => string
  /** Of what says something: two with the same are the same version. */
  hash: string
}

/** Something that was not taken in. */
export interface Refusal {
  kind: 'event' | 'task'
  uid: string
  recurrenceId: string
  summary: string
  reason: string
  raw: () => string
  /** Read rightly, but of no use here; else it is kept until somebody has looked at it. */
  skipped: boolean
  unknownZone: string | undefined
}

export interface ReadCalendar {
  candidates: Candidate[]
  refusals: Refusal[]
  /** Series by UID: the occurrences that the file has of it within the span. */
  series: Map<string, { sequence: number; recurrenceIds: Set<string> }>
  floating: number
  /** Names of zones that nobody knows → how many items need them. */
  unknownZones: Map<string, number>
  zones: ZoneFinder
}

export interface ReadOptions {
  /** TZID → IANA, as the caller says. */
  given: Readonly<Record<string, string>>
  /** The caller's zone. */
  own: string
  now: number
  span: Span
}

/** What is kept of an item's text, in characters. */
const mostRaw = 64 * 1024
/** Zones with a longer text are not kept with each item that names them. */
const mostRawOfZone = 16 * 1024
/** How long one file may be worked on, in milliseconds, while nobody else is served. */
const patience = 8000
const mostCandidates = 50_000
const mostZones = 500
/** Days that definitions of zones may look at for their changes: forty years of a zone need some thousands. */
const mostDaysOfZones = 3_000_000

/** @throws invalid (file) where it is beyond all measure */
export function readCalendar(text: string, options: ReadOptions): ReadCalendar {
  const { components } = splitComponents(text)
  const zoneTexts = new Map<string, string>()
  const definitions = new Map<string, ZoneRules | undefined>()
  let days = mostDaysOfZones
  const spend = (count: number) => {
    days -= count
    if (days < 0) throw new Unreadable('its time zone takes too long to follow')
  }
  for (const component of components.filter(({ name }) => name === 'VTIMEZONE')) {
    const id = propertyOf(component, 'TZID')
    if (!id || definitions.has(id) || definitions.size >= mostZones) continue
    const text = component.lines.join('\r\n')
    if (text.length <= mostRawOfZone) zoneTexts.set(id, text)
    definitions.set(id, rulesOf(component, spend))
  }
  const zones = createZoneFinder({ definitions, ...options })
  const result: ReadCalendar = {
    candidates: [],
    refusals: [],
    series: new Map(),
    floating: 0,
    unknownZones: new Map(),
    zones,
  }
  const started = performance.now()
  const overrides: EventCandidate[] = []
  const masters: EventCandidate[] = []

  for (const component of components) {
    if (component.name === 'VTIMEZONE') continue
    const raw = () => rawOf(component, zoneTexts)
    const refuse = (reason: string, more: Partial<Refusal> = {}) =>
      result.refusals.push({
        kind: component.name === 'VTODO' ? 'task' : 'event',
        uid: propertyOf(component, 'UID') ?? '',
        recurrenceId: propertyOf(component, 'RECURRENCE-ID') ?? '',
        summary: propertyOf(component, 'SUMMARY') ?? '',
        reason,
        raw,
        skipped: false,
        unknownZone: undefined,
        ...more,
      })
    if (component.name !== 'VEVENT' && component.name !== 'VTODO') {
      refuse(`a ${component.name} is no event`, { skipped: true })
      continue
    }
    if (performance.now() - started > patience) {
      refuse('the file takes too long to read')
      continue
    }
    try {
      const item = readItem(component, zones, options.own)
      const hash = hashOf(component.lines)
      const uid = item.uid || `no-uid-${hash}`
      const { start, recurrenceId } = item
      if (start?.floating) result.floating += 1
      const version = { item, uid, recurrenceId, raw, hash }
      // A task recurs by itself: of each the next is made when it is done.
      if (item.kind === 'task' || !start) {
        result.candidates.push({ ...version, kind: 'task', start })
        continue
      }
      const one = { ...version, kind: 'event' as const, start }
      if (recurrenceId) overrides.push(one)
      else if (item.rules.length === 0 && item.dates.length === 0) result.candidates.push(one)
      else masters.push(one)
    } catch (error) {
      // Whatever is wrong with one, the others are read.
      if (!(error instanceof Unreadable)) {
        refuse('it is not written as a calendar should be')
        continue
      }
      const unknownZone = error instanceof UnknownZone ? error.zone : undefined
      if (unknownZone !== undefined)
        result.unknownZones.set(unknownZone, (result.unknownZones.get(unknownZone) ?? 0) + 1)
      refuse(error.message, { unknownZone })
    }
  }

  const replaced = new Set(overrides.map(keyOf))
  const changes = changesOf(overrides)
  const effort = usualEffort()
  for (const master of masters) {
    try {
      if (performance.now() - started > patience)
        throw new Unreadable('the file takes too long to read')
      if (result.candidates.length >= mostCandidates)
        throw new Unreadable('the file holds too many occurrences')
      const starts = expand({ ...master.item, start: master.start }, options.span, effort)
      const { sequence } = master.item
      result.series.set(master.uid, { sequence, recurrenceIds: new Set(starts.map(stampOf)) })
      const occurrences = starts
        .map((start) => lasting({ ...master, start, recurrenceId: stampOf(start) }))
        .filter((one) => !replaced.has(keyOf(one)))
        .map((one) => changed(one, changes.get(one.uid)))
      if (starts.length === 0)
        result.refusals.push({
          ...refusalOf(master, 'it has no occurrence in this span'),
          skipped: true,
        })
      if (result.candidates.length + occurrences.length > mostCandidates)
        throw new Unreadable('the file holds too many occurrences')
      result.candidates.push(...occurrences)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      result.refusals.push(refusalOf(master, error.message))
    }
  }
  const uids = new Set(masters.map(({ uid }) => uid))
  for (const one of overrides) {
    if (one.item.changesFrom && !uids.has(one.uid)) {
      result.refusals.push(refusalOf(one, 'it changes a series that the file does not have'))
      continue
    }
    result.series.get(one.uid)?.recurrenceIds.add(one.recurrenceId)
    result.candidates.push(one)
  }
  return result
}

const refusalOf = ({ uid, item, raw }: EventCandidate, reason: string): Refusal => ({
  kind: 'event',
  uid,
  recurrenceId: item.recurrenceId,
  summary: item.summary,
  reason,
  raw,
  skipped: false,
  unknownZone: undefined,
})

/** What changes a series from some occurrence on, by its UID and the latest first. */
function changesOf(overrides: readonly EventCandidate[]): Map<string, EventCandidate[]> {
  const changes = new Map<string, EventCandidate[]>()
  for (const one of overrides)
    if (one.item.changesFrom && !changes.get(one.uid)?.push(one)) changes.set(one.uid, [one])
  for (const list of changes.values()) list.sort((one, other) => beginning(other) - beginning(one))
  return changes
}
const beginning = ({ item }: EventCandidate) => item.changesFrom?.instant ?? 0

/** An occurrence as the last change before it wants it: moved as far on the clock as that one was. */
function changed(one: EventCandidate, changes: readonly EventCandidate[] = []): EventCandidate {
  const change = changes.find((other) => beginning(other) <= one.start.instant)
  if (!change?.item.changesFrom) return one
  const { found } = one.start
  const { start } = change
  const local = one.start.local + start.local - found.localOf(change.item.changesFrom.instant)
  return {
    ...change,
    recurrenceId: one.recurrenceId,
    item: { ...change.item, recurrenceId: one.recurrenceId },
    start: { ...start, local, instant: start.found.instantOf(local) },
  }
}

/** An occurrence that says itself how long it lasts. */
const lasting = (one: EventCandidate): EventCandidate =>
  one.start.minutes === undefined
    ? one
    : { ...one, item: { ...one.item, durationMinutes: one.start.minutes } }

export const keyOf = ({ uid, recurrenceId }: { uid: string; recurrenceId: string }) =>
  `${recurrenceId} ${uid}`

function rulesOf(component: RawComponent, spend: (days: number) => void): ZoneRules | undefined {
  if (component.fault) return undefined
  try {
    return readZoneRules(new ICAL.Component(ICAL.parse(component.lines.join('\r\n'))), spend)
  } catch {
    return undefined
  }
}

/** A property's text as it is, without its parameters. */
function propertyOf({ lines }: RawComponent, name: string): string | undefined {
  const pattern = new RegExp(`^${name}(?:;[^:]*)?:(.{0,500})`, 'i')
  for (const line of lines) {
    const found = pattern.exec(line)?.[1]
    if (found !== undefined) return found
    if (/^BEGIN:/i.test(line) && line !== lines[0]) return undefined
  }
  return undefined
}

function rawOf(component: RawComponent, zoneTexts: ReadonlyMap<string, string>): string {
  const names = new Set(
    component.lines.flatMap((line) => {
      const [, name] = /^[^:]*;TZID=("[^"]*"|[^;:]*)[;:]/i.exec(line) ?? []
      return name === undefined ? [] : [name.replace(/^"|"$/g, '')]
    }),
  )
  let raw = 'BEGIN:VCALENDAR\r\nVERSION:2.0'
  const zones = [...names].flatMap((name) => zoneTexts.get(name) ?? [])
  for (const part of [...zones, ...component.lines, 'END:VCALENDAR']) {
    raw += `\r\n${part}`
    if (raw.length > mostRaw) break
  }
  return raw.toWellFormed().slice(0, mostRaw)
}

/** DTSTAMP is when the file was made with some programs: it says nothing of a change. */
const hashOf = (lines: readonly string[]) =>
  createHash('sha256')
    .update(lines.filter((line) => !/^DTSTAMP[;:]/i.test(line)).join('\n'))
    .digest('hex')
