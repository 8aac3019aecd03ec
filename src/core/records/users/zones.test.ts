import { expect, test } from 'vitest'
import { openTestCore, type TestCore } from '../../testing/testing'

/** Every door that takes a time zone. */
const doors: Record<string, (crm: TestCore, zone: string) => Promise<unknown>> = {
  'one’s own settings': ({ client }, timezone) => client.users.updateMe({ timezone }),
  'a new user': ({ client }, timezone) => client.users.create({ name: 'Riley', timezone }),
  'a user': ({ client, owner }, timezone) => client.users.update({ id: owner.userId, timezone }),
  'many users': ({ client, owner }, timezone) =>
    client.users.bulk({
      target: { ids: [owner.userId] },
      action: { type: 'update', patch: { timezone } },
    }),
  'the workspace': ({ client }, timezone) => client.settings.updateWorkspace({ timezone }),
  'a new contact': ({ client }, timezone) => client.contacts.create({ lastName: 'Vale', timezone }),
  'a reminder': ({ client }, zone) =>
    client.reminders.create({ notes: 'Call', wallTime: '2026-11-27T15:00', zone }),
  'a task': ({ client }, zone) =>
    client.tasks.create({ title: 'Call', wallTime: '2026-11-27T15:00', zone }),
  'a planned meeting': ({ client }, zone) =>
    client.activities.create({
      type: 'meeting',
      subject: 'Kick-off',
      scheduledAt: '2026-11-27T15:00:00Z',
      zone,
    }),
}

test.each(Object.keys(doors))('%s takes no blank or unknown time zone', async (door) => {
  const crm = await openTestCore()
  for (const zone of ['', '  ', '\u200b', 'Mars/Olympus', 'local', '+02:00', 'Europe/Prague\0'])
    await expect(doors[door]?.(crm, zone), JSON.stringify(zone)).rejects.toMatchObject({
      status: 400,
    })
  await doors[door]?.(crm, 'europe/prague')
  await crm.core.tick()
})

test('a time zone that another program wrote does not keep the core from its work', async () => {
  const crm = await openTestCore()
  crm.core.localActor('test')
  await crm.close()
  const { default: Sqlite } = await import('better-sqlite3')
  const file = new Sqlite(`${crm.directory}/rapport.db`)
  file.exec(
    `update user set timezone = ''; update setting set value = '"Mars/Olympus"' where id = 'timezone'`,
  )
  file.close()
  const again = await openTestCore({ directory: crm.directory, prepare: false })
  await again.core.tick()
  expect(await again.client.jobs.list()).not.toHaveLength(0)
  const { wallTime, zone } = await again.client.reminders.create({
    notes: 'Call',
    wallTime: '2026-11-27T15:00',
  })
  expect({ wallTime, zone }).toEqual({ wallTime: '2026-11-27T15:00', zone: 'UTC' })
})
