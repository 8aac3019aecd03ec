/** Which IANA zone a TZID of a calendar file means. */
import { DateTime, IANAZone } from 'luxon'
import { findIana, WINDOWS_TO_IANA_MAP } from 'windows-iana'
import type { ZoneRules } from './zone-rules'

export interface FoundZone {
  /** IANA. */
  zone: string
  /** The instant of a local time, given as milliseconds as if it were UTC. */
  instantOf(local: number): number
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

  function look(name: string): FoundZone | undefined {
    const told = Object.hasOwn(given, name) ? given[name] : undefined
    if (told !== undefined) return inZone(told)
    const rules = definitions.get(name)
    const named = zoneNamed(name, own)
    if (!rules) return named === undefined ? undefined : inZone(named)
    return {
      zone: named ?? zoneLike(rules, own, now) ?? own,
      instantOf: (local) => local - rules.offsetAtLocal(local) * minute,
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
  // In a gap luxon, too, goes on with the offset before; of an hour that comes twice the first is meant.
  instantOf(local) {
    const wall = DateTime.fromMillis(local, { zone: 'utc' }).setZone(zone, { keepLocalTime: true })
    const [first = wall] = wall.getPossibleOffsets()
    return first.toMillis()
  },
})

const minute = 60_000
const day = 86_400_000

/** By its name alone: IANA, also behind a prefix that some programs put before it; or Windows, there
 * the caller's own if it is one of those that the name stands for. */
export function zoneNamed(name: string, own: string): string | undefined {
  const plain = name.trim().replace(/^"|"$/g, '').replaceAll(' ', '_')
  const parts = plain.split('/').filter(Boolean)
  for (const length of [parts.length, 3, 2]) {
    const candidate = parts.slice(-length).join('/')
    if (parts.length >= length && isIana(candidate)) return candidate
  }
  const ofWindows: string[] = findIana(name.trim())
  return ofWindows.includes(own) ? own : ofWindows[0]
}

const isIana = (name: string) =>
  (name.includes('/') || /^(UTC|GMT|Z|[A-Z]{3}\d[A-Z]{3})$/.test(name)) &&
  IANAZone.isValidZone(name)

/** The zone with these offsets, over the year before and after: the caller's, else one of those best known. */
function zoneLike(rules: ZoneRules, own: string, now: number): string | undefined {
  const samples = Array.from({ length: 105 }, (_, week) => now + (week - 52) * 7 * day)
  return [own, ...wellKnown].find((zone) =>
    samples.every((at) => DateTime.fromMillis(at, { zone }).offset === rules.offsetAt(at)),
  )
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
  return Intl.supportedValuesOf('timeZone').filter((zone) => {
    const place = zone.toLowerCase().replaceAll('_', ' ')
    return words.some((word) => place.includes(word))
  })
}
