import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type ContractRouter, isContractProcedure } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { contract } from '../../contract'
import type { ProcedureMeta } from '../../contract/kernel/base'
import { type Core, openCore } from '../core'
import type { Actor } from '../kernel/actor'
import { noHost } from '../kernel/host/host'
import { beginCall, continueCall, createCallMemory, giveUp } from '../kernel/reading/call-memory'
import { isLongRead, type ReadingThreadData } from '../kernel/reading/long-reads'
import { systemClock } from '../kernel/time/clock'
import { migrations } from '../testing/testing'
import { type BuiltWorker, buildWorker } from './testing'

let built: BuiltWorker
/** Shared by the tests that do not end its thread. */
let shared: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  built = await buildWorker()
  shared = await open()
}, 300_000)
afterAll(async () => {
  await shared.core.close()
  built.remove()
})

const startReading = (data: ReadingThreadData): Worker =>
  new Worker(join(dirname(String(built.options().entry)), 'reading.js'), {
    workerData: data,
    transferList: [data.calls, data.life],
  })

/** A core on this thread, and the thread of its long reads. */
async function open({ start = startReading as (data: ReadingThreadData) => void } = {}) {
  const directory = built.newDirectory()
  const core = await openCore({
    ...{ directory, migrations, clock: systemClock, host: noHost, ticks: false },
    sample: true,
    startReading: start,
  })
  const owner = core.localActor('test')
  return { core, directory, owner, client: clientOf(core, owner) }
}
async function openOwn(options: Parameters<typeof open>[0] = {}) {
  const opened = await open(options)
  onTestFinished(() => opened.core.close())
  return opened
}
const clientOf = (core: Core, actor: Actor) =>
  createRouterClient(core.router, { context: { actor } })
type Client = ReturnType<typeof clientOf>

type Stats = Awaited<ReturnType<Client['activities']['stats']>>

const notHere = () => Promise.reject(new Error('It was answered on the thread of everything else.'))

/** Asks the thread of long reads, and no other one. */
const ask = <Result>(
  core: Core,
  actor: Actor,
  path: readonly string[],
  input: unknown,
  { signal, here = notHere }: { signal?: AbortSignal; here?: () => Promise<Result> } = {},
): Promise<Result> => {
  const reads = core.longReads()
  if (!reads) throw new Error('There is no thread of long reads.')
  return reads.call({ path, input, actor, signal }, here)
}

/** Every procedure of the contract that is a long read. */
function longReadsIn(router: ContractRouter<ProcedureMeta>, path: string[] = []): string[][] {
  if (isContractProcedure(router)) return isLongRead(router) ? [path] : []
  return Object.entries(router).flatMap(([name, part]) => longReadsIn(part, [...path, name]))
}

/** Without what passes while both are asked: moments from now, and more than three digits of days. */
const alike = (answer: unknown): unknown =>
  JSON.parse(
    JSON.stringify(answer, (key, value) => {
      if (key === 'dueAt') return undefined
      return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value
    }),
  )

describe('The thread of long reads', () => {
  test('answers every long read as the core itself does', async () => {
    const { core, owner, client } = shared
    const { items: cadences } = await client.cadences.list({})
    const cadenceId = cadences[0]?.id ?? ''
    const inputs: Readonly<Record<string, object>> = {
      'activities.stats': {},
      'pipeline.conversionRates': {},
      'cadences.analytics': { id: cadenceId },
      'cadences.compare': { cadenceId: cadences.map(({ id }) => id) },
      'suggestions.list': {},
    }
    const paths = longReadsIn(contract)
    expect(paths.map((path) => path.join('.')).sort()).toEqual(Object.keys(inputs).sort())
    for (const path of paths) {
      const input = inputs[path.join('.')]
      const procedure = path.reduce<unknown>(
        (part, name) => (part as Record<string, unknown>)[name],
        client,
      ) as (input: unknown) => Promise<unknown>
      expect(alike(await ask(core, owner, path, input))).toEqual(alike(await procedure(input)))
    }
  })

  test('knows at once what was committed, and settings that were changed', async () => {
    const { core, owner, client } = shared
    const calls = async (): Promise<number> => {
      const { byType } = await ask<Stats>(core, owner, ['activities', 'stats'], {})
      return byType.find(({ type }) => type === 'call')?.count ?? 0
    }
    const before = await calls()
    const lead = await client.leads.create({ title: 'Acme renewal' })
    await client.activities.create({ type: 'call', subject: 'Called', leadId: lead.id })
    expect(await calls()).toBe(before + 1)
    const ofThatDay = { from: '2026-01-01', to: '2026-01-01' }
    await client.settings.updateWorkspace({ timezone: 'Pacific/Kiritimati' })
    await client.activities.create({
      ...{ type: 'call', subject: 'Called', leadId: lead.id },
      occurredAt: '2025-12-31T11:00:00.000Z',
    })
    const { byType } = await ask<Stats>(core, owner, ['activities', 'stats'], ofThatDay)
    expect(byType.map(({ type, count }) => [type, count])).toEqual([['call', 1]])
  })

  test('refuses in the core’s own words, and shows a rep only what is its own', async () => {
    const { core, client } = shared
    const rep: Actor = {
      userId: (await client.users.create({ name: 'Rita Rep', role: 'rep' })).id,
      role: 'rep',
      door: 'test',
    }
    await expect(ask(core, rep, ['activities', 'stats'], { from: 'soon' })).rejects.toMatchObject({
      code: 'invalid',
      data: { issues: [{ path: 'from' }] },
    })
    await expect(
      ask(core, rep, ['cadences', 'analytics'], { id: '0193f7b0-0000-7000-8000-000000000000' }),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await ask(core, rep, ['activities', 'stats'], {})).toEqual(
      await clientOf(core, rep).activities.stats({}),
    )
  })

  test('leaves out a call that nobody waits for, and answers the next one', async () => {
    const { core, owner } = shared
    const gone = new AbortController()
    const first = ask(core, owner, ['activities', 'stats'], {})
    const abandoned = ask(core, owner, ['cadences', 'compare'], {}, { signal: gone.signal })
    gone.abort()
    await expect(abandoned).rejects.toThrow()
    await first
    expect(await ask(core, owner, ['activities', 'stats'], {})).toEqual(await first)
  })

  test('gives up the call that runs before its next statement', () => {
    const memory = createCallMemory()
    beginCall(memory, 1)
    continueCall(memory)
    giveUp(memory, 2)
    continueCall(memory)
    giveUp(memory, 1)
    expect(() => continueCall(memory)).toThrow('Nobody waits')
    beginCall(memory, 2)
    continueCall(memory)
  })

  test('lets go of the file for a restore, and reads the restored one afterwards', async () => {
    const { core, owner, client } = await openOwn()
    const before = await ask(core, owner, ['activities', 'stats'], {})
    const { name } = await client.database.backUp({})
    const lead = await client.leads.create({ title: 'Acme renewal' })
    await client.activities.create({ type: 'call', subject: 'Called', leadId: lead.id })
    await ask(core, owner, ['activities', 'stats'], {})
    await client.database.restore({ name })
    expect(await ask(core, owner, ['activities', 'stats'], {})).toEqual(before)
  })

  test('where it cannot start or has ended, the core answers itself', async () => {
    let started = 0
    const { core, owner } = await openOwn({
      start: (data) => {
        started += 1
        data.life.close()
      },
    })
    const here = async () => 'here'
    const path = ['activities', 'stats']
    expect(await ask(core, owner, path, {}, { here })).toBe('here')
    expect(await ask(core, owner, path, {}, { here })).toBe('here')
    expect(started).toBe(1)
  })

  test('can be started ahead, and then answers the first call', async () => {
    let started = 0
    const { core, owner } = await openOwn({
      start: (data) => {
        started += 1
        startReading(data)
      },
    })
    core.longReads()?.prepare()
    expect(started).toBe(1)
    await ask(core, owner, ['activities', 'stats'], {})
    expect(started).toBe(1)
    await core.longReads()?.close()
    core.longReads()?.prepare()
    expect(started).toBe(1)
  })

  test('one that broke down is replaced', async () => {
    const threads: Worker[] = []
    const { core, owner } = await openOwn({
      start: (data) => void threads.push(startReading(data)),
    })
    const path = ['activities', 'stats']
    const answer = await ask(core, owner, path, {})
    await threads[0]?.terminate()
    // The core hears of it by the port, a moment later.
    const here = async () => answer
    while (threads.length < 2) expect(await ask(core, owner, path, {}, { here })).toEqual(answer)
    expect(await ask(core, owner, path, {})).toEqual(answer)
  })

  test('a file that is gone is no reason to break down', async () => {
    const { core, owner, directory } = await openOwn({
      start: (data) => {
        for (const ending of ['', '-wal', '-shm'])
          rmSync(join(directory, `rapport.db${ending}`), { force: true })
        startReading(data).on('error', () => {})
      },
    })
    expect(await ask(core, owner, ['activities', 'stats'], {}, { here: async () => 'here' })).toBe(
      'here',
    )
  })
})
