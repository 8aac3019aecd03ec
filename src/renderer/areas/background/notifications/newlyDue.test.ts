import { expect, test } from 'vitest'
import type { Notification } from '../../../../contract/background/notifications'
import { gatheredTitle, newlyDue } from './newlyDue'
import { pathOf } from './place'

const now = Date.parse('2026-11-26T10:00:00Z')
const notification = (id: string, minutesAgo: number): Notification => ({
  id,
  kind: 'reminder_due',
  title: 'Call Ann',
  body: '',
  at: new Date(now - minutesAgo * 60_000).toISOString(),
  readAt: null,
  record: null,
  subject: { kind: 'reminder', id: `${id}-subject`, open: true },
  items: [],
})

test('what was there when the program was opened is not news', () => {
  expect(newlyDue([notification('a', 0)], null, now)).toEqual([])
})

test('only what came in since is news', () => {
  const items = [notification('b', 0), notification('a', 1)]
  expect(newlyDue(items, new Set(['a']), now).map(({ id }) => id)).toEqual(['b'])
  expect(newlyDue(items, new Set(['a', 'b']), now)).toEqual([])
})

test('what came in long ago is no news when it is seen at last', () => {
  expect(newlyDue([notification('b', 3)], new Set(), now)).toEqual([])
})

test('several are shown as one, with what digests gather counted', () => {
  const digest = (count: number): Notification => ({
    ...notification('digest', 0),
    items: Array.from({ length: count }, (_, index) => ({
      title: `Call ${index}`,
      at: new Date(now).toISOString(),
      day: null,
      record: null,
    })),
  })
  const alone = [notification('a', 0), notification('b', 0)]
  expect(gatheredTitle([...alone, digest(7)])).toBe('9 things came due')
  expect(gatheredTitle([...alone, digest(50)])).toBe('More than 52 things came due')
})

test('a notification leads to its record, else to what is due, else nowhere', () => {
  const due = notification('a', 0)
  expect(pathOf({ ...due, record: { kind: 'lead', id: 'L' } })).toBe('/leads/L')
  expect(pathOf(due)).toBe('/reminders/a-subject')
  expect(pathOf({ ...due, subject: null })).toBeNull()
  expect(pathOf({ ...due, kind: 'catch_up', subject: null })).toBe('/today')
  expect(pathOf({ ...due, kind: 'plan_step_due', subject: null })).toBe('/queue')
  expect(pathOf({ ...due, kind: 'job_failed', subject: null })).toBe('/settings/jobs')
  expect(pathOf({ ...due, record: { kind: 'unheard_of', id: 'X' }, subject: null })).toBeNull()
})
