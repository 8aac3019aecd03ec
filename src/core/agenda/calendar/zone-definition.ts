/** Describes an IANA zone as a VTIMEZONE for the years that events need, from the zone's own transitions. */
import { DateTime } from 'luxon'

/**
 * Lines of a VTIMEZONE, CRLF between them, none at the end. Regular transitions are RRULEs, for Outlook
 * misreads lists of dates; single ones are written alone. It holds from the first year to the last; what
 * is regular at the end continues.
 */
export function defineZone(zone: string, firstYear: number, lastYear: number): string {
  const begin = DateTime.fromObject({ year: firstYear }, { zone: 'utc' }).toMillis()
  // Enough years after the last for what is regular to show.
  const end = DateTime.fromObject({ year: lastYear + yearsToJudge }, { zone: 'utc' }).toMillis()
  const transitions = transitionsBetween(zone, begin, end)
  const before = offsetAt(zone, begin)
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...observance({
      kind: isSummer(zone, begin) ? 'DAYLIGHT' : 'STANDARD',
      start: stamp(begin + before * minute),
      from: before,
      to: before,
      name: nameAt(zone, begin),
    }),
    ...runsOf(transitions).flatMap((run) => observanceOf(zone, run, end)),
    'END:VTIMEZONE',
  ].join('\r\n')
}

interface Transition {
  /** The instant at which the new offset begins, epoch milliseconds. */
  at: number
  /** Minutes east of Greenwich before and after. */
  from: number
  to: number
}

interface Run {
  transitions: Transition[]
  /** RRULE parts that name the day in each of its years; none for a single transition. */
  rule: string | undefined
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const yearsToJudge = 12
/** Fewer make no rule: they are as well described one by one. */
const fewestOfRule = 3

const offsetAt = (zone: string, at: number) => DateTime.fromMillis(at, { zone }).offset
const isSummer = (zone: string, at: number) => DateTime.fromMillis(at, { zone }).isInDST
const nameAt = (zone: string, at: number) =>
  DateTime.fromMillis(at, { zone, locale: 'en-US' }).offsetNameShort ?? zone

function transitionsBetween(zone: string, begin: number, end: number): Transition[] {
  const found: Transition[] = []
  // Morocco changes for a month, no zone known to us for less than two weeks.
  const step = 10 * day
  let from = offsetAt(zone, begin)
  for (let low = begin; low < end; low += step) {
    const to = offsetAt(zone, low + step)
    if (to === from) continue
    let before = low
    let after = low + step
    while (after - before > 1000) {
      const middle = Math.floor((before + after) / 2000) * 1000
      if (middle <= before) break
      if (offsetAt(zone, middle) === from) before = middle
      else after = middle
    }
    found.push({ at: after, from, to: offsetAt(zone, after) })
    from = to
  }
  return found
}

/** Transitions that one rule describes, in consecutive years; greedy, in order of their beginning. */
function runsOf(transitions: Transition[]): Run[] {
  const runs: Run[] = []
  const open = new Map<string, { transitions: Transition[]; rules: string[] }>()
  const close = ({ transitions, rules }: { transitions: Transition[]; rules: string[] }) => {
    if (transitions.length >= fewestOfRule) runs.push({ transitions, rule: rules[0] })
    else for (const one of transitions) runs.push({ transitions: [one], rule: undefined })
  }
  for (const one of transitions) {
    const local = localOf(one)
    const key = [one.from, one.to, local.month, local.hour, local.minute, local.second].join()
    const run = open.get(key)
    const rules = rulesOf(local)
    const last = run?.transitions.at(-1)
    const shared = run?.rules.filter((rule) => rules.includes(rule)) ?? []
    if (run && last && localOf(last).year === local.year - 1 && shared.length > 0) {
      run.transitions.push(one)
      run.rules = shared
      continue
    }
    if (run) close(run)
    open.set(key, { transitions: [one], rules })
  }
  for (const run of open.values()) close(run)
  return runs.sort((one, other) => (one.transitions[0]?.at ?? 0) - (other.transitions[0]?.at ?? 0))
}

/** The wall clock's time at which it is moved, as it stood before. */
const localOf = ({ at, from }: Transition) =>
  DateTime.fromMillis(at + from * minute, { zone: 'utc' })

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** Every rule that a date fits, the plainest first. */
function rulesOf(date: DateTime): string[] {
  const { month, day, daysInMonth = 31 } = date
  const name = weekdays[date.weekday - 1]
  const rules: string[] = []
  const nth = Math.floor((day - 1) / 7) + 1
  if (day > daysInMonth - 7) rules.push(`BYMONTH=${month};BYDAY=-1${name}`)
  if (nth <= 4) rules.push(`BYMONTH=${month};BYDAY=${nth}${name}`)
  rules.push(`BYMONTH=${month};BYMONTHDAY=${day}`)
  // As tzdata writes them: the first such weekday on or after a day.
  for (let first = Math.max(1, day - 6); first <= day && first + 6 <= 28; first++)
    rules.push(
      `BYMONTH=${month};BYMONTHDAY=${Array.from({ length: 7 }, (_, index) => first + index)};BYDAY=${name}`,
    )
  return rules
}

function observanceOf(zone: string, { transitions, rule }: Run, end: number): string[] {
  const [first] = transitions
  const last = transitions.at(-1)
  if (!first || !last) return []
  // Nothing came after: it continues as far as anybody knows.
  const goesOn = last.at > end - 370 * day
  return observance({
    kind: isSummer(zone, first.at) ? 'DAYLIGHT' : 'STANDARD',
    start: stamp(first.at + first.from * minute),
    from: first.from,
    to: first.to,
    name: nameAt(zone, first.at),
    ...(rule && { rule: `FREQ=YEARLY;${rule}${goesOn ? '' : `;UNTIL=${stamp(last.at)}Z`}` }),
  })
}

function observance(one: {
  kind: 'STANDARD' | 'DAYLIGHT'
  start: string
  from: number
  to: number
  name: string
  rule?: string
}): string[] {
  return [
    `BEGIN:${one.kind}`,
    `DTSTART:${one.start}`,
    `TZOFFSETFROM:${offsetText(one.from)}`,
    `TZOFFSETTO:${offsetText(one.to)}`,
    `TZNAME:${one.name}`,
    ...(one.rule ? [`RRULE:${one.rule}`] : []),
    `END:${one.kind}`,
  ]
}

/** Local time as iCalendar writes it, of an instant shifted by its offset. */
const stamp = (shifted: number) =>
  DateTime.fromMillis(shifted, { zone: 'utc' }).toFormat("yyyyMMdd'T'HHmmss")

function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  // Before standard time, offsets had seconds.
  const seconds = Math.round((size % 1) * 60)
  return `${minutes < 0 ? '-' : '+'}${two(size / 60)}${two(size % 60)}${seconds ? two(seconds) : ''}`
}
