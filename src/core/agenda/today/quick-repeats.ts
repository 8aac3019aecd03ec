/** Repeats in quick entry: “every Monday”, “daily”, “every 2 weeks”, “monthly on the 15th”, “10 times”. */

import type { Moment } from './quick-dates'
import type { Line } from './quick-line'
import { dateOf } from './quick-times'

const dayCodes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const
const dayName = `(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?`
const codeOf = (name: string): string => {
  const start = name.slice(0, 2).toUpperCase()
  return dayCodes.find((code) => code === start) ?? 'MO'
}
const units: Readonly<Record<string, string>> = {
  day: 'DAILY',
  week: 'WEEKLY',
  month: 'MONTHLY',
  year: 'YEARLY',
}
const adverbs: Readonly<Record<string, string>> = {
  daily: 'FREQ=DAILY',
  weekly: 'FREQ=WEEKLY',
  biweekly: 'FREQ=WEEKLY;INTERVAL=2',
  fortnightly: 'FREQ=WEEKLY;INTERVAL=2',
  monthly: 'FREQ=MONTHLY',
  quarterly: 'FREQ=MONTHLY;INTERVAL=3',
  yearly: 'FREQ=YEARLY',
  annually: 'FREQ=YEARLY',
}
const ordinals: Readonly<Record<string, string>> = {
  first: '1',
  '1st': '1',
  second: '2',
  '2nd': '2',
  third: '3',
  '3rd': '3',
  fourth: '4',
  '4th': '4',
  last: '-1',
}
const ordinal = `(first|1st|second|2nd|third|3rd|fourth|4th|last)`
const monthDay = String.raw`(\d{1,2})(?:st|nd|rd|th)`
const numbers: Readonly<Record<string, string>> = {
  other: '2',
  two: '2',
  second: '2',
  three: '3',
  four: '4',
}
const interval = (count: string | undefined): string => {
  const number = count === undefined ? '1' : (numbers[count.toLowerCase()] ?? count)
  return number === '1' ? '' : `;INTERVAL=${number}`
}

/** Most particular first: each form, and the rule it means. */
const forms: readonly [RegExp, (found: RegExpExecArray) => string][] = [
  [
    /\b(?:every|each)\s+(?:week|work|business)\s?days?\b|\bon (?:week|work)days\b/i,
    () => 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  ],
  [/\bevery weekend\b/i, () => 'FREQ=WEEKLY;BYDAY=SA'],
  [
    new RegExp(
      String.raw`\b(?:(?:every|each)\s+(?:month\s+)?(?:on\s+)?(?:the\s+)?|monthly\s+on\s+(?:the\s+)?)${ordinal}\s+(${dayName})(?:\s+of\s+(?:the|each|every)\s+month)?\b`,
      'i',
    ),
    ([, which = '', name = '']) =>
      `FREQ=MONTHLY;BYDAY=${ordinals[which.toLowerCase()]}${codeOf(name)}`,
  ],
  [
    new RegExp(
      String.raw`\b(?:on\s+)?(?:the\s+)?${ordinal}\s+(${dayName})\s+of\s+(?:each|every)\s+month\b`,
      'i',
    ),
    ([, which = '', name = '']) =>
      `FREQ=MONTHLY;BYDAY=${ordinals[which.toLowerCase()]}${codeOf(name)}`,
  ],
  [
    /\b(?:every|each)\s+last day of the month\b|\bon the last day of (?:the|each|every) month\b/i,
    () => 'FREQ=MONTHLY;BYMONTHDAY=-1',
  ],
  [
    new RegExp(
      String.raw`\b(?:every|each)\s+(?:month\s+on\s+the\s+)?${monthDay}(?:\s+of\s+(?:the|each|every)\s+month)?\b|\bmonthly\s+on\s+the\s+${monthDay}\b`,
      'i',
    ),
    ([, one, other]) => `FREQ=MONTHLY;BYMONTHDAY=${Number(one ?? other)}`,
  ],
  [
    new RegExp(
      String.raw`\b(?:every|each)\s+(?:(other|second|two|three|four|\d{1,2})\s+weeks?\s+on\s+|(other)\s+)?(${dayName}(?:\s*(?:,|and|&|,\s*and|/)\s*${dayName})*)\b`,
      'i',
    ),
    ([, weeks, other, names = '']) =>
      `FREQ=WEEKLY${interval(weeks ?? other)};BYDAY=${[...names.matchAll(new RegExp(dayName, 'gi'))].map(([name]) => codeOf(name)).join(',')}`,
  ],
  [
    /\b(?:every|each)\s+(?:(other|second|two|three|four|\d{1,3})\s+)?(day|week|month|year)s?\b/i,
    ([, count, unit = '']) => `FREQ=${units[unit.toLowerCase()]}${interval(count)}`,
  ],
  [/\bevery quarter\b/i, () => 'FREQ=MONTHLY;INTERVAL=3'],
  [
    new RegExp(String.raw`\bweekly\s+on\s+(${dayName}(?:\s*(?:,|and|&)\s*${dayName})*)\b`, 'i'),
    ([, names = '']) =>
      `FREQ=WEEKLY;BYDAY=${[...names.matchAll(new RegExp(dayName, 'gi'))].map(([name]) => codeOf(name)).join(',')}`,
  ],
  [
    /\b(daily|weekly|biweekly|fortnightly|monthly|quarterly|yearly|annually)\b/i,
    ([, word = '']) => adverbs[word.toLowerCase()] ?? '',
  ],
]

/** Takes the repeat out of the line, and its end: “5 times”, “until 24 December”. */
export function readRepeat(line: Line, moment: Moment): { rule: string } | undefined {
  for (const [form, ruleOf] of forms) {
    const found = line.take(form, 'repeat')
    if (!found) continue
    const rule = ruleOf(found)
    if (/BYMONTHDAY=(0|3[2-9]|[4-9]\d)/.test(rule) || /INTERVAL=0/.test(rule)) return undefined
    return { rule: rule + readEnd(line, moment) }
  }
  return undefined
}

function readEnd(line: Line, moment: Moment): string {
  const times = line.take(/,?\s*\b(?:for\s+)?([1-9]\d{0,2})\s+times\b/i, 'repeat')
  if (times) return `;COUNT=${times[1]}`
  const masked = line.masked()
  const until = /\b(?:until|till|through)\s+/i.exec(masked)
  if (!until) return ''
  const from = until.index + until[0].length
  const date = dateOf(masked.slice(from), moment)
  if (!date) return ''
  line.takeOut(until.index, from + date.length, 'repeat')
  return `;UNTIL=${date.date.replaceAll('-', '')}`
}
