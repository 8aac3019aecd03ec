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

  test('shows its due step once in Today, and goes on when it is completed or moved there', async () => {
    const core = await openTestCore()
    const { client } = core
    const { cadence, lead } = await prepare(core, callThenMail)
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

  test('ends with its lead, goes along to a new owner, and comes back with an undo', async () => {
    const core = await openTestCore()
    const { client } = core
    const { cadence, lead } = await prepare(core, callThenMail)
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

  test('names who is refused and why, and begins on the dates of the preview', async () => {
    const core = await openTestCore({ start: '2026-12-23T10:00:00.000Z' })
    const { client } = core
    const { cadence, lead, company, contact } = await prepare(core, callThenMail, {
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
    expect(
      (await client.plans.get({ id: plan?.id ?? '' })).steps.map(({ dueAt }) => dueAt),
    ).toEqual(preview.plans[2]?.steps.map(({ at }) => at))
    await expect(
      client.plans.create({ cadenceId: cadence.id, leadId: lead.id }),
    ).rejects.toMatchObject({ status: 409, data: { reason: 'ALREADY_IN_CADENCE' } })
  })

  test('is counted: replies, wins, steps in time, per variant and person', async () => {
    const core = await openTestCore()
    const { client } = core
    const { cadence, company } = await prepare(core, callThenMail)
    const leads = await Promise.all(
      [1, 2, 3, 4].map((number) =>
        client.leads.create({ title: `Lead ${number}`, companyId: company.id }),
      ),
    )
    await client.plans.createMany({
      cadenceId: cadence.id,
      target: { leadIds: leads.map(({ id }) => id) },
    })
    core.clock.advance(3_600_000)
    for (const { id } of leads.slice(0, 3))
      await client.activities.create({ type: 'call', leadId: id })
    core.clock.advance(3_600_000)
    await client.activities.create({
      category: 'automated',
      type: 'email_received',
      leadId: leads[0]?.id ?? '',
    })
    await client.leads.moveStage({
      id: leads[1]?.id ?? '',
      stageId: (await core.stage('Won')).id,
    })
    const analytics = await client.cadences.analytics({ id: cadence.id })
    expect(analytics).toMatchObject({
      enrolled: 4,
      active: 2,
      finished: 2,
      replies: { count: 1, of: 4, rate: 0.25 },
      conversions: { count: 1, of: 4 },
      adherence: { onTime: { count: 3, of: 3 }, late: 0 },
      hoursToReply: 2,
      steps: [
        { position: 0, reached: 4, done: 3, replies: { count: 1, of: 3 } },
        { position: 1, reached: 3, done: 0, dropped: 2 },
      ],
      people: [{ enrolled: 4, done: 3 }],
    })
    // Wilson's interval of 1 in 4.
    expect(analytics.replies.low).toBeCloseTo(0.0456, 3)
    expect(analytics.replies.high).toBeCloseTo(0.6994, 3)
    const compared = await client.cadences.compare({})
    expect(compared.find(({ cadence: { id } }) => id === cadence.id)).toMatchObject({
      enrolled: 4,
    })
  })
})
