/**
 * Phrases for days and times of day that quick entry reads by itself: spans (“in 3 months”), parts of
 * a period (“mid January”, “end of next week”), working days, and clocks as Europe writes them.
 * What is vague by nature falls on a working day: “in March” is the first one of March.
 */
import { addDays, weekdayOf } from '../working-hours/working-hours'

/** What a phrase is read against. */
export interface Moment {
  /** Epoch milliseconds. */
  now: number
  /** The local time now. */
  here: string
  zone: string
  /** Whether it is a working day of the one who writes. */
  works(date: string): boolean
}

/** What a phrase says: a day, a time of day (`T15:00`), both, or an instant. */
export interface Reading {
  date?: string
  time?: string
  /** The time is an hour without its half of the day, as people say it. */
  isHour?: boolean
  instant?: number
}

/** A phrase found in a text. */
export interface Phrase extends Reading {
  from: number
  to: number
}

interface Form {
  pattern: RegExp
  /** Undefined where the words mean no day that exists. */
  read(found: RegExpExecArray, moment: Moment): Reading | undefined
}

/** The first phrase for a day, in the order of the forms: longer ones come before what they contain. */
export const findDay = (text: string, moment: Moment): Phrase | undefined =>
  find(dayForms, text, moment)

/** The first phrase for a time of day. */
export const findTime = (text: string, moment: Moment): Phrase | undefined =>
  find(timeForms, text, moment)

function find(forms: readonly Form[], text: string, moment: Moment): Phrase | undefined {
  for (const { pattern, read } of forms)
    for (const found of text.matchAll(pattern)) {
      const reading = read(found, moment)
      const { date } = reading ?? {}
      if (!reading || (date && !isWithinReach(date, moment))) continue
      return { ...reading, from: found.index, to: found.index + found[0].length }
    }
  return undefined
}

// Words -----------------------------------------------------------------------------------------

export const months = [
  ...['jan(?:uary)?', 'feb(?:ruary)?', 'mar(?:ch)?', 'apr(?:il)?', 'may', 'june?', 'july?'],
  ...['aug(?:ust)?', 'sept?(?:ember)?', 'oct(?:ober)?', 'nov(?:ember)?', 'dec(?:ember)?'],
]
export const monthName = `(?:${months.join('|')})\\b\\.?`
export const weekdayName =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\\b'
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const numberWords = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  ...['eleven', 'twelve'],
]
export const count = `(?:\\d{1,4}|${numberWords.slice(1).join('|')}|an?|(?:an?\\s+)?couple(?:\\s+of)?)`
export const unit = '(?:days?|weeks?|fortnights?|months?|quarters?|years?)\\b'
const workdays = '(?:business|working|work|week)[\\s-]?days?\\b'
/** Other numbers of four digits are rather a time of day. */
const fullYear = '((?:19|2\\d)\\d{2})\\b'
const year = `(?:\\s*,?\\s*${fullYear}(?!:))?`
/** Neither a day nor a clock follows: “March 3” is no month. */
const noDay = '(?!\\s*\\d{1,2}(?:st|nd|rd|th)?\\b(?!\\d))'
/** “–7”, “to 7”: what days last until is not kept. */
const lastDay = '(?:\\s*[-–]\\s*|\\s+to\\s+)\\d{1,2}(?:st|nd|rd|th)?\\b(?![.:/-]?\\d)'
const period = '(week|month|quarter|year)\\b'
const hourWord = `(\\d{1,2}|${numberWords.slice(1).join('|')})`
/** Where a sentence may end or continue with what is to be done, so that a number is no amount of things. */
export const atBreak =
  '(?=\\s*(?:$|[,;!?)]|\\.(?:\\s|$)|-\\s|\\s(?:to|about|with|for|and|re|on|at|remind|today|tonight|tomorrow|next|this|@|!|every)\\b|\\s[@!]))'

const pattern = (...parts: string[]) => new RegExp(`(?<![\\w.:/+-])(?:${parts.join('')})`, 'gi')

const monthOf = (name = ''): number =>
  months.findIndex((one) => new RegExp(`^${one}\\.?$`, 'i').test(name)) + 1
const weekdayNumber = (name = ''): number => weekdays.indexOf(name.slice(0, 3).toLowerCase()) + 1

export function numberOf(text = ''): number {
  const word = text.toLowerCase().replace(/\s+/g, ' ')
  if (/^an?$/.test(word)) return 1
  if (word.includes('couple')) return 2
  const index = numberWords.indexOf(word)
  return index > 0 ? index : Number(word)
}

// Days ------------------------------------------------------------------------------------------

const two = (number: number) => String(number).padStart(2, '0')
const four = (number: number) => String(number).padStart(4, '0')
const today = ({ here }: Moment) => here.slice(0, 10)

const daysIn = (yearNumber: number, month: number): number =>
  new Date(Date.UTC(2000 + (((yearNumber % 400) + 400) % 400), month, 0)).getUTCDate()

/** The day of these numbers; undefined where there is none, as of 31 April. */
function dayOf(yearNumber: number, month: number, day: number): string | undefined {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(yearNumber, month)
    ? `${four(yearNumber)}-${two(month)}-${two(day)}`
    : undefined
}

const partsOf = (date: string) => {
  const [yearNumber = 0, month = 1, day = 1] = date.split('-').map(Number)
  return { year: yearNumber, month, day }
}

/** The same day so many months later, or the last of a shorter month. */
function addMonths(date: string, number: number): string {
  const { year: from, month, day } = partsOf(date)
  const index = from * 12 + month - 1 + number
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1]
  return dayOf(toYear, toMonth, Math.min(day, daysIn(toYear, toMonth))) ?? date
}

/** Nobody plans further ahead or writes of longer ago, and a slip of the hand should not. */
const reach = 1200
const firstDay = '1900-01-01'
export const isWithinReach = (date: string, moment: Moment): boolean =>
  date >= firstDay && date <= addMonths(today(moment), reach)

interface Span {
  first: string
  last: string
}

const monthSpan = (yearNumber: number, month: number): Span => ({
  first: `${four(yearNumber)}-${two(month)}-01`,
  last: `${four(yearNumber)}-${two(month)}-${two(daysIn(yearNumber, month))}`,
})
const quarterSpan = (yearNumber: number, quarter: number): Span => ({
  first: monthSpan(yearNumber, quarter * 3 - 2).first,
  last: monthSpan(yearNumber, quarter * 3).last,
})

/** The week, month, quarter or year that a date is in, or so many later. */
function spanOf(kind: string, date: string, later: number): Span {
  if (kind === 'week') {
    const first = addDays(date, 1 - weekdayOf(date) + later * 7)
    return { first, last: addDays(first, 6) }
  }
  const step = kind === 'month' ? 1 : kind === 'quarter' ? 3 : 12
  const { year: from, month } = partsOf(addMonths(`${date.slice(0, 7)}-01`, later * step))
  if (kind === 'month') return monthSpan(from, month)
  if (kind === 'quarter') return quarterSpan(from, Math.ceil(month / 3))
  return { first: `${four(from)}-01-01`, last: `${four(from)}-12-31` }
}

/** The first working day of a span from a day of it on, else that day itself. */
function workingDay({ works }: Moment, from: string, { first, last }: Span, step: 1 | -1): string {
  for (let date = from; first <= date && date <= last; date = addDays(date, step))
    if (works(date)) return date
  return from
}

/** Which part of a span is meant: its beginning where nothing says. */
function within(moment: Moment, part: string, span: Span, isWeek: boolean): string {
  const length = Math.round((Date.parse(span.last) - Date.parse(span.first)) / 86_400_000)
  if (/^(?:end|late)/.test(part)) return workingDay(moment, span.last, span, -1)
  if (/^mid/.test(part)) {
    // The 15th of a month, Wednesday of a week.
    const middle = isWeek ? 2 : length < 31 ? 14 : Math.floor(length / 2)
    return workingDay(moment, addDays(span.first, middle), span, 1)
  }
  return workingDay(moment, span.first, span, 1)
}

/** “mid ”, “at the end of ”, “in ”: what leads to a period; `led` where some of it must be there. */
const partWord =
  '(?:(?:at|by|in|from|around|before|until|till)\\s+)?(?:the\\s+)?((?:end|start|beginning|middle|mid|early|late)(?:\\s*-?\\s*of)?)[\\s-]+(?:the\\s+)?'
const periodLead = '(?:in|by|during|from|until|till|before|due)\\s+'
const partOf = (words = ''): string =>
  words
    .toLowerCase()
    .replace(/^(?:start|beginning|early).*/, '')
    .replace(/^middle.*/, 'mid')

/** A month, quarter or year named without its year: the next one whose day is not past. */
function comingOf(
  moment: Moment,
  spanIn: (yearNumber: number) => Span,
  part: string,
  given: string | undefined,
): string {
  if (given) return within(moment, part, spanIn(Number(given)), false)
  const { year: now } = partsOf(today(moment))
  const here = within(moment, part, spanIn(now), false)
  return here >= today(moment) ? here : within(moment, part, spanIn(now + 1), false)
}

/** The end of what runs now, as a deadline: its last working day that is not past. */
function endOfCurrent(moment: Moment, kind: string): string {
  const span = spanOf(kind, today(moment), 0)
  const last = workingDay(moment, span.last, span, -1)
  return last >= today(moment) ? last : span.last
}

/** So many working days after a day. */
function addWorkingDays({ works }: Moment, date: string, number: number): string | undefined {
  let left = number
  let day = date
  // Three days in four off is more than any calendar holds; one without working days ends here.
  for (let tries = number * 4 + 60; left > 0; tries--) {
    if (tries === 0) return undefined
    day = addDays(day, 1)
    if (works(day)) left--
  }
  return day
}

/** Undefined where it is out of reach. */
function add(date: string, number: number, word: string): string | undefined {
  const kind = word.toLowerCase()
  if (kind.startsWith('d')) return addDays(date, number)
  if (kind.startsWith('w')) return addDays(date, number * 7)
  if (kind.startsWith('f')) return addDays(date, number * 14)
  const later = number * (kind.startsWith('m') ? 1 : kind.startsWith('q') ? 3 : 12)
  return later <= reach ? addMonths(date, later) : undefined
}

/** The next such weekday after a day. */
const nextWeekday = (date: string, weekday: number): string =>
  addDays(date, ((weekday - weekdayOf(date) + 6) % 7) + 1)

/** The day that something is counted from: “from Monday”, “after tomorrow”. */
const anchor = `(now|today|tomorrow|${weekdayName})`
function anchorOf(moment: Moment, word = ''): string {
  const name = word.toLowerCase()
  if (name === 'now' || name === 'today') return today(moment)
  return name === 'tomorrow'
    ? addDays(today(moment), 1)
    : nextWeekday(today(moment), weekdayNumber(name))
}

const ordinals = ['first', 'second', 'third', 'fourth']
const ordinal = '(first|1st|second|2nd|third|3rd|fourth|4th|last)'

/** The first, second … or last day of a month that will do; undefined where it has not as many. */
function nthOf({ first, last }: Span, word: string, fits: (date: string) => boolean) {
  const days: string[] = []
  for (let date = first; date <= last; date = addDays(date, 1)) if (fits(date)) days.push(date)
  if (/^last$/i.test(word)) return days.at(-1)
  const index = /^\d/.test(word) ? Number(word[0]) - 1 : ordinals.indexOf(word.toLowerCase())
  return days[index]
}

/** Where the first, second … or last week of a month begins, or its second half. */
function partBegin({ first, last }: Span, week: string | undefined, half: string | undefined) {
  if (week === undefined) return /^(?:first|1st)/i.test(half ?? '') ? first : addDays(first, 15)
  if (/^last$/i.test(week)) return addDays(last, -6)
  const index = /^\d/.test(week) ? Number(week[0]) - 1 : ordinals.indexOf(week.toLowerCase())
  return addDays(first, index * 7)
}

/** The Monday of a week of ISO 8601; undefined for a 53rd where a year has none. */
function mondayOfWeek(yearNumber: number, week: number): string | undefined {
  const fourth = `${four(yearNumber)}-01-04`
  const monday = addDays(fourth, 1 - weekdayOf(fourth) + (week - 1) * 7)
  return week >= 1 && addDays(monday, 3).startsWith(four(yearNumber)) ? monday : undefined
}

/** The first day from today on among those that exist. */
const notPast = (moment: Moment, ...dates: (string | undefined)[]): string | undefined =>
  dates.find((date) => date !== undefined && date >= today(moment))

const dated = (date: string | undefined): Reading | undefined => (date ? { date } : undefined)
const years = (moment: Moment, number: number) => {
  const { year: now } = partsOf(today(moment))
  return Array.from({ length: number }, (_, index) => now + index)
}

const dayForms: readonly Form[] = [
  {
    // “first Monday of January”, “last working day of the month”
    pattern: pattern(
      `(?:on\\s+)?(?:the\\s+)?${ordinal}\\s+(${weekdayName}|${workdays}|day\\b)\\s+(?:of|in)\\s+(?:(this|the|next)\\s+month\\b|(${monthName})${year})`,
    ),
    read: ([, which = '', what = '', relative, name, given], moment) => {
      const weekday = weekdayNumber(what)
      const fits = /^day/i.test(what)
        ? () => true
        : weekday === 0
          ? moment.works
          : (date: string) => weekdayOf(date) === weekday
      if (relative) {
        const later = /next/i.test(relative) ? 1 : 0
        const [one, other] = [later, later + 1].map((months) =>
          nthOf(spanOf('month', today(moment), months), which, fits),
        )
        return dated(/the/i.test(relative) ? notPast(moment, one, other) : one)
      }
      const month = monthOf(name)
      return dated(
        given
          ? nthOf(monthSpan(Number(given), month), which, fits)
          : notPast(
              moment,
              ...years(moment, 2).map((one) => nthOf(monthSpan(one, month), which, fits)),
            ),
      )
    },
  },
  {
    // “first week of February”, “second half of next month”
    pattern: pattern(
      `(?:(?:in|during|by)\\s+)?(?:the\\s+)?(?:${ordinal}\\s+week|(first|1st|second|2nd)\\s+half)\\s+(?:of|in)\\s+(?:(this|the|next)\\s+month\\b|(${monthName})${noDay}${year})`,
    ),
    read: ([, week, half, relative, name, given], moment) => {
      const dayIn = (span: Span) => workingDay(moment, partBegin(span, week, half), span, 1)
      const spans = relative
        ? [0, 1].map((later) => spanOf('month', today(moment), later))
        : (given ? [Number(given)] : years(moment, 2)).map((one) => monthSpan(one, monthOf(name)))
      const days = spans.map(dayIn)
      if (/next/i.test(relative ?? '')) return dated(days[1])
      return dated(given ? days[0] : notPast(moment, ...days))
    },
  },
  {
    // “in 2 business days”, “2 working days from now”
    pattern: pattern(
      `(?:in|within)\\s+(${count})\\s+${workdays}|(${count})\\s+${workdays}\\s+(?:from|after)\\s+${anchor}`,
    ),
    read: ([, one, other, from], moment) =>
      dated(addWorkingDays(moment, anchorOf(moment, from ?? 'today'), numberOf(one ?? other))),
  },
  {
    pattern: pattern('(?:on\\s+)?(?:the\\s+)?next\\s+(?:business|working|work)[\\s-]?day\\b'),
    read: (_, moment) => dated(addWorkingDays(moment, today(moment), 1)),
  },
  {
    pattern: pattern('(?:on\\s+)?(?:the\\s+)?day\\s+after\\s+tomorrow\\b'),
    read: (_, moment) => ({ date: addDays(today(moment), 2) }),
  },
  {
    pattern: pattern('(?:tomm?or+ow?|tommorr?ow)\\b(?<!tomorrow)'),
    read: (_, moment) => ({ date: addDays(today(moment), 1) }),
  },
  {
    pattern: pattern(`(?:on\\s+)?(?:the\\s+)?(${weekdayName})\\s+after\\s+next\\b`),
    read: ([, name], moment) => ({ date: addDays(anchorOf(moment, name), 7) }),
  },
  {
    // “2 weeks from Monday”, “a week after tomorrow”, “3 days from now”
    pattern: pattern(`(${count})\\s+(${unit})\\s+(?:from|after)\\s+${anchor}`),
    read: ([, number, word = '', from], moment) =>
      dated(add(anchorOf(moment, from), numberOf(number), word)),
  },
  {
    // “a week on Monday”, “Monday week”
    pattern: pattern(
      `(?:a\\s+)?week\\s+(?:on\\s+)?(${weekdayName})|(?:on\\s+)?(${weekdayName})\\s+week\\b`,
    ),
    read: ([, one, other], moment) => ({
      date: addDays(anchorOf(moment, one ?? other), 7),
    }),
  },
  {
    // “Tuesday in 2 weeks”, “in 2 weeks on Tuesday”: of the week that is so far ahead
    pattern: pattern(
      `(?:on\\s+)?(${weekdayName})\\s+in\\s+(${count})\\s+weeks?\\b|in\\s+(${count})\\s+weeks?\\s+on\\s+(${weekdayName})`,
    ),
    read: ([, day, weeks, otherWeeks, otherDay], moment) => {
      const { first } = spanOf('week', today(moment), numberOf(weeks ?? otherWeeks))
      return { date: addDays(first, weekdayNumber(day ?? otherDay) - 1) }
    },
  },
  {
    // “in 3 months”, “within two weeks”
    pattern: pattern(`(?:in|within)\\s+(${count})\\s*(${unit}|[dw]\\b)(?:['’]s?\\s+time\\b)?`),
    read: ([, number, word = ''], moment) => dated(add(today(moment), numberOf(number), word)),
  },
  {
    // “end of next week”, “early next month”, “the end of the year”
    pattern: pattern(`${partWord}(?:(this|next)\\s+)?${period}`),
    read: ([, words, which, kind = ''], moment) => {
      const [part, name] = [partOf(words), kind.toLowerCase()]
      const isNext = /next/i.test(which ?? '')
      if (!isNext && /^(?:end|late)/.test(part)) return { date: endOfCurrent(moment, name) }
      const spans = (isNext ? [1] : [0, 1]).map((later) => spanOf(name, today(moment), later))
      const dates = spans.map((span) => within(moment, part, span, name === 'week'))
      return dated(notPast(moment, ...dates))
    },
  },
  {
    pattern: pattern('(?:by\\s+)?(eow|eom|eoq|eoy)\\b'),
    read: ([, word = ''], moment) => ({
      date: endOfCurrent(
        moment,
        { w: 'week', m: 'month', q: 'quarter', y: 'year' }[word.slice(-1).toLowerCase()] ?? 'week',
      ),
    }),
  },
  {
    // “the week after next”, and “the month after next”
    pattern: pattern(`(?:in\\s+)?the\\s+${period}\\s+after\\s+next\\b`),
    read: ([, kind = ''], moment) => {
      const span = spanOf(kind.toLowerCase(), today(moment), 2)
      return { date: workingDay(moment, span.first, span, 1) }
    },
  },
  {
    // A week from today, and the first working day of what is longer.
    pattern: pattern(`(?:in\\s+|during\\s+)?next\\s+${period}`),
    read: ([, kind = ''], moment) => {
      if (/week/i.test(kind)) return { date: addDays(today(moment), 7) }
      const span = spanOf(kind.toLowerCase(), today(moment), 1)
      return { date: workingDay(moment, span.first, span, 1) }
    },
  },
  {
    pattern: pattern(`(?:by\\s+|during\\s+|later\\s+)?this\\s+${period}`),
    read: ([, kind = ''], moment) => ({ date: endOfCurrent(moment, kind.toLowerCase()) }),
  },
  {
    // “mid January”, “end of March 2027”
    pattern: pattern(`${partWord}(${monthName})${noDay}${year}`),
    read: ([, words, name, given], moment) => ({
      date: comingOf(moment, (one) => monthSpan(one, monthOf(name)), partOf(words), given),
    }),
  },
  {
    // “in March”, “by May 2027”
    pattern: pattern(`${periodLead}(${monthName})${noDay}${year}`),
    read: ([, name, given], moment) => ({
      date: comingOf(moment, (one) => monthSpan(one, monthOf(name)), '', given),
    }),
  },
  {
    // “March 2027”, where no day follows
    pattern: pattern(
      `(?<!\\d(?:st|nd|rd|th)?\\.?\\s+(?:of\\s+)?)(${monthName})\\s*,?\\s*${fullYear}${atBreak}`,
    ),
    read: ([, name, given], moment) => ({
      date: comingOf(moment, (one) => monthSpan(one, monthOf(name)), '', given),
    }),
  },
  {
    // “in Q2”, “end of Q1 2027”
    pattern: pattern(`(?:${partWord}|${periodLead})Q([1-4])\\b${year}`),
    read: ([, words, number, given], moment) => ({
      date: comingOf(moment, (one) => quarterSpan(one, Number(number)), partOf(words), given),
    }),
  },
  {
    // “beginning of 2027”, “late 2027”
    pattern: pattern(`${partWord}${fullYear}${atBreak}`),
    read: ([, words, given], moment) => ({
      date: within(moment, partOf(words), spanOf('year', `${given}-01-01`, 0), false),
    }),
  },
  {
    // “in week 12”, “CW12”, “KW 12”
    pattern: pattern(
      '(?:in\\s+|by\\s+)?(?:(?:calendar\\s+)?week|[CK]W)\\s*(\\d{1,2})\\b(?!\\s*[:.]\\d)',
    ),
    read: ([, week], moment) => {
      const first = notPast(
        moment,
        ...years(moment, 2).map((one) => {
          const monday = mondayOfWeek(one, Number(week))
          const span = monday && { first: monday, last: addDays(monday, 6) }
          return span && workingDay(moment, span.first, span, 1)
        }),
      )
      return dated(first)
    },
  },
  {
    // “Friday, 4 December 2026”, of “5–7 January” the first; of “29 February” without a year the next there is
    pattern: pattern(
      `(?:(?:on|in|from|by|until|till|before|due)\\s+)?(?:${weekdayName},?\\s+)?(?:the\\s+)?(?:(\\d{1,2})(?:st|nd|rd|th)?(?:${lastDay}|[\\s.])\\s*(?:of\\s+)?(${monthName})|(${monthName})\\s+(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?\\b(?!:|\\.\\d|\\s*[ap]\\.?m)(?:${lastDay}${atBreak})?)(?:\\s*,?\\s*((?:19|20|21)\\d{2})\\b(?!:))?`,
    ),
    read: ([, day, name, otherName, otherDay, given], moment) =>
      dated(
        given
          ? dayOf(Number(given), monthOf(name ?? otherName), Number(day ?? otherDay))
          : notPast(
              moment,
              ...years(moment, 9).map((one) =>
                dayOf(one, monthOf(name ?? otherName), Number(day ?? otherDay)),
              ),
            ),
      ),
  },
  {
    // “24.12.”, “24.12.2026”: with dots the day comes first
    pattern: pattern(
      '(?:(?:on|by|until|till|before|due)\\s+)?(\\d{1,2})\\.\\s?(\\d{1,2})\\.(?:\\s?((?:19|2\\d)?\\d{2})\\b(?![:.]\\d)|(?=\\s|$))',
    ),
    read: ([, day, month, given], moment) =>
      dated(
        given
          ? dayOf(
              given.length === 2 ? 2000 + Number(given) : Number(given),
              Number(month),
              Number(day),
            )
          : notPast(
              moment,
              ...years(moment, 9).map((one) => dayOf(one, Number(month), Number(day))),
            ),
      ),
  },
  {
    // “on the 15th”, “the 31st of next month”
    pattern: pattern(
      `(?:(?:on|by|until|till|before|due)\\s+)?(?:${weekdayName},?\\s+)?(?:on\\s+)?the\\s+(\\d{1,2})(?:st|nd|rd|th)\\b(?:\\s+of\\s+(this|the|next)\\s+month\\b)?`,
    ),
    read: ([, day, which], moment) => {
      const at = (later: number) => {
        const { year: one, month } = partsOf(spanOf('month', today(moment), later).first)
        return dayOf(one, month, Number(day))
      }
      if (/next/i.test(which ?? '')) return dated(at(1))
      return dated(notPast(moment, at(0), at(1), at(2)))
    },
  },
]

// Times of day ----------------------------------------------------------------------------------

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

const timeForms: readonly Form[] = [
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
