/** The words that phrases for days and times are made of. */
import type { Moment } from './quick-dates'

/** What a phrase says: a day, a time of day (`T15:00`), both, or an instant. */
export interface Reading {
  date?: string
  time?: string
  /** The time is an hour without its half of the day, as people say it. */
  isHour?: boolean
  instant?: number
}

export interface Form {
  pattern: RegExp
  /** Undefined where the words mean no day that exists. */
  read(found: RegExpExecArray, moment: Moment): Reading | undefined
}

const months = [
  ...['jan(?:uary)?', 'feb(?:ruary)?', 'mar(?:ch)?', 'apr(?:il)?', 'may', 'june?', 'july?'],
  ...['aug(?:ust)?', 'sept?(?:ember)?', 'oct(?:ober)?', 'nov(?:ember)?', 'dec(?:ember)?'],
]

export const monthName = `(?:${months.join('|')})\\b\\.?`
export const weekdayName =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\\b'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
export const numberWords = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  ...['eleven', 'twelve'],
]

export const count = `(?:\\d{1,4}|${numberWords.slice(1).join('|')}|an?|(?:an?\\s+)?couple(?:\\s+of)?)`
export const unit = '(?:days?|weeks?|fortnights?|months?|quarters?|years?)\\b'
export const workdays = '(?:business|working|work|week)[\\s-]?days?\\b'
/** Other numbers of four digits are rather a time of day. */
export const fullYear = '((?:19|2\\d)\\d{2})\\b'

export const year = `(?:\\s*,?\\s*${fullYear}(?!:))?`
/** Neither a day nor a clock follows: “March 3” is no month. */
export const noDay = '(?!\\s*\\d{1,2}(?:st|nd|rd|th)?\\b(?!\\d))'

/** “–7”, “to 7”: what days last until is not kept. */
export const lastDay = '(?:\\s*[-–]\\s*|\\s+to\\s+)\\d{1,2}(?:st|nd|rd|th)?\\b(?![.:/-]?\\d)'

export const period = '(week|month|quarter|year)\\b'
export const hourWord = `(\\d{1,2}|${numberWords.slice(1).join('|')})`
/** Where a sentence may end or continue with what is to be done, so that a number is no amount of things. */
export const atBreak =
  '(?=\\s*(?:$|[,;!?)]|\\.(?:\\s|$)|-\\s|\\s(?:to|about|with|for|and|re|on|at|remind|today|tonight|tomorrow|next|this|@|!|every)\\b|\\s[@!]))'

export const pattern = (...parts: string[]) =>
  new RegExp(`(?<![\\w.:/+-])(?:${parts.join('')})`, 'gi')

export const monthOf = (name = ''): number =>
  months.findIndex((one) => new RegExp(`^${one}\\.?$`, 'i').test(name)) + 1

export const weekdayNumber = (name = ''): number =>
  weekdays.indexOf(name.slice(0, 3).toLowerCase()) + 1

export function numberOf(text = ''): number {
  const word = text.toLowerCase().replace(/\s+/g, ' ')
  if (/^an?$/.test(word)) return 1
  if (word.includes('couple')) return 2
  const index = numberWords.indexOf(word)
  return index > 0 ? index : Number(word)
}
