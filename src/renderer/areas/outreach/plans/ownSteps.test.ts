/** Steps of one plan's own as they are written by their days. */
import { expect, test } from 'vitest'
import { faultsOf, inputOf, ownStep } from './ownSteps'

const today = '2026-11-26'
const on = (date: string | null, subject = '') => ({ ...ownStep(`${date}`, today), date, subject })

test('days become delays, each from the step before', () => {
  const steps = [on('2026-11-26', ' Ask who decides '), on('2026-11-30'), on('2027-01-02')]
  expect(inputOf(steps, today).map(({ delay }) => delay)).toEqual([0, 4, 33])
  expect(inputOf(steps, today)[0]).toMatchObject({
    type: 'call',
    delayUnit: 'days',
    subject: 'Ask who decides',
  })
})

test('a new step comes two days after the last one', () => {
  expect(ownStep('a', today)).toMatchObject({ date: today, type: 'call' })
  expect(ownStep('b', today, '2026-12-30').date).toBe('2027-01-01')
})

test('a day that is over, missing, or before the step before it is reported at its step', () => {
  expect([...faultsOf([on('2026-11-26'), on('2026-11-26')], today)]).toEqual([])
  const steps = [on('2026-11-20'), on('2026-12-05'), on('2026-12-01'), on(null)]
  expect([...faultsOf(steps, today)]).toEqual([
    ['2026-11-20', 'Is over'],
    ['2026-12-01', 'Before the step before'],
    ['null', 'Needs a day'],
  ])
})
