import { describe, expect, test } from 'vitest'
import { expectAlong, openTestPlans, situations } from '../../testing/plans'

const id = '0190d3a2-0000-7000-8000-000000000000'

describe.each(situations)('on %s, for a %s, a timeline', (known, role) => {
  test.each([
    ['of all', {}, 'activity_at'],
    ['of one category', { category: ['system' as const] }, 'activity_category'],
    ['of one type', { type: ['demo'] }, 'activity_type'],
    ['of one person', { userId: [id] }, 'activity_user'],
    ['of some months', { from: '2026-01-01', to: '2026-03-01' }, 'activity_at'],
  ])('%s is walked back along its index', async (_, input, index) => {
    const { client, plansOf } = await openTestPlans(known, role)
    const [page] = await plansOf('page', () => client.activities.timeline(input))
    expectAlong(page, index, role)
  })

  test.each([
    ['lead', 'activity_lead'],
    ['company', 'activity_company'],
    ['contact', 'activity_contact'],
  ] as const)('of a %s is walked back along its index', async (kind, index) => {
    const { client, plansOf } = await openTestPlans(known, role)
    const [page] = await plansOf('page', () => client.activities.timelines[kind]({ id }))
    expectAlong(page, index, role)
  })

  test('finds what is overdue or open on the index of open activities', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const [overdue] = await plansOf('page', () => client.activities.overdue({}))
    expectAlong(overdue, 'activity_open', role)
    const [own] = await plansOf('page', () => client.activities.pending({ userId: id }))
    expectAlong(own, 'activity_open_user', role)
  })

  test('is summed up from kept numbers, never from all activities', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf('activity', () => client.activities.stats({}))
    expect(plans.flatMap(({ scans }) => scans)).not.toContain('activity')
  })

  test('are counted within a span along the indexes of types, people and categories', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf('activity', () =>
      client.activities.stats({ from: '2026-01-01', to: '2026-12-31' }),
    )
    expect(plans.flatMap(({ scans }) => scans)).not.toContain('activity')
    if (role === 'rep') return
    const indexes = new Set(plans.flatMap((plan) => plan.indexes))
    for (const index of ['activity_type', 'activity_user', 'activity_category'])
      expect(indexes).toContain(index)
    expect(indexes).not.toContain('activity_at')
  })

  test('and whatever else of a record is read finds whose it is on indexes', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const call = await client.activities.create({ type: 'call' })
    const queries: [string, () => Promise<unknown>][] = [
      ['activity', () => client.activities.list({})],
      ['activity', () => client.activities.get({ id: call.id })],
      ['activity', () => client.search({ q: 'acme', kind: ['activity'] })],
      ['quote', () => client.quotes.list({})],
      ['quote', () => client.quotes.get({ id }).catch(() => {})],
      ['quote', () => client.search({ q: 'acme', kind: ['quote'] })],
    ]
    for (const [table, query] of queries) {
      const plans = await plansOf(table, query)
      expect(plans.length).toBeGreaterThan(0)
      for (const { scans } of plans) expect(scans).not.toContain('own')
    }
  })

  test('of one that is known by its id is asked of its owner by that id', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const { id } = await client.activities.create({ type: 'call' })
    const owners = /^(lead|customer|contact|company)_owner$/
    for (const plan of await plansOf('activity', () => client.activities.get({ id })))
      expect(plan.indexes.filter((index) => owners.test(index))).toEqual([])
  })
})
