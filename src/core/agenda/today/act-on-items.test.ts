import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

test('An action on items is named by what it changed, and skips what is done already', async () => {
  const { client } = await openTestCore()
  const labelOfLast = async () => (await client.changes.batches({ limit: 1 }))[0]?.label
  const [done, task, other] = [
    await client.tasks.create({ title: 'Send the offer' }),
    await client.tasks.create({ title: 'Call Ann' }),
    await client.tasks.create({ title: 'Call Ben', dueAt: '2026-12-01T09:00:00Z' }),
  ]
  const reminder = await client.reminders.create({
    notes: 'Stretch',
    remindAt: '2026-12-01T10:00:00Z',
  })
  await client.tasks.complete({ id: done.id })

  const targets = [task, done].map(({ id }) => ({ kind: 'task' as const, id }))
  expect(await client.agenda.act({ targets, action: { type: 'complete' } })).toMatchObject({
    changed: 1,
    skipped: 1,
  })
  expect(await labelOfLast()).toBe('Complete task “Call Ann”')

  await client.agenda.act({
    targets: [
      { kind: 'task', id: other.id },
      { kind: 'reminder', id: reminder.id },
    ],
    action: { type: 'snooze', until: '2026-12-03T08:00:00Z' },
  })
  expect(await labelOfLast()).toBe('Snooze 2 items')
  expect((await client.reminders.get({ id: reminder.id })).dueAt).toBe('2026-12-03T08:00:00.000Z')

  await client.tasks.bulk({ ids: [done.id, other.id], action: { type: 'cancel' } })
  expect(await labelOfLast()).toBe('Cancel 1 task')
})
