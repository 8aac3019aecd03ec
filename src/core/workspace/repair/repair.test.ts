import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { addTextFunctions } from '../../kernel/database/sql-functions'
import { openTestCore, type TestCore } from '../../testing/testing'

async function prepared() {
  const crm = await openTestCore()
  const { client, owner } = crm
  const contact = await client.contacts.create({ lastName: 'Vale' })
  const lead = await client.leads.create({ title: 'Roll-out', contactId: contact.id })
  const task = await client.tasks.create({
    title: 'Call',
    wallTime: '2026-11-27T15:00',
    recurrence: 'FREQ=WEEKLY',
    leadId: lead.id,
  })
  const reminder = await client.reminders.create({ notes: 'Ring', wallTime: '2026-11-28T15:00' })
  await client.workingHours.set({
    userId: owner.userId,
    hours: [[{ from: '09:00', to: '17:00' }], [], [], [], [], [], []],
    country: null,
    region: null,
  })
  await crm.close()
  return { crm, ids: { contact: contact.id, lead: lead.id, task: task.id, reminder: reminder.id } }
}

/** What no door takes, written around them all. */
function spoil(crm: TestCore, sql: string) {
  const connection = new Sqlite(`${crm.directory}/rapport.db`)
  addTextFunctions(connection)
  connection.exec(sql)
  connection.close()
}

const reopened = (crm: TestCore) => openTestCore({ directory: crm.directory, prepare: false })

test('a database full of values that are none opens, is mended, and says so in the log', async () => {
  const { crm, ids } = await prepared()
  spoil(
    crm,
    `update user set timezone = '', role = 'emperor' where is_local = 0;
     update user set timezone = '  ';
     update setting set value = '"Mars/Olympus"' where id = 'timezone';
     insert into setting (id, value, created_at, updated_at) values ('outbox', '{broken', 1, 1);
     update contact set timezone = 'Nowhere', tags = 'oops', custom = '[]';
     update lead set tags = '{"a":1}', priority = 'whenever', created_at = 9e18, closed_at = -9e18;
     update task set zone = 'x', wall_time = 'tomorrow', recurrence = 'FREQ=NEVER', status = 'soon';
     update reminder set zone = '', wall_time = '2026-99-99T15:00', snoozed_until = 9e18;
     update working_hours set hours = '[[],[],[],[],[],[],[]]';
     update cadence_version set steps = 'none';
     update activity set metadata = 'no' where category = 'system';`,
  )
  const begun = performance.now()
  const again = await reopened(crm)
  await again.core.tick()
  expect(performance.now() - begun).toBeLessThan(30_000)
  const { client } = again
  expect((await client.users.me()).timezone).toBeNull()
  expect((await client.settings.workspace()).timezone).toBe('UTC')
  expect(await client.contacts.get({ id: ids.contact })).toMatchObject({
    timezone: null,
    tags: [],
    custom: {},
  })
  expect(await client.leads.get({ id: ids.lead })).toMatchObject({
    tags: [],
    priority: 'medium',
    closedAt: null,
  })
  expect(await client.tasks.get({ id: ids.task })).toMatchObject({
    zone: 'UTC',
    wallTime: '2026-11-27T15:00',
    recurrence: null,
    status: 'pending',
  })
  expect(await client.reminders.get({ id: ids.reminder })).toMatchObject({
    zone: 'UTC',
    wallTime: '2026-11-28T15:00',
    snoozedUntil: null,
  })
  await client.activities.list({ leadId: ids.lead })
  await client.cadences.list({})
  await client.outbox.status()
  const { items } = await client.changes.list({ rowId: ids.contact })
  expect(items[0]?.label).toMatch(/^Repair \d+ values that could not be read$/)
  const mended = items.filter(({ label }) => label.startsWith('Repair'))
  expect(mended.flatMap(({ fields }) => fields.map(({ field }) => field)).sort()).toEqual([
    'custom',
    'tags',
    'timezone',
  ])
})

test('a sound database is opened without a repair', async () => {
  const { crm, ids } = await prepared()
  spoil(crm, `update contact set first_name = 'Riley'`)
  const again = await reopened(crm)
  const { items } = await again.client.changes.list({ rowId: ids.contact })
  expect(items.map(({ label }) => label)).not.toContainEqual(expect.stringMatching(/Repair/))
})
