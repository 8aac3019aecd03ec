import { describe, expect, test } from 'vitest'
import { expectAlong, openTestPlans, situations } from '../../testing/plans'

const id = '0190d3a2-0000-7000-8000-000000000000'

describe.each(situations)('On %s, for a %s, the agenda', (known, role) => {
  test.each([
    ['reminder', 'reminder_due_user', 'reminder_done'],
    ['task', 'task_open_user', 'task_done'],
    ['activity', 'activity_open_user', 'activity_user'],
  ])('of today finds and counts each %s on its own index', async (kind, due, done) => {
    const { client, plansOf } = await openTestPlans(known, role)
    const plans = await plansOf(kind, () => client.agenda.today({}))
    const found = plans.filter(({ indexes }) => indexes[0] === due || indexes[0] === done)
    // Four counts, and four stretches of the queue, three of them with their end.
    expect(found).toHaveLength(11)
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
    const { client, plansOf } = await openTestPlans(known, role)
    const [page] = await plansOf('page', () => client.reminders.list({ due }))
    expectAlong(page, index, role)
    const [own] = await plansOf('page', () => client.reminders.list({ due, userId: [id] }))
    expect(own).toMatchObject({ sorts: false })
    expect(own?.indexes[0]).toBe('reminder_due_user')
  })

  test('shows tasks that are open, overdue or done along their index', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const [overdue] = await plansOf('page', () => client.tasks.overdue({}))
    expectAlong(overdue, 'task_open', role)
    const [own] = await plansOf('page', () => client.tasks.overdue({ assigneeId: [id] }))
    expect([own?.indexes[0], own?.sorts]).toEqual(['task_open_user', false])
    const [done] = await plansOf('page', () => client.tasks.list({ due: 'done', assigneeId: [id] }))
    expect([done?.indexes[0], done?.sorts]).toEqual(['task_done', false])
  })

  test('of a month is found on the index of its person', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const month = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }
    const plans = await plansOf('page', () => client.agenda.calendar(month))
    expect(plans.map(({ indexes }) => indexes[0])).toEqual([
      'reminder_at_user',
      'task_due_user',
      'activity_planned_user',
    ])
    for (const plan of plans) expect(plan.sorts).toBe(false)
  })

  test('of everybody is found along the indexes of time, and names by the ids of their records', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const lead = await client.leads.create({ title: 'Acme renewal' })
    await client.tasks.create({ title: 'Call', leadId: lead.id, wallTime: '2026-11-24' })
    const month = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z', everybody: true }
    const own = role === 'rep' ? '_user' : ''
    for (const [kind, index] of [
      ['reminder', 'reminder_at'],
      ['task', 'task_due'],
      ['activity', 'activity_planned'],
    ] as const) {
      const plans = await plansOf(`from ${kind}`, () => client.agenda.calendar(month))
      expect(plans.map(({ indexes }) => indexes[0])).toEqual([index + own, index + own])
      for (const { sorts, scans } of plans) {
        expect(sorts).toBe(false)
        expect(scans).not.toContain(kind)
      }
    }
    const names = await plansOf('json_group_object', () => client.agenda.calendar(month))
    expect(names.map(({ indexes }) => indexes[0])).toEqual(['lead_id_unique'])
  })

  test.each([
    ['dueAt', 'task_due'],
    ['-dueAt', 'task_due'],
    ['createdAt', 'task_created'],
    ['title', 'task_title'],
    ['-priority', 'task_priority'],
  ])('shows tasks by %s along their index', async (sort, index) => {
    const { client, plansOf } = await openTestPlans(known, role)
    const [page] = await plansOf('page', () => client.tasks.list({ sort }))
    expectAlong(page, index, role)
  })

  test('shows and counts what is one person’s along its index', async () => {
    const { client, plansOf } = await openTestPlans(known, role)
    const tasks = await plansOf('task', () => client.tasks.list({ assigneeId: [id] }))
    const reminders = await plansOf('reminder', () => client.reminders.list({ userId: [id] }))
    for (const plan of tasks)
      expect([plan.indexes[0], plan.sorts]).toEqual(['task_due_user', false])
    for (const plan of reminders)
      expect([plan.indexes[0], plan.sorts]).toEqual(['reminder_at_user', false])
  })
})
