import { describe, expect, test } from 'vitest'
import { knowledge, openTestPlans } from '../testing-plans'

const id = '0190d3a2-0000-7000-8000-000000000000'

describe.each(knowledge)('On %s, the agenda', (known) => {
  test.each([
    ['reminder', 'reminder_due_user', 'reminder_done'],
    ['task', 'task_open_user', 'task_done'],
    ['activity', 'activity_open_user', 'activity_user'],
  ])('of today finds and counts each %s on its own index', async (kind, due, done) => {
    const { client, plansOf } = await openTestPlans(known)
    const plans = await plansOf(kind, () => client.agenda.today({}))
    const found = plans.filter(({ indexes }) => indexes[0] === due || indexes[0] === done)
    // Four counts and four stretches of the queue.
    expect(found).toHaveLength(8)
    for (const plan of plans) {
      expect(plan.scans).not.toContain(kind)
      expect(plan.sorts).toBe(false)
    }
  })

  test.each([
    ['overdue', 'reminder_due'],
    ['today', 'reminder_due'],
    ['upcoming', 'reminder_due'],
  ] as const)('shows all reminders that are %s along their index', async (due, index) => {
    const { client, plansOf } = await openTestPlans(known)
    const [page] = await plansOf('page', () => client.reminders.list({ due }))
    expect(page).toMatchObject({ sorts: false })
    expect(page?.indexes[0]).toBe(index)
    const [own] = await plansOf('page', () => client.reminders.list({ due, userId: [id] }))
    expect(own).toMatchObject({ sorts: false })
    expect(own?.indexes[0]).toBe('reminder_due_user')
  })

  test('shows tasks that are open, overdue or done along their index', async () => {
    const { client, plansOf } = await openTestPlans(known)
    const [overdue] = await plansOf('page', () => client.tasks.overdue({}))
    expect([overdue?.indexes[0], overdue?.sorts]).toEqual(['task_open', false])
    const [own] = await plansOf('page', () => client.tasks.overdue({ assigneeId: [id] }))
    expect([own?.indexes[0], own?.sorts]).toEqual(['task_open_user', false])
    const [done] = await plansOf('page', () => client.tasks.list({ due: 'done', assigneeId: [id] }))
    expect([done?.indexes[0], done?.sorts]).toEqual(['task_done', false])
  })
})
