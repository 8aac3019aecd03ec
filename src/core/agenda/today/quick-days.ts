/**
 * Phrases for days that quick entry reads by itself: spans (“in 3 months”), parts of a period (“mid January”,
 * “end of next week”) and working days. What is vague by nature falls on a working day: “in March” is the
 * first one of March.
 */
import { addDays, weekdayOf } from '../working-hours/working-hours'
import {
  addMonths,
  addWorkingDays,
  comingOf,
  dayOf,
  endOfCurrent,
  type Moment,
  mondayOfWeek,
  monthSpan,
  nextWeekday,
  notPast,
  partsOf,
  quarterSpan,
  reach,
  type Span,
  spanOf,
  today,
  within,
  workingDay,
  years,
} from './quick-dates'
import {
  atBreak,
  count,
  type Form,
  fullYear,
  lastDay,
  monthName,
  monthOf,
  noDay,
  numberOf,
  pattern,
  period,
  type Reading,
  unit,
  weekdayName,
  weekdayNumber,
  workdays,
  year,
} from './quick-words'

/** “mid ”, “at the end of ”, “in ”: what leads to a period. */
const partWord =
  '(?:(?:at|by|in|from|around|before|until|till)\\s+)?(?:the\\s+)?((?:end|start|beginning|middle|mid|early|late)(?:\\s*-?\\s*of)?)[\\s-]+(?:the\\s+)?'

const periodLead = '(?:in|by|during|from|until|till|before|due)\\s+'
const partOf = (words = ''): string =>
  words
    .toLowerCase()
    .replace(/^(?:start|beginning|early).*/, '')
    .replace(/^middle.*/, 'mid')

/** Undefined where it is out of reach. */
function add(date: string, number: number, word: string): string | undefined {
  const kind = word.toLowerCase()
  if (kind.startsWith('d')) return addDays(date, number)
  if (kind.startsWith('w')) return addDays(date, number * 7)
  if (kind.startsWith('f')) return addDays(date, number * 14)
  const later = number * (kind.startsWith('m') ? 1 : kind.startsWith('q') ? 3 : 12)
  return later <= reach ? addMonths(date, later) : undefined
}

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

const dated = (date: string | undefined): Reading | undefined => (date ? { date } : undefined)
export const dayForms: readonly Form[] = [
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
