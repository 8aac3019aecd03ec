import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { systemActivityTypes } from '../../../contract/timeline/words'
import { addTextFunctions } from '../../kernel/database/sql-functions'
import { openTestCore } from '../../testing/testing'

const hour = 3_600_000

describe('an activity', () => {
  test('logged on a lead is on the timelines of its company and contact too', async () => {
    const { client } = await openTestCore()
    const company = await client.companies.create({ name: 'Acme' })
    const contact = await client.contacts.create({ firstName: 'Ann', companyId: company.id })
    const lead = await client.leads.create({
      title: 'Deal',
      companyId: company.id,
      contactId: contact.id,
    })
    const call = await client.activities.create({
      type: 'call',
      leadId: lead.id,
      outcome: 'interested',
    })
    for (const timeline of [
      client.activities.timelines.lead({ id: lead.id }),
      client.activities.timelines.company({ id: company.id }),
      client.activities.timelines.contact({ id: contact.id }),
    ])
      expect((await timeline).items.map((entry) => entry.id)).toContain(call.id)
  })

  test('of an unknown type or outcome is refused, naming what is allowed', async () => {
    const { client } = await openTestCore()
    await expect(client.activities.create({ type: 'carrier_pigeon' })).rejects.toMatchObject({
      data: { issues: [{ path: 'type', message: expect.stringContaining('call, email') }] },
    })
    await expect(client.activities.create({ type: 'call', outcome: 'meh' })).rejects.toMatchObject({
      data: { issues: [{ path: 'outcome' }] },
    })
    await expect(client.activities.create({ type: 'stage_changed' })).rejects.toMatchObject({
      data: { issues: [{ path: 'type' }] },
    })
  })

  test('is planned for whole days, somewhere, in a zone of its own', async () => {
    const { client } = await openTestCore()
    const fair = {
      type: 'meeting',
      scheduledAt: '2026-12-01T05:00:00.000Z',
      zone: 'America/New_York',
      allDay: true,
      location: 'Javits Center',
    }
    const { id } = await client.activities.create(fair)
    expect(await client.activities.get({ id })).toMatchObject(fair)
    expect(await client.activities.create({ type: 'note' })).toMatchObject({
      zone: null,
      allDay: false,
      location: null,
    })
    await expect(client.activities.update({ id, zone: 'Mars/Olympus' })).rejects.toMatchObject({
      data: { issues: [{ path: ['zone'], message: expect.stringContaining('time zone') }] },
    })
  })

  test('of a type that a user added is welcome', async () => {
    const { client } = await openTestCore()
    await client.activities.types.add({ label: 'Site visit' })
    expect((await client.activities.create({ type: 'site_visit' })).type).toBe('site_visit')
  })

  test('written by the system or an integration is read-only', async () => {
    const { client } = await openTestCore()
    const lead = await client.leads.create({ title: 'Deal' })
    const automated = await client.activities.create({
      category: 'automated',
      type: 'email_opened',
      leadId: lead.id,
    })
    const [system] = (await client.activities.timelines.lead({ id: lead.id, category: ['system'] }))
      .items
    for (const id of [automated.id, system?.id ?? '']) {
      await expect(client.activities.update({ id, subject: 'x' })).rejects.toMatchObject({
        code: 'conflict',
      })
      await expect(client.activities.remove({ id })).rejects.toMatchObject({ code: 'conflict' })
    }
  })

  test('that is scheduled is the lead’s next step until it is completed, and then its last activity', async () => {
    const { client, clock } = await openTestCore()
    const lead = await client.leads.create({ title: 'Deal' })
    const soon = new Date(clock.now() + hour).toISOString()
    const call = await client.activities.create({
      type: 'call',
      leadId: lead.id,
      scheduledAt: soon,
    })
    expect(await client.leads.get({ id: lead.id })).toMatchObject({
      nextStepAt: soon,
      signal: 'today',
      lastActivityAt: null,
    })
    clock.advance(2 * hour)
    expect((await client.activities.overdue({})).items.map((entry) => entry.id)).toEqual([call.id])
    await client.activities.complete({ id: call.id, outcome: 'successful' })
    expect(await client.leads.get({ id: lead.id })).toMatchObject({
      nextStepAt: null,
      lastActivityAt: new Date(clock.now()).toISOString(),
    })
    expect((await client.activities.overdue({})).total).toBe(0)
    await client.activities.reopen({ id: call.id })
    expect((await client.leads.get({ id: lead.id })).nextStepAt).toBe(soon)
    await client.activities.remove({ id: call.id })
    expect((await client.leads.get({ id: lead.id })).nextStepAt).toBeNull()
  })

  test('is logged on many records in one undoable action', async () => {
    const { client } = await openTestCore()
    const leads = await Promise.all(['a', 'b', 'c'].map((title) => client.leads.create({ title })))
    const result = await client.activities.createMany({
      activities: leads.map((lead) => ({ type: 'email', subject: 'Newsletter', leadId: lead.id })),
    })
    expect(result.changed).toBe(3)
    await client.changes.undo({})
    expect((await client.activities.list({ category: ['manual'] })).total).toBe(0)
    await client.activities.createMany({ activities: [{ type: 'note' }] })
    expect((await client.changes.batches({ limit: 1 }))[0]?.label).toBe('Log 1 activity')
  })

  test('hidden from reps is seen by managers alone', async () => {
    const { client, addUser } = await openTestCore()
    const rep = await addUser('Rita', 'rep')
    const boss = await addUser('Bob', 'manager')
    const lead = await client.leads.create({ title: 'Deal', ownerId: rep.id })
    await client.activities.create({
      type: 'note',
      subject: 'Secret',
      leadId: lead.id,
      visibleToRep: false,
    })
    const subjects = async (who: typeof rep) =>
      (await who.client.activities.timelines.lead({ id: lead.id })).items.map(
        (entry) => entry.subject,
      )
    expect(await subjects(rep)).toEqual(['Lead created'])
    expect(await subjects(boss)).toEqual(['Secret', 'Lead created'])
  })
})

describe('a timeline', () => {
  test('pages through everything once, newest first, with filters and search', async () => {
    const { client, clock } = await openTestCore()
    const lead = await client.leads.create({ title: 'Deal' })
    for (let index = 0; index < 25; index++) {
      clock.advance(hour)
      await client.activities.create({
        type: index % 2 ? 'call' : 'note',
        subject: `entry ${index}`,
        description: index === 7 ? 'about 100% of the budget' : '',
        leadId: lead.id,
      })
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await client.activities.timelines.lead({
        id: lead.id,
        limit: 7,
        ...(cursor ? { cursor } : {}),
      })
      expect(page.total).toBe(26)
      seen.push(...page.items.map((entry) => entry.subject ?? ''))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual([
      ...Array.from({ length: 25 }, (_, index) => `entry ${24 - index}`),
      'Lead created',
    ])
    const filtered = async (filter: object) =>
      (await client.activities.timelines.lead({ id: lead.id, ...filter })).total
    expect(await filtered({ type: ['call'] })).toBe(12)
    expect(await filtered({ category: ['system'] })).toBe(1)
    expect(await filtered({ from: '2026-11-21' })).toBe(11)
    expect(await filtered({ q: '100%' })).toBe(1)
    expect(await filtered({ q: '100_' })).toBe(0)
  })

  test('has an entry for each system type, whoever changes the row', async () => {
    const { client, stage, addUser } = await openTestCore()
    const other = await addUser('Olga', 'rep')
    const lead = await client.leads.create({ title: 'Deal' })
    await client.leads.update({ id: lead.id, title: 'Big deal', ownerId: other.id })
    await client.leads.moveStage({ id: lead.id, stageId: (await stage('Won')).id })
    const customer = await client.leads.convert({ id: lead.id })
    await client.customers.update({ id: customer.id, name: 'Olga’s customer' })
    await client.customers.remove({ id: customer.id })
    await client.leads.remove({ id: lead.id })
    const written = (await client.activities.list({ category: ['system'] })).items.map(
      (entry) => entry.type,
    )
    expect(new Set(written)).toEqual(new Set(systemActivityTypes))
    const assignment = (await client.activities.list({ type: ['assignment_changed'] })).items[0]
    expect(assignment?.metadata).toMatchObject({
      old_owner: 'Me',
      new_owner: 'Olga',
      changed_by: 'Me',
    })
    const updated = (await client.activities.list({ type: ['lead_updated'] })).items[0]
    expect(updated?.metadata).toMatchObject({
      changes: [{ field: 'title', before: 'Deal', after: 'Big deal' }],
    })
  })
})

test('statistics count by category, type, day and person', async () => {
  const { client, clock, owner } = await openTestCore()
  const lead = await client.leads.create({ title: 'Deal' })
  await client.activities.create({ type: 'call', leadId: lead.id })
  clock.advance(24 * hour)
  await client.activities.create({ type: 'note', leadId: lead.id })
  const stats = await client.activities.stats({})
  expect(stats.byCategory).toEqual([
    { category: 'manual', count: 2 },
    { category: 'system', count: 1 },
    { category: 'automated', count: 0 },
  ])
  expect(stats.trend.map((day) => [day.date, day.manual])).toEqual([
    ['2026-11-15', 0],
    ['2026-11-16', 0],
    ['2026-11-17', 0],
    ['2026-11-18', 0],
    ['2026-11-19', 0],
    ['2026-11-20', 1],
    ['2026-11-21', 1],
  ])
  expect(stats.byUser).toMatchObject([{ user: { id: owner.userId }, count: 2 }])
  expect(stats.systemEvents).toEqual([{ type: 'lead_created', count: 1 }])
})

test('the types that are counted are those of people, and of the system after them when asked', async () => {
  const { client } = await openTestCore()
  for (const title of ['One', 'Two', 'Three']) await client.leads.create({ title })
  await client.activities.create({ type: 'call' })
  const call = { type: 'call', category: 'manual', count: 1 }
  for (const period of [{}, { from: '2026-11-01' }]) {
    expect((await client.activities.stats(period)).byType).toEqual([call])
    expect((await client.activities.stats({ ...period, system: true })).byType).toEqual([
      call,
      { type: 'lead_created', category: 'system', count: 3 },
    ])
  }
})

test('a type of several categories, as other programs write it, is counted in each', async () => {
  const { client, clock, addUser, directory } = await openTestCore()
  const rep = await addUser('Riley', 'rep')
  const log = async (type: string, who = client) => (await who.activities.create({ type })).id
  await log('call')
  clock.advance(48 * hour)
  const written = [await log('call'), await log('call')]
  await log('call', rep.client)
  await log('note')
  await client.activities.remove({ id: await log('demo') })
  const { default: Database } = await import('better-sqlite3')
  const { join } = await import('node:path')
  const other = new Database(join(directory, 'rapport.db'))
  addTextFunctions(other)
  for (const id of written)
    other.prepare(`update activity set category = 'automated' where id = ?`).run(id)
  other.close()
  for (const [period, calls] of [
    [{}, 2],
    [{ from: '2026-11-01' }, 2],
    [{ from: '2026-11-21', to: '2026-11-30' }, 1],
  ] as const) {
    const { byType, byCategory, trend } = await client.activities.stats(period)
    expect(byType).toHaveLength(3)
    for (const row of [
      { category: 'manual', type: 'call', count: calls },
      { category: 'automated', type: 'call', count: 2 },
      { category: 'manual', type: 'note', count: 1 },
    ])
      expect(byType).toContainEqual(row)
    expect(byCategory[0]).toEqual({ category: 'manual', count: calls + 1 })
    expect(trend.reduce((sum, day) => sum + day.manual, 0)).toBe(calls + 1)
    expect(trend.reduce((sum, day) => sum + day.automated, 0)).toBe(2)
  }
})

test('the four views show activities with names to other programs', async () => {
  const { client, directory } = await openTestCore()
  const lead = await client.leads.create({ title: 'Deal' })
  await client.activities.create({ type: 'call', subject: 'Hello', leadId: lead.id })
  const { default: Database } = await import('better-sqlite3')
  const { join } = await import('node:path')
  const other = new Database(join(directory, 'rapport.db'), { readonly: true })
  const count = (view: string) => other.prepare(`select count(*) from ${view}`).pluck().get()
  expect(count('v_manual_activities')).toBe(1)
  expect(count('v_system_activities')).toBe(1)
  expect(count('v_lead_timeline')).toBe(2)
  expect(count('v_customer_timeline')).toBe(0)
  expect(other.prepare('select lead_title, user_name, at from v_manual_activities').get()).toEqual({
    lead_title: 'Deal',
    user_name: 'Me',
    at: '2026-11-20T09:30:00.000Z',
  })
  other.close()
})

test('A rep sees what others logged on its own records, and changes it on its leads only', async () => {
  const { client, addUser } = await openTestCore()
  const [rita, rob] = [await addUser('Rita', 'rep'), await addUser('Rob', 'rep')]
  const contact = await rita.client.contacts.create({ lastName: 'Adams' })
  const company = await rita.client.companies.create({ name: 'Acme' })
  const lead = await rita.client.leads.create({ title: 'Roll-out' })
  const log = (values: object) => client.activities.create({ type: 'call', ...values })
  const calls = [
    await log({ contactId: contact.id }),
    await log({ companyId: company.id }),
    await log({ leadId: lead.id }),
  ]
  await log({ contactId: contact.id, visibleToRep: false })
  const seen = async (of: typeof rita) =>
    (await of.client.activities.list({ category: ['manual'] })).items.map(({ id }) => id).sort()
  expect(await seen(rita)).toEqual(calls.map(({ id }) => id).sort())
  expect(await seen(rob)).toEqual([])
  expect((await rita.client.activities.timelines.contact({ id: contact.id })).items).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ id: calls[0]?.id })]),
  )
  const rename = (index: number) =>
    rita.client.activities.update({ id: calls[index]?.id ?? '', subject: 'Mine' })
  await expect(rename(0)).rejects.toMatchObject({ status: 403 })
  await expect(rename(1)).rejects.toMatchObject({ status: 403 })
  expect((await rename(2)).subject).toBe('Mine')
})

test('the trend has the days of the period that is asked for', async () => {
  const { client } = await openTestCore()
  await client.settings.updateWorkspace({ timezone: 'Europe/Prague' })
  const drawn = fc.sample(
    fc.integer({
      min: Date.parse('2026-09-20T00:00:00Z'),
      max: Date.parse('2026-11-20T00:00:00Z'),
    }),
    { numRuns: 40, seed: 5 },
  )
  for (const at of drawn)
    await client.activities.create({ type: 'note', occurredAt: new Date(at).toISOString() })
  const dayOf = (at: number) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Prague' }).format(at)
  for (const [period, first, days] of [
    [{}, '2026-11-14', 7],
    [{ to: '2026-10-28' }, '2026-10-22', 7],
    [{ from: '2026-10-20', to: '2026-10-29' }, '2026-10-20', 10],
    [{ from: '2026-11-18' }, '2026-11-18', 3],
    [{ from: '2026-09-01', to: '2026-11-01' }, '2026-10-02', 31],
    [{ from: '2026-12-01' }, undefined, 0],
  ] as const) {
    const { trend } = await client.activities.stats(period)
    expect([trend[0]?.date, trend.length]).toEqual([first, days])
    for (const { date, manual } of trend)
      expect([date, manual]).toEqual([date, drawn.filter((at) => dayOf(at) === date).length])
  }
})
