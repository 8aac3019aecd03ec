import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'
import { callThenEmail, prepareOutreach } from './testing-outreach'

test('a plan that is paused until a date is a next step then, and one paused for good is none', async () => {
  const core = await openTestCore()
  const { client } = core
  const { cadence, lead } = await prepareOutreach(core, callThenEmail)
  const { id } = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
  const until = '2027-03-01T09:00:00.000Z'
  await client.plans.pause({ id, until })
  const withoutStep = { all: [{ field: 'nextStepAt', operator: 'is_empty' as const }] }
  expect(await client.leads.get({ id: lead.id })).toMatchObject({
    nextStepAt: until,
    signal: 'planned',
  })
  expect((await client.leads.list({ filter: withoutStep })).total).toBe(0)
  expect(await client.suggestions.list({})).toEqual([])
  expect(await client.suggestions.scopes({})).toMatchObject([{ withoutStep: 0 }, {}])
  await client.plans.resume({ id })
  await client.plans.pause({ id })
  expect(await client.leads.get({ id: lead.id })).toMatchObject({
    nextStepAt: null,
    signal: 'none',
  })
})

test('a plan completes or skips the step that is named, and no other one', async () => {
  const core = await openTestCore()
  const { client } = core
  const { cadence, lead } = await prepareOutreach(core, callThenEmail)
  const { id, step } = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
  const stepId = step!.stepId
  const after = await client.plans.completeStep({ id, stepId, outcome: 'voicemail_left' })
  expect(after.step).toMatchObject({ position: 1 })
  const file = new Database(join(core.directory, 'rapport.db'), { readonly: true })
  const changes = () => file.prepare('select count(*) from change').pluck().get()
  const before = changes()
  for (const again of [
    () => client.plans.completeStep({ id, stepId, outcome: 'voicemail_left' }),
    () => client.plans.skip({ id, stepId }),
  ])
    await expect(again()).rejects.toMatchObject({
      status: 409,
      data: { stepId: after.step!.stepId },
    })
  expect(changes()).toBe(before)
  file.close()
  await client.plans.skip({ id, stepId: after.step!.stepId })
  expect(await client.plans.get({ id })).toMatchObject({ state: 'completed' })
})

test('a plan is worked from the queue of due steps', async () => {
  const core = await openTestCore()
  const { client } = core
  const { cadence, lead } = await prepareOutreach(core, callThenEmail)
  const plan = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
  const queue = await client.plans.due({})
  expect(queue).toMatchObject({
    total: 1,
    items: [{ plan: { id: plan.id }, subject: 'First call', email: 'ada@acme.example' }],
  })
  await client.plans.completeStep({
    id: plan.id,
    outcome: 'voicemail_left',
    description: 'Left a message.',
  })
  expect((await client.plans.due({})).total).toBe(0)
  const [logged] = (await client.activities.timelines.lead({ id: lead.id, category: ['manual'] }))
    .items
  expect(logged).toMatchObject({
    type: 'call',
    outcome: 'voicemail_left',
    description: 'Left a message.',
  })
  core.clock.advance(7 * 86_400_000)
  expect(await client.plans.due({})).toMatchObject({
    items: [{ overdue: true, lastActivity: { type: 'call', outcome: 'voicemail_left' } }],
  })
})

test('a plan shows its due step once in Today, and continues when it is completed or moved there', async () => {
  const core = await openTestCore()
  const { client } = core
  const { cadence, lead } = await prepareOutreach(core, callThenEmail)
  const plan = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
  const { today } = await client.agenda.today({})
  expect(today).toMatchObject([
    { title: 'Call · Outreach, step 1 of 2', about: { kind: 'plan', id: plan.id } },
  ])
  const target = { kind: 'reminder' as const, id: today[0]?.id ?? '' }
  await client.agenda.act({
    targets: [target],
    action: { type: 'reschedule', wallTime: '2026-11-20T14:00' },
  })
  expect(await client.plans.get({ id: plan.id })).toMatchObject({
    nextStepDueAt: '2026-11-20T14:00:00.000Z',
    step: { dueAt: '2026-11-20T14:00:00.000Z' },
  })
  const moved = (await client.agenda.today({})).today
  await client.agenda.act({
    targets: [{ kind: 'reminder', id: moved[0]?.id ?? '' }],
    action: { type: 'complete' },
  })
  expect(await client.plans.get({ id: plan.id })).toMatchObject({ step: { position: 1 } })
  expect(await client.agenda.today({})).toMatchObject({
    today: [],
    upcoming: [{ title: 'E-mail · Outreach, step 2 of 2' }],
  })
  expect(await client.activities.timelines.lead({ id: lead.id, type: ['call'] })).toMatchObject({
    total: 1,
  })
})

test('a plan ends with its lead, goes to a new owner with it, and comes back with an undo', async () => {
  const core = await openTestCore()
  const { client } = core
  const { cadence, lead } = await prepareOutreach(core, callThenEmail)
  const rep = await core.addUser('Rita', 'rep')
  const plan = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
  core.clock.advance(60_000)
  await client.leads.update({ id: lead.id, ownerId: rep.id })
  expect(await rep.client.plans.due({})).toMatchObject({ total: 1 })
  expect(await client.plans.due({})).toMatchObject({ total: 0 })
  core.clock.advance(60_000)
  await client.leads.moveStage({ id: lead.id, stageId: (await core.stage('Won')).id })
  expect(await client.plans.get({ id: plan.id })).toMatchObject({
    state: 'completed',
    ending: 'lead_won',
    steps: [{ state: 'cancelled' }],
  })
  expect((await rep.client.agenda.today({})).today).toEqual([])
  core.clock.advance(60_000)
  await client.changes.undo({})
  expect(await client.plans.get({ id: plan.id })).toMatchObject({
    state: 'in_progress',
    user: { id: rep.id },
  })
  expect((await rep.client.agenda.today({})).today).toHaveLength(1)
})

test('a plan ends with its deleted lead, and continues where it was when the lead is restored', async () => {
  const core = await openTestCore()
  const { client } = core
  const { cadence, lead } = await prepareOutreach(core, callThenEmail)
  const { id } = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
  const before = await client.plans.get({ id })
  const [reminder] = (await client.reminders.list({ status: ['pending'] })).items
  core.clock.advance(60_000)
  await client.leads.remove({ id: lead.id })
  expect(await client.plans.get({ id })).toMatchObject({
    state: 'aborted',
    ending: 'lead_deleted',
    step: null,
    steps: [{ state: 'cancelled' }],
  })
  expect((await client.reminders.list({ status: ['pending'] })).items).toEqual([])
  core.clock.advance(60_000)
  await client.leads.restore({ id: lead.id })
  const { updatedAt: _, ...restored } = await client.plans.get({ id })
  expect(before).toMatchObject(restored)
  expect((await client.reminders.list({ status: ['pending'] })).items).toMatchObject([
    { id: reminder?.id, remindAt: reminder?.remindAt },
  ])
  await client.plans.completeStep({ id })
  expect(await client.plans.get({ id })).toMatchObject({ step: { position: 1 } })
})

test('a paused plan of a deleted contact is paused again when the contact is restored', async () => {
  const core = await openTestCore()
  const { client } = core
  const { cadence, contact } = await prepareOutreach(core, callThenEmail)
  const { id } = await client.plans.create({ cadenceId: cadence.id, contactId: contact.id })
  await client.plans.pause({ id, until: '2027-03-01T09:00:00.000Z' })
  const { updatedAt: _, ...before } = await client.plans.get({ id })
  await client.contacts.remove({ id: contact.id })
  expect(await client.plans.get({ id })).toMatchObject({ ending: 'contact_deleted' })
  await client.contacts.restore({ id: contact.id })
  expect(await client.plans.get({ id })).toMatchObject(before)
})

test('a cadence names who is refused and why, and starts on the dates of the preview', async () => {
  const core = await openTestCore({ start: '2026-12-23T10:00:00.000Z' })
  const { client } = core
  const { cadence, lead, company, contact } = await prepareOutreach(core, callThenEmail, {
    exclusive: true,
  })
  await client.workingHours.set({
    hours: [1, 2, 3, 4, 5, 6, 7].map((day) => (day < 6 ? [{ from: '09:00', to: '17:00' }] : [])),
    country: 'CZ',
    region: null,
  })
  const won = await client.leads.create({
    title: 'Won',
    stageId: (await core.stage('Won')).id,
  })
  const busy = await client.leads.create({ title: 'Busy' })
  await client.plans.create({ leadId: busy.id, name: 'Own', steps: [{ type: 'call' }] })
  const empty = await client.companies.create({ name: 'Empty' })
  const target = {
    leadIds: [won.id, busy.id],
    companyIds: [company.id, empty.id],
    contactIds: [contact.id],
  }
  const preview = await client.cadences.simulate({ id: cadence.id, target })
  expect(
    preview.plans.map(({ lead: to, refused }) => [to?.name ?? null, refused?.reason ?? null]),
  ).toEqual([
    ['Won', 'LEAD_CLOSED'],
    ['Busy', 'IN_ANOTHER_PLAN'],
    ['Acme renewal', null],
    [null, 'NO_OPEN_LEAD'],
    [null, null],
  ])
  const [, second] = preview.plans[2]?.steps ?? []
  expect(second).toMatchObject({ date: '2026-12-29', weekday: 2, time: '09:00' })
  expect(second?.moved.map(({ name }) => name)).toEqual(['Štědrý den', '1. svátek vánoční'])
  core.clock.advance(3_600_000)
  const made = await client.plans.createMany({
    cadenceId: cadence.id,
    target,
    startAt: preview.startAt,
  })
  expect(made).toMatchObject({ changed: 2, skipped: 3 })
  const [plan] = (await client.plans.list({ leadId: lead.id })).items
  expect(plan?.nextStepDueAt).toBe(preview.plans[2]?.steps[0]?.at)
  expect((await client.plans.get({ id: plan?.id ?? '' })).steps.map(({ dueAt }) => dueAt)).toEqual(
    preview.plans[2]?.steps.map(({ at }) => at),
  )
  await expect(
    client.plans.create({ cadenceId: cadence.id, leadId: lead.id }),
  ).rejects.toMatchObject({ status: 409, data: { reason: 'ALREADY_IN_CADENCE' } })
})
