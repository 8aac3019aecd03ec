/** Which IANA zone a TZID of a calendar file means. */
import type { Temporal } from 'temporal-polyfill'
import { findIana, WINDOWS_TO_IANA_MAP } from 'windows-iana'
import { canonicalZone } from '../../../contract/kernel/zones'
import { knownZone, zonedTime } from '../../kernel/time/zone'
import type { ZoneRules } from './zone-rules'

export interface FoundZone {
  /** IANA. */
  zone: string
  /** The instant of a local time, given as milliseconds as if it were UTC. */
  instantOf(local: number): number
  /** The local time of an instant, the other way about. */
  localOf(instant: number): number
}

export interface ZoneFinder {
  /** Undefined: somebody must be asked. */
  find(name: string): FoundZone | undefined
  /** What to offer when asking. */
  suggest(name: string): string[]
}

/**
 * What the caller says comes first; then the file's own definition for the instants, and for the zone's
 * name: IANA, Windows, the same offsets. A zone that is defined but fits none keeps its instants and
 * is shown in the caller's zone.
 */
export function createZoneFinder({
  definitions,
  given,
  own,
  now,
}: {
  /** By TZID; undefined where a definition cannot be relied on. */
  definitions: ReadonlyMap<string, ZoneRules | undefined>
  given: Readonly<Record<string, string>>
  /** The caller's zone. */
  own: string
  now: number
}): ZoneFinder {
  const known = new Map<string, FoundZone | undefined>()
  const zoneLike = createZoneMatcher(own, now)

  function look(name: string): FoundZone | undefined {
    const picked = Object.hasOwn(given, name) ? given[name] : undefined
    if (picked !== undefined) return inZone(picked)
    const rules = definitions.get(name)
    const named = zoneNamed(name, own)
    if (!rules) return named === undefined ? undefined : inZone(named)
    return {
      zone: named ?? zoneLike(rules) ?? own,
      instantOf: (local) => local - rules.offsetAtLocal(local) * minute,
      localOf: (instant) => instant + rules.offsetAt(instant) * minute,
    }
  }

  return {
    find(name) {
      if (!known.has(name)) known.set(name, look(name))
      return known.get(name)
    },
    suggest: (name) => [...new Set([own, ...zonesAbout(name)])].slice(0, 8),
  }
}

export const inZone = (zone: string): FoundZone => ({
  zone,
  // In a gap the offset before it counts; of an hour that comes twice the first is meant.
  instantOf: (local) =>
    zone === 'UTC' ? local : movedTo(knownZone(zone), zonedTime(local, 'UTC')).epochMilliseconds,
  localOf: (instant) => movedTo('UTC', zonedTime(instant, zone)).epochMilliseconds,
})

/** The same local time in another zone. */
const movedTo = (zone: string, time: Temporal.ZonedDateTime) =>
  time.toPlainDateTime().toZonedDateTime(zone)

const minute = 60_000
const nanosecondsOfMinute = minute * 1_000_000
const day = 86_400_000

/** By its name alone: IANA, also behind a prefix that some programs put before it; or Windows, there
 * the caller's own if it is one of those that the name means. */
export function zoneNamed(name: string, own: string): string | undefined {
  const plain = name.trim().replace(/^"|"$/g, '').replaceAll(' ', '_')
  const parts = plain.split('/').filter(Boolean)
  for (const length of [parts.length, 3, 2]) {
    const candidate = parts.length >= length && ianaZone(parts.slice(-length).join('/'))
    if (candidate) return candidate
  }
  const ofWindows: string[] = findIana(name.trim())
  return ofWindows.includes(own) ? own : ofWindows[0]
}

const ianaZone = (name: string) =>
  name.includes('/') || /^(UTC|GMT|Z|[A-Z]{3}\d[A-Z]{3})$/.test(name)
    ? canonicalZone(name)
    : undefined

/**
 * Finds the zone with the same offsets over the year before and after: the caller's, else one of those best
 * known. Their offsets are looked up once, for a file may define thousands of zones.
 */
function createZoneMatcher(own: string, now: number) {
  const samples = Array.from({ length: 105 }, (_, week) => now + (week - 52) * 7 * day)
  const offsetsOf = (zone: string) =>
    samples.map((at) => zonedTime(at, zone).offsetNanoseconds / nanosecondsOfMinute).join()
  let zones: Map<string, string> | undefined
  return (rules: ZoneRules): string | undefined => {
    // The first with these offsets counts, and the caller's comes before all.
    zones ??= new Map(
      [...wellKnown]
        .reverse()
        .concat(own)
        .map((zone) => [offsetsOf(zone), zone]),
    )
    return zones.get(samples.map((at) => rules.offsetAt(at)).join())
  }
}

/** One zone for each that Windows has: the place most people of it live in. */
const wellKnown: readonly string[] = [
  ...new Set(
    WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001').flatMap(
      ({ iana }): readonly string[] => iana,
    ),
  ),
]

/** Zones whose name has a word of this one. */
function zonesAbout(name: string): string[] {
  const words = name.toLowerCase().match(/\p{L}{4,}/gu) ?? []
  const wanted = [...new Set(words)].slice(0, 20)
  return Intl.supportedValuesOf('timeZone').filter((zone) => {
    const place = zone.toLowerCase().replaceAll('_', ' ')
    return wanted.some((word) => place.includes(word))
  })
}
