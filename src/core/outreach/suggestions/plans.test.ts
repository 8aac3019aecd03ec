import { describe, expect, test } from 'vitest'
import { openTestPlans, situations } from '../../testing/plans'

describe.each(situations)('On %s, for a %s, suggestions', (known, role) => {
  test.each([
    ['mine', { scope: 'mine' }],
    ['everybody’s', { scope: 'everybody' }],
  ] as const)(
    'are made of %s leads that wait for nothing, found on the index of open leads',
    async (_, of) => {
      const { client, plansOf } = await openTestPlans(known, role)
      const [plan] = await plansOf('rotting_days', () => client.suggestions.list(of))
      expect(plan?.indexes).toContain('lead_signals')
      expect(plan?.scans).not.toContain('lead')
    },
  )

  test('count whose leads wait on the same index', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf('lead', () => client.suggestions.scopes({}))
    for (const { indexes, scans } of plans.filter((plan) => plan.indexes.length > 0)) {
      expect(scans).not.toContain('lead')
      if (indexes.includes('lead_signals')) continue
      expect(indexes.join()).not.toMatch(/\blead_/)
    }
    expect(plans.flatMap(({ indexes }) => indexes)).toContain('lead_signals')
  })
})
