import { describe, expect, test } from 'vitest'
import { expectAlong, openTestPlans, situations } from '../../testing/plans'

describe.each(situations)('on %s, for a %s, the board', (known, role) => {
  test('reads the top of each column along its order', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf('page', () => client.pipeline.board({}))
    expect(plans).toHaveLength(6)
    for (const plan of plans) expectAlong(plan, 'lead_board', role)
  })

  test('adds up from the kept sums, and signals from their index', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    for (const query of [{}, { ownerId: ['0190d3a2-0000-7000-8000-000000000000'] }]) {
      const plans = await plansOf('lead', () => client.pipeline.overview(query))
      expect(plans.flatMap(({ indexes }) => indexes)).toContain('lead_signals')
      expect(plans).toHaveLength(1)
    }
  })

  test('adds up under conditions without reading whole leads', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf('total', () =>
      client.pipeline.overview({ source: ['Website'], valueFrom: 1000 }),
    )
    expect(plans.flatMap(({ scans }) => scans)).not.toContain('lead')
  })

  test('sorts a column by value from an index alone', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const [open] = await client.pipeline.stages.list({})
    const [plan] = await plansOf('page', () =>
      client.pipeline.stages.leads({ id: open?.id ?? '', sort: 'value' }),
    )
    expect(role === 'rep' ? ['lead_facts', 'lead_owner'] : ['lead_facts']).toContain(
      plan?.indexes[0],
    )
  })

  test('finds the card above a changed one along the order of its column', async () => {
    const { client, plansOf, as, owner } = await openTestPlans(known, role)
    const { id: ownerId } = await client.users.me()
    const { id } = await as(owner).leads.create({ title: 'Renewal', ownerId })
    const plans = await plansOf('position desc', () => client.pipeline.cards({ leadId: [id] }))
    expect(plans).toHaveLength(1)
    expectAlong(plans[0], 'lead_board', role)
  })

  test('is searched once for totals and all columns', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    for (const ask of [client.pipeline.board, client.pipeline.overview]) {
      const plans = await plansOf('lead_search', () => ask({ q: 'acme' }))
      expect(plans).toHaveLength(1)
      expect(plans[0]?.scans).not.toContain('lead')
    }
    const [, cards] = await plansOf('lead', () => client.pipeline.board({ q: 'acme' }))
    expect(cards?.scans).not.toContain('lead')
    expect(cards?.sorts).toBe(false)
  })

  test('counts conversions from an index of the stays, in its order', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf('activity_stays', () => client.pipeline.conversionRates({}))
    expect(plans).toHaveLength(1)
    for (const { indexes, scans, sorts } of plans) {
      expect(indexes[0]).toBe('activity_stays')
      expect(indexes.at(-1)).toBe('lead_stays')
      expect(scans).not.toContain('activity')
      expect(sorts).toBe(false)
    }
  })

  test('counts conversions without reading all leads in the order of their stages', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf('lead', () => client.pipeline.conversionRates({}))
    expect(plans.flatMap(({ indexes }) => indexes)).not.toContain('lead_board')
  })
})
