import { describe, expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

const calendar = (...body: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...body, 'END:VCALENDAR', ''].join(
    '\r\n',
  )
const todo = (uid: string, ...lines: string[]) =>
  ['BEGIN:VTODO', `UID:${uid}`, ...lines, 'END:VTODO'].join('\r\n')
const alarm = (trigger: string) =>
  ['BEGIN:VALARM', 'ACTION:DISPLAY', trigger, 'END:VALARM'].join('\r\n')
const morning = { start: '2026-11-20T09:30:00.000Z' }
type Client = Awaited<ReturnType<typeof openTestCore>>['client']
const reminded = async (client: Client) =>
  (await client.reminders.list({ status: ['pending'] })).items.map(
    ({ task, activity, remindAt }) => [task?.name ?? activity?.name, remindAt],
  )

describe('A to-do of a calendar file becomes a task', () => {
  test('with its due date, priority, state, repeats and reminders, as the preview says', async () => {
    const { client } = await openTestCore(morning)
    const text = calendar(
      todo(
        'offer',
        'SUMMARY:Send the offer',
        'DESCRIPTION:With the new prices',
        'DUE;TZID=Europe/Prague:20261127T150000',
        'PRIORITY:1',
        'PERCENT-COMPLETE:40',
        'RRULE:FREQ=WEEKLY;BYDAY=FR',
        alarm('TRIGGER:-PT30M'),
        alarm('TRIGGER;RELATED=START:-P1D'),
      ),
      todo(
        'day',
        'SUMMARY:Tidy up',
        'DUE;VALUE=DATE:20261130',
        'PRIORITY:9',
        alarm('TRIGGER:PT9H'),
      ),
      todo('undated', 'SUMMARY:Some day', 'PRIORITY:4'),
      todo('done', 'SUMMARY:Over', 'DUE:20261101T100000Z', 'COMPLETED:20261102T110000Z'),
    )
    const preview = await client.calendar.import({ text, dryRun: true })
    expect(preview.entries.map(({ kind, outcome, alarms }) => [kind, outcome, alarms])).toEqual([
      ['task', 'new', [30, 1440]],
      ['task', 'new', [0]],
      ['task', 'new', []],
      ['task', 'new', []],
    ])
    expect((await client.tasks.list({})).items).toEqual([])

    await client.calendar.import({ text })
    const { items } = await client.tasks.list({ sort: 'title' })
    expect(items).toMatchObject([
      { title: 'Over', status: 'completed', completedAt: '2026-11-02T11:00:00.000Z' },
      {
        title: 'Send the offer',
        description: 'With the new prices',
        dueAt: '2026-11-27T14:00:00.000Z',
        wallTime: '2026-11-27T15:00',
        zone: 'Europe/Prague',
        priority: 'urgent',
        status: 'in_progress',
        recurrence: 'FREQ=WEEKLY;BYDAY=FR',
      },
      { title: 'Some day', dueAt: null, priority: 'high', status: 'pending' },
      { title: 'Tidy up', wallTime: '2026-11-30', priority: 'low' },
    ])
    expect(await reminded(client)).toEqual([
      ['Send the offer', '2026-11-26T14:00:00.000Z'],
      ['Send the offer', '2026-11-27T13:30:00.000Z'],
      ['Tidy up', '2026-11-30T09:00:00.000Z'],
    ])
    expect((await client.calendar.import({ text, dryRun: true })).counts).toMatchObject({
      unchanged: 4,
      new: 0,
    })
    await client.changes.undo({})
    expect((await client.tasks.list({})).items).toEqual([])
    expect(await reminded(client)).toEqual([])
  })

  test('that a newer version of the file changes, unless it was done or deleted here', async () => {
    const { client } = await openTestCore(morning)
    const version = (sequence: number, ...lines: string[]) =>
      calendar(
        ...['a', 'b', 'c'].map((uid) =>
          todo(uid, `SEQUENCE:${sequence}`, `SUMMARY:${uid} ${sequence}`, ...lines),
        ),
      )
    await client.calendar.import({
      text: version(0, 'DUE:20261127T140000Z', alarm('TRIGGER:-PT30M')),
    })
    const [, b, c] = (await client.tasks.list({ sort: 'title' })).items
    await client.tasks.complete({ id: b?.id ?? '' })
    await client.tasks.remove({ id: c?.id ?? '' })
    const { counts } = await client.calendar.import({
      text: version(1, 'DUE:20261128T140000Z', alarm('TRIGGER:-PT1H')),
    })
    expect(counts).toMatchObject({ updated: 2, skipped: 1 })
    expect((await client.tasks.list({ sort: 'title' })).items).toMatchObject([
      { title: 'a 1', dueAt: '2026-11-28T14:00:00.000Z', status: 'pending' },
      { title: 'b 1', status: 'completed' },
    ])
    expect(await reminded(client)).toEqual([['a 1', '2026-11-28T13:00:00.000Z']])
    await client.calendar.import({ text: version(2, 'STATUS:CANCELLED') })
    expect((await client.tasks.list({})).items).toEqual([])
  })

  test('once, where it repeats in a way that tasks do not', async () => {
    const { client } = await openTestCore(morning)
    const { entries } = await client.calendar.import({
      text: calendar(todo('a', 'SUMMARY:Often', 'DUE:20261127T140000Z', 'RRULE:FREQ=HOURLY')),
    })
    expect(entries[0]?.reason).toContain('repeats in a way')
    expect((await client.tasks.list({})).items).toMatchObject([{ recurrence: null }])
  })
})

test('Alarms of an event become reminders of its activity, and follow the file until it is over', async () => {
  const { client } = await openTestCore(morning)
  const text = (sequence: number, ...lines: string[]) =>
    calendar(
      [
        'BEGIN:VEVENT',
        'UID:e',
        `SEQUENCE:${sequence}`,
        'SUMMARY:Visit',
        ...lines,
        'END:VEVENT',
      ].join('\r\n'),
    )
  const start = 'DTSTART:20261127T140000Z'
  await client.calendar.import({ text: text(0, start, alarm('TRIGGER:-PT15M')) })
  expect(await reminded(client)).toEqual([['Visit', '2026-11-27T13:45:00.000Z']])
  await client.calendar.import({
    text: text(1, start, alarm('TRIGGER;VALUE=DATE-TIME:20261127T120000Z')),
  })
  expect(await reminded(client)).toEqual([['Visit', '2026-11-27T12:00:00.000Z']])
  const [visit] = (await client.activities.list({})).items
  await client.activities.complete({ id: visit?.id ?? '' })
  await client.calendar.import({ text: text(2, start, alarm('TRIGGER:-PT1H')) })
  expect(await reminded(client)).toEqual([])
})

test('A repeating to-do that was done here comes again without its date, and no more repeats from it', async () => {
  const { client } = await openTestCore(morning)
  const version = (sequence: number, ...lines: string[]) =>
    calendar(todo('offer', 'SUMMARY:Send the offer', `SEQUENCE:${sequence}`, ...lines))
  await client.calendar.import({
    text: version(0, 'DUE:20261127T150000Z', 'RRULE:FREQ=WEEKLY;BYDAY=FR'),
  })
  const [task] = (await client.tasks.list({})).items
  await client.tasks.complete({ id: task?.id ?? '' })
  const text = version(9)
  expect((await client.calendar.import({ text, dryRun: true })).counts.updated).toBe(1)
  expect((await client.calendar.import({ text })).counts.updated).toBe(1)
  expect(await client.tasks.get({ id: task?.id ?? '' })).toMatchObject({
    status: 'completed',
    dueAt: null,
    recurrence: null,
  })
})
