import { expect, test } from 'vitest'
import type { AgendaItem } from '../../../../contract/agenda/today'
import {
  type Agenda,
  afterAction,
  itemAfter,
  keyOf,
  linesOf,
  openItems,
  planStepsDue,
  sectionOf,
} from './queue'

const now = new Date(2026, 10, 27, 12)
const at = (day: number, hour: number, minute = 0) =>
  new Date(2026, 10, day, hour, minute).toISOString()

const item = (id: string, when: string, more: Partial<AgendaItem> = {}): AgendaItem => ({
  kind: 'task',
  id,
  title: id,
  text: null,
  type: 'call',
  priority: 'medium',
  user: null,
  company: null,
  contact: null,
  lead: null,
  customer: null,
  about: null,
  at: when,
  allDay: false,
  day: null,
  durationMinutes: null,
  recurrence: null,
  overdue: new Date(when) < now,
  doneAt: null,
  ...more,
})

const agenda: Agenda = {
  date: '2026-11-27',
  counts: { overdue: 2, today: 1, upcoming: 2, doneToday: 0 },
  overdue: [item('old', at(20, 9)), item('late', at(26, 9))],
  today: [item('soon', at(27, 15))],
  upcoming: [item('tomorrow', at(28, 9)), item('monday', at(30, 9))],
  done: [],
}
const ids = (items: readonly AgendaItem[]) => items.map(({ id }) => id)
const task = (id: string) => ({ kind: 'task' as const, id })

test('its days are named as they are where its owner is, whatever day this machine has', () => {
  const elsewhere = {
    ...agenda,
    date: '2026-11-26',
    upcoming: [item('fair', at(27, 12), { day: '2026-11-27' })],
  }
  const headings = linesOf(elsewhere).flatMap((line) => (line.type === 'heading' ? line.text : []))
  expect(headings).toEqual(['Overdue', 'Today', 'Tomorrow'])
})

test('the queue reads overdue, today, then each day to come', () => {
  expect(linesOf(agenda).map((line) => (line.type === 'item' ? line.item.id : line.type))).toEqual([
    'heading',
    'old',
    'late',
    'heading',
    'soon',
    'heading',
    'tomorrow',
    'heading',
    'monday',
  ])
})

test('with nothing due the queue begins by saying so', () => {
  const clear = { ...agenda, overdue: [], today: [] }
  expect(linesOf(clear).map(({ type }) => type)).toEqual([
    'clear',
    'heading',
    'item',
    'heading',
    'item',
  ])
})

test('what the core did not send is counted below what it sent', () => {
  const many = { ...agenda, counts: { ...agenda.counts, overdue: 250 } }
  expect(linesOf(many)).toContainEqual(
    expect.objectContaining({ type: 'more', section: 'overdue', hidden: 248 }),
  )
})

test('a completed item goes below, and the next one takes its place', () => {
  const shown = openItems(agenda).map(keyOf)
  expect(itemAfter(shown, new Set(['task late']))).toBe('task soon')
  const next = afterAction(agenda, [task('late')], { type: 'complete' }, now)
  expect(ids(next.overdue)).toEqual(['old'])
  expect(ids(next.done)).toEqual(['late'])
  expect(next.counts).toEqual({ overdue: 1, today: 1, upcoming: 2, doneToday: 1 })
})

test('after the last item the one above it is next, after all of them none', () => {
  const shown = openItems(agenda).map(keyOf)
  expect(itemAfter(shown, new Set(['task monday']))).toBe('task tomorrow')
  expect(itemAfter(shown, new Set(shown))).toBeUndefined()
})

test('put off by an hour it is due today, in its place by time', () => {
  const next = afterAction(agenda, [task('old')], { type: 'snooze', until: at(27, 13) }, now)
  expect(ids(next.overdue)).toEqual(['late'])
  expect(ids(next.today)).toEqual(['old', 'soon'])
  expect(next.today[0]).toMatchObject({ overdue: false, at: at(27, 13) })
})

test('moved to another day it keeps its time of day', () => {
  const next = afterAction(
    agenda,
    [task('soon')],
    { type: 'reschedule', wallTime: '2026-11-29' },
    now,
  )
  expect(ids(next.upcoming)).toEqual(['tomorrow', 'soon', 'monday'])
  expect(next.upcoming[1]?.at).toBe(at(29, 15))
})

test('what is done is deleted but never completed twice', () => {
  const done = afterAction(agenda, [task('soon')], { type: 'complete' }, now)
  expect(afterAction(done, [task('soon')], { type: 'complete' }, now)).toEqual(done)
  const gone = afterAction(done, [task('soon')], { type: 'delete' }, now)
  expect(gone.counts.doneToday).toBe(0)
  expect(gone.done).toEqual([])
})

test('several go at once, a reminder and a task of the same id apart', () => {
  const twins = {
    ...agenda,
    today: [item('soon', at(27, 15)), item('soon', at(27, 16), { kind: 'reminder' })],
  }
  const next = afterAction(twins, [task('soon'), task('old')], { type: 'complete' }, now)
  expect(next.today.map(keyOf)).toEqual(['reminder soon'])
  expect(next.counts.doneToday).toBe(2)
})

test('what is late today belongs to today, what is older is overdue', () => {
  expect(sectionOf({ at: at(27, 23, 59), day: null }, now)).toBe('today')
  expect(sectionOf({ at: at(27, 0, 0), day: null }, now)).toBe('today')
  expect(sectionOf({ at: at(26, 23, 59), day: null }, now)).toBe('overdue')
  expect(sectionOf({ at: at(28, 0, 0), day: null }, now)).toBe('upcoming')
})

test('it tells how many of what is due are steps of plans', () => {
  const about = { kind: 'plan' as const, id: 'p1', name: 'Outreach' }
  const call = item('call', at(27, 16), { kind: 'reminder', about })
  const later = item('later', at(29, 16), { kind: 'reminder', about })
  expect(planStepsDue({ ...agenda, today: [...agenda.today, call], upcoming: [later] })).toBe(1)
})
