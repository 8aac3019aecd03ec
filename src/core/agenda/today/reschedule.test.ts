import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

test('a time read off a clock in Berlin moves what was meant in New York to that instant, and it stays meant there', async () => {
  const { client } = await openTestCore()
  const zone = 'America/New_York'
  const reminder = await client.reminders.create({
    notes: 'Ring Ann',
    wallTime: '2027-03-09T10:00',
    zone,
  })
  const task = await client.tasks.create({ title: 'Quote', wallTime: '2027-03-09T10:00', zone })
  const meeting = await client.activities.create({
    type: 'meeting',
    subject: 'Kickoff',
    scheduledAt: '2027-03-09T15:00:00Z',
    durationMinutes: 60,
  })
  const targets = [
    { kind: 'reminder' as const, id: reminder.id },
    { kind: 'task' as const, id: task.id },
    { kind: 'activity' as const, id: meeting.id },
  ]
  await client.agenda.act({
    targets,
    action: {
      type: 'reschedule',
      wallTime: '2027-03-11T17:00',
      zone: 'Europe/Berlin',
      durationMinutes: 90,
    },
  })
  expect(await client.reminders.get({ id: reminder.id })).toMatchObject({
    remindAt: '2027-03-11T16:00:00.000Z',
    wallTime: '2027-03-11T11:00',
    zone,
  })
  expect(await client.tasks.get({ id: task.id })).toMatchObject({
    dueAt: '2027-03-11T16:00:00.000Z',
    wallTime: '2027-03-11T11:00',
    zone,
  })
  expect(await client.activities.get({ id: meeting.id })).toMatchObject({
    scheduledAt: '2027-03-11T16:00:00.000Z',
    durationMinutes: 90,
  })
})

test('a zone that does not exist is refused by its name', async () => {
  const { client } = await openTestCore()
  const { id } = await client.tasks.create({ title: 'Quote', wallTime: '2027-03-09T10:00' })
  const action = { type: 'reschedule' as const, wallTime: '2027-03-11T17:00', zone: 'Mars/Olympus' }
  await expect(
    client.agenda.act({ targets: [{ kind: 'task', id }], action }),
  ).rejects.toMatchObject({
    status: 400,
    data: { issues: [{ path: ['action', 'zone'] }] },
  })
})
