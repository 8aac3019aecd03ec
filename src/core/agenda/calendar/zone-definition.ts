/** Describes an IANA zone as a VTIMEZONE for the years that events need, from the zone's own transitions. */
import type { Temporal } from 'temporal-polyfill'
import { zonedTime } from '../../kernel/time/zone'

/**
 * Lines of a VTIMEZONE, CRLF between them, none at the end. Regular transitions are RRULEs, for Outlook
 * misreads lists of dates; single ones are written alone. It holds from the first year to the last; what
 * is regular at the end continues.
 */
export function defineZone(zone: string, firstYear: number, lastYear: number): string {
  const begin = zonedTime(Date.UTC(firstYear, 0), zone)
  // Enough years after the last for what is regular to show.
  const end = Date.UTC(lastYear + yearsToJudge, 0)
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...observance({ at: begin, local: begin.toPlainDateTime(), from: begin.offset }),
    ...runsOf(transitionsBetween(begin, end)).flatMap((run) => observanceOf(run, end)),
    'END:VTIMEZONE',
  ].join('\r\n')
}

interface Transition {
  /** The instant at which the new offset begins. */
  at: Temporal.ZonedDateTime
  /** The wall clock's time at which it is moved, as it stood before. */
  local: Temporal.PlainDateTime
  /** The offset before. */
  from: string
}

interface Run {
  transitions: Transition[]
  /** RRULE parts that name the day in each of its years; none for a single transition. */
  rule: string | undefined
}

const day = 24 * 60 * 60_000
const yearsToJudge = 12
/** Fewer make no rule: they are as well described one by one. */
const fewestOfRule = 3

function transitionsBetween(begin: Temporal.ZonedDateTime, end: number): Transition[] {
  const found: Transition[] = []
  let at = begin.getTimeZoneTransition('next')
  for (; at && at.epochMilliseconds < end; at = at.getTimeZoneTransition('next')) {
    const before = at.subtract({ seconds: 1 })
    found.push({ at, local: before.toPlainDateTime().add({ seconds: 1 }), from: before.offset })
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
    const { local } = one
    const key = [one.from, one.at.offset, local.month, local.toPlainTime()].join()
    const run = open.get(key)
    const rules = rulesOf(local)
    const last = run?.transitions.at(-1)
    const shared = run?.rules.filter((rule) => rules.includes(rule)) ?? []
    if (run && last?.local.year === local.year - 1 && shared.length > 0) {
      run.transitions.push(one)
      run.rules = shared
      continue
    }
    if (run) close(run)
    open.set(key, { transitions: [one], rules })
  }
  for (const run of open.values()) close(run)
  return runs.sort((one, other) => startOf(one) - startOf(other))
}

const startOf = ({ transitions: [first] }: Run) => first?.at.epochMilliseconds ?? 0

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** Every rule that a date fits, the plainest first. */
function rulesOf(date: Temporal.PlainDateTime): string[] {
  const { month, day, daysInMonth } = date
  const name = weekdays[date.dayOfWeek - 1]
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

function observanceOf({ transitions, rule }: Run, end: number): string[] {
  const [first] = transitions
  const last = transitions.at(-1)
  if (!first || !last) return []
  // Nothing came after: it continues as far as anybody knows.
  const goesOn = last.at.epochMilliseconds > end - 370 * day
  const until = goesOn ? '' : `;UNTIL=${stamp(last.at.withTimeZone('UTC').toPlainDateTime())}Z`
  return observance(first, rule && `FREQ=YEARLY;${rule}${until}`)
}

function observance({ at, local, from }: Transition, rule?: string): string[] {
  const kind = isSummer(at) ? 'DAYLIGHT' : 'STANDARD'
  return [
    `BEGIN:${kind}`,
    `DTSTART:${stamp(local)}`,
    `TZOFFSETFROM:${compact(from)}`,
    `TZOFFSETTO:${compact(at.offset)}`,
    `TZNAME:${nameAt(at)}`,
    ...(rule ? [`RRULE:${rule}`] : []),
    `END:${kind}`,
  ]
}

/** Whether clocks are ahead of what they show in January or in May of that year. */
const isSummer = (time: Temporal.ZonedDateTime) =>
  [time.with({ month: 1, day: 1 }), time.with({ month: 5 })].some(
    (other) => time.offsetNanoseconds > other.offsetNanoseconds,
  )

const nameAt = ({ timeZoneId, epochMilliseconds }: Temporal.ZonedDateTime) =>
  new Intl.DateTimeFormat('en-US', { timeZone: timeZoneId, timeZoneName: 'short' })
    .formatToParts(epochMilliseconds)
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZoneId

/** `20261127T140000`. */
const stamp = (local: Temporal.PlainDateTime) => compact(local.toString({ smallestUnit: 'second' }))

/** As iCalendar writes local times and offsets, which had seconds before standard time. */
const compact = (text: string) => text.replace(/(?<=\d)[-:]/g, '')
