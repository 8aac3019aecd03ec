/** What is done somewhere else needs no reading in the centre. */
import { expect, test } from 'vitest'
import { openTestCore, type TestCore } from '../../testing/testing'

const due = '2026-11-20T10:00:00Z'
const later = '2026-11-20T16:00:00Z'

/** Titles of what is unread, in order of the alphabet. */
const unread = async ({ client }: Pick<TestCore, 'client'>) =>
  (await client.notifications.list({ unread: true })).items.map(({ title }) => title).sort()

async function letComeDue({ core, clock }: TestCore) {
  clock.set(due)
  await core.tick()
}

test.each<[string, (core: TestCore) => Promise<unknown>]>([
  [
    'a task completed on Today',
    async ({ client }) => {
      const { id } = await client.tasks.create({ title: 'It', dueAt: due })
      return () => client.tasks.complete({ id })
    },
  ],
  [
    'a task cancelled in its list',
    async ({ client }) => {
      const { id } = await client.tasks.create({ title: 'It', dueAt: due })
      return () => client.tasks.update({ id, status: 'cancelled' })
    },
  ],
  [
    'a task given to somebody else',
    async ({ client, addUser }) => {
      const rep = await addUser('Rep', 'rep')
      const { id } = await client.tasks.create({ title: 'It', dueAt: due })
      return () => client.tasks.update({ id, assigneeId: rep.id })
    },
  ],
  [
    'a reminder done on its lead',
    async ({ client }) => {
      const lead = await client.leads.create({ title: 'Acme' })
      const { id } = await client.reminders.create({ notes: 'It', leadId: lead.id, remindAt: due })
      return () => client.reminders.complete({ id })
    },
  ],
  [
    'a reminder that was put off',
    async ({ client }) => {
      const { id } = await client.reminders.create({ notes: 'It', remindAt: due })
      return () => client.reminders.snooze({ id, until: later })
    },
  ],
  [
    'a reminder whose lead went to the trash',
    async ({ client }) => {
      const lead = await client.leads.create({ title: 'Acme' })
      await client.reminders.create({ notes: 'It', leadId: lead.id, remindAt: due })
      return () => client.leads.remove({ id: lead.id })
    },
  ],
  [
    'an activity that was moved',
    async ({ client }) => {
      const { id } = await client.activities.create({
        type: 'call',
        subject: 'It',
        scheduledAt: due,
      })
      return () => client.activities.update({ id, scheduledAt: later })
    },
  ],
  [
    'a cadence step that was logged',
    async ({ client }) => {
      const lead = await client.leads.create({ title: 'It' })
      const { id } = await client.plans.create({
        leadId: lead.id,
        name: 'Own',
        steps: [{ type: 'call' }],
      })
      expect((await client.plans.get({ id })).state).toBe('in_progress')
      return () =>
        client.activities.create({ type: 'call', leadId: lead.id, outcome: 'interested' })
    },
  ],
])('%s counts as read, and not when that is undone', async (_, prepare) => {
  const opened = await openTestCore()
  await opened.core.tick()
  const act = (await prepare(opened)) as () => Promise<unknown>
  await letComeDue(opened)
  const before = await unread(opened)
  expect(before).toHaveLength(1)
  await act()
  expect(await unread(opened)).toEqual([])
  await opened.client.changes.undo({})
  expect(await unread(opened)).toEqual(before)
  await opened.core.tick()
  expect(await unread(opened)).toEqual(before)
})

test('what was read before stays read through both', async () => {
  const opened = await openTestCore()
  const { client } = opened
  const { id } = await client.tasks.create({ title: 'Send the offer', dueAt: due })
  await opened.core.tick()
  await letComeDue(opened)
  await client.notifications.readAll({})
  await client.tasks.complete({ id })
  await client.changes.undo({})
  expect(await unread(opened)).toEqual([])
})

test('only the notice of the thing itself, and of the instant it was about', async () => {
  const opened = await openTestCore()
  const { client, core, clock } = opened
  await core.tick()
  const { id } = await client.tasks.create({ title: 'Send the offer', dueAt: due })
  await client.tasks.create({ title: 'Ring Ann', dueAt: due })
  await letComeDue(opened)
  await client.tasks.update({ id, dueAt: later })
  expect(await unread(opened)).toEqual(['Ring Ann'])
  clock.set(later)
  await core.tick()
  expect(await unread(opened)).toEqual([
    'Ring Ann',
    'Send the offer',
    expect.stringContaining('Still'),
  ])
  // Done and taken back: of the two instants it was due at only the last is open again.
  await client.tasks.complete({ id })
  await client.changes.undo({})
  expect((await unread(opened)).filter((title) => title === 'Send the offer')).toHaveLength(1)
})
