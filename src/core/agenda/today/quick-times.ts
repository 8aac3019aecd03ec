/** Dates and times in quick entry, as people write them in English. */
import * as chrono from 'chrono-node/en'
import { wallTimeIn } from '../../kernel/time/wall-time'
import { addDays } from '../working-hours/working-hours'
import { bareClock, inHalf, readBareClock } from './quick-clocks'
import { isWithinReach, type Moment } from './quick-dates'
import type { Line } from './quick-line'
import { findDay, findTime, type Phrase } from './quick-phrases'
import { atBreak, monthName, weekdayName } from './quick-words'

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
]

const two = (number: number | null) => String(number ?? 0).padStart(2, '0')
/** In the place of what is taken: spaces would run on into what is beside them. */
const filler = ';'

/** Takes the date and time out of the line. */
export function readWhen(line: Line, moment: Moment): When {
  const when: When = {}
  let isHour = false
  const take = ({ from, to, date, time, instant, ...phrase }: Phrase) => {
    if (instant !== undefined) {
      const wallTime = wallTimeIn(instant, moment.zone)
      when.date = wallTime.slice(0, 10)
      when.time = wallTime.slice(10)
    }
    if (date) when.date ??= date
    if (time && when.time === undefined) {
      when.time = time
      isHour = phrase.isHour ?? false
    }
    line.takeOut(from, to, 'when')
  }
  const takeBeside = () => {
    const clock = when.time === undefined && clockBeside(line)
    if (clock) take(clock)
  }
  const day = findDay(line.masked(filler), moment)
  if (day) take(day)
  if (when.date) takeBeside()
  const time = when.time === undefined && findTime(line.masked(filler), moment)
  // “in two hours” is a day of its own.
  if (time && (time.instant === undefined || when.date === undefined)) take(time)
  if (isHour) line.take(halfForm, 'when', filler)
  for (let turn = 0; turn < 3; turn++) {
    const found = parse(line.masked(filler), moment).find(
      (one) =>
        (one.date !== undefined && when.date === undefined) ||
        (one.date === undefined && one.time !== undefined && when.time === undefined) ||
        (one.instant !== undefined && when.time === undefined && when.date === undefined),
    )
    if (!found) break
    take(found)
    if (found.date) takeBeside()
    if (found.isWeekday && when.date && when.time && when.date + when.time <= moment.here)
      when.date = addDays(when.date, 7)
  }
  if (when.time !== undefined && isHour) {
    const words = line.parts.filter(({ kind }) => kind === 'when')
    when.time = inHalf(when.time, words.map(({ from, to }) => line.text.slice(from, to)).join(' '))
  }
  if (when.time === undefined) {
    const ends = line.take(
      /\b(?:by\s+)?(?:eod|end of (?:the )?(?:business )?day|end of business|cob)\b/i,
      'when',
    )
    if (ends) {
      when.time = 'T17:00'
      when.date ??= moment.here.slice(0, 10)
    }
  }
  return when
}

/** “Monday 9”: a bare number after a day is a clock where nothing is counted with it. */
function clockBeside(line: Line): Phrase | undefined {
  const part = line.parts.findLast(({ kind }) => kind === 'when')
  const found = part && besideForm.exec(line.masked(filler).slice(part.to))
  const reading = found && readBareClock(found)
  return reading ? { ...reading, from: part.to, to: part.to + found[0].length } : undefined
}
const halfForm = /(?<=;)\s*(?:in the|this)\s+(?:morning|afternoon|evening)\b|(?<=;)\s*at night\b/i
const besideForm = new RegExp(
  String.raw`^[;\s]*[,\s]\s*(?:at\s+|@\s*)?${bareClock}(?:\s*[-–]\s*\d{1,2}(?:[.:]\d{2})?)?(?!\d)${atBreak}`,
  'i',
)

/** The date that a text begins with, and how long it is. */
export function dateOf(text: string, moment: Moment): { date: string; length: number } | undefined {
  const own = findDay(text, moment)
  const found = own?.from === 0 ? own : parse(text, moment)[0]
  return found?.from === 0 && found.date ? { date: found.date, length: found.to } : undefined
}

/** “tomorrow's demo” is about the demo. */
const possessive = /^['’]s\b/i

interface Found extends Phrase {
  /** A weekday alone, without its date. */
  isWeekday: boolean
}

/** What chrono finds and means what people mean by it. */
function parse(text: string, moment: Moment): Found[] {
  return chrono.casual
    .parse(
      text,
      // As if it were UTC, so that no clock change of the machine that runs this has a say.
      { instant: new Date(`${moment.here}:00Z`), timezone: 0 },
      { forwardDate: true },
    )
    .filter(
      (found) => !isOther(found, text) && isWithinReach(dateOfComponents(found.start), moment),
    )
    .map((found) => {
      const { start, index } = found
      const before = partOfDay.test(found.text) ? inThe.exec(text.slice(0, index)) : undefined
      return {
        from: before?.index ?? index,
        to: index + found.text.length,
        isWeekday: start.isCertain('weekday') && !start.isCertain('day'),
        ...readingOf(found),
      }
    })
}

/** “in the morning”, of which chrono reads the morning. */
const partOfDay = /^(?:morning|afternoon|evening|night)\b/i
const inThe = /\b(?:(?:in|during)\s+the|at)\s+$/i

/**
 * What chrono takes for a time and is none: how long something takes (“3 days”), what is past
 * (“last Monday”), what only bounds a day (“after Friday”) and a day that names a thing (“the Monday meeting”).
 */
function isOther({ text: found, index }: chrono.ParsedResult, text: string): boolean {
  return (
    /(?:\d|\b(?:an?|half|few|several|couple(?: of)?|the|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|next|last|past|this))\s*(?:s|sec|seconds?|m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mo|mos|months?|qtr|quarters?|y|yr|years?)\b/i.test(
      found,
    ) ||
    /\b(?:ago|last|past)\b/i.test(found) ||
    possessive.test(text.slice(index + found.length)) ||
    (/\b(?:after|since)\s+$/i.test(text.slice(0, index)) && !/^\s*\d/.test(found)) ||
    (new RegExp(`^${weekdayName}$`, 'i').test(found.trim()) &&
      /\bthe\s+$/i.test(text.slice(0, index)))
  )
}

function readingOf(found: chrono.ParsedResult): Pick<Phrase, 'date' | 'time' | 'instant'> {
  const { start, text } = found
  if (start.isCertain('hour') && /\b(?:[A-Z]{2,4}T|UTC|GMT)\b|\dZ$/.test(text))
    return { instant: start.date().getTime() }
  const time = timeOf(found)
  return { ...(isDated(found) && { date: dateOfComponents(start) }), ...(time && { time }) }
}

/** A month alone is rather a name: May, Jan, April. */
const isDated = ({ start, text }: chrono.ParsedResult): boolean =>
  start.isCertain('day') ||
  start.isCertain('weekday') ||
  /\b(?:today|tonight|tomorrow|yesterday|weekend)\b/i.test(text)

function timeOf({ start, text }: chrono.ParsedResult): string | undefined {
  if (start.isCertain('hour')) return `T${two(start.get('hour'))}:${two(start.get('minute'))}`
  return dayTimes.find(([form]) => form.test(text))?.[1]
}

const dateOfComponents = (start: chrono.ParsedResult['start']): string =>
  `${String(start.get('year')).padStart(4, '0')}-${two(start.get('month'))}-${two(start.get('day'))}`

// What was not read -----------------------------------------------------------------------------

const lead =
  '(?:in|within|by|until|till|before|after|from|since|around|about|on|at|over|for|next|this|last|early|mid|late|(?:at\\s+)?(?:the\\s+)?(?:end|start|beginning)\\s+of)'
const seasons = '(?:spring|summer|autumn|fall|winter)'
const feasts =
  "(?:christmas(?:\\s+eve)?|xmas|easter(?:\\s+monday)?|new\\s+year(?:['’]?s)?(?:\\s+(?:eve|day))?|thanksgiving|whitsun|pentecost|ramadan|diwali)"
const dayParts =
  '(?:lunch(?:time)?|dinner|breakfast|holidays?|vacation|(?:the\\s+)?week(?:end|s)?|month|quarter|year)'
const misspelt = '(?:mon|wee|day|dya|hou|min|yea|quar|busi|work)'

/** Words that people write for a time: where some are left, they were not read. */
const timeLike: readonly RegExp[] = [
  new RegExp(`\\b${lead}\\s+(?:the\\s+)?(?:${seasons}|${feasts}|${dayParts})\\b`, 'gi'),
  new RegExp(
    `\\bin\\s+(?:\\d+|an?|a\\s+few|several|some|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half)(?:\\s+and\\s+a\\s+half|\\s+few)?\\s*${misspelt}[a-z]*(?:\\s+days?\\b)?`,
    'gi',
  ),
  // “in 2-3 weeks”, “in -3 days”
  /\bin\s+(?:[-–]\s*\d+|\d+\s*(?:[-–]|to|or)\s*\d+)\s+(?:days?|weeks?|months?|years?)\b/gi,
  /\bin\s+(?:a\s+few|several|some|a\s+couple(?:\s+of)?)\s+[a-z]+\b/gi,
  /\b(?:\d+\s+)?(?:days?|weeks?|months?|years?)\s+(?:ago|after|from)\b/gi,
  new RegExp(
    `\\b(?:\\d{1,2}(?:st|nd|rd|th)?\\.?\\s+(?:of\\s+)?${monthName}|${monthName}\\s+\\d{1,2}(?:st|nd|rd|th)?\\b)(?:,?\\s*\\d{4}\\b)?`,
    'gi',
  ),
  new RegExp(
    `\\b(?:in|by|until|till|before|after|from|since|next|this)\\s+${monthName}(?=\\W|$)`,
    'gi',
  ),
  new RegExp(`(?<!\\bthe\\s)\\b(?:${lead}\\s+)?${weekdayName}`, 'gi'),
  new RegExp(`\\b(?:${lead}\\s+)?(?:today|tonight|tomm?orr?ow|tmrw?|yesterday)\\b`, 'gi'),
  new RegExp(`\\b${lead}\\s+Q[1-4]\\b|\\bQ[1-4](?:\\s+\\d{4})?$`, 'gi'),
  /\bin\s+(?:the\s+)?(?:19|2\d)\d{2}[.!]?$|\b(?:in\s+)?the\s+(?:first|second|last)\s+(?:week|half)\b/gi,
  new RegExp(
    `\\b(?:${lead}\\s+)?the\\s+\\d{1,2}(?:st|nd|rd|th)\\b|\\b\\d{1,2}(?:st|nd|rd|th)$`,
    'gi',
  ),
  /(?<![\d.:/-])(?:at\s+)?\d{1,2}[:h]\d{2}(?![\d.:/-])/gi,
  /(?<![\d.:/-])\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?(?![\d.])/g,
  /(?<![\d.:/-])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\/\d{1,2}\/(?:\d{4}|\d{2}))(?![\d./-])/g,
  /(?<![\d.:/-])\bat\s+\d{1,2}(?:[.:]\d{2})?\s?[ap]\.?m\b/gi,
  /\bbetween\s+\d{1,2}(?:[.:]\d{2})?\s+and\s+\d{1,2}(?:[.:]\d{2})?\b/gi,
  /\b(?:half|quarter)\s+(?:past|to)\s+\w+|\bhalf\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b/gi,
  /\b(?:soon|asap|some\s?day|some\s?time|later|eventually)[.!]?$/gi,
]

/** What looks like a time in the rest of a line and was not read. */
export function findUnread(line: Line): { from: number; to: number; text: string }[] {
  const text = line.masked(filler)
  const spans = timeLike
    .flatMap((form) =>
      [...text.matchAll(form)].map(({ index, 0: found }) => ({
        from: index,
        to: index + found.trimEnd().length,
      })),
    )
    .filter(({ to }) => !possessive.test(text.slice(to)))
    .filter(({ from, to }) => !line.parts.some((part) => from < part.to && part.from < to))
    .sort((one, other) => one.from - other.from || other.to - one.to)
  const apart: { from: number; to: number }[] = []
  for (const span of spans) {
    const last = apart.at(-1)
    if (last && span.from < last.to) last.to = Math.max(last.to, span.to)
    else apart.push({ ...span })
  }
  return apart.map(({ from, to }) => ({ from, to, text: line.text.slice(from, to) }))
}
