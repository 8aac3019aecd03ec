import { describe, expect, test } from 'vitest'
import { knowledge, openTestPlans } from '../testing-plans'

describe.each(knowledge)('on %s, leads', (known) => {
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
    const { client, plansOf } = await openTestPlans(known)
    const plans = await plansOf('page', () => client.leads.list({ sort }))
    expect(plans[0]?.indexes).toContain(index)
    for (const plan of plans) expect(plan).toMatchObject({ sorts: false })
  })

  test('are counted without touching what no condition is about', async () => {
    const { client, plansOf } = await openTestPlans(known)
    const plans = await plansOf('count', () => client.leads.list({ status: ['open'] }))
    expect(plans.flatMap(({ indexes }) => indexes).join()).not.toMatch(/company|contact|user/)
  })

  test('with a tag are found by their tags', async () => {
    const { client, plansOf } = await openTestPlans(known)
    const plans = await plansOf('count', () => client.leads.list({ tag: ['Hot'] }))
    expect(plans.some(({ indexes }) => indexes.includes('lead_tags'))).toBe(true)
    expect(plans.flatMap(({ scans }) => scans)).not.toContain('lead')
  })

  test('offer their filters’ choices from indexes alone', async () => {
    const { client, plansOf } = await openTestPlans(known)
    const plans = await plansOf('lead', () => client.leads.facets())
    expect(plans.map(({ indexes }) => indexes[0])).toEqual([
      'lead_source',
      'lead_lost_reason',
      'lead_tags',
    ])
  })
})
