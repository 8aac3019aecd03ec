import { expect, test } from 'vitest'
import { goesStale } from './freshness'

const query = (path: string, input?: unknown) => [path.split('.'), { type: 'query', input }]

test('a moved lead refreshes lists of leads, the board and every history', () => {
  const tables = { lead: ['l1'], activity: ['a1'] }
  expect(goesStale(query('leads.list', {}), tables)).toBe(true)
  expect(goesStale(query('pipeline.board', {}), tables)).toBe(true)
  expect(goesStale(query('changes.list', { rowId: 'l1' }), tables)).toBe(true)
  expect(goesStale(query('search', { q: 'acme' }), tables)).toBe(true)
  expect(goesStale(query('transfer.history', {}), tables)).toBe(false)
})

test('another lead’s page stays as it is when one lead changes', () => {
  expect(goesStale(query('leads.get', { id: 'l2' }), { lead: ['l1'] })).toBe(false)
  expect(goesStale(query('leads.get', { id: 'l1' }), { lead: ['l1'] })).toBe(true)
})

test('when too many rows changed to name them, every page of that table is refreshed', () => {
  expect(goesStale(query('leads.get', { id: 'l2' }), { lead: null })).toBe(true)
})

test('a renamed company reaches the leads that show its name', () => {
  expect(goesStale(query('leads.get', { id: 'l2' }), { company: ['c1'] })).toBe(true)
  expect(goesStale(query('companies.get', { id: 'c2' }), { company: ['c1'] })).toBe(false)
})

test('a preference only refreshes preferences, not the workspace', () => {
  expect(goesStale(query('settings.preferences'), { preference: ['p'] })).toBe(true)
  expect(goesStale(query('settings.workspace'), { preference: ['p'] })).toBe(false)
})

test('keys that are not procedures are left alone', () => {
  expect(goesStale(['somethingElse'], { lead: null })).toBe(false)
})
