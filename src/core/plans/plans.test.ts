import { describe, expect, test } from 'vitest'
import type { CadenceStepInput } from '../../contract/cadences'
import { openTestCore, type TestCore } from '../testing'

type StepDraft = Partial<CadenceStepInput> & { type: string }

/** An active cadence with these steps, and an open lead with a contact. */
async function prepare(core: TestCore, steps: StepDraft[], settings = {}) {
  const { client } = core
  const cadence = await client.cadences.create({
    name: 'Outreach',
    state: 'active',
    steps,
    settings,
  })
  const company = await client.companies.create({ name: 'Acme' })
  const contact = await client.contacts.create({
    firstName: 'Ada',
    lastName: 'Byron',
    email: 'ada@acme.example',
    companyId: company.id,
  })
  const lead = await client.leads.create({
    title: 'Acme renewal',
    companyId: company.id,
    contactId: contact.id,
  })
  return { cadence, company, contact, lead }
}

const callThenMail: StepDraft[] = [
  { type: 'call', subject: 'First call' },
  { type: 'email', delay: 2, delayUnit: 'business_days', subject: 'As promised' },
]

describe('a plan', () => {
  test('goes on when the activity of its step is logged, and counts the next delay from then', async () => {
    // A Friday.
    const core = await openTestCore({ start: '2026-11-20T09:30:00.000Z' })
    const { client } = core
    const { cadence, lead, contact } = await prepare(core, callThenMail)
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
    await client.activities.create({ type: 'call', leadId: lead.id, outcome: 'interested' })
    expect(await client.plans.get({ id: plan.id })).toMatchObject({
      state: 'in_progress',
      nextStepDueAt: '2026-11-25T09:00:00.000Z',
      steps: [
        { state: 'done', outcome: 'interested', doneAt: '2026-11-23T15:00:00.000Z' },
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

  test('is not moved on by another type, another lead, another person or an older activity', async () => {
    const core = await openTestCore()
    const { client } = core
    const { cadence, lead, company } = await prepare(core, callThenMail)
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

  test('is undone together with the activity that moved it on', async () => {
    const core = await openTestCore()
    const { client } = core
    const { cadence, lead } = await prepare(core, callThenMail)
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

  test('is worked from the queue of due steps', async () => {
    const core = await openTestCore()
    const { client } = core
    const { cadence, lead } = await prepare(core, callThenMail)
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
})
