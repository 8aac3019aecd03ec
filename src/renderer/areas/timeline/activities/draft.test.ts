import { expect, test } from 'vitest'
import {
  inputOf,
  isReady,
  morningIn,
  plannedTimes,
  startDraft,
  withTemplate,
  withType,
} from './draft'

const friday = new Date(2026, 10, 20, 14, 30)
const local = (...parts: [number, number, number, number]) => new Date(...parts).toISOString()

test('a call is logged as done now, going out', () => {
  expect(
    inputOf({ ...startDraft('call', friday), description: ' Spoke to Ann ' }, 'Europe/Berlin'),
  ).toMatchObject({
    type: 'call',
    description: 'Spoke to Ann',
    subject: null,
    direction: 'outbound',
    occurredAt: null,
    scheduledAt: null,
    dueAt: null,
  })
})

test('a task is due tomorrow morning', () => {
  const input = inputOf(startDraft('task', friday), 'Europe/Berlin')
  expect(input.dueAt).toBe(local(2026, 10, 21, 9))
  expect(input.scheduledAt).toBeNull()
})

test('a planned meeting has a time and no outcome', () => {
  const draft = { ...startDraft('meeting', friday), planned: true, outcome: 'successful' }
  expect(isReady(draft)).toBe(false)
  const ready = { ...draft, plannedAt: local(2026, 10, 23, 10) }
  expect(isReady(ready)).toBe(true)
  expect(inputOf(ready, 'Europe/Berlin')).toMatchObject({
    scheduledAt: ready.plannedAt,
    outcome: null,
    occurredAt: null,
  })
})

test('a planned meeting takes its place, whole days and reminders along, a done one none of these times', () => {
  const draft = {
    ...startDraft('meeting', friday),
    planned: true,
    plannedAt: local(2026, 10, 23, 0),
    allDay: true,
    location: ' Plant 2 ',
    reminderMinutes: [1440, 60],
  }
  expect(inputOf(draft, 'Europe/Berlin')).toMatchObject({
    allDay: true,
    zone: 'Europe/Berlin',
    location: 'Plant 2',
    reminderMinutes: [1440, 60],
  })
  const done = inputOf({ ...draft, planned: false }, 'Europe/Berlin')
  expect(done).toMatchObject({ allDay: false, location: 'Plant 2' })
  expect(done).not.toHaveProperty('reminderMinutes')
})

test('a task by the hour is never all day', () => {
  const meeting = {
    ...startDraft('meeting', friday),
    planned: true,
    allDay: true,
    location: 'Here',
  }
  expect(withType(meeting, 'task', friday)).toMatchObject({ allDay: false, location: '' })
})

test('a note needs words, a call does not', () => {
  expect(isReady(startDraft('note', friday))).toBe(false)
  expect(isReady({ ...startDraft('note', friday), description: 'x' })).toBe(true)
  expect(isReady(startDraft('call', friday))).toBe(true)
})

test('changing the type keeps what was written and drops what does not fit', () => {
  const call = { ...startDraft('call', friday), description: 'Hm', outcome: 'no_answer' }
  const note = withType(call, 'note', friday)
  expect(note).toMatchObject({ type: 'note', description: 'Hm', outcome: null, direction: null })
})

test('a template that plans ahead sets the day, one that does not logs now', () => {
  const template = {
    id: 't',
    name: 'Voicemail',
    type: 'call',
    subject: null,
    description: 'Left a voicemail',
    durationMinutes: 2,
    outcome: 'voicemail_left',
    direction: null,
    scheduleInDays: null,
    createdBy: null,
  }
  const draft = withTemplate(startDraft('note', friday), template, friday)
  expect(inputOf(draft, 'Europe/Berlin')).toMatchObject({
    outcome: 'voicemail_left',
    durationMinutes: 2,
    scheduledAt: null,
  })
  const later = withTemplate(startDraft('note', friday), { ...template, scheduleInDays: 3 }, friday)
  expect(inputOf(later, 'Europe/Berlin')).toMatchObject({
    outcome: null,
    scheduledAt: local(2026, 10, 23, 9),
  })
})

test('Monday is the next one, never today', () => {
  expect(plannedTimes(friday).find(({ label }) => label === 'Monday')?.at).toBe(
    local(2026, 10, 23, 9),
  )
  const monday = new Date(2026, 10, 23, 8, 0)
  expect(plannedTimes(monday).find(({ label }) => label === 'Monday')?.at).toBe(
    local(2026, 10, 30, 9),
  )
})

test('today means the next full hour', () => {
  expect(morningIn(0, friday)).toBe(local(2026, 10, 20, 15))
})
