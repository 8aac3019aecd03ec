import { describe, expect, test } from 'vitest'
import { agendaKinds } from '../../../contract/agenda/today'
import { knowledge, openTestPlans } from '../../testing/plans'

const span = { from: '2026-11-01', to: '2026-12-01' }

describe.each(knowledge)('On %s, a calendar file', (known) => {
  test.each([
    ['own', {}, ['reminder_due_user', 'task_due_user', 'activity_user']],
    ['everybody’s', { everybody: true }, ['reminder_due', 'task_due', 'activity_at']],
  ])('of a span reads what is %s along the indexes of time', async (_, whose, expected) => {
    const { client, plansOf } = await openTestPlans(known)
    const found: (string | undefined)[] = []
    for (const kind of agendaKinds) {
      const [plan] = await plansOf(`from ${kind}`, () =>
        client.calendar.export({ ...span, ...whose, kinds: [kind] }),
      )
      expect(plan?.scans).not.toContain(kind)
      found.push(plan?.indexes[0])
    }
    expect(found).toEqual(expected)
  })

  test('of selected activities finds each by its id', async () => {
    const { client, plansOf } = await openTestPlans(known)
    const ids = ['0190d3a2-0000-7000-8000-000000000000']
    const [plan] = await plansOf('from activity', () =>
      client.calendar.export({ ids, kinds: ['activity'] }),
    )
    expect(plan?.scans).not.toContain('activity')
    expect(plan?.indexes).toContain('activity_id_unique')
  })
})
