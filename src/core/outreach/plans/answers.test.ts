import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'
import { callThenEmail, prepareOutreach } from './testing-outreach'

test.each(['interested', 'callback_requested', 'not_interested', 'converted'])(
  'a plan stops at the outcome %s, as they have answered, and comes back when that is undone',
  async (outcome) => {
    const core = await openTestCore()
    const { client } = core
    const { cadence, lead } = await prepareOutreach(core, callThenEmail)
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

test('a plan continues after an answering outcome where the caller, its cadence or a branch says so', async () => {
  const core = await openTestCore()
  const { client } = core
  const { cadence, lead } = await prepareOutreach(core, callThenEmail)
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
  const demo = { type: 'demo', leadId: lead.id, outcome: 'interested' }
  const about = [{ leadId: lead.id }]
  expect(await client.plans.stopping({ type: 'demo', outcome: 'interested', about })).toEqual({
    count: 1,
    names: ['Outreach'],
  })
  await client.activities.create({ ...demo, plan: 'continue' })
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

test('a plan stops by hand with any outcome, when the outcome is set later, and for many at once', async () => {
  const core = await openTestCore()
  const { client } = core
  const { cadence, lead, company } = await prepareOutreach(core, callThenEmail)
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

test('a plan of a cadence stored before outcomes ended plans follows what it does at a reply', async () => {
  const core = await openTestCore()
  const { cadence } = await prepareOutreach(core, callThenEmail)
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
