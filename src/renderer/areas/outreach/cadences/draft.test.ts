import { expect, test } from 'vitest'
import type { StepBranch } from '../../../../contract/outreach/cadences'
import {
  copyOf,
  daysOf,
  delayText,
  draftOf,
  emptyStep,
  inputOf,
  issuesOfStep,
  withSoundBranches,
} from './draft'

const step = (id: string) => ({ ...emptyStep(id, false), id })

test('steps that were not touched are sent as they came', () => {
  const { key: _key, ...stored } = step('a')
  expect(inputOf(draftOf([{ ...stored, id: 'a' }]))).toEqual([{ ...stored, id: 'a' }])
})

test('a copy is a new step', () => {
  const [sent] = inputOf([copyOf(step('a'), 'b')])
  expect(sent).not.toHaveProperty('id')
  expect(sent).not.toHaveProperty('key')
})

test('a branch that would lead back or nowhere is dropped', () => {
  const branch = (stepId: string): StepBranch => ({
    when: 'replied',
    outcomes: [],
    go: 'to_step',
    stepId,
  })
  const first = { ...step('a'), branches: [branch('b'), branch('gone')] }
  const second = { ...step('b'), branches: [branch('a')] }
  expect(withSoundBranches([first, second]).map(({ branches }) => branches)).toEqual([
    [branch('b')],
    [],
  ])
})

test('issues are found by the step and field they name', () => {
  const issues = [
    { path: 'steps.1.delay', message: 'must be less' },
    { path: 'steps.1.variants.0.body', message: 'must not be blank' },
    { path: 'steps.10.delay', message: 'of another step' },
    { path: 'steps.1', message: 'as a whole' },
  ]
  expect([...issuesOfStep(issues, 1)]).toEqual([
    ['delay', 'must be less'],
    ['variants.0.body', 'must not be blank'],
    ['', 'as a whole'],
  ])
})

test('delays read as people say them, and add up to days', () => {
  expect(delayText({ delay: 0, delayUnit: 'days' })).toBe('at once')
  expect(delayText({ delay: 1, delayUnit: 'hours' })).toBe('1 hour later')
  expect(delayText({ delay: 2, delayUnit: 'business_days' })).toBe('2 working days later')
  expect(
    daysOf([
      { delay: 0, delayUnit: 'days' },
      { delay: 2, delayUnit: 'days' },
      { delay: 5, delayUnit: 'business_days' },
    ]),
  ).toEqual([1, 3, 10])
})
