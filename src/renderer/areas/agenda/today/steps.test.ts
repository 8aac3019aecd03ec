import { expect, test } from 'vitest'
import type { Reminder } from '../../../../contract/agenda/reminders'
import type { Task } from '../../../../contract/agenda/tasks'
import { stepsOf } from './steps'

const now = new Date(2026, 10, 27, 12)
const at = (day: number, hour: number, minute = 0) =>
  new Date(2026, 10, day, hour, minute).toISOString()
const none = {
  recurrence: null,
  company: null,
  contact: null,
  lead: null,
  customer: null,
  completedAt: null,
  completedBy: null,
  createdAt: at(1, 9),
  updatedAt: at(1, 9),
  deletedAt: null,
}

const task = (id: string, dueAt: string | null, wallTime: string | null): Task => ({
  ...none,
  id,
  title: id,
  description: null,
  type: 'call',
  priority: 'medium',
  status: 'pending',
  assignee: null,
  createdBy: null,
  dueAt,
  wallTime,
  zone: null,
  reminders: 0,
})
const reminder = (id: string, dueAt: string, more: Partial<Reminder> = {}): Reminder => ({
  ...none,
  id,
  notes: id,
  user: null,
  activity: null,
  task: null,
  plan: null,
  remindAt: dueAt,
  wallTime: '2026-11-27T09:00',
  zone: 'UTC',
  offsetMinutes: null,
  status: 'pending',
  snoozedUntil: null,
  dueAt,
  notificationSentAt: null,
  ...more,
})

test('tasks and reminders come in one order, what has no day comes last', () => {
  const steps = stepsOf(
    [task('someday', null, null), task('offer', at(28, 10), '2026-11-28T10:00')],
    [reminder('ask', at(27, 15))],
    now,
  )
  expect(steps.map(({ name }) => name)).toEqual(['ask', 'offer', 'someday'])
})

test('a task due on a day is not overdue before that day is over', () => {
  const [today] = stepsOf([task('today', at(27, 23, 59), '2026-11-27')], [], now)
  expect(today).toMatchObject({ at: '2026-11-27', overdue: false })
  const [late] = stepsOf([task('late', at(27, 9), '2026-11-27T09:00')], [], now)
  expect(late).toMatchObject({ at: at(27, 9), overdue: true })
})

test('the reminder of a task that is listed is not beside it', () => {
  const own = reminder('own', at(28, 9), { task: { id: 'offer', name: 'offer' } })
  const other = reminder('other', at(28, 9), { task: { id: 'gone', name: 'gone' } })
  const steps = stepsOf([task('offer', at(28, 10), '2026-11-28T10:00')], [own, other], now)
  expect(steps.map(({ name }) => name)).toEqual(['other', 'offer'])
})

test('the step of a plan is in its plan’s card, not here once more', () => {
  const call = reminder('call', at(28, 9), { plan: { id: 'plan', name: 'Outreach' } })
  expect(stepsOf([], [call, reminder('ask', at(28, 10))], now).map(({ name }) => name)).toEqual([
    'ask',
  ])
})
