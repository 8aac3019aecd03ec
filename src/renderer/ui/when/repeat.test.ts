import { expect, test } from 'vitest'
import { ordinal, readRule, repeatText, usualRepeats, weekdayOf, writeRule } from './repeat'

/** A Friday, the fourth of its month. */
const friday = '2026-11-27'

test('what is offered by name is what RFC 5545 calls it', () => {
  expect(
    usualRepeats(friday).map(({ label, repeat }) => [label, writeRule(repeat, friday)]),
  ).toEqual([
    ['Every day', 'FREQ=DAILY'],
    ['Every weekday', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['Every Friday', 'FREQ=WEEKLY;BYDAY=FR'],
    ['Monthly on the 27th', 'FREQ=MONTHLY;BYMONTHDAY=27'],
    ['Monthly on the 4th Friday', 'FREQ=MONTHLY;BYDAY=4FR'],
    ['Every year', 'FREQ=YEARLY'],
  ])
})

test('the fifth Friday of a month is its last one', () => {
  const labels = usualRepeats('2026-10-30').map(({ label }) => label)
  expect(labels).toContain('Monthly on the last Friday')
})

test.each([
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=10',
  'FREQ=WEEKLY;BYDAY=SU;UNTIL=20270131',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=MONTHLY;BYMONTHDAY=27',
  'FREQ=YEARLY',
])('%s is read and written back the same', (rule) => {
  const repeat = readRule(rule)
  expect(repeat && writeRule(repeat, friday)).toBe(rule)
})

test.each(['FREQ=HOURLY', 'FREQ=YEARLY;BYWEEKNO=20', 'FREQ=MONTHLY;BYMONTHDAY=1,15', 'nonsense'])(
  '%s is beyond the editor, and is left alone',
  (rule) => {
    expect(readRule(rule)).toBeNull()
  },
)

test('a week without a day takes the day it begins on', () => {
  const repeat = readRule('FREQ=WEEKLY')
  expect(repeat && writeRule(repeat, friday)).toBe('FREQ=WEEKLY;BYDAY=FR')
})

test.each([
  ['FREQ=DAILY', 'every day'],
  ['FREQ=DAILY;INTERVAL=3', 'every 3 days'],
  ['FREQ=WEEKLY;BYDAY=MO', 'every Monday'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR', 'every 2 weeks on Monday, Wednesday and Friday'],
  ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=5', 'monthly on the last Friday, 5 times'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'monthly on the last day'],
  ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1', 'every 3 months on the 1st'],
  ['FREQ=YEARLY;UNTIL=20300101T235959Z', 'every year until 2030-01-01'],
  ['FREQ=HOURLY', 'repeats'],
])('%s reads “%s”', (rule, text) => {
  expect(repeatText(rule)).toBe(text)
})

test('ordinals follow English, the teens included', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 31].map(ordinal).join(' ')).toBe(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 31st',
  )
})

test('a date has the same weekday in every zone', () => {
  expect(weekdayOf('2026-11-26')).toBe('TH')
  expect(weekdayOf('2026-11-29')).toBe('SU')
})
