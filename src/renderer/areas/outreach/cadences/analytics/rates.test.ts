import { expect, it } from 'vitest'
import { rateText, waitText } from './rates'

const plans = ['plan', 'plans'] as const

it('tells a rate with its counts and interval', () => {
  expect(rateText({ count: 12, of: 40, rate: 0.3, low: 0.181, high: 0.454 }, plans)).toBe(
    '12 of 40, 30 % (18–45 %)',
  )
})

it('says in words that there is too little to tell from, and gives no percentage', () => {
  const four = { count: 1, of: 4, rate: 0.25, low: 0.05, high: 0.7 }
  expect(rateText(four, plans)).toBe('1 of 4 plans: too few to tell')
  expect(rateText({ ...four, of: 1 }, plans)).toBe('1 of 1 plan: too few to tell')
  expect(rateText({ count: 0, of: 0, rate: null, low: null, high: null }, plans)).toBe(
    'no plans yet',
  )
})

it('tells a wait in hours, then in days', () => {
  expect(waitText(null)).toBe('no answer yet')
  expect(waitText(0.4)).toBe('under an hour')
  expect(waitText(1)).toBe('1 hour')
  expect(waitText(26)).toBe('26 hours')
  expect(waitText(76.8)).toBe('3.2 days')
})
