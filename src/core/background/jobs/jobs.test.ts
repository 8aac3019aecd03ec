import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type JobName, jobNames } from '../../../contract/background/words'
import { openTestCore } from '../../testing/testing'

type Opened = Awaited<ReturnType<typeof openTestCore>>

/** Of one kind, or all, latest first; of the owner unless another is named. */
const toldOf = async ({ client }: Pick<Opened, 'client'>, kind?: string) =>
  (await client.notifications.list({})).items.filter((item) => !kind || item.kind === kind)

const jobNamed = async ({ client }: Pick<Opened, 'client'>, name: JobName) => {
  const job = (await client.jobs.list()).find((one) => one.name === name)
  if (!job) throw new Error(`There is no job ${name}.`)
  return job
}

/** Another hand on the same file. */
function meddle({ directory }: Opened) {
  const connection = new Database(join(directory, 'rapport.db'))
  onTestFinished(() => void connection.close())
  return connection
}

describe('Jobs', () => {
  test('say when they run, in words and as instants', async () => {
    const opened = await openTestCore({ start: '2026-11-20T09:31:00Z' })
    await opened.core.tick()
    const jobs = await opened.client.jobs.list()
    expect(jobs.map(({ name }) => name)).toEqual([...jobNames])
    const next = Object.fromEntries(jobs.map(({ name, nextRunAt }) => [name, nextRunAt]))
    expect(next).toEqual({
      due: '2026-11-20T09:31:15.000Z',
      plan_steps: '2026-11-20T09:32:00.000Z',
      overdue: '2026-11-20T10:00:00.000Z',
      stale_leads: '2026-11-20T12:00:00.000Z',
      upcoming: '2026-11-20T10:00:00.000Z',
      clean_up: '2026-11-21T02:00:00.000Z',
      daily_summary: '2026-11-21T08:00:00.000Z',
    })
  })

  test('run once for all that was missed, follow a changed zone, and rest while paused', async () => {
    const opened = await openTestCore()
    const { client, core, clock } = opened
    await core.tick()
    clock.advance(10 * 86_400_000)
    await core.tick()
    await core.tick()
    expect(await client.jobs.runs({ name: 'clean_up' })).toHaveLength(1)
    await client.settings.updateWorkspace({ timezone: 'America/New_York' })
    await core.tick()
    expect((await jobNamed(opened, 'clean_up')).nextRunAt).toBe('2026-12-01T07:00:00.000Z')
    await client.jobs.pause({ name: 'clean_up' })
    clock.advance(2 * 86_400_000)
    await core.tick()
    expect(await client.jobs.runs({ name: 'clean_up' })).toHaveLength(1)
    expect(await client.jobs.run({ name: 'clean_up' })).toMatchObject({
      paused: true,
      lastRun: { error: null, finishedAt: expect.any(String) },
    })
    await client.jobs.pause({ name: 'clean_up', paused: false })
    expect((await jobNamed(opened, 'clean_up')).nextRunAt).toBe('2026-12-03T07:00:00.000Z')
  })

  test('one that fails is recorded and reported once a day; the others continue', async () => {
    const opened = await openTestCore()
    const { client, core, clock } = opened
    await core.tick()
    meddle(opened).exec('alter table told rename to told_elsewhere')
    await client.activities.create({ type: 'call', scheduledAt: '2026-11-20T10:00:00Z' })
    for (const time of ['10:00', '10:30', '11:30', '12:30']) {
      clock.set(`2026-11-20T${time}:00Z`)
      await core.tick()
    }
    const overdue = await jobNamed(opened, 'overdue')
    expect(overdue.lastRun?.error).toContain('told')
    expect(overdue.nextRunAt).toBe('2026-11-20T13:00:00.000Z')
    expect((await toldOf(opened, 'job_failed')).map(({ title }) => title)).toContain(
      'A job failed: Remind of what is overdue',
    )
    const ofOverdue = (await toldOf(opened, 'job_failed')).filter(({ title }) =>
      title.includes('overdue'),
    )
    expect(ofOverdue).toHaveLength(1)
    expect(await toldOf(opened, 'activity_due')).toHaveLength(1)
    expect((await jobNamed(opened, 'clean_up')).nextRunAt).not.toBeNull()
  })

  test('a clock that is set back by a day plans again', async () => {
    const opened = await openTestCore()
    await opened.core.tick()
    opened.clock.set('2026-11-19T09:45:00Z')
    await opened.core.tick()
    expect((await jobNamed(opened, 'overdue')).nextRunAt).toBe('2026-11-19T10:00:00.000Z')
    expect((await jobNamed(opened, 'daily_summary')).nextRunAt).toBe('2026-11-20T08:00:00.000Z')
  })
})

describe('What jobs announce', () => {
  test('what stays open for an hour is announced once more, and only once', async () => {
    const opened = await openTestCore()
    const { client, core, clock } = opened
    await core.tick()
    const call = await client.activities.create({
      type: 'call',
      subject: 'Call Acme',
      scheduledAt: '2026-11-20T10:00:00Z',
    })
    for (const time of ['10:00', '11:00', '12:00', '13:00']) {
      clock.set(`2026-11-20T${time}:00Z`)
      await core.tick()
    }
    expect(await toldOf(opened, 'overdue')).toMatchObject([
      { title: 'Still open: Call Acme', record: { kind: 'activity', id: call.id } },
    ])
  })

  test('what comes within the hour is announced once', async () => {
    const opened = await openTestCore()
    const { client, core, clock } = opened
    await core.tick()
    for (const [subject, time] of [
      ['Demo', '10:40'],
      ['Call', '10:50'],
      ['Later', '15:00'],
    ])
      await client.activities.create({
        type: 'call',
        subject,
        scheduledAt: `2026-11-20T${time}:00Z`,
      })
    for (const time of ['10:00', '10:30']) {
      clock.set(`2026-11-20T${time}:00Z`)
      await core.tick()
    }
    expect(await toldOf(opened, 'upcoming')).toMatchObject([
      { title: '2 things are coming up', items: [{ title: 'Demo' }, { title: 'Call' }] },
    ])
  })

  test('stale leads are announced to their owner once, and again after they moved', async () => {
    const opened = await openTestCore()
    const { client, core, clock } = opened
    const rep = await opened.addUser('Rep', 'rep')
    const still = await client.leads.create({ title: 'Still', ownerId: rep.id })
    const planned = await client.leads.create({ title: 'Planned', ownerId: rep.id })
    await client.tasks.create({
      title: 'Call',
      leadId: planned.id,
      dueAt: '2027-11-20T10:00:00Z',
    })
    await core.tick()
    for (const date of ['2026-11-28', '2026-11-29']) {
      clock.set(`${date}T12:00:00Z`)
      await core.tick()
    }
    expect(await toldOf(rep, 'lead_stale')).toMatchObject([
      { title: 'Nothing planned for Still', record: { kind: 'lead', id: still.id } },
    ])
    await rep.client.activities.create({ type: 'note', leadId: still.id })
    clock.set('2026-12-20T12:00:00Z')
    await core.tick()
    expect(await toldOf(rep, 'lead_stale')).toHaveLength(2)
  })

  test('the day is summed up at eight of each person’s own morning', async () => {
    const opened = await openTestCore({ start: '2026-11-20T05:00:00Z' })
    const { client, core, clock } = opened
    const rep = await opened.addUser('Rep', 'rep')
    await client.users.update({ id: rep.id, timezone: 'America/New_York' })
    for (const who of [client, rep.client])
      await who.activities.create({
        type: 'call',
        subject: 'Call',
        scheduledAt: '2026-11-20T20:00:00Z',
      })
    await core.tick()
    clock.set('2026-11-20T08:00:00Z')
    await core.tick()
    expect(await toldOf(opened, 'daily_summary')).toMatchObject([
      { title: 'Your day: 1 due today', body: '20:00  Call' },
    ])
    expect(await toldOf(rep, 'daily_summary')).toEqual([])
    clock.set('2026-11-20T13:00:00Z')
    await core.tick()
    expect(await toldOf(rep, 'daily_summary')).toMatchObject([{ body: '15:00  Call' }])
  })

  test('old records go as the settings say; what is unread stays', async () => {
    const opened = await openTestCore()
    const { client, core, clock } = opened
    await client.settings.updateWorkspace({ notificationDays: 10, deliveryDays: 5, jobRunDays: 5 })
    await client.notifications.settings.test({ channel: 'in_app' })
    await client.notifications.settings.test({ channel: 'in_app' })
    const [first] = await toldOf(opened)
    await client.notifications.read({ id: first?.id ?? '' })
    await client.jobs.run({ name: 'overdue' })
    clock.advance(11 * 86_400_000)
    const { lastRun } = await client.jobs.run({ name: 'clean_up' })
    expect(lastRun?.result).toBe('Deleted 1 old notification, 1 job run.')
    expect(await toldOf(opened)).toHaveLength(1)
    await core.tick()
  })
})

describe('What others do', () => {
  test('work given to somebody is announced to them, one action at a time, and never to the giver', async () => {
    const opened = await openTestCore()
    const { client, core } = opened
    const rep = await opened.addUser('Rep', 'rep')
    const lead = await client.leads.create({ title: 'Acme renewal', ownerId: rep.id })
    await client.tasks.create({ title: 'Call Acme', assigneeId: rep.id })
    await core.tick()
    expect((await toldOf(rep, 'assignment')).map(({ title }) => title).sort()).toEqual([
      'Me gave you a lead: Acme renewal',
      'Me gave you a task: Call Acme',
    ])
    const more = []
    for (let index = 0; index < 5; index++)
      more.push((await client.leads.create({ title: `Lead ${index}` })).id)
    await client.leads.bulk({
      target: { ids: more },
      action: { type: 'update', patch: { ownerId: rep.id } },
    })
    await core.tick()
    await core.tick()
    const [many] = await toldOf(rep, 'assignment')
    expect(many).toMatchObject({ title: 'Me gave you 5 leads' })
    expect(many?.items).toHaveLength(5)
    expect(await toldOf(opened, 'assignment')).toEqual([])
    await rep.client.leads.update({ id: lead.id, source: 'Fair' })
    await core.tick()
    expect(await toldOf(rep, 'assignment')).toHaveLength(3)
  })

  test('an undo announces nothing', async () => {
    const opened = await openTestCore()
    const { client, core } = opened
    const rep = await opened.addUser('Rep', 'rep')
    const lead = await client.leads.create({ title: 'Acme', ownerId: rep.id })
    await client.leads.update({ id: lead.id, ownerId: opened.owner.userId })
    await client.changes.undo({})
    await core.tick()
    expect(await toldOf(rep, 'assignment')).toHaveLength(1)
  })

  test('the owner hears of moves by others, the team of deals that were won', async () => {
    const opened = await openTestCore()
    const { client, core } = opened
    const [rep, mate] = [await opened.addUser('Ann', 'rep'), await opened.addUser('Bob', 'rep')]
    const boss = await opened.addUser('Boss', 'manager')
    const { id: teamId } = await client.teams.create({ name: 'North', managerId: boss.id })
    for (const { id } of [rep, mate]) await client.users.update({ id, teamId })
    const lead = await rep.client.leads.create({ title: 'Acme renewal' })
    await client.leads.moveStage({ id: lead.id, stageId: (await opened.stage('Proposal')).id })
    await core.tick()
    expect(await toldOf(rep, 'stage_move')).toMatchObject([
      { title: 'Me moved Acme renewal to Proposal', record: { kind: 'lead', id: lead.id } },
    ])
    await rep.client.leads.moveStage({ id: lead.id, stageId: (await opened.stage('Won')).id })
    await core.tick()
    expect(await toldOf(boss, 'milestone')).toMatchObject([
      { title: 'Ann won Acme renewal', record: { kind: 'lead', id: lead.id } },
    ])
    // A rep does not see leads of others: the deal has no name here.
    expect(await toldOf(mate, 'milestone')).toMatchObject([
      { title: 'Ann won a deal', record: null },
    ])
    expect(await toldOf(rep, 'milestone')).toEqual([])
  })
})
