import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'
import { callThenEmail, prepareOutreach } from './testing-outreach'

test('plans are counted: replies, wins, steps in time, per variant and person', async () => {
  const core = await openTestCore()
  const { client } = core
  const { cadence, company } = await prepareOutreach(core, callThenEmail)
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

test('analytics agree with a plain count of the plans, whatever became of them', async () => {
  const core = await openTestCore()
  const { client, clock } = core
  const { cadence, company } = await prepareOutreach(core, callThenEmail)
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
  const stored = new Database(join(core.directory, 'rapport.db'), { readonly: true })
  const late = stored.prepare('select id, plan_id, state, done_at, late_after from plan_step')
  type Step = { plan_id: string; state: string; done_at: number; late_after: number }
  const steps = late.all() as Step[]
  stored.close()
  const plans = (await client.plans.list({ limit: 100 })).items
  const running = new Set(plans.filter(({ state }) => state === 'in_progress').map(({ id }) => id))
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
