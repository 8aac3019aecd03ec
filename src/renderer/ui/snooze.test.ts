import { expect, test } from 'vitest'
import { snoozeChoices } from './snooze'

/** Local times of the choices, as `Mon 30 09:00`. */
const timesAt = (now: string) =>
  snoozeChoices(new Date(now)).map(({ label, at }) => {
    const date = new Date(at)
    const day = date.toLocaleDateString('en-GB', { weekday: 'short', day: '2-digit' })
    return `${label}: ${day} ${date.toLocaleTimeString('en-GB', { timeStyle: 'short' })}`
  })

test('On a Thursday something can sleep ten minutes, an hour, until tomorrow or until Monday', () => {
  expect(timesAt('2026-11-26T14:05:40')).toEqual([
    '10 minutes: Thu 26 14:15',
    '1 hour: Thu 26 15:05',
    'Tomorrow, 9:00: Fri 27 09:00',
    'Next Monday, 9:00: Mon 30 09:00',
  ])
})

test('On a Monday the next one is a week away, on a Sunday it is tomorrow and named once', () => {
  expect(timesAt('2026-11-30T08:00:00').at(-1)).toBe('Next Monday, 9:00: Mon 07 09:00')
  expect(timesAt('2026-11-29T08:00:00').at(-1)).toBe('Tomorrow, 9:00: Mon 30 09:00')
})
