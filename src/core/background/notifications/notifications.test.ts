import { describe, expect, test } from 'vitest'
import type { Host, Notice } from '../../kernel/host/host'
import { openTestCore, silentHost } from '../../testing/testing'

/** A core whose host shows popups. */
async function openWithPopups(options: { notify?: Host['notify'] } = {}) {
  const popups: Notice[] = []
  const host: Host = {
    ...silentHost,
    notify:
      options.notify ??
      (async (notice) => {
        popups.push(notice)
        return true
      }),
  }
  return { ...(await openTestCore({ host })), popups }
}
type Opened = Awaited<ReturnType<typeof openWithPopups>>

/** A scheduled call; the clock is at 09:30. */
const planCall = ({ client }: Opened, scheduledAt: string, subject = 'Call Acme') =>
  client.activities.create({ type: 'call', subject, scheduledAt })

describe('What is due', () => {
  test('is in the centre and comes up once, at its time and not before', async () => {
    const opened = await openWithPopups()
    const { client, core, clock, popups } = opened
    const call = await planCall(opened, '2026-11-20T10:00:00Z')
    clock.set('2026-11-20T09:59:59.999Z')
    await core.tick()
    expect((await client.notifications.list({})).items).toEqual([])
    clock.set('2026-11-20T10:00:00Z')
    for (let times = 0; times < 3; times++) await core.tick()
    const { items, unread } = await client.notifications.list({})
    expect(items).toMatchObject([
      {
        kind: 'activity_due',
        title: 'Call Acme',
        body: 'due 10:00',
        record: { kind: 'activity', id: call.id },
        subject: { kind: 'activity', id: call.id, open: true },
      },
    ])
    expect(unread).toBe(1)
    expect(popups).toMatchObject([
      { id: items[0]?.id, title: 'Call Acme', actions: ['complete', 'snooze'] },
    ])
  })

  test('is no longer brought up once it is done, moved or read', async () => {
    const opened = await openWithPopups()
    const { client, core, clock, popups } = opened
    await client.notifications.settings.update({
      quietHours: { on: true, from: '09:00', to: '12:00', days: [] },
    })
    const calls = []
    for (const name of ['Done', 'Moved', 'Read'])
      calls.push(await planCall(opened, '2026-11-20T10:00:00Z', name))
    clock.set('2026-11-20T10:00:10Z')
    await core.tick()
    expect(popups).toEqual([])
    const [done, moved] = calls
    await client.activities.complete({ id: done?.id ?? '' })
    await client.activities.update({ id: moved?.id ?? '', scheduledAt: '2026-11-20T15:00:00Z' })
    const { items } = await client.notifications.list({})
    const read = items.find(({ title }) => title === 'Read')
    await client.notifications.read({ id: read?.id ?? '' })
    clock.set('2026-11-20T12:00:00Z')
    await core.tick()
    expect(popups).toEqual([])
    const { items: deliveries } = await client.notifications.deliveries.list({
      state: ['cancelled'],
    })
    expect(deliveries.map(({ error }) => error).sort()).toEqual(
      expect.arrayContaining([
        'Done before it went out.',
        'Moved before it went out.',
        'Read in Rapport before.',
      ]),
    )
  })

  test('that fell due during an absence comes as one digest', async () => {
    const opened = await openWithPopups()
    const { client, core, clock, popups } = opened
    await core.tick()
    for (let index = 0; index < 40; index++)
      await planCall(opened, `2026-11-20T${10 + Math.floor(index / 4)}:00:00Z`, `Call ${index}`)
    clock.set('2026-11-21T07:00:00Z')
    await core.tick()
    await core.tick()
    const { items } = await client.notifications.list({ kind: ['catch_up', 'activity_due'] })
    expect(items).toMatchObject([
      { kind: 'catch_up', title: '40 things fell due while you were away' },
    ])
    expect(items[0]?.items).toHaveLength(40)
    expect(popups).toHaveLength(1)
  })

  test('in a crowd comes as one notice; few come each by itself', async () => {
    const opened = await openWithPopups()
    const { client, core, clock, popups } = opened
    await core.tick()
    for (let index = 0; index < 7; index++)
      await planCall(opened, '2026-11-20T09:31:00Z', `Call ${index}`)
    for (let index = 0; index < 3; index++)
      await planCall(opened, '2026-11-20T09:32:00Z', `Last ${index}`)
    clock.set('2026-11-20T09:31:00Z')
    await core.tick()
    expect(popups).toMatchObject([{ title: '7 things are due', actions: [] }])
    clock.set('2026-11-20T09:32:00Z')
    await core.tick()
    const { items } = await client.notifications.list({ limit: 10 })
    expect(items.map(({ kind }) => kind).sort()).toEqual([
      ...Array(3).fill('activity_due'),
      'catch_up',
    ])
    expect(popups).toHaveLength(4)
    expect(core.answerNotice({ notificationId: popups[0]?.id ?? '', action: 'open' })).toEqual({
      record: null,
      screen: 'today',
    })
  })

  test('of many cadences begun at once is one notice that leads to their queue', async () => {
    const opened = await openWithPopups()
    const { client, core, clock, popups } = opened
    await core.tick()
    const cadence = await client.cadences.create({
      name: 'Outreach',
      state: 'active',
      steps: [{ type: 'call', subject: 'First call' }],
    })
    const leads = []
    for (let index = 0; index < 50; index++)
      leads.push((await client.leads.create({ title: `Lead ${index}` })).id)
    await client.plans.createMany({ cadenceId: cadence.id, target: { leadIds: leads } })
    for (let ticks = 0; ticks < 3; ticks++) {
      clock.advance(15_000)
      await core.tick()
    }
    const { items } = await client.notifications.list({})
    expect(items).toMatchObject([{ kind: 'plan_step_due', title: '50 cadence steps are due' }])
    expect(new Set(items[0]?.items.map(({ record }) => record?.id))).toEqual(new Set(leads))
    expect(popups).toHaveLength(1)
    expect(core.answerNotice({ notificationId: popups[0]?.id ?? '', action: 'open' })).toEqual({
      record: null,
      screen: 'queue',
    })
  })

  test('as a task and as its reminder counts once', async () => {
    const opened = await openWithPopups()
    const { client, core, clock, popups } = opened
    await core.tick()
    for (let index = 0; index < 3; index++) {
      const { id } = await client.tasks.create({
        title: `Task ${index}`,
        dueAt: '2026-11-20T10:00:00Z',
      })
      await client.reminders.create({ taskId: id, offsetMinutes: 0 })
    }
    clock.set('2026-11-20T10:00:00Z')
    await core.tick()
    expect(popups.map(({ title }) => title).sort()).toEqual(['Task 0', 'Task 1', 'Task 2'])
  })
})

describe('A popup', () => {
  test('completes and snoozes what it is about, however often it answers', async () => {
    const opened = await openWithPopups()
    const { client, core, clock, popups } = opened
    const call = await planCall(opened, '2026-11-20T10:00:00Z')
    clock.set('2026-11-20T10:00:00Z')
    await core.tick()
    const notificationId = popups[0]?.id ?? ''
    for (let times = 0; times < 2; times++) {
      core.answerNotice({ notificationId, action: 'snooze' })
      clock.advance(1000)
    }
    const snoozed = await client.activities.get({ id: call.id })
    expect(snoozed.scheduledAt).toBe('2026-11-20T10:10:00.000Z')
    clock.set('2026-11-20T10:10:00Z')
    await core.tick()
    expect(popups).toHaveLength(2)
    for (let times = 0; times < 2; times++)
      expect(
        core.answerNotice({ notificationId: popups[1]?.id ?? '', action: 'complete' }),
      ).toEqual({ record: { kind: 'activity', id: call.id }, screen: 'today' })
    expect((await client.activities.get({ id: call.id })).completedAt).not.toBeNull()
  })
})

describe('Settings', () => {
  test('the centre has everything; quiet hours leave a day', async () => {
    const { client } = await openTestCore()
    const { settings } = client.notifications
    await expect(
      settings.update({ channels: { reminder_due: { in_app: false } } }),
    ).rejects.toMatchObject({ data: { issues: [{ path: 'channels.reminder_due.in_app' }] } })
    await expect(
      settings.update({
        quietHours: { on: true, from: '22:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7] },
      }),
    ).rejects.toMatchObject({ data: { issues: [{ path: 'quietHours.days' }] } })
    const changed = await settings.update({ channels: { task_due: { email: true } } })
    expect(changed.channels.task_due).toEqual({
      in_app: true,
      native: true,
      browser: true,
      email: true,
    })
    expect((await settings.get()).channels.reminder_due?.email).toBe(false)
  })
})
