import { expect, test } from 'vitest'
import type { AgendaItem } from '../../../../contract/agenda/today'
import { entryOf, moveTo, stretchTo } from './calendarEntry'

const zone = 'Europe/Berlin'
const classes = {
  entry: 'entry',
  task: 'task',
  activity: 'activity',
  done: 'done',
  overdue: 'late',
}
const task: AgendaItem = {
  kind: 'task',
  id: '0199-1',
  title: 'Send the quote',
  text: null,
  type: 'other',
  priority: 'high',
  user: null,
  company: null,
  contact: null,
  lead: null,
  customer: null,
  about: null,
  at: '2027-03-09T09:00:00.000Z',
  allDay: false,
  day: null,
  durationMinutes: null,
  recurrence: null,
  overdue: false,
  doneAt: null,
}
const meeting: AgendaItem = { ...task, kind: 'activity', type: 'meeting', durationMinutes: 90 }

test('a meeting takes its time and can be stretched, a task is half an hour high and cannot', () => {
  expect(entryOf(meeting, classes)).toMatchObject({
    start: meeting.at,
    end: '2027-03-09T10:30:00.000Z',
    startEditable: true,
    durationEditable: true,
  })
  expect(entryOf(task, classes)).toMatchObject({
    end: '2027-03-09T09:30:00.000Z',
    durationEditable: false,
  })
})

test('what is done stays where it is, struck through; what is late says so', () => {
  const done = entryOf({ ...task, doneAt: task.at }, classes)
  expect(done).toMatchObject({ startEditable: false, className: 'entry task done' })
  expect(entryOf({ ...task, overdue: true }, classes).className).toBe('entry task late')
})

test('what is due on a day is shown on that day, whatever day its instant has in the zone shown', () => {
  // The last minute of the tenth in Los Angeles.
  const day = { ...task, allDay: true, day: '2027-03-10', at: '2027-03-11T07:59:00.000Z' }
  expect(entryOf(day, classes)).toMatchObject({ start: '2027-03-10', end: '2027-03-11' })
})

test('an activity of two days spans them', () => {
  const fair = {
    ...meeting,
    allDay: true,
    day: '2027-03-10',
    at: '2027-03-09T23:00:00.000Z',
    durationMinutes: 2880,
  }
  expect(entryOf(fair, classes)).toMatchObject({
    start: '2027-03-10',
    end: '2027-03-12',
    durationEditable: false,
  })
})

test('where something is dropped is a local time, on a day without hours the day', () => {
  const dropped = new Date('2027-03-11T13:15:00.000Z')
  expect(moveTo(dropped, false, zone)).toEqual({ wallTime: '2027-03-11T14:15' })
  expect(moveTo(dropped, true, zone)).toEqual({ wallTime: '2027-03-11' })
  const end = new Date('2027-03-11T14:00:00.000Z')
  expect(stretchTo(dropped, end, zone)).toEqual({
    wallTime: '2027-03-11T14:15',
    durationMinutes: 45,
  })
})
