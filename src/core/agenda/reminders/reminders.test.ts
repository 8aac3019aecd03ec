import { describe, expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

// The clock says Friday, 20 November 2026, 09:30 UTC.

describe('A reminder', () => {
  test('is set, comes up, is put off and done', async () => {
    const { client } = await openTestCore()
    const made = await client.reminders.create({
      notes: 'Ask for the budget\nand the date',
      wallTime: '2026-11-20T15:00',
      zone: 'Europe/Prague',
    })
    expect(made).toMatchObject({
      remindAt: '2026-11-20T14:00:00.000Z',
      dueAt: '2026-11-20T14:00:00.000Z',
      wallTime: '2026-11-20T15:00',
      zone: 'Europe/Prague',
      status: 'pending',
    })
    const later = await client.reminders.snooze({ id: made.id, until: '2026-11-21T08:00:00Z' })
    expect(later).toMatchObject({ status: 'snoozed', dueAt: '2026-11-21T08:00:00.000Z' })
    const done = await client.reminders.complete({ id: made.id })
    expect(done).toMatchObject({ status: 'completed', dueAt: null, snoozedUntil: null })
    await expect(
      client.reminders.snooze({ id: made.id, until: '2026-11-22T08:00:00Z' }),
    ).rejects.toThrow('done already')
    await client.changes.undo({})
    expect(await client.reminders.get({ id: made.id })).toMatchObject({ status: 'snoozed' })
    const batches = await client.changes.batches({})
    expect(batches[0]?.label).toBe('Undo: Complete reminder “Ask for the budget”')
  })

  test('moves with its meeting, ends and returns with it', async () => {
    const { client } = await openTestCore()
    const meeting = await client.activities.create({
      type: 'meeting',
      subject: 'Kick-off',
      scheduledAt: '2026-11-25T10:00:00Z',
      reminderMinutes: [1440, 60],
    })
    const times = async () =>
      (await client.reminders.list({ activityId: meeting.id })).items.map(
        ({ remindAt, status }) => [remindAt.slice(0, 16), status],
      )
    expect(await times()).toEqual([
      ['2026-11-24T10:00', 'pending'],
      ['2026-11-25T09:00', 'pending'],
    ])
    await client.activities.update({ id: meeting.id, scheduledAt: '2026-11-26T12:00:00Z' })
    expect(await times()).toEqual([
      ['2026-11-25T12:00', 'pending'],
      ['2026-11-26T11:00', 'pending'],
    ])
    await client.changes.undo({})
    expect((await times())[0]).toEqual(['2026-11-24T10:00', 'pending'])
    await client.activities.complete({ id: meeting.id })
    expect((await times()).map(([, status]) => status)).toEqual(['completed', 'completed'])
    await client.activities.reopen({ id: meeting.id })
    expect((await times()).map(([, status]) => status)).toEqual(['pending', 'pending'])
    await client.activities.remove({ id: meeting.id })
    expect(await times()).toEqual([])
    await client.activities.restore({ id: meeting.id })
    expect((await times()).length).toBe(2)
  })
})

describe('A task', () => {
  test('that recurs makes exactly its next occurrence, with its reminders', async () => {
    const { client } = await openTestCore()
    const task = await client.tasks.create({
      title: 'Weekly report',
      wallTime: '2026-11-23T09:00',
      recurrence: 'FREQ=WEEKLY;BYDAY=MO',
      reminderMinutes: [60],
    })
    await client.tasks.complete({ id: task.id })
    const { items } = await client.tasks.list({ status: ['pending'] })
    expect(items).toMatchObject([
      { wallTime: '2026-11-30T09:00', title: 'Weekly report', reminders: 1 },
    ])
    await client.changes.undo({})
    const open = await client.tasks.list({ status: ['pending'] })
    expect(open.items.map(({ id }) => id)).toEqual([task.id])
    await client.tasks.complete({ id: task.id })
    await client.tasks.reopen({ id: task.id })
    await client.tasks.complete({ id: task.id })
    expect((await client.tasks.list({ status: ['pending'] })).total).toBe(1)
  })

  test('of a lead is its next step', async () => {
    const { client } = await openTestCore()
    const lead = await client.leads.create({ title: 'Renewal' })
    const next = async () => (await client.leads.get({ id: lead.id })).nextStepAt
    const task = await client.tasks.create({
      title: 'Call',
      leadId: lead.id,
      dueAt: '2026-11-22T09:00:00Z',
    })
    expect(await next()).toBe('2026-11-22T09:00:00.000Z')
    const reminder = await client.reminders.create({
      leadId: lead.id,
      remindAt: '2026-11-21T09:00:00Z',
    })
    expect(await next()).toBe('2026-11-21T09:00:00.000Z')
    await client.reminders.dismiss({ id: reminder.id })
    expect(await next()).toBe('2026-11-22T09:00:00.000Z')
    await client.tasks.remove({ id: task.id })
    expect(await next()).toBeNull()
  })
})

describe('The agenda', () => {
  test('holds what waits, by day', async () => {
    const { client } = await openTestCore()
    await client.tasks.create({ title: 'Old', dueAt: '2026-11-19T09:00:00Z' })
    await client.tasks.create({ title: 'Today some time', wallTime: '2026-11-20' })
    await client.reminders.create({ notes: 'Look', remindAt: '2026-11-20T12:00:00Z' })
    await client.activities.create({ type: 'call', scheduledAt: '2026-11-22T12:00:00Z' })
    const today = await client.agenda.today({})
    expect(today.counts).toEqual({ overdue: 1, today: 2, upcoming: 1, doneToday: 0 })
    expect(today.today.map(({ title }) => title)).toEqual(['Look', 'Today some time'])
    expect(today.upcoming.map(({ title }) => title)).toEqual(['Call'])
    const result = await client.agenda.act({
      targets: [...today.overdue, ...today.today].map(({ kind, id }) => ({ kind, id })),
      action: { type: 'complete' },
    })
    expect(result).toMatchObject({ changed: 3, skipped: 0 })
    expect((await client.agenda.today({})).counts).toEqual({
      overdue: 0,
      today: 0,
      upcoming: 1,
      doneToday: 3,
    })
    await client.changes.undo({})
    expect(await client.agenda.counts({})).toMatchObject({ overdue: 1, today: 2 })
  })

  test('makes a task of a line', async () => {
    const { client } = await openTestCore()
    const company = await client.companies.create({ name: 'Acme' })
    const entry = await client.agenda.parse({ text: 'call Acme tomorrow 3pm !high' })
    expect(entry).toMatchObject({
      kind: 'task',
      title: 'Call Acme',
      type: 'call',
      priority: 'high',
      wallTime: '2026-11-21T15:00',
      company: { id: company.id },
    })
    const item = await client.agenda.quickAdd({ text: 'call Acme tomorrow 3pm !high' })
    expect(item).toMatchObject({ kind: 'task', at: '2026-11-21T15:00:00.000Z' })
  })
})
