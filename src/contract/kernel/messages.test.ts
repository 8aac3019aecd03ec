import { expect, test } from 'vitest'
import type * as z from 'zod'
import { CompanyCreate } from '../records/companies'
import { LeadCreate } from '../records/leads'
import { ActivityCreate } from '../timeline/activities'
import { Condition } from './conditions'

const messages = (shape: z.ZodType, value: unknown) =>
  Object.fromEntries(
    (shape.safeParse(value).error?.issues ?? []).map(({ path, message }) => [
      path.join('.'),
      message,
    ]),
  )

test('a wrong value is answered with its rule in words that read after the field', () => {
  expect(messages(CompanyCreate, { name: 7, employees: -1, tags: 'x' })).toEqual({
    name: 'must be text',
    employees: 'must be at least 0',
    tags: 'must be a list',
  })
  expect(messages(LeadCreate, { priority: 'huge', probability: 101 })).toEqual({
    title: 'is required',
    priority: 'must be one of low, medium, high, urgent',
    probability: 'must be at most 100',
  })
  expect(messages(LeadCreate, { title: ' ', value: { amount: '1,5', currency: 'usd' } })).toEqual({
    title: 'must not be blank',
    'value.amount': 'must be a plain decimal number like 1054.00',
    'value.currency': 'must be a three-letter ISO 4217 code',
  })
  expect(messages(ActivityCreate, { type: 'Call!' }).type).toContain('lower-case name')
  expect(Condition.safeParse({ all: 3 }).success).toBe(false)
})
