/** Whole days on screen: the day meant, whatever zone the browser runs in. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Activity } from '../../../contract/timeline/activities'
import { exactText, isPast, relativeText, shortText } from '../../ui/dates'
import { byDay } from '../timeline/activities/days'
import { draftOf, editOf, inputOf } from '../timeline/activities/draft'
import { dueOf as dueOfActivity } from '../timeline/activities/due'
import { dueOf } from './tasks/due'
import { sectionOf, wallTimeOfItem } from './today/queue'

const task = { dueAt: '2026-12-10T23:59:00.000Z', wallTime: '2026-12-10' }
const meeting = {
  type: 'meeting',
  subject: 'Fair',
  description: null,
  outcome: null,
  direction: null,
  durationMinutes: null,
  occurredAt: null,
  completedAt: null,
  scheduledAt: '2026-12-10T00:00:00.000Z',
  dueAt: null,
  zone: 'Europe/Lisbon',
  allDay: true,
  day: '2026-12-10',
  location: null,
  visibleToRep: true,
  at: '2026-12-10T00:00:00.000Z',
} as Activity

describe.each([
  'Europe/Lisbon',
  'Asia/Tokyo',
  'America/New_York',
  'America/Los_Angeles',
  'Pacific/Auckland',
])('in a browser in %s', (zone) => {
  beforeEach(() => void vi.stubEnv('TZ', zone))
  afterEach(() => void vi.unstubAllEnvs())

  test('a task and a meeting of the tenth are shown on the tenth', () => {
    const now = new Date(2026, 11, 1, 12)
    for (const day of [dueOf(task) ?? '', meeting.day ?? '']) {
      expect(relativeText(day, now)).toBe(shortText('2026-12-10', now))
      expect(exactText(day)).toContain('10')
    }
    const [first] = byDay([meeting], now)
    expect(first?.date).toBe('2026-12-10')
    expect(wallTimeOfItem({ at: task.dueAt, day: task.wallTime })).toBe('2026-12-10')
  })

  test('they belong to today until the tenth is over here', () => {
    const items = [
      { at: task.dueAt, day: task.wallTime },
      { at: meeting.at, day: meeting.day },
    ]
    for (const item of items) {
      expect(sectionOf(item, new Date(2026, 11, 9, 23, 59))).toBe('upcoming')
      expect(sectionOf(item, new Date(2026, 11, 10, 0, 1))).toBe('today')
      expect(isPast(item.day ?? '', new Date(2026, 11, 10, 23, 59))).toBe(false)
      expect(isPast(item.day ?? '', new Date(2026, 11, 11, 0, 1))).toBe(true)
    }
  })

  test('editing a meeting of whole days begins with its day, and leaves it there', () => {
    const draft = draftOf(meeting)
    expect(new Date(draft.plannedAt ?? '').getDate()).toBe(10)
    const edit = editOf(meeting, inputOf({ ...draft, subject: 'Trade fair' }, zone))
    expect(edit).toMatchObject({ subject: 'Trade fair' })
    expect(edit).not.toHaveProperty('scheduledAt')
    expect(edit).not.toHaveProperty('zone')
  })

  test('an activity is due on its day, unless it has a due time of its own', () => {
    const dueAt = '2026-12-11T15:00:00.000Z'
    expect(dueOfActivity(meeting)).toBe('2026-12-10')
    expect(dueOfActivity({ ...meeting, dueAt: meeting.scheduledAt })).toBe('2026-12-10')
    expect(dueOfActivity({ ...meeting, dueAt })).toBe(dueAt)
    expect(dueOfActivity({ ...meeting, scheduledAt: null, dueAt })).toBe('2026-12-10')
    expect(dueOfActivity({ ...meeting, day: null })).toBe(meeting.scheduledAt)
  })

  test('a day has one heading, with what takes it whole first', () => {
    const call = { at: new Date(2026, 11, 10, 9).toISOString(), day: null }
    const late = { at: new Date(2026, 11, 9, 22).toISOString(), day: null }
    const list = [late, call, { at: meeting.at, day: meeting.day }].sort((one, other) =>
      one.at.localeCompare(other.at),
    )
    const days = byDay(list, new Date(2026, 11, 1))
    expect(days.map(({ date }) => date)).toEqual(['2026-12-09', '2026-12-10'])
    expect(days[1]?.items.map(({ day }) => day)).toEqual(['2026-12-10', null])
  })
})
