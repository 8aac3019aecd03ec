import { describe, expect, test } from 'vitest'
import { knowledge, openTestPlans, situations } from '../../testing/plans'

const id = '0190d3a2-0000-7000-8000-000000000000'

describe.each(knowledge)('on %s', (known) => {
  test('the queue of due steps is walked along its partial index, and nothing is sorted', async () => {
    const { client, plansOf } = await openTestPlans(known)
    const queries = await plansOf('plan', () => client.plans.due({}))
    expect(queries.length).toBeGreaterThan(0)
    for (const query of queries) {
      expect(query.indexes).toContain('plan_due_user')
      expect(query.scans).not.toContain('plan')
      expect(query.sorts).toBe(false)
    }
  })

  test('planning finds the plans whose time has come on theirs', async () => {
    const { client, plansOf } = await openTestPlans(known)
    const [first] = await plansOf('wake_at', () => client.jobs.run({ name: 'plan_steps' }))
    expect(first).toMatchObject({ sorts: false, scans: [] })
    expect(first?.indexes).toContain('plan_wake')
  })

  test('what an activity on a lead moves on is found by that lead', async () => {
    const { client, plansOf } = await openTestPlans(known)
    const lead = await client.leads.create({ title: 'Acme renewal' })
    const found = await plansOf('plan', () =>
      client.activities.create({ type: 'call', leadId: lead.id }),
    )
    expect(found.length).toBeGreaterThan(0)
    for (const query of found) expect(query.scans).not.toContain('plan')
    const [list] = await plansOf('page', () => client.plans.list({ userId: [id] }))
    expect(list?.scans).not.toContain('plan')
  })
})

describe.each(situations)('on %s, for a %s', (known, role) => {
  test('a cadence is counted from its plans, found on an index and read in their order', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const [cadence] = (await client.cadences.list({})).items
    for (const period of [{}, { from: '2026-01-01', to: '2026-02-01' }, { userId: [id] }]) {
      const plans = await plansOf('facts', () =>
        client.cadences.analytics({ id: cadence?.id ?? '', ...period }),
      )
      expect(plans).toHaveLength(2)
      for (const { scans, indexes } of plans) {
        expect(scans).not.toContain('plan')
        expect(indexes[0]).toMatch(/^plan_(cadence|user|due_user)$/)
      }
      expect(plans[1]?.indexes.at(-1)).toBe('plan_step_plan')
    }
  })
})
