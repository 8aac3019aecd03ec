import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Contract } from '../../contract'
import type { CoreWorker } from './client'
import { type SupervisedOptions, superviseCore } from './supervise'
import { type BuiltWorker, buildWorker } from './testing'
import type { Stuck } from './testing-stuck-worker'

let built: BuiltWorker
const running: CoreWorker[] = []

beforeAll(async () => {
  built = await buildWorker('./testing-stuck-worker.ts')
}, 300_000)
afterEach(async () => {
  await Promise.all(running.splice(0).map((core) => core.close()))
})
afterAll(() => built.remove())

/** A thread takes seconds to start on a busy machine, and these need several. */
vi.setConfig({ testTimeout: 300_000 })
const patience = { timeout: 140_000 }

type Client = ContractRouterClient<Contract>

/** A supervised core; what restarts it is in `reports`. */
function start(directory: string, options: Partial<SupervisedOptions> = {}) {
  const reports: string[] = []
  const core = superviseCore({
    ...built.options({ directory }),
    patience: { computing: 1500, working: 60_000, interval: 50 },
    report: (error) => reports.push(String(error)),
    ...options,
  })
  running.push(core)
  return { core, reports }
}

/** Connects once more when the port was closed, as the screens do. */
function connect(core: CoreWorker): { client(): Client; closed(): Promise<unknown> } {
  let current: { client: Client; closed: Promise<unknown> } | undefined
  const open = () => {
    if (current) return current
    const { port1, port2 } = new MessageChannel()
    port1.once('close', () => {
      current = undefined
    })
    const closed = once(port1, 'close')
    core.connect(port2, 'desktop')
    port1.start()
    current = { client: createORPCClient(new RPCLink({ port: port1 })), closed }
    return current
  }
  return { client: () => open().client, closed: () => open().closed }
}

const stick = (directory: string, stuck: Stuck) =>
  writeFileSync(join(directory, 'stuck.json'), JSON.stringify(stuck))
const release = (directory: string) => rmSync(join(directory, 'stuck.json'), { force: true })

const get = (core: CoreWorker, path: string) =>
  core.fetch({
    style: 'api',
    method: 'GET',
    url: `http://rapport/api${path}`,
    headers: [],
    body: undefined,
    caller: { door: 'api' },
  })

it('A thread that computes without end is replaced: who waited is answered, windows connect again, nothing saved is lost', async () => {
  const directory = built.newDirectory()
  const { core, reports } = start(directory)
  await core.ready
  const window = connect(core)
  const lead = await window.client().leads.create({ title: 'Acme renewal' })
  const events = await window.client().changes.events()
  const cut = (async () => {
    for await (const _event of events);
  })().catch(() => {})
  const closed = window.closed()

  stick(directory, { kind: 'request', name: 'leads.update' })
  const waiting = get(core, '/companies')
  const update = window.client().leads.update({ id: lead.id, title: 'Never' })
  await expect(update).rejects.toThrow()
  await waiting.catch((error) => expect(error).toMatchObject({ code: 'silent' }))
  await closed
  await cut
  release(directory)

  expect((await window.client().leads.get({ id: lead.id })).title).toBe('Acme renewal')
  expect(reports).toHaveLength(1)
  expect(reports[0]).toContain('leads.update')
  const { restarts, pausedSince } = await window.client().jobs.safeStart()
  expect(pausedSince).toBeNull()
  expect(restarts).toMatchObject([
    {
      cause: 'silent',
      work: { name: 'leads.update', record: { kind: 'lead', name: 'Acme renewal' } },
    },
  ])
})

it('A request that stopped the thread twice is refused from then on, and everything else answers', async () => {
  const directory = built.newDirectory()
  const { core, reports } = start(directory)
  const { client } = connect(core)
  const lead = await client().leads.create({ title: 'Acme renewal' })
  const other = await client().leads.create({ title: 'Globex' })
  const record = { kind: 'lead', id: lead.id }
  stick(directory, { kind: 'request', name: 'leads.get', record })
  for (let time = 0; time < 2; time++)
    await expect(client().leads.get({ id: lead.id })).rejects.toThrow()
  await expect(client().leads.get({ id: lead.id })).rejects.toMatchObject({
    status: 503,
    message: expect.stringContaining('leads.get'),
  })
  expect((await client().leads.get({ id: other.id })).title).toBe('Globex')
  expect(reports).toHaveLength(2)
})

it('A job that never ends is paused with all others at the second time, and is named', async () => {
  const directory = built.newDirectory()
  stick(directory, { kind: 'job', name: 'due' })
  const { core } = start(directory)
  const { client } = connect(core)
  await expect
    .poll(
      async () =>
        (
          await client()
            .database.status()
            .catch(() => null)
        )?.jobsPausedSince ?? null,
      patience,
    )
    .not.toBeNull()
  const { restarts } = await client().jobs.safeStart()
  expect(restarts.map(({ work }) => work?.name)).toEqual(['due', 'due'])
  const due = (await client().jobs.list()).find(({ name }) => name === 'due')
  expect(due).toMatchObject({ nextRunAt: null, stopped: { cause: 'silent' } })

  release(directory)
  expect(await client().jobs.resume({})).toMatchObject({ pausedSince: null, restarts: [] })
  await expect
    .poll(
      async () => (await client().jobs.list()).find(({ name }) => name === 'due')?.lastRun,
      patience,
    )
    .not.toBeNull()
})

it('A record at which a job never ends is named, and left alone when a person says so', async () => {
  const directory = built.newDirectory()
  const { core } = start(directory)
  const { client } = connect(core)
  await client().settings.updateWorkspace({ timezone: 'UTC' })
  const remindAt = new Date(Date.now() + 3_600_000).toISOString()
  const call = await client().reminders.create({ notes: 'Call Acme', remindAt })
  stick(directory, { kind: 'job', name: 'due', record: { kind: 'reminder', id: call.id } })
  const due = new Date(Date.now() - 1000).toISOString()
  // The change itself is saved before anything runs that it leads to.
  await client().reminders.update({ id: call.id, remindAt: due })
  const status = () =>
    client()
      .jobs.safeStart()
      .catch(() => null)
  await expect.poll(async () => (await status())?.pausedSince ?? null, patience).not.toBeNull()
  const [last] = (await client().jobs.safeStart()).restarts
  expect(last?.work?.record).toEqual({ kind: 'reminder', id: call.id, name: 'Call Acme' })

  const record = { kind: 'reminder', id: call.id }
  expect(await client().jobs.resume({ skip: [record] })).toMatchObject({
    pausedSince: null,
    skipped: [{ name: 'Call Acme' }],
  })
  await client().reminders.create({ notes: 'Call Globex', remindAt: due })
  const titles = async () => (await client().notifications.list({})).items.map(({ title }) => title)
  await expect.poll(titles, patience).toContain('Call Globex')
  expect(await titles()).not.toContain('Call Acme')
  release(directory)
  expect((await client().jobs.skip({ ...record, skipped: false })).skipped).toEqual([])
  await expect.poll(titles, patience).toContain('Call Acme')
})

it('Work at the start that never ends keeps nobody out, over a restart of the program too', async () => {
  const directory = built.newDirectory()
  stick(directory, { kind: 'start', name: 'plan_steps' })
  const first = start(directory)
  await first.core.ready
  await expect.poll(() => first.reports, patience).toHaveLength(2)
  await connect(first.core).client().leads.create({ title: 'Acme renewal' })
  await first.core.close()

  const { core, reports } = start(directory)
  const { client } = connect(core)
  expect((await client().leads.list({})).total).toBe(1)
  expect((await client().database.status()).jobsPausedSince).not.toBeNull()
  expect(reports).toEqual([])
})

it('A thread that breaks down is replaced as well', async () => {
  const directory = built.newDirectory()
  const { core, reports } = start(directory)
  const { client } = connect(core)
  const lead = await client().leads.create({ title: 'Acme renewal' })
  stick(directory, { kind: 'request', name: 'leads.get', breaksDown: true })
  await expect(client().leads.get({ id: lead.id })).rejects.toThrow()
  release(directory)
  // A port may still have gone to the thread that was breaking down.
  const title = async () =>
    (
      await client()
        .leads.get({ id: lead.id })
        .catch(() => null)
    )?.title
  await expect.poll(title, patience).toBe('Acme renewal')
  expect(reports).toHaveLength(1)
})

it('A program that ended in the middle of a job twice opens with jobs paused', async () => {
  const directory = built.newDirectory()
  const { core } = start(directory)
  await core.ready
  await core.close()
  for (const paused of [false, true]) {
    // What the program leaves when it is killed.
    writeFileSync(
      join(directory, 'rapport.work'),
      '{"kind":"job","name":"stale_leads"}'.padEnd(512),
    )
    const again = start(directory)
    const status = await connect(again.core).client().database.status()
    expect(status.jobsPausedSince !== null).toBe(paused)
    await again.core.close()
  }
  const { restarts } = JSON.parse(readFileSync(join(directory, 'rapport.restarts.json'), 'utf8'))
  expect(restarts).toMatchObject([{ cause: 'killed' }, { cause: 'killed' }])
})

it('A thread that never opens the database is not started for ever', async () => {
  const { core, reports } = start(built.newDirectory(), {
    entry: new URL('data:text/javascript,setTimeout(()=>{throw new Error("boom")},50)'),
  })
  await expect(core.ready).rejects.toMatchObject({ code: 'crashed' })
  expect((await core.ended)?.message).toContain('boom')
  expect(reports).toHaveLength(3)
})
