import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CadenceStepInput } from '../../../contract/outreach/cadences'
import { openTestCore, type TestCore } from '../../testing/testing'

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
  test('that is paused until a date is a next step then, and one paused for good is none', async () => {
    const core = await openTestCore()
    const { client } = core
    const { cadence, lead } = await prepare(core, callThenMail)
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

  test('goes on when the planned activity of its step is completed, through whichever door', async () => {
    const core = await openTestCore({ start: '2026-11-20T09:30:00.000Z' })
    const { client } = core
    const { cadence, lead } = await prepare(core, [
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

  test('is moved on once by an activity that is logged and completed later', async () => {
    const core = await openTestCore({ start: '2026-11-20T09:30:00.000Z' })
    const { client } = core
    const { cadence, lead } = await prepare(core, [
      { type: 'call', subject: 'First call' },
      { type: 'call', subject: 'Second call' },
    ])
    const plan = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
    const call = await client.activities.create({ type: 'call', leadId: lead.id })
    await client.activities.complete({ id: call.id })
    const { steps } = await client.plans.get({ id: plan.id })
    expect(steps.map(({ state }) => state)).toEqual(['done', 'open'])
  })

  test('completes or skips the step that is named, and no other one', async () => {
    const core = await openTestCore()
    const { client } = core
    const { cadence, lead } = await prepare(core, callThenMail)
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

  test.each(['interested', 'callback_requested', 'not_interested', 'converted'])(
    'stops at the outcome %s, as they have answered, and comes back when that is undone',
    async (outcome) => {
      const core = await openTestCore()
      const { client } = core
      const { cadence, lead } = await prepare(core, callThenMail)
      const plan = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
      const before = await client.plans.get({ id: plan.id })
      core.clock.advance(60_000)
      const asked = { type: 'call', outcome, about: [{ leadId: lead.id }] }
      expect(await client.plans.stopping(asked)).toEqual({ count: 1, names: ['Outreach'] })
      await client.activities.create({ type: 'call', leadId: lead.id, outcome })
      expect(await client.plans.get({ id: plan.id })).toMatchObject({
        state: 'completed',
        ending: 'replied',
        repliedAt: '2026-11-20T09:31:00.000Z',
        step: null,
        steps: [{ state: 'done', outcome }],
      })
      expect((await client.reminders.list({ status: 'pending' })).items).toEqual([])
      expect(await client.plans.stopping(asked)).toEqual({ count: 0, names: [] })
      const [figures] = await client.cadences.compare({ cadenceId: cadence.id })
      expect(figures).toMatchObject({ stopped: 1, finished: 0, replies: { count: 1, of: 1 } })
      await client.changes.undo({})
      expect(await client.plans.get({ id: plan.id })).toEqual(before)
    },
  )

  test('goes on after an answering outcome where it is told to, or its cadence or a branch says so', async () => {
    const core = await openTestCore()
    const { client } = core
    const { cadence, lead } = await prepare(core, callThenMail)
    const other = await client.cadences.create({
      name: 'Nurturing',
      state: 'active',
      settings: { stopOnOutcomes: ['not_interested'] },
      steps: [{ type: 'meeting' }, { type: 'call' }],
    })
    const branched = await client.cadences.create({
      name: 'Branched',
      state: 'active',
      steps: [
        {
          type: 'demo',
          branches: [{ when: 'outcome', outcomes: ['interested'], go: 'skip_next' }],
        },
        { type: 'call' },
        { type: 'email' },
      ],
    })
    const [first, second, third] = await Promise.all(
      [cadence, other, branched].map(({ id }) =>
        client.plans.create({ cadenceId: id, leadId: lead.id }),
      ),
    )
    const states = async () =>
      (await client.plans.list({ leadId: lead.id })).items
        .map(({ name, state, ending, step }) => [name, state, ending ?? step?.type])
        .sort()
    core.clock.advance(60_000)
    const told = { type: 'demo', leadId: lead.id, outcome: 'interested' }
    const about = [{ leadId: lead.id }]
    expect(await client.plans.stopping({ type: 'demo', outcome: 'interested', about })).toEqual({
      count: 1,
      names: ['Outreach'],
    })
    await client.activities.create({ ...told, plan: 'continue' })
    expect(await states()).toEqual([
      ['Branched', 'in_progress', 'email'],
      ['Nurturing', 'in_progress', 'meeting'],
      ['Outreach', 'in_progress', 'call'],
    ])
    expect(await client.plans.get({ id: first?.id ?? '' })).toMatchObject({
      repliedAt: '2026-11-20T09:31:00.000Z',
    })
    // An answer to one is one to all that do not say otherwise; a call that nobody took is none.
    core.clock.advance(60_000)
    await client.plans.completeStep({ id: second?.id ?? '', outcome: 'no_answer' })
    expect((await states())[1]).toEqual(['Nurturing', 'in_progress', 'call'])
    await client.plans.completeStep({ id: second?.id ?? '', outcome: 'callback_requested' })
    expect(await states()).toEqual([
      ['Branched', 'completed', 'replied'],
      ['Nurturing', 'completed', 'finished'],
      ['Outreach', 'completed', 'replied'],
    ])
    expect(third?.id).toBeDefined()
  })

  test('stops by hand with whatever outcome, when the outcome is told later, and for many at once', async () => {
    const core = await openTestCore()
    const { client } = core
    const { cadence, lead, company } = await prepare(core, callThenMail)
    const leads = [lead]
    for (const title of ['Second', 'Third'])
      leads.push(await client.leads.create({ title, companyId: company.id }))
    const plans: string[] = []
    for (const { id } of leads)
      plans.push((await client.plans.create({ cadenceId: cadence.id, leadId: id })).id)
    const ending = async (index: number) =>
      (await client.plans.get({ id: plans[index] ?? '' })).ending
    core.clock.advance(60_000)
    const call = { type: 'call', leadId: lead.id }
    await client.activities.create({ ...call, outcome: 'no_answer', plan: 'stop' })
    expect(await ending(0)).toBe('by_hand')
    const logged = await client.activities.create({ type: 'call', leadId: leads[1]?.id })
    expect(await ending(1)).toBeNull()
    await client.activities.update({ id: logged.id, outcome: 'not_interested' })
    expect(await ending(1)).toBe('replied')
    await client.activities.createMany({
      activities: leads.map(({ id }) => ({ type: 'email', leadId: id, outcome: 'converted' })),
    })
    expect(await ending(2)).toBe('replied')
    // What was before a plan began is no answer to it.
    const late = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
    await client.activities.create({
      ...call,
      outcome: 'interested',
      occurredAt: '2026-11-19T09:00:00Z',
    })
    expect(await client.plans.get({ id: late.id })).toMatchObject({ state: 'in_progress' })
    await expect(
      client.cadences.update({ id: cadence.id, settings: { stopOnOutcomes: ['nonsense'] } }),
    ).rejects.toMatchObject({ status: 400 })
  })

  test('of a cadence stored before outcomes ended plans follows what it does at a reply', async () => {
    const core = await openTestCore()
    const { cadence } = await prepare(core, callThenMail)
    const other = await core.client.cadences.create({ name: 'Other' })
    await core.close()
    const file = new Database(join(core.directory, 'rapport.db'))
    const store = file.prepare('update cadence set settings = ? where id = ?')
    store.run(JSON.stringify({ stopOnReply: false }), cadence.id)
    store.run(JSON.stringify({ stopOnReply: true }), other.id)
    file.close()
    const { client } = await openTestCore({ directory: core.directory, prepare: false })
    const outcomesOf = async (id: string) =>
      (await client.cadences.get({ id })).settings.stopOnOutcomes
    expect(await outcomesOf(cadence.id)).toEqual([])
    expect(await outcomesOf(other.id)).toHaveLength(4)
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
      finished: 0,
      stopped: 2,
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
  test('agrees with a plain count of its plans, whatever became of them', async () => {
    const core = await openTestCore()
    const { client, clock } = core
    const { cadence, company } = await prepare(core, callThenMail)
    const ids: string[] = []
    for (let number = 0; number < 14; number++) {
      const { id } = await client.leads.create({ title: `${number}`, companyId: company.id })
      await client.plans.create({ cadenceId: cadence.id, leadId: id })
      ids.push(id)
    }
    const acts = fc.sample(fc.record({ lead: fc.nat(13), act: fc.nat(6), hours: fc.nat(30) }), {
      numRuns: 40,
      seed: 2,
    })
    const [won, lost] = [await core.stage('Won'), await core.stage('Lost')]
    for (const { lead, act, hours } of acts) {
      clock.advance(hours * 3_600_000)
      const leadId = ids[lead] ?? ''
      if (act <= 2) await client.activities.create({ type: 'call', leadId })
      if (act === 3)
        await client.activities.create({ category: 'automated', type: 'email_received', leadId })
      if (act === 4 && lead % 3 === 0)
        await client.leads.moveStage({ id: leadId, stageId: (lead % 2 ? won : lost).id })
      const [plan] = (await client.plans.list({ leadId })).items
      if (act === 5 && plan?.state === 'in_progress') await client.plans.skip({ id: plan.id })
      if (act === 6 && plan?.state === 'in_progress') await client.plans.pause({ id: plan.id })
    }
    clock.advance(3 * 24 * 3_600_000)
    const { default: Database } = await import('better-sqlite3')
    const { join } = await import('node:path')
    const stored = new Database(join(core.directory, 'rapport.db'), { readonly: true })
    const late = stored.prepare('select id, plan_id, state, done_at, late_after from plan_step')
    type Step = { plan_id: string; state: string; done_at: number; late_after: number }
    const steps = late.all() as Step[]
    stored.close()
    const plans = (await client.plans.list({ limit: 100 })).items
    const running = new Set(
      plans.filter(({ state }) => state === 'in_progress').map(({ id }) => id),
    )
    const done = steps.filter(({ state }) => state === 'done')
    const onTime = done.filter((step) => step.done_at <= step.late_after)
    const overdue = steps.filter(
      (step) =>
        ['open', 'queued'].includes(step.state) &&
        running.has(step.plan_id) &&
        step.late_after < clock.now(),
    )
    const finished = plans.filter(({ ending }) => ending === 'finished').length
    const ended = plans.filter(({ endedAt }) => endedAt !== null).length
    expect(overdue.length).toBeGreaterThan(0)
    expect(plans.some(({ ending }) => ending === 'replied')).toBe(true)
    expect(await client.cadences.analytics({ id: cadence.id })).toMatchObject({
      enrolled: 14,
      active: 14 - ended,
      finished,
      stopped: ended - finished,
      adherence: {
        onTime: { count: onTime.length, of: done.length + overdue.length },
        late: done.length + overdue.length - onTime.length,
        skipped: steps.filter(({ state }) => state === 'skipped').length,
      },
    })
  })
})
