import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { shownByIntl } from '../../testing/clocks'
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
    expect(instants(zone, year).flatMap((at) => fault(at, zone, rules))).toEqual([])
  })

  test('means the same to ical.js', () => {
    const known = ICAL.Timezone.fromData({ component: parse(text), tzid: zone })
    const wrong = instants(zone, year).filter((at) => {
      const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = shown(at, zone)
        .split(/\D/)
        .map(Number)
      const time = ICAL.Time.fromData({ year, month, day, hour, minute, second: 0 }, known)
      // Programs do not agree on hours that come twice: those are never written so.
      return timesOf(at, zone).length === 1 && time.toUnixTime() * 1000 !== at
    })
    expect(wrong.map((at) => new Date(at).toISOString())).toEqual([])
  })
})

const shown = (at: number, zone: string) => {
  const { date, time } = shownByIntl(at, zone)
  return `${date}T${time}`
}
/** Minutes east of Greenwich. */
const offsetAt = (at: number, zone: string) => (Date.parse(`${shown(at, zone)}Z`) - at) / 60_000

/** The instants at which clocks show the same as at this one. */
const timesOf = (at: number, zone: string) =>
  [-4, -3, -2, -1, 0, 1, 2, 3, 4]
    .map((steps) => at + (steps * hour) / 2)
    .filter((other) => shown(other, zone) === shown(at, zone))

function instants(zone: string, year: number): number[] {
  const found: number[] = []
  const step = 31 * hour
  for (let at = Date.UTC(year - 10, 0, 2); at < Date.UTC(year + 10, 0); at += step) {
    found.push(at)
    if (offsetAt(at, zone) === offsetAt(at + step, zone)) continue
    for (let near = at; near < at + step; near += hour / 2) found.push(near)
  }
  return found
}

function fault(at: number, zone: string, rules: ZoneRules | undefined): string[] {
  const offset = offsetAt(at, zone)
  // Of an hour that comes twice, RFC 5545 means the first.
  const [first = at] = timesOf(at, zone)
  const found = [rules?.offsetAt(at), rules?.offsetAtLocal(at + offset * 60_000)]
  return found[0] === offset && found[1] === offsetAt(first, zone)
    ? []
    : [`${shown(at, zone)} ${found}`]
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

test('A zone that changed for less than ten days is described as it was', () => {
  // Summer time of 2000 lasted for a week in the north east of Brazil.
  const text = defineZone('America/Recife', 2000, 2001)
  expect(text).toContain('DTSTART:20001008T000000')
  expect(text).toContain('DTSTART:20001015T000000')
})

test.each([
  // RFC 5545: the start is the first that COUNT counts, also where the rule does not give it.
  ['BYMONTH=4;BYDAY=2SU;COUNT=20', [2004, 2005]],
  ['BYMONTH=4;BYDAY=2SU;UNTIL=20060401T000000Z', [2004, 2005]],
  ['BYMONTH=4;BYDAY=SU;BYSETPOS=2', [2004, 2005, 2006, 2007]],
  // Without a month, that of the start is meant.
  ['BYDAY=2SU', [2004, 2005, 2006, 2007]],
])('Summer time of %s comes in the years that it says', (rule, years) => {
  const text = [
    ...['BEGIN:VTIMEZONE', 'TZID:Odd', 'BEGIN:STANDARD', 'DTSTART:19701025T030000'],
    ...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'],
    ...['END:STANDARD', 'BEGIN:DAYLIGHT', 'DTSTART:19870405T020000', 'TZOFFSETFROM:+0100'],
    ...['TZOFFSETTO:+0200', `RRULE:FREQ=YEARLY;${rule}`, 'END:DAYLIGHT', 'END:VTIMEZONE'],
  ]
  const rules = readZoneRules(parse(text.join('\r\n')))
  const isSummer = (year: number) => rules?.offsetAt(Date.UTC(year, 5)) === 120
  expect([2004, 2005, 2006, 2007].filter(isSummer)).toEqual(years)
})
