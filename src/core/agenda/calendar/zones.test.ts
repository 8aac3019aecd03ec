import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import { defineZone } from './zone-definition'
import { readZoneRules, type ZoneRules } from './zone-rules'

const zones = [
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/New_York',
  'Asia/Kathmandu',
  'Europe/Prague',
  'America/Sao_Paulo',
  'Asia/Jerusalem',
  'America/Nuuk',
  'Pacific/Apia',
  'Africa/Cairo',
  'America/Santiago',
  'UTC',
]
const hour = 3_600_000
const parse = (text: string) => new ICAL.Component(ICAL.parse(text))

describe.each(zones)('The definition of %s', (zone) => {
  const year = 2026
  const text = defineZone(zone, year - 10, year + 10)

  test('gives the offset of every day of twenty years, and of each half hour around a change', () => {
    const rules = readZoneRules(parse(text))
    expect(instants(zone, year).flatMap((wall) => fault(wall, rules))).toEqual([])
  })

  test('means the same to ical.js', () => {
    const known = ICAL.Timezone.fromData({ component: parse(text), tzid: zone })
    const wrong = instants(zone, year).filter((wall) => {
      const { year, month, day, hour, minute } = wall
      const time = ICAL.Time.fromData({ year, month, day, hour, minute, second: 0 }, known)
      // Programs do not agree on hours that come twice: those are never written so.
      return !isTwice(wall) && time.toUnixTime() * 1000 !== wall.toMillis()
    })
    expect(wrong.map((wall) => wall.toISO())).toEqual([])
  })
})

const isTwice = (wall: DateTime) => wall.getPossibleOffsets().length > 1

function instants(zone: string, year: number): DateTime[] {
  const found: number[] = []
  const offset = (at: number) => DateTime.fromMillis(at, { zone }).offset
  const step = 31 * hour
  for (let at = Date.UTC(year - 10, 0, 2); at < Date.UTC(year + 10, 0); at += step) {
    found.push(at)
    if (offset(at) === offset(at + step)) continue
    for (let near = at; near < at + step; near += hour / 2) found.push(near)
  }
  return found.map((at) => DateTime.fromMillis(at, { zone }))
}

function fault(wall: DateTime, rules: ZoneRules | undefined): string[] {
  const local = wall.toMillis() + wall.offset * 60_000
  // Of an hour that comes twice, RFC 5545 means the first.
  const [meant = wall] = wall.getPossibleOffsets()
  const found = [rules?.offsetAt(wall.toMillis()), rules?.offsetAtLocal(local)]
  return found[0] === wall.offset && found[1] === meant.offset ? [] : [`${wall.toISO()} ${found}`]
}

test('What is regular is a rule, so that Outlook reads it rightly', () => {
  const text = defineZone('America/New_York', 2026, 2027)
  expect(text).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU')
  expect(text).toContain('RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU')
  expect(text).not.toContain('RDATE')
  expect(defineZone('Europe/Prague', 2026, 2027)).toContain('BYMONTH=10;BYDAY=-1SU')
  expect(defineZone('Asia/Kathmandu', 2026, 2027)).toContain('TZOFFSETTO:+0545')
  expect(defineZone('Australia/Lord_Howe', 2026, 2027)).toContain('TZOFFSETFROM:+1030')
})
