import { describe, expect, test } from 'vitest'
import { expectAlong, openTestPlans, situations } from '../../testing/plans'

describe.each(situations)('on %s, for a %s, leads', (known, role) => {
  test.each([
    ['-updatedAt', 'lead_updated'],
    ['createdAt', 'lead_created'],
    ['title', 'lead_title'],
    ['-title', 'lead_title'],
    ['-value', 'lead_value'],
    ['value', 'lead_value'],
    ['expectedCloseDate', 'lead_close'],
    ['-lastActivityAt', 'lead_last_activity'],
    ['nextStepAt', 'lead_next_step'],
    ['source', 'lead_source'],
    ['-priority', 'lead_priority'],
    ['stage', 'lead_board'],
  ])('by %s come in the order of %s', async (sort, index) => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf('page', () => client.leads.list({ sort }))
    for (const plan of plans) expectAlong(plan, index, role)
  })

  // Before it has statistics, SQLite takes another way.
  if (known === 'a large database')
    test('by company come in the order of its names', async () => {
      const { client, plansOf } = await openTestPlans(known, role)
      const [named] = await plansOf('page', () => client.leads.list({ sort: 'company' }))
      if (role === 'rep') expect(named?.scans.filter((table) => table !== 'page')).toEqual([])
      else expect(named?.indexes[0]).toBe('company_name_any')
    })

  test('know the day of their next step without a look at what is planned for them', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    for (const read of [
      () => client.leads.list({ sort: 'nextStepAt' }),
      () => client.pipeline.board({}),
      () => client.pipeline.overview({}),
    ]) {
      const plans = await plansOf('lead', read)
      expect(plans.length).toBeGreaterThan(0)
      expect(plans.flatMap(({ indexes }) => indexes).join()).not.toMatch(/task|activity/)
    }
  })

  test('are counted without touching what no condition is about', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf('count', () => client.leads.list({ status: ['open'] }))
    expect(plans.flatMap(({ indexes }) => indexes).join()).not.toMatch(/company|contact|user/)
  })

  test('under conditions on value and source are counted without reading all of them', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf('count', () =>
      client.leads.list({
        filter: {
          all: [
            { field: 'value', operator: 'greater_than', value: 1000 },
            { field: 'source', operator: 'equals', value: 'Website' },
          ],
        },
      }),
    )
    const [index] = plans.flatMap(({ indexes }) => indexes)
    expect(index).toBe(
      role === 'rep' ? 'lead_owner' : known === 'a large database' ? 'lead_facts' : 'lead_source',
    )
    expect(plans.flatMap(({ scans }) => scans)).not.toContain('lead')
  })

  test('lost for a reason are counted among those that have one', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    for (const operator of ['equals', 'contains'] as const) {
      const [plan] = await plansOf('count', () =>
        client.leads.list({ filter: { all: [{ field: 'lostReason', operator, value: 'Price' }] } }),
      )
      expect(plan?.indexes).toEqual([role === 'rep' ? 'lead_owner' : 'lead_lost_reason'])
    }
  })

  test('of a company or contact of this name are found from there', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    for (const [field, index] of [
      ['companyName', 'company_folded'],
      ['contactName', 'contact_folded'],
    ] as const)
      for (const part of ['count', 'page']) {
        const [plan] = await plansOf(part, () =>
          client.leads.list({ filter: { all: [{ field, operator: 'equals', value: 'Acme' }] } }),
        )
        expect(role === 'rep' ? [index, 'lead_owner'] : [index]).toContain(plan?.indexes[0])
        expect(plan?.scans).not.toContain('lead')
      }
  })

  test('with a tag are found by their tags', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf('count', () => client.leads.list({ tag: ['Hot'] }))
    expect(plans.some(({ indexes }) => indexes.includes('lead_tags'))).toBe(true)
    expect(plans.flatMap(({ scans }) => scans)).not.toContain('lead')
  })

  test('offer their filters’ choices from indexes and the count of spellings, or from what is one’s own', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf('lead', () => client.leads.facets())
    const indexes = plans.map((plan) => plan.indexes[0])
    if (role === 'rep') expect(indexes).toEqual(['lead_owner'])
    else expect(indexes).toEqual(['lead_deleted', 'lead_lost_reason', 'lead_tags'])
    for (const { scans } of plans) expect(scans).not.toContain('lead')
  })
})
