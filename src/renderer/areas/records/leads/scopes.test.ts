import { expect, test } from 'vitest'
import { scopeText, wider } from './scopes'

test('what is said holds for the scope it is said of', () => {
  expect(scopeText({ scope: 'mine', open: 0, withoutStep: 0 })).toBe('You have no open leads.')
  expect(scopeText({ scope: 'mine', open: 3, withoutStep: 0 })).toBe(
    'Each of your open leads has its next step.',
  )
  expect(scopeText({ scope: 'mine', open: 3, withoutStep: 1 })).toBe(
    '1 open lead of yours has no next step.',
  )
  expect(scopeText({ scope: 'team', open: 9, withoutStep: 2 })).toBe(
    '2 open leads of your team have no next step.',
  )
  expect(scopeText({ scope: 'everybody', open: 2089, withoutStep: 2089 })).toBe(
    `${(2089).toLocaleString()} open leads have no next step.`,
  )
})

test('leads of others that wait for nothing are mentioned beside own ones that do not', () => {
  const counts = [
    { scope: 'mine' as const, open: 0, withoutStep: 0 },
    { scope: 'team' as const, open: 1, withoutStep: 0 },
    { scope: 'everybody' as const, open: 2090, withoutStep: 2089 },
  ]
  expect(wider(counts, 'mine')?.scope).toBe('everybody')
  expect(wider(counts, 'everybody')).toBeUndefined()
})
