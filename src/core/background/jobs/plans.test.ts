import { describe, expect, test } from 'vitest'
import { knowledge, openTestPlans } from '../../testing/plans'

describe.each(knowledge)('on %s', (known) => {
  test.each(['reminder', 'task', 'activity'])(
    'a due %s is found on the index of what was not announced yet',
    async (kind) => {
      const { core, clock, client, plansOf } = await openTestPlans(known)
      // Something must be due for all of it to be read.
      await client.activities.create({ type: 'call', scheduledAt: '2026-11-20T10:00:00Z' })
      clock.set('2026-11-20T10:00:00Z')
      const plans = await plansOf(`${kind}.notify_at as at`, () => core.tick())
      expect(plans).toHaveLength(1)
      expect(plans[0]).toMatchObject({ sorts: false, scans: [] })
      expect(plans[0]?.indexes[0]).toBe(`${kind}_notify`)
    },
  )
})
