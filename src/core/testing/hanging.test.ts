/** What hangs on a record stays with it: in the trash, back from it, and with its next owner. */
import { expect, test } from 'vitest'
import { csv, importFile } from '../transfer/testing'
import { openTestCore } from './testing'

const tomorrow = '2026-11-21T09:00:00Z'

/** A lead of a rep with everything that can be open on it, and what Today, the calendar and search say. */
async function openBusyLead() {
  const core = await openTestCore()
  const { client } = core
  const [rita, rob] = [await core.addUser('Rita', 'rep'), await core.addUser('Rob', 'rep')]
  const contact = await client.contacts.create({ lastName: 'Lind', email: 'lind@a.example' })
  const lead = await client.leads.create({
    title: 'Roll-out',
    ownerId: rita.id,
    contactId: contact.id,
  })
  const about = { leadId: lead.id }
  const task = await client.tasks.create({
    ...about,
    title: 'Prepare figures',
    assigneeId: rita.id,
    dueAt: tomorrow,
    reminderMinutes: [60],
  })
  const robs = await client.tasks.create({ ...about, title: 'Check terms', assigneeId: rob.id })
  const done = await client.tasks.create({
    ...about,
    title: 'Read brief',
    assigneeId: rita.id,
    status: 'completed',
  })
  const reminder = await client.reminders.create({
    ...about,
    notes: 'Look again',
    userId: rita.id,
    remindAt: tomorrow,
  })
  const meeting = await client.activities.create({
    ...about,
    type: 'meeting',
    userId: rita.id,
    scheduledAt: tomorrow,
  })
  const call = await client.activities.create({ ...about, type: 'call', userId: rita.id })
  const quote = await client.quotes.create({ ...about, title: 'Offer' })
  const open = async (as = client) => ({
    tasks: (await as.tasks.list({ ...about, status: ['pending'] })).items.map(({ title }) => title),
    reminders: (await as.reminders.list(about)).total,
    planned: (await as.activities.list(about)).items.filter(({ type }) => type === 'meeting')
      .length,
    quotes: (await as.quotes.list(about)).total,
    found: (await as.search({ q: 'figures' })).hits.length,
  })
  return {
    ...core,
    ...{ rita, rob, contact, lead, task, robs, done, reminder, meeting, call, quote, open },
  }
}

const everything = { reminders: 2, planned: 1, quotes: 1, found: 1 }
const nothing = { tasks: [], reminders: 0, planned: 0, quotes: 0, found: 0 }

test('What is open on a lead rests in the trash with it, and comes back by restore and by undo', async () => {
  const { client, rita, lead, done, call, open } = await openBusyLead()
  expect(await open()).toMatchObject(everything)
  const today = async () => (await rita.client.agenda.today({ days: 7 })).upcoming.length
  const before = await today()
  expect(before).toBeGreaterThan(0)
  await client.leads.remove({ id: lead.id })
  expect(await open()).toMatchObject(nothing)
  expect(await today()).toBe(0)
  // What was done is history.
  expect((await client.tasks.get({ id: done.id })).deletedAt).toBeNull()
  expect((await client.activities.get({ id: call.id })).deletedAt).toBeNull()
  expect((await client.trash.list({})).items.map(({ kind }) => kind)).toEqual(['lead'])
  await client.leads.restore({ id: lead.id })
  expect(await open()).toMatchObject(everything)
  expect(await today()).toBe(before)
  await client.leads.bulk({ target: { ids: [lead.id] }, action: { type: 'delete' } })
  expect(await open()).toMatchObject(nothing)
  expect((await client.changes.undo({})).refused).toEqual([])
  expect(await open()).toMatchObject(everything)
})

test('What was deleted by hand before stays in the trash, and nothing leaves it before its record', async () => {
  const { client, lead, task, robs, quote } = await openBusyLead()
  await client.tasks.remove({ id: task.id })
  await client.leads.remove({ id: lead.id })
  await expect(client.tasks.restore({ id: robs.id })).rejects.toThrow('Its lead is in the trash')
  await expect(client.quotes.restore({ id: quote.id })).rejects.toThrow('Its lead is in the trash')
  const tried = await client.trash.restore({ items: [{ kind: 'task', id: task.id }] })
  expect(tried).toMatchObject({ changed: 0, skipped: 1 })
  await client.leads.restore({ id: lead.id })
  expect((await client.tasks.get({ id: task.id })).deletedAt).not.toBeNull()
  expect((await client.tasks.get({ id: robs.id })).deletedAt).toBeNull()
  expect((await client.tasks.restore({ id: task.id })).deletedAt).toBeNull()
})

test('A deleted contact takes what hangs on it along, and not the work on the lead that also names it', async () => {
  const { client, contact, open } = await openBusyLead()
  const own = await client.tasks.create({ title: 'Send card', contactId: contact.id })
  const before = await open()
  await client.contacts.remove({ id: contact.id })
  expect((await client.tasks.get({ id: own.id })).deletedAt).not.toBeNull()
  expect(await open()).toEqual(before)
  await client.contacts.restore({ id: contact.id })
  expect((await client.tasks.get({ id: own.id })).deletedAt).toBeNull()
})

test('A lead handed over takes the open work of its old owner along, and one undo takes all of it back', async () => {
  const { client, rita, rob, lead, robs, done, task, reminder, meeting, open } =
    await openBusyLead()
  const mia = await client.users.create({ name: 'Mia', role: 'rep' })
  const people = async () => [
    (await client.tasks.get({ id: task.id })).assignee?.name,
    (await client.reminders.get({ id: reminder.id })).user?.name,
    (await client.activities.get({ id: meeting.id })).user?.name,
    ...(await client.reminders.list({ taskId: task.id })).items.map(({ user }) => user?.name),
  ]
  const target = { ids: [lead.id] }
  expect(await client.agenda.openWork({ kind: 'lead', target, ownerId: mia.id })).toEqual({
    tasks: 1,
    reminders: 1,
    meetings: 1,
    activities: 0,
  })
  await client.leads.update({ id: lead.id, ownerId: mia.id })
  expect(await people()).toEqual(['Mia', 'Mia', 'Mia', 'Mia'])
  expect((await client.tasks.get({ id: robs.id })).assignee?.id).toBe(rob.id)
  expect((await client.tasks.get({ id: done.id })).assignee?.id).toBe(rita.id)
  expect((await open(rita.client)).tasks).toEqual([])
  expect((await client.changes.undo({})).refused).toEqual([])
  expect(await people()).toEqual(['Rita', 'Rita', 'Rita', 'Rita'])
  await client.leads.bulk({
    target: { ids: [lead.id] },
    action: { type: 'update', patch: { ownerId: mia.id } },
  })
  expect(await people()).toEqual(['Mia', 'Mia', 'Mia', 'Mia'])
  await client.changes.undo({})
  await client.leads.update({ id: lead.id, ownerId: mia.id, moveOpenWork: false })
  expect(await people()).toEqual(['Rita', 'Rita', 'Rita', 'Rita'])
})

test('A plan rests with its lead or contact and continues where it was', async () => {
  const { client } = await openTestCore()
  const { id: cadenceId } = await client.cadences.create({
    name: 'Outreach',
    state: 'active',
    steps: [{ type: 'call' }, { type: 'call', delay: 2, delayUnit: 'days' }],
  })
  const lead = await client.leads.create({ title: 'Roll-out' })
  const contact = await client.contacts.create({ lastName: 'Lind' })
  await client.plans.create({ cadenceId, leadId: lead.id })
  await client.plans.create({ cadenceId, contactId: contact.id })
  const plans = async () =>
    (await client.plans.list({})).items
      .map(({ updatedAt: _, ...plan }) => plan)
      .sort((one, other) => one.id.localeCompare(other.id))
  const reminders = async () =>
    (await client.reminders.list({ status: ['pending'] })).items.map(({ id }) => id).sort()
  const before = [await plans(), await reminders()]
  expect(before[1]).toHaveLength(2)
  await client.leads.remove({ id: lead.id })
  await client.contacts.remove({ id: contact.id })
  expect((await plans()).map(({ ending }) => ending).sort()).toEqual([
    'contact_deleted',
    'lead_deleted',
  ])
  expect(await reminders()).toEqual([])
  await client.leads.restore({ id: lead.id })
  await client.contacts.restore({ id: contact.id })
  expect([await plans(), await reminders()]).toEqual(before)
})

test('Somebody who leaves hands over everything open, and gets nothing new', async () => {
  const { client, rita, rob, lead, task, reminder, meeting } = await openBusyLead()
  const own = await client.tasks.create({ title: 'Renew badge', assigneeId: rita.id })
  expect(await client.users.openWork({ id: rita.id })).toEqual({
    leads: 1,
    tasks: 2,
    reminders: 2,
    activities: 1,
    plans: 0,
  })
  await client.users.update({ id: rita.id, active: false, handTo: rob.id })
  const owners = async () => [
    (await client.leads.get({ id: lead.id })).owner?.name,
    (await client.tasks.get({ id: task.id })).assignee?.name,
    (await client.tasks.get({ id: own.id })).assignee?.name,
    (await client.reminders.get({ id: reminder.id })).user?.name,
    (await client.activities.get({ id: meeting.id })).user?.name,
  ]
  expect(new Set(await owners())).toEqual(new Set(['Rob']))
  const target = { ids: [lead.id] }
  for (const give of [
    () => client.leads.update({ id: lead.id, ownerId: rita.id }),
    () => client.leads.create({ title: 'New', ownerId: rita.id }),
    () => client.leads.bulk({ target, action: { type: 'update', patch: { ownerId: rita.id } } }),
    () => client.contacts.create({ lastName: 'New', ownerId: rita.id }),
    () => client.companies.create({ name: 'New', ownerId: rita.id }),
    () => client.customers.create({ name: 'New', ownerId: rita.id }),
    () => client.tasks.update({ id: own.id, assigneeId: rita.id }),
    () => client.tasks.create({ title: 'New', assigneeId: rita.id }),
    () => client.reminders.create({ userId: rita.id, remindAt: tomorrow }),
    () => client.activities.create({ type: 'call', userId: rita.id, scheduledAt: tomorrow }),
  ])
    await expect(give()).rejects.toThrow('must be somebody who is active')
  await client.changes.undo({})
  expect(new Set(await owners())).toEqual(new Set(['Rita']))
  await client.users.remove({ id: rita.id, handTo: rob.id })
  expect(new Set(await owners())).toEqual(new Set(['Rob']))
})

test('What is made from a lead of somebody who left is for whoever makes it', async () => {
  const { client, owner, addUser, stage } = await openTestCore()
  const rita = await addUser('Rita', 'rep')
  const leads: string[] = []
  for (const title of ['Suggested', 'Converted', 'Quoted'])
    leads.push((await client.leads.create({ title, ownerId: rita.id })).id)
  const [suggested = '', converted = '', quoted = ''] = leads
  await client.users.update({ id: rita.id, active: false })
  const [suggestion] = await client.suggestions.list({ leadId: suggested })
  const { taskId } = await client.suggestions.accept({ id: suggestion?.id ?? '' })
  expect((await client.tasks.get({ id: taskId })).assignee?.id).toBe(owner.userId)
  expect((await client.leads.convert({ id: converted })).owner?.id).toBe(owner.userId)
  const quote = await client.quotes.create({
    leadId: quoted,
    title: 'Offer',
    lines: [{ description: 'Pump', quantity: 1, unitPrice: '100', discount: 0 }],
  })
  await client.quotes.send({ id: quote.id })
  await client.quotes.accept({ id: quote.id, winLead: true })
  const won = await client.leads.get({ id: quoted })
  expect(won.stage.id).toBe((await stage('Won')).id)
  expect((await client.customers.get({ id: won.customer?.id ?? '' })).owner?.id).toBe(owner.userId)
})

test('The next of a series reminds nobody who has left', async () => {
  const { client, addUser } = await openTestCore()
  const rita = await addUser('Rita', 'rep')
  const task = await client.tasks.create({
    title: 'Report',
    assigneeId: rita.id,
    wallTime: '2026-11-23T10:00',
    recurrence: 'FREQ=WEEKLY',
    reminderMinutes: [30],
  })
  await client.users.update({ id: rita.id, active: false })
  await client.tasks.complete({ id: task.id })
  const [next] = (await client.tasks.list({ status: ['pending'] })).items
  expect(next).toMatchObject({ title: 'Report', assignee: null })
  const { items } = await client.reminders.list({ taskId: next?.id })
  expect(items.map(({ user }) => user)).toEqual([null])
})

test('An import gives open leads and planned activities to nobody who was deactivated', async () => {
  const { client, addUser } = await openTestCore()
  const rita = await addUser('Rita', 'rep')
  await client.users.update({ id: rita.id, active: false })
  const leads = await importFile(
    client,
    'leads',
    csv('title,owner,stage\nOpen,Rita,New\nClosed,Rita,Won'),
  )
  expect(leads).toMatchObject({ created: 1, rejected: 1 })
  expect(leads.problems[0]?.message).toContain('was deactivated')
  const activities = await importFile(
    client,
    'activities',
    csv('type,person,due date,occurred at\ncall,Rita,2026-12-01,\ncall,Rita,,2026-11-01'),
  )
  expect(activities).toMatchObject({ created: 1, rejected: 1 })
})

test('What was done on a lead in the trash is not opened again', async () => {
  const { client, rita, lead, done } = await openBusyLead()
  const meeting = await client.activities.create({
    leadId: lead.id,
    type: 'meeting',
    userId: rita.id,
    scheduledAt: tomorrow,
  })
  await client.activities.complete({ id: meeting.id })
  const held = await client.activities.create({
    leadId: lead.id,
    type: 'meeting',
    scheduledAt: tomorrow,
    occurredAt: '2026-11-20T09:00:00Z',
  })
  await client.leads.remove({ id: lead.id })
  const refused = { status: 409, message: 'Its lead is in the trash. Restore that first.' }
  for (const open of [
    () => client.activities.reopen({ id: meeting.id }),
    () => client.activities.update({ id: held.id, occurredAt: null }),
    () => client.tasks.reopen({ id: done.id }),
    () => client.tasks.update({ id: done.id, status: 'pending' as const }),
    () => client.tasks.update({ id: done.id, status: 'in_progress' as const }),
  ])
    await expect(open()).rejects.toMatchObject(refused)
  const patch = { status: 'pending' as const }
  expect(
    await client.tasks.bulk({ ids: [done.id], action: { type: 'update', patch } }),
  ).toMatchObject({ changed: 0, skipped: 1 })
  expect(await client.tasks.get({ id: done.id })).toMatchObject({ status: 'completed' })

  await client.leads.restore({ id: lead.id })
  await client.tasks.update({ id: done.id, status: 'pending' })
  await client.activities.reopen({ id: meeting.id })
})

test('What undo or redo opens again on a lead in the trash waits there, and comes back with it', async () => {
  const { client } = await openTestCore()
  const lead = await client.leads.create({ title: 'Roll-out' })
  const task = await client.tasks.create({ title: 'Read', leadId: lead.id, dueAt: tomorrow })
  await client.tasks.complete({ id: task.id })
  const [completed] = await client.changes.batches({})
  const reminder = await client.reminders.create({ leadId: lead.id, remindAt: tomorrow })
  await client.changes.undo({})
  await client.leads.remove({ id: lead.id })

  await client.changes.redo({})
  await client.changes.undo({ batchId: completed?.id ?? '' })
  expect((await client.reminders.list({ leadId: lead.id })).total).toBe(0)
  expect((await client.tasks.list({ leadId: lead.id })).items).toEqual([])
  expect((await client.trash.list({})).items.map(({ kind }) => kind)).toEqual(['lead'])

  await client.leads.restore({ id: lead.id })
  expect(await client.reminders.get({ id: reminder.id })).toMatchObject({ status: 'pending' })
  expect(await client.tasks.get({ id: task.id })).toMatchObject({ status: 'pending' })
})
