import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

test('A task goes to the trash with its reminders, which are not listed beside it, and comes back with them', async () => {
  const { client } = await openTestCore()
  const task = await client.tasks.create({
    title: 'Call Acme',
    dueAt: '2026-12-01T09:00:00Z',
    reminderMinutes: [60],
  })
  await client.tasks.remove({ id: task.id })
  const { items } = await client.trash.list({})
  expect(items).toMatchObject([{ kind: 'task', id: task.id, name: 'Call Acme' }])
  expect((await client.reminders.list({ taskId: task.id })).total).toBe(0)
  await client.trash.restore({ items: [{ kind: 'task', id: task.id }] })
  expect((await client.reminders.list({ taskId: task.id })).total).toBe(1)
})

test('A reminder is in the trash by itself, and waits there while what it is for is in it', async () => {
  const { client } = await openTestCore()
  const lead = await client.leads.create({ title: 'Renewal' })
  const reminder = await client.reminders.create({
    notes: 'Look',
    leadId: lead.id,
    remindAt: '2026-12-01T09:00:00Z',
  })
  await client.reminders.remove({ id: reminder.id })
  expect((await client.trash.list({ kind: 'reminder' })).items).toMatchObject([{ name: 'Look' }])
  await client.leads.remove({ id: lead.id })
  await expect(client.reminders.restore({ id: reminder.id })).rejects.toThrow(
    'Its lead is in the trash',
  )
  await client.trash.restore({ items: [{ kind: 'lead', id: lead.id }] })
  expect(await client.reminders.restore({ id: reminder.id })).toMatchObject({ deletedAt: null })
})

test('Purging a task or lead takes its reminders along; a task that rested with its lead can still be restored', async () => {
  const { client } = await openTestCore()
  const lead = await client.leads.create({ title: 'Renewal' })
  const task = await client.tasks.create({
    title: 'Call',
    leadId: lead.id,
    dueAt: '2026-12-01T09:00:00Z',
  })
  const gone = await client.tasks.create({
    title: 'Write',
    dueAt: '2026-12-01T09:00:00Z',
    reminderMinutes: [60],
  })
  const reminder = await client.reminders.create({
    leadId: lead.id,
    remindAt: '2026-12-01T09:00:00Z',
  })
  await client.leads.remove({ id: lead.id })
  await client.tasks.remove({ id: gone.id })
  await client.trash.purge({
    items: [
      { kind: 'lead', id: lead.id },
      { kind: 'task', id: gone.id },
    ],
  })
  await expect(client.reminders.get({ id: reminder.id })).rejects.toThrow('does not exist')
  expect((await client.reminders.list({ taskId: gone.id })).total).toBe(0)
  expect((await client.trash.list({})).items).toMatchObject([{ kind: 'task', id: task.id }])
  expect(await client.tasks.restore({ id: task.id })).toMatchObject({ lead: null, deletedAt: null })
})
