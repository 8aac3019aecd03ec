import { describe, expect, test } from 'vitest'
import { knowledge, openTestPlans } from '../testing-plans'

const id = '0190d3a2-0000-7000-8000-000000000000'

describe.each(knowledge)('on %s, a timeline', (known) => {
  test.each([
    ['of all', {}, 'activity_at'],
    ['of one category', { category: ['system' as const] }, 'activity_category'],
    ['of one type', { type: ['demo'] }, 'activity_type'],
    ['of one person', { userId: [id] }, 'activity_user'],
    ['of some months', { from: '2026-01-01', to: '2026-03-01' }, 'activity_at'],
  ])('%s is walked back along its index', async (_, input, index) => {
    const { client, plansOf } = await openTestPlans(known)
    const [page] = await plansOf('page', () => client.activities.timeline(input))
    expect(page?.indexes[0]).toBe(index)
    expect(page?.sorts).toBe(false)
  })

  test.each([
    ['lead', 'activity_lead'],
    ['company', 'activity_company'],
    ['contact', 'activity_contact'],
  ] as const)('of a %s is walked back along its index', async (kind, index) => {
    const { client, plansOf } = await openTestPlans(known)
    const [page] = await plansOf('page', () => client.activities.timelines[kind]({ id }))
    expect(page?.indexes[0]).toBe(index)
    expect(page?.sorts).toBe(false)
  })

  test('finds what is overdue or open on the index of open activities', async () => {
    const { client, plansOf } = await openTestPlans(known)
    const [overdue] = await plansOf('page', () => client.activities.overdue({}))
    expect(overdue).toMatchObject({ sorts: false })
    expect(overdue?.indexes[0]).toBe('activity_open')
    const [own] = await plansOf('page', () => client.activities.pending({ userId: id }))
    expect(own).toMatchObject({ sorts: false })
    expect(own?.indexes[0]).toBe('activity_open_user')
  })

  test('is summed up from kept numbers, never from all activities', async () => {
    const { client, plansOf } = await openTestPlans(known)
    const plans = await plansOf('activity', () => client.activities.stats({}))
    expect(plans.flatMap(({ scans }) => scans)).not.toContain('activity')
  })
})
