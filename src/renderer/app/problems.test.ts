import { ORPCError } from '@orpc/client'
import { expect, test } from 'vitest'
import { fieldErrors, isMissing, issuesOf, isUnreachable, messageOf } from './problems'

const refusal = (issues: unknown[]) =>
  new ORPCError('invalid', { status: 400, message: 'invalid', data: { issues } })

test('each message goes beside its field, also from inside a value', () => {
  const error = refusal([
    { path: 'title', message: 'must not be blank' },
    { path: ['value', 'amount'], message: 'must not be negative' },
    { path: 'title', message: 'second' },
  ])
  expect(fieldErrors(error, ['title', 'value'])).toEqual({
    title: 'must not be blank',
    value: 'must not be negative',
  })
})

test('what belongs to no field of the form is still said', () => {
  expect(
    fieldErrors(refusal([{ path: 'ids', message: 'give either ids or where' }]), ['title']),
  ).toEqual({
    '': 'ids: give either ids or where',
  })
})

test('paths come as text or as parts', () => {
  expect(issuesOf(refusal([{ path: [{ key: 'lines' }, 0, 'unitPrice'], message: 'x' }]))).toEqual([
    { path: 'lines.0.unitPrice', message: 'x' },
  ])
})

test('no answer is distinguished from a refusal', () => {
  expect(isUnreachable(new TypeError('Failed to fetch'))).toBe(true)
  expect(messageOf(new TypeError('Failed to fetch'))).toMatch(/does not answer/)
  const missing = new ORPCError('not_found', { status: 404, message: 'This lead does not exist.' })
  expect(isUnreachable(missing)).toBe(false)
  expect(isMissing(missing)).toBe(true)
  expect(messageOf(missing)).toBe('This lead does not exist.')
})
