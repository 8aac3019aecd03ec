import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'
import { callThenEmail, prepareOutreach } from './testing-outreach'

test('a plan continues when the activity of its step is logged, and counts the next delay from then', async () => {
  // A Friday.
  const core = await openTestCore({ start: '2026-11-20T09:30:00.000Z' })
  const { client } = core
  const { cadence, lead, contact } = await prepareOutreach(core, callThenEmail)
  const plan = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
  expect(plan).toMatchObject({
    name: 'Outreach',
    state: 'in_progress',
    nextStepDueAt: '2026-11-20T09:30:00.000Z',
    contact: { id: contact.id },
    steps: [
      { position: 0, state: 'open', type: 'call' },
      // Two working days after Friday, at the beginning of the day.
      { position: 1, state: 'upcoming', dueAt: '2026-11-24T09:00:00.000Z' },
    ],
  })
  core.clock.set('2026-11-23T15:00:00.000Z')
  await client.activities.create({ type: 'call', leadId: lead.id, outcome: 'voicemail_left' })
  expect(await client.plans.get({ id: plan.id })).toMatchObject({
    state: 'in_progress',
    nextStepDueAt: '2026-11-25T09:00:00.000Z',
    steps: [
      { state: 'done', outcome: 'voicemail_left', doneAt: '2026-11-23T15:00:00.000Z' },
      { state: 'open', type: 'email' },
    ],
  })
  core.clock.set('2026-11-25T10:00:00.000Z')
  await client.activities.create({ type: 'email', leadId: lead.id })
  expect(await client.plans.get({ id: plan.id })).toMatchObject({
    state: 'completed',
    ending: 'finished',
    nextStepDueAt: null,
    step: null,
  })
})

test('a plan continues when the planned activity of its step is completed, on whichever screen', async () => {
  const core = await openTestCore({ start: '2026-11-20T09:30:00.000Z' })
  const { client } = core
  const { cadence, lead } = await prepareOutreach(core, [
    { type: 'call', subject: 'First call' },
    { type: 'call', delay: 1, subject: 'Second call' },
    { type: 'email', delay: 2, subject: 'As promised' },
  ])
  const plan = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
  const states = async () =>
    (await client.plans.get({ id: plan.id })).steps.map(({ state }) => state)
  const planned = async () =>
    client.activities.create({
      type: 'call',
      leadId: lead.id,
      scheduledAt: new Date(core.clock.now()).toISOString(),
    })
  const first = await planned()
  expect(await states()).toEqual(['open', 'upcoming', 'upcoming'])
  const { changed } = await client.agenda.act({
    targets: [{ kind: 'activity', id: first.id }],
    action: { type: 'complete' },
  })
  expect(changed).toBe(1)
  expect(await states()).toEqual(['done', 'open', 'upcoming'])
  core.clock.advance(3 * 86_400_000)
  await client.activities.complete({ id: (await planned()).id })
  expect(await states()).toEqual(['done', 'done', 'open'])
})

test('a plan is moved on once by an activity that is logged and completed later', async () => {
  const core = await openTestCore({ start: '2026-11-20T09:30:00.000Z' })
  const { client } = core
  const { cadence, lead } = await prepareOutreach(core, [
    { type: 'call', subject: 'First call' },
    { type: 'call', subject: 'Second call' },
  ])
  const plan = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
  const call = await client.activities.create({ type: 'call', leadId: lead.id })
  await client.activities.complete({ id: call.id })
  const { steps } = await client.plans.get({ id: plan.id })
  expect(steps.map(({ state }) => state)).toEqual(['done', 'open'])
})

test('a plan is not moved on by another type, another lead, another person or an older activity', async () => {
  const core = await openTestCore()
  const { client } = core
  const { cadence, lead, company } = await prepareOutreach(core, callThenEmail)
  const plan = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
  const other = await client.leads.create({ title: 'Other', companyId: company.id })
  const person = await client.contacts.create({ firstName: 'Bob', companyId: company.id })
  core.clock.advance(60_000)
  await client.activities.create({ type: 'email', leadId: lead.id })
  await client.activities.create({ type: 'call', leadId: other.id })
  await client.activities.create({ type: 'call', leadId: lead.id, contactId: person.id })
  await client.activities.create({
    type: 'call',
    leadId: lead.id,
    occurredAt: '2026-11-19T09:00:00Z',
  })
  await client.activities.create({
    type: 'call',
    leadId: lead.id,
    scheduledAt: '2026-11-27T09:00:00Z',
  })
  expect((await client.plans.get({ id: plan.id })).step).toMatchObject({ position: 0 })
})

test('a plan is undone together with the activity that moved it on', async () => {
  const core = await openTestCore()
  const { client } = core
  const { cadence, lead } = await prepareOutreach(core, callThenEmail)
  const plan = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
  const before = await client.plans.get({ id: plan.id })
  core.clock.advance(60_000)
  await client.activities.create({ type: 'call', leadId: lead.id })
  expect((await client.plans.get({ id: plan.id })).step).toMatchObject({ position: 1 })
  await client.changes.undo({})
  expect(await client.plans.get({ id: plan.id })).toEqual(before)
  await client.changes.undo({})
  expect((await client.plans.list({})).total).toBe(0)
})
