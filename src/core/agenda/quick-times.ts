/** Dates and times in quick entry, as people write them in English. */
import * as chrono from 'chrono-node/en'
import { wallTimeIn } from '../kernel/wall-time'
import type { Line } from './quick-line'

export interface When {
  /** ISO date. */
  date?: string
  /** `T15:00`. */
  time?: string
}

/** Times of day that have a name, where chrono only guesses. */
const dayTimes: readonly [RegExp, string][] = [
  [/\bnoon\b|\bmidday\b/i, 'T12:00'],
  [/\bmidnight\b/i, 'T00:00'],
  [/\bmorning\b/i, 'T09:00'],
  [/\bafternoon\b/i, 'T15:00'],
  [/\b(?:evening|tonight)\b/i, 'T18:00'],
  [/\b(?:eod|end of (?:the )?day|cob)\b/i, 'T17:00'],
]

const two = (number: number | null) => String(number ?? 0).padStart(2, '0')

/**
 * Takes the date and time out of the line.
 * @param here the local time now; it is reckoned as if it were UTC, so that no clock change of the
 * machine that runs this has a say
 */
export function readWhen(
  line: Line,
  { now, here, zone }: { now: number; here: string; zone: string },
): When {
  const when: When = {}
  for (let turn = 0; turn < 3; turn++) {
    // Spaces would run on into what stands beside them.
    const text = line.masked(';')
    const found = parse(text, here).find((one) =>
      isDated(one) ? when.date === undefined : hasTime(one) && when.time === undefined,
    )
    if (!found) break
    const { start } = found
    const exact = exactTime(found, now)
    if (exact !== undefined) {
      const wallTime = wallTimeIn(exact, zone)
      when.date = wallTime.slice(0, 10)
      when.time = wallTime.slice(10)
    } else {
      if (isDated(found)) when.date = dateOfComponents(start)
      const time = timeOf(found)
      if (time && when.time === undefined) when.time = time
    }
    line.takeOut(found.index, found.index + found.text.length, 'when')
  }
  if (when.time === undefined) {
    const ends = line.take(/\b(?:by\s+)?(?:eod|end of (?:the )?day|cob)\b/i, 'when')
    if (ends) {
      when.time = 'T17:00'
      when.date ??= here.slice(0, 10)
    }
  }
  return when
}

/** The date that a text begins with, and how long it is. */
export function dateOf(text: string, here: string): { date: string; length: number } | undefined {
  const [found] = parse(text, here)
  return found?.index === 0 && isDated(found)
    ? { date: dateOfComponents(found.start), length: found.text.length }
    : undefined
}

const parse = (text: string, here: string): chrono.ParsedResult[] =>
  chrono.casual.parse(
    text,
    { instant: new Date(`${here}:00Z`), timezone: 0 },
    { forwardDate: true },
  )

/** A month alone is rather a name: May, Jan, April. */
const isDated = ({ start, text }: chrono.ParsedResult): boolean =>
  start.isCertain('day') ||
  start.isCertain('weekday') ||
  /\b(?:today|tonight|tomorrow|yesterday|week|month|year|quarter|weekend)\b/i.test(text)

const hasTime = (found: chrono.ParsedResult): boolean => timeOf(found) !== undefined

function timeOf({ start, text }: chrono.ParsedResult): string | undefined {
  if (start.isCertain('hour')) return `T${two(start.get('hour'))}:${two(start.get('minute'))}`
  return dayTimes.find(([form]) => form.test(text))?.[1]
}

const dateOfComponents = (start: chrono.ParsedResult['start']): string =>
  `${String(start.get('year')).padStart(4, '0')}-${two(start.get('month'))}-${two(start.get('day'))}`

/** “in 2 hours” counts from now, and “3pm EST” is an instant wherever one is. */
function exactTime({ start, text }: chrono.ParsedResult, now: number): number | undefined {
  const relative = /^(?:in|within)\s+(\d+|an?|half an)\s*(m|mins?|minutes?|h|hrs?|hours?)$/i.exec(
    text.trim(),
  )
  if (relative) {
    const [, number = '', unit = ''] = relative
    const count = /^half/i.test(number) ? 0.5 : /^an?$/i.test(number) ? 1 : Number(number)
    return now + count * (unit.toLowerCase().startsWith('h') ? 3_600_000 : 60_000)
  }
  if (!start.isCertain('hour') || !/\b(?:[A-Z]{2,4}T|UTC|GMT)\b/.test(text)) return undefined
  return start.date().getTime()
}
