/** Phrases for times of day that quick entry reads by itself, with clocks as Europe writes them. */
import { two } from './quick-dates'
import {
  atBreak,
  count,
  type Form,
  hourWord,
  numberOf,
  numberWords,
  pattern,
  type Reading,
} from './quick-words'

/** An hour without its half of the day: from 1 to 6 it is the afternoon, as nobody calls at night. */
const officeHour = (hour: number): number => (hour >= 1 && hour <= 6 ? hour + 12 : hour)

const saidHour = (hour: number, minute = 0): Reading | undefined => {
  const reading = clockOf(officeHour(hour), minute)
  return reading && { ...reading, isHour: hour >= 1 && hour <= 12 }
}

/** The same hour in the half of the day that the words beside it say: “at 8”, “tomorrow evening”. */
export function inHalf(time: string, words: string): string {
  const hour = Number(time.slice(1, 3))
  const isLate = /\b(?:afternoon|evening|night|tonight)\b/i.test(words)
  const isEarly = !isLate && /\bmorning\b/i.test(words)
  if (isLate && hour < 12) return `T${two(hour + 12)}${time.slice(3)}`
  return isEarly && hour > 12 ? `T${two(hour - 12)}${time.slice(3)}` : time
}

function clockOf(hour: number, minute = 0): Reading | undefined {
  return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59
    ? { time: `T${two(hour)}:${two(minute)}` }
    : undefined
}

/** “9”, “9 am”, “15.30”, “1530”, as it follows a day or “at”: “Monday 9”. */
export const bareClock = `(\\d{1,2})(?:[.:h]?(\\d{2}))?(?:\\s?([ap])\\.?m\\.?(?![a-z]))?`

export function readBareClock([, hourText, minutes, half]: RegExpExecArray): Reading | undefined {
  const hour = Number(hourText)
  if (half)
    return hour > 12
      ? undefined
      : clockOf((hour % 12) + (/p/i.test(half) ? 12 : 0), Number(minutes ?? 0))
  return minutes === undefined && !/^0/.test(hourText ?? '')
    ? saidHour(hour)
    : clockOf(hour, Number(minutes ?? 0))
}

const minuteWords: Readonly<Record<string, number>> = {
  half: 30,
  quarter: 15,
  twenty: 20,
  'twenty-five': 25,
}

/** Those that chrono knows as instants. */
const zoneName = '(?:[ECMPA][SD]T|GMT|UTC|CES?T|BST|WES?T|EES?T|IST|JST|AE[SD]T)\\b'

const at = '(?:(?:at|by|from|until|till|before|around|@)\\s*)'
/** “9h–10h”: what it lasts until is not kept. */
const untilHour = '(?:\\s*(?:-|–|to)\\s*\\d{1,2}\\s?h(?:\\d{2})?\\b)?'

const spanUnit = '(h|hrs?|hours?|m|mins?|minutes?)\\b'
/** Sums and versions are written like a clock with a dot. */
const noSum = '(?<!\\b(?:pay|paid|price|costs?|total|version|invoice|for|of|v)\\s)'

const noCurrency = '(?!\\s*(?:[€$£%]|eur|usd|gbp|chf|czk|k\\b|m\\b))'

export const timeForms: readonly Form[] = [
  {
    // “in an hour and a half”, “in 2 hours 15 minutes”, “in half an hour”, “in 1.5 h”
    pattern: pattern(
      `(?:in|within)\\s+(?:(half)\\s+an?\\s+hour\\b|(${count}|\\d{1,3}[.,]\\d{1,2})\\s*${spanUnit}(?:\\s+(and\\s+a\\s+half)\\b|(?:\\s+and)?\\s*(\\d{1,2})\\s*m(?:in(?:ute)?s?)?\\b)?)`,
    ),
    read: ([, half, number, word = '', andHalf, minutes], { now }) => {
      const each = word.toLowerCase().startsWith('m') ? 1 : 60
      const total = half
        ? 30
        : numberOf(number?.replace(',', '.')) * each + (andHalf ? each / 2 : Number(minutes ?? 0))
      return Number.isFinite(total) ? { instant: now + total * 60_000 } : undefined
    },
  },
  {
    // “half past three”, “quarter to 5”, “ten past nine”
    pattern: pattern(
      `(${at})?(?:an?\\s+)?(half|quarter|five|ten|twenty(?:[\\s-]five)?|\\d{1,2})(?:\\s+min(?:ute)?s?)?\\s+(past|to)\\s+${hourWord}\\b(?:\\s?([ap])\\.?m\\b\\.?)?(?![:.]\\d)`,
    ),
    read: ([, lead, words = '', which = '', hourText, half]) => {
      const word = words.toLowerCase().replace(/\s+/, '-')
      const minutes = minuteWords[word] ?? numberOf(word)
      const isTo = /^to$/i.test(which)
      const hour = numberOf(hourText)
      // “10 to 12 pumps” and “five to ten pumps” are no times.
      if (!(minutes > 0 && minutes < 60) || (isTo && (word === 'half' || /^\d/.test(word))))
        return undefined
      if (isTo && word !== 'quarter' && !half && !lead) return undefined
      if (half ? hour > 12 : hour > 23) return undefined
      const full = half ? (hour % 12) + (/p/i.test(half) ? 12 : 0) : officeHour(hour)
      const reading = isTo ? clockOf((full + 23) % 24, 60 - minutes) : clockOf(full, minutes)
      return reading && { ...reading, isHour: !half && hour <= 12 }
    },
  },
  {
    // “15h30”
    pattern: pattern(`${at}?([01]?\\d|2[0-3])\\s?h\\s?([0-5]\\d)\\b${untilHour}`),
    read: ([, hour, minutes]) => clockOf(Number(hour), Number(minutes)),
  },
  {
    // “at 9h”, “15h”: alone, a number of hours before seven is how long it takes
    pattern: pattern(`(${at})?([01]?\\d|2[0-3])\\s?h\\b${untilHour}`),
    read: ([, lead, hour]) => (lead || Number(hour) >= 7 ? clockOf(Number(hour)) : undefined),
  },
  {
    pattern: pattern(`${at}?${hourWord}\\s*o\\s?['’]?\\s?clock\\b`),
    read: ([, hour]) => saidHour(numberOf(hour)),
  },
  {
    // “at 1530”, “at three”
    pattern: pattern(
      `(?:at|@)\\s*(?:([01]\\d|2[0-3])([0-5]\\d)\\b(?![:.]\\d)|(${numberWords.slice(1).join('|')})\\b${atBreak})`,
    ),
    read: ([, hour, minutes, word]) =>
      word ? saidHour(numberOf(word)) : clockOf(Number(hour), Number(minutes)),
  },
  {
    // “at 9”, not “at 9 am”, “at 9 EST”
    pattern: pattern(
      `(?:at|@)\\s*(\\d{1,2})\\b(?![.:,/-]?\\d|\\s*(?:[-–]|[ap]\\.?m|o\\s?['’]?\\s?clock|%|${zoneName}))`,
    ),
    read: ([, hour = '']) =>
      hour.startsWith('0') ? clockOf(Number(hour)) : saidHour(Number(hour)),
  },
  {
    // “14.30”
    pattern: pattern(
      `(${at})?${noSum}([01]?\\d|2[0-3])\\.([0-5]\\d)\\b(?![.:]?\\d)(?!\\s*[ap]\\.?m)${noCurrency}(?=(.{0,12}))`,
    ),
    read: ([, lead, hour, minutes, after = '']) =>
      lead || new RegExp(`^${atBreak}`, 'i').test(after)
        ? clockOf(Number(hour), Number(minutes))
        : undefined,
  },
]
