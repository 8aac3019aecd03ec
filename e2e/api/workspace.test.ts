/** The agenda, changes, settings, notifications and jobs over the HTTP API. */

import { describe, expect, it } from 'vitest'
import type { Reminder } from '../../src/contract/agenda/reminders'
import type { Task } from '../../src/contract/agenda/tasks'
import type { AgendaItem } from '../../src/contract/agenda/today'
import type { Change } from '../../src/contract/history/changes'
import type { LiveEvent } from '../../src/contract/kernel/live-event'
import type { Company } from '../../src/contract/records/companies'
import type { Lead } from '../../src/contract/records/leads'
import { type Person, procedureNamed } from '../api'
import { type Bulk, missingId, type Page, prepareCalls, titles, utc } from './calls'

const { api, call, noteCalled, refused, testThatAllWasAsked } = prepareCalls()

describe('Reminders, tasks and the agenda over HTTP', () => {
  const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString()

  it('makes, changes, puts off, ends and restores reminders, alone and in bulk', async () => {
    const admin = await api.person('admin')
    const made = await call<Reminder>(admin, 'reminders.create', {
      notes: 'Ask for the budget',
      wallTime: '2031-03-04T15:00',
      zone: 'Asia/Kathmandu',
    })
    expect(made).toMatchObject({ remindAt: '2031-03-04T09:15:00.000Z', status: 'pending' })
    const { id } = made
    expect(await call(admin, 'reminders.get', { id })).toEqual(made)
    const until = minutes(60)
    expect(await call(admin, 'reminders.snooze', { id, until })).toMatchObject({
      status: 'snoozed',
      dueAt: until,
    })
    expect(
      await call(admin, 'reminders.update', { id, wallTime: '2031-03-05T15:00' }),
    ).toMatchObject({ status: 'pending', zone: 'Asia/Kathmandu' })
    expect(await call(admin, 'reminders.dismiss', { id })).toMatchObject({ status: 'dismissed' })
    expect(await call(admin, 'reminders.reopen', { id })).toMatchObject({ status: 'pending' })
    expect(await call(admin, 'reminders.complete', { id })).toMatchObject({
      status: 'completed',
      completedBy: { id: admin.id },
    })
    expect((await refused(admin, ['POST', `/reminders/${id}/complete`], {})).status).toBe(409)
    await call(admin, 'reminders.remove', { id })
    expect(await call(admin, 'reminders.restore', { id })).toMatchObject({ deletedAt: null })
    const other = await call<Reminder>(admin, 'reminders.create', { remindAt: minutes(-90) })
    const bulk = await call<Bulk>(admin, 'reminders.bulk', {
      ids: [id, other.id],
      action: { type: 'complete' },
    })
    expect([bulk.changed, bulk.skipped]).toEqual([1, 1])
    const list = await call<Page<Reminder>>(admin, 'reminders.list', { due: 'done' })
    expect(list.items.map((item) => item.id)).toEqual([other.id, id])
    for (const [body, path] of [
      [{}, 'remindAt'],
      [{ remindAt: minutes(5), wallTime: '2031-03-04T15:00' }, 'wallTime'],
      [{ wallTime: '2031-02-30T15:00' }, 'wallTime'],
      [{ wallTime: '2031-02-03T15:00', zone: 'Nowhere/Town' }, 'zone'],
      [{ wallTime: '2031-02-03T15:00', recurrence: 'FREQ=HOURLY' }, 'recurrence'],
      [{ offsetMinutes: 5 }, 'offsetMinutes'],
      [{ remindAt: minutes(5), taskId: missingId }, 'taskId'],
      [{ remindAt: minutes(5), leadId: missingId }, 'leadId'],
    ] as const)
      expect((await refused(admin, ['POST', '/reminders'], body)).paths).toEqual([path])
  })

  it('makes, changes, ends and restores tasks, alone and in bulk', async () => {
    const admin = await api.person('admin')
    const made = await call<Task>(admin, 'tasks.create', {
      title: 'Send the offer',
      wallTime: '2031-03-04',
      zone: 'Pacific/Apia',
      recurrence: 'FREQ=MONTHLY',
      reminderMinutes: [60, 1440],
    })
    expect(made).toMatchObject({ dueAt: '2031-03-04T10:59:00.000Z', reminders: 2 })
    const { id } = made
    expect(await call(admin, 'tasks.get', { id })).toEqual(made)
    expect(await call(admin, 'tasks.update', { id, priority: 'urgent' })).toEqual({
      ...made,
      priority: 'urgent',
      updatedAt: expect.stringMatching(utc),
    })
    expect(await call(admin, 'tasks.complete', { id })).toMatchObject({ status: 'completed' })
    const { items } = await call<Page<Task>>(admin, 'tasks.list', { status: 'pending' })
    expect(items).toMatchObject([{ wallTime: '2031-04-04', reminders: 2, priority: 'urgent' }])
    expect((await refused(admin, ['PATCH', `/tasks/${id}/complete`], {})).status).toBe(409)
    expect(await call(admin, 'tasks.reopen', { id })).toMatchObject({ status: 'pending' })
    await call(admin, 'tasks.remove', { id })
    expect(await call(admin, 'tasks.restore', { id })).toMatchObject({ deletedAt: null })
    const late = await call<Task>(admin, 'tasks.create', { title: 'Late', dueAt: minutes(-5) })
    const overdue = await call<Page<Task>>(admin, 'tasks.overdue', { assigneeId: admin.id })
    expect(overdue.items.map((item) => item.id)).toEqual([late.id])
    const bulk = await call<Bulk>(admin, 'tasks.bulk', {
      ids: [late.id, id],
      action: { type: 'reschedule', wallTime: '2031-05-06' },
    })
    expect([bulk.changed, bulk.skipped]).toEqual([2, 0])
    for (const [body, path] of [
      [{}, 'title'],
      [{ title: ' ' }, 'title'],
      [{ title: 'X', recurrence: 'FREQ=DAILY' }, 'recurrence'],
      [{ title: 'X', reminderMinutes: [5] }, 'reminderMinutes'],
      [{ title: 'X', wallTime: 'soon' }, 'wallTime'],
      [{ title: 'X', assigneeId: missingId }, 'assigneeId'],
    ] as const)
      expect((await refused(admin, ['POST', '/tasks'], body)).paths).toEqual([path])
  })

  it('shows the day and acts on it, and understands a line', async () => {
    const admin = await api.person('admin')
    const text = 'call them tomorrow 3pm !high'
    expect(await call(admin, 'agenda.parse', { text })).toMatchObject({
      kind: 'task',
      title: 'Call them',
      type: 'call',
      priority: 'high',
    })
    const item = await call<AgendaItem>(admin, 'agenda.quickAdd', { text })
    const today = await call<{ upcoming: AgendaItem[] }>(admin, 'agenda.today', { days: 2 })
    expect(today.upcoming.map(({ id }) => id)).toEqual([item.id])
    const acted = await call<Bulk>(admin, 'agenda.act', {
      targets: [{ kind: 'task', id: item.id }],
      action: { type: 'complete' },
    })
    expect(acted.changed).toBe(1)
    const lead = await call<{ id: string }>(admin, 'leads.create', { title: 'Roll-out' })
    await call(admin, 'tasks.create', { title: 'Later', leadId: lead.id })
    const given = { kind: 'lead', target: { ids: [lead.id] }, ownerId: missingId }
    expect(await call(admin, 'agenda.openWork', given)).toMatchObject({ tasks: 1, reminders: 0 })
    expect(await call(admin, 'agenda.counts')).toMatchObject({ upcoming: 0, doneToday: 1 })
    const month = { from: minutes(-1), to: minutes(60 * 24 * 30) }
    const calendar = await call<{ items: AgendaItem[] }>(admin, 'agenda.calendar', month)
    expect(calendar.items).toMatchObject([{ id: item.id, doneAt: expect.stringMatching(utc) }])
  })
})

describe('Changes over HTTP', () => {
  it('are listed with who, when, what before and what after, and are undone by their batch', async () => {
    const admin = await api.person('admin')
    const lead = await call<Lead>(admin, 'leads.create', { title: 'Audited' })
    await call(admin, 'leads.update', { id: lead.id, title: 'Audited twice' })
    const { items } = await call<Page<Change>>(admin, 'changes.list', { rowId: lead.id })
    expect(items.map((change) => [change.operation, change.door, change.user?.id])).toEqual([
      ['update', 'api', admin.id],
      ['insert', 'api', admin.id],
    ])
    expect(items[0]?.fields).toContainEqual({
      field: 'title',
      label: expect.any(String),
      before: 'Audited',
      after: 'Audited twice',
    })
    const mine = await call<{ id: string; label: string; undoable: boolean }[]>(
      admin,
      'changes.batches',
    )
    expect(mine[0]).toMatchObject({ id: items[0]?.batchId, undoable: true })
    const undone = await call<{ batchId: string; refused: object[] }>(admin, 'changes.undo', {
      batchId: items[0]?.batchId,
    })
    expect(undone).toMatchObject({ batchId: items[0]?.batchId, refused: [] })
    expect((await call<Lead>(admin, 'leads.get', { id: lead.id })).title).toBe('Audited')
    await call(admin, 'changes.redo')
    expect((await call<Lead>(admin, 'leads.get', { id: lead.id })).title).toBe('Audited twice')
    const page = await call<Page<Change>>(admin, 'changes.list', { rowId: lead.id, limit: 1 })
    const next = await call<Page<Change>>(admin, 'changes.list', {
      rowId: lead.id,
      limit: 1,
      cursor: page.nextCursor,
    })
    expect(next.items[0]?.seq).toBeLessThan(page.items[0]?.seq ?? 0)
    expect((await refused(admin, ['POST', '/changes/undo'], { batchId: missingId })).status).toBe(
      404,
    )
    const nobody = await api.person('admin')
    expect((await refused(nobody, ['POST', '/changes/undo'], {})).status).toBe(409)
  })

  it('are heard of as they happen, until the listener leaves', async () => {
    const [listener, writer] = [await api.person('manager'), await api.person('admin')]
    const events = await listenTo(listener)
    expect(events.response.headers.get('content-type')).toContain('text/event-stream')
    const lead = await call<Lead>(writer, 'leads.create', { title: 'Heard' })
    const heard = await events.next()
    expect(procedureNamed('leads.get').permission).toBe('read')
    expect(heard).toMatchObject({ userId: writer.id, door: 'api', label: 'Create lead “Heard”' })
    expect(heard.tables.lead).toEqual([lead.id])
    noteCalled('changes.events')
    await events.leave()
    await call(writer, 'leads.update', { id: lead.id, title: 'Not heard' })
  })

  it('survive fifty listeners that vanish at once', async () => {
    const [crowd, writer] = [await api.person('manager'), await api.person('admin')]
    const stays = await listenTo(await api.person('manager'))
    const gone = await Promise.all(Array.from({ length: 50 }, () => listenTo(crowd)))
    const writes = Array.from({ length: 20 }, (_, index) =>
      call<Company>(writer, 'companies.create', { name: `Amid leaving ${index}` }),
    )
    await Promise.all(gone.map((one) => one.leave()))
    await Promise.all(writes)
    const labels = new Set<string>()
    while (labels.size < 20) labels.add((await stays.next()).label)
    expect(labels).toContain('Create company “Amid leaving 19”')
    await stays.leave()
    await call(crowd, 'users.me')
  })
})

/** Listens to GET /api/events as a program does that reads server-sent events. */
async function listenTo(who: Person) {
  const leaving = new AbortController()
  const response = await fetch(`${api.web.url}/api/events`, {
    headers: { authorization: `Bearer ${who.token}`, accept: 'text/event-stream' },
    signal: leaving.signal,
  })
  expect(response.status).toBe(200)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    response,
    async next(): Promise<LiveEvent> {
      for (;;) {
        const [event, ...rest] = text.split('\n\n')
        if (rest.length > 0) {
          text = rest.join('\n\n')
          const data = /^data: (.*)$/m.exec(event ?? '')?.[1]
          // What runs by itself may happen at any time.
          if (data && JSON.parse(data).door !== 'system') return JSON.parse(data)
          continue
        }
        const part = await reader?.read()
        if (!part || part.done) throw new Error('The events ended.')
        text += part.value
      }
    },
    async leave() {
      leaving.abort()
      await reader?.cancel().catch(() => {})
    },
  }
}

describe('Settings, trash and backups over HTTP', () => {
  it('are read and changed', async () => {
    const admin = await api.person('admin')
    const before = await call<{ name: string }>(admin, 'settings.workspace')
    const renamed = await call(admin, 'settings.updateWorkspace', { name: 'Us & Co' })
    expect(renamed).toEqual({ ...before, name: 'Us & Co' })
    await call(admin, 'settings.setPreference', { key: 'theme', value: 'dark' })
    expect(await call(admin, 'settings.preferences')).toEqual({ theme: 'dark' })

    const field = await call<{ id: string; key: string }>(admin, 'settings.customFields.create', {
      table: 'lead',
      label: 'Region',
      type: 'text',
    })
    const lead = await call<Lead>(admin, 'leads.create', {
      title: 'Custom',
      custom: { [field.key]: 'North' },
    })
    const north = {
      all: [{ field: `custom.${field.key}`, operator: 'equals', value: 'north' }],
    }
    expect(titles(await call<Page<Lead>>(admin, 'leads.list', { filter: north }))).toEqual([
      'Custom',
    ])
    await call(admin, 'settings.customFields.update', { id: field.id, label: 'Area' })
    expect(
      await call<object[]>(admin, 'settings.customFields.list', { table: 'lead' }),
    ).toContainEqual({ ...field, label: 'Area' })
    await call(admin, 'settings.customFields.remove', { id: field.id })

    const view = await call<{ id: string }>(admin, 'settings.views.create', {
      list: 'leads',
      name: 'North',
      shared: true,
      state: { filter: north, sort: '-value' },
    })
    await call(admin, 'settings.views.update', { id: view.id, name: 'Up north' })
    expect(await call<object[]>(admin, 'settings.views.list', { list: 'leads' })).toContainEqual({
      ...view,
      name: 'Up north',
    })
    await call(admin, 'settings.views.remove', { id: view.id })

    await call(admin, 'leads.remove', { id: lead.id })
    const items = [{ kind: 'lead', id: lead.id }]
    const trash = await call<Page<{ id: string }>>(admin, 'trash.list', {
      kind: 'lead',
      q: 'Custom',
    })
    expect(trash.items.map(({ id }) => id)).toEqual([lead.id])
    expect((await call<Bulk>(admin, 'trash.restore', { items })).changed).toBe(1)
    await call(admin, 'leads.remove', { id: lead.id })
    expect((await call<Bulk>(admin, 'trash.purge', { items })).changed).toBeGreaterThan(0)
    expect((await refused(admin, ['GET', `/leads/${lead.id}`])).status).toBe(404)

    expect(await call(admin, 'database.status')).toMatchObject({ state: 'ready', message: null })
    const backup = await call<{ name: string }>(admin, 'database.backUp')
    expect(await call<object[]>(admin, 'database.backups')).toContainEqual(backup)
    expect((await refused(admin, ['POST', '/database/start-empty'], {})).status).toBe(409)
    expect((await refused(admin, ['POST', '/settings/sample-data'], {})).status).toBe(409)
  })
})

describe('Notifications and jobs over HTTP', () => {
  it('of one person are nobody else’s', async () => {
    const [rep, admin] = [await api.person('rep'), await api.person('admin')]
    await call(rep, 'notifications.settings.test', { channel: 'browser' })
    const page = await call<Page<{ id: string }>>(rep, 'notifications.list', { unread: true })
    expect(page.items).toMatchObject([{ title: 'This is a test', readAt: null }])
    const id = page.items[0]?.id ?? ''
    expect((await refused(admin, ['POST', `/notifications/${id}/read`], {})).status).toBe(404)
    const others = await call<Page<{ id: string }>>(admin, 'notifications.list')
    expect(others.items.map((item) => item.id)).not.toContain(id)

    const { items } = await call<Page<{ id: string; state: string }>>(
      rep,
      'notifications.deliveries.list',
    )
    expect(items).toMatchObject([{ state: 'waiting', notification: { id } }])
    const deliveryId = items[0]?.id ?? ''
    const stranger = await api.person('rep')
    const path = `/notifications/deliveries/${deliveryId}`
    expect((await refused(stranger, ['POST', `${path}/cancel`], {})).status).toBe(404)
    expect(await call(stranger, 'notifications.deliveries.list')).toMatchObject({ total: 0 })
    expect(await call(stranger, 'notifications.takeForBrowser')).toEqual([])
    expect(await call(admin, 'notifications.deliveries.cancel', { id: deliveryId })).toMatchObject({
      state: 'cancelled',
    })
    expect(await call(rep, 'notifications.deliveries.retry', { id: deliveryId })).toMatchObject({
      state: 'waiting',
    })
    const shown = await call(rep, 'notifications.takeForBrowser')
    expect(shown).toMatchObject([{ deliveryId, notification: { id } }])
    expect(await call(rep, 'notifications.takeForBrowser', { shown: [deliveryId] })).toEqual([])
    expect((await refused(rep, ['POST', `${path}/retry`], {})).status).toBe(409)

    await call(rep, 'notifications.read', { id })
    expect(await call(rep, 'notifications.readAll')).toEqual({ read: 0 })
  })

  it('come as their reader wants them', async () => {
    const rep = await api.person('rep')
    await call(rep, 'notifications.settings.update', {
      channels: { task_due: { email: true } },
      emailAs: 'daily',
    })
    expect(await call(rep, 'notifications.settings.get')).toMatchObject({
      channels: { task_due: { in_app: true, email: true }, reminder_due: { email: false } },
      emailAs: 'daily',
    })
    const quietHours = { on: true, from: '25:00', to: '07:00', days: [] }
    const answer = await refused(rep, ['PATCH', '/notifications/settings'], { quietHours })
    expect([answer.status, answer.paths]).toEqual([400, ['quietHours.from']])
  })

  it('jobs are shown to all, run and paused by whoever may configure', async () => {
    const [rep, manager] = [await api.person('rep'), await api.person('manager')]
    const jobs = await call<{ name: string; nextRunAt: string }[]>(rep, 'jobs.list')
    expect(jobs).toHaveLength(7)
    expect((await refused(rep, ['POST', '/jobs/overdue/run'], {})).status).toBe(403)
    expect(await call(manager, 'jobs.run', { name: 'overdue' })).toMatchObject({
      lastRun: { error: null },
    })
    expect(await call(rep, 'jobs.runs', { name: 'overdue' })).toMatchObject([{ error: null }])
    expect(await call(manager, 'jobs.pause', { name: 'clean_up' })).toMatchObject({
      paused: true,
      nextRunAt: null,
    })
    expect(await call(manager, 'jobs.pause', { name: 'clean_up', paused: false })).toMatchObject({
      paused: false,
      nextRunAt: expect.stringMatching(utc),
    })
  })
})

testThatAllWasAsked('workspace')
