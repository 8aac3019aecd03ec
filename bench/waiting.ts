/** How long a call waits while the core works by itself: Today is asked for twenty times a second meanwhile. */
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { jobNames } from '../src/contract/background/words'
import { clock } from './database'
import { throughWorker } from './doors'
import { leadsAsCsv, settled } from './import'
import { limits } from './limits'
import type { MovedClock } from './moved-clock-worker'
import type { Client } from './operation'
import { generatedId } from './seeded'

export interface Waiting {
  /** What the core was at. */
  during: string
  /** Milliseconds that it took. */
  took: number
  calls: number
  /** Milliseconds until a call was answered. */
  p50: number
  p99: number
  longest: number
}

/** Milliseconds between two calls; one that waits keeps the next from nothing. */
const betweenCalls = 50
const day = 86_400_000

/**
 * Runs everything that the core does by itself, one thing after the other, on its thread.
 * @param directory a copy of a generated database, which is written to
 * @param rows of the import
 */
export async function measureWaiting(
  directory: string,
  { rows }: { rows: number },
): Promise<Waiting[]> {
  const ahead = new SharedArrayBuffer(8)
  const moved = new Float64Array(ahead)
  moved[0] = clock.now() - Date.now()
  const file = new File([leadsAsCsv(rows)], 'leads.csv', { type: 'text/csv' })
  const { client, close } = await throughWorker(directory, {
    entry: join(import.meta.dirname, 'moved-clock-worker.js'),
    data: { core: resolve('out/main/worker.js'), ahead } satisfies MovedClock,
  })
  const found: Waiting[] = []
  const now = () => Date.now() + (moved[0] ?? 0)
  const watch = async (during: string, work: () => Promise<unknown>) => {
    const one = await callMeanwhile(client, during, work)
    found.push(one)
    console.error(`${during}: ${one.took.toFixed(0)} ms, longest wait ${one.longest.toFixed(0)} ms`)
  }
  const pauseJobs = async (paused: boolean) => {
    for (const name of jobNames) await client.jobs.pause({ name, paused })
  }

  try {
    await watch('the first ticks after opening', () => caughtUp(client, now))
    await watch('nothing', () => pause(3000))
    await pauseJobs(true)
    moved[0] += day
    for (const name of jobNames)
      await watch(`job ${name}, a day later`, () => client.jobs.run({ name }))
    let importId = ''
    await watch(`import of ${rows.toLocaleString('en')} rows`, async () => {
      importId = (await client.transfer.start({ kind: 'leads', file })).importId
      await settled(client, importId)
    })
    await watch('undo of the import', async () => {
      await client.transfer.undo({ importId })
      await settled(client, importId)
    })
    await pauseJobs(false)
    moved[0] += 21 * day
    await watch('catching up after three weeks', () => caughtUp(client, now))
  } finally {
    await close()
  }
  found.push(await whileReading(directory))
  return found
}

/** How long it waits for somebody who looks at every report. */
export async function whileReading(directory: string): Promise<Waiting> {
  const { client, close } = await throughWorker(directory)
  try {
    for (const name of jobNames) await client.jobs.pause({ name, paused: true })
    const { items } = await client.cadences.list({ limit: 20 })
    const cadenceId = items.map(({ id }) => id)
    return await callMeanwhile(client, 'long reads', async () => {
      await client.activities.stats({})
      await client.activities.stats({ from: '2026-01-01', to: '2026-12-31' })
      await client.pipeline.conversionRates({})
      await client.cadences.compare({ cadenceId })
      for (const id of cadenceId) await client.cadences.analytics({ id })
      for (let user = 0; user < 10; user++)
        await client.suggestions.list({ userId: generatedId('user', 20 + user) })
    })
  } finally {
    await close()
  }
}

/** Until what was due has been announced, and every job has run that had to. */
async function caughtUp(client: Client, now: () => number) {
  const since = performance.now()
  const rounds = async () => (await client.jobs.runs({ name: 'due' })).length
  const before = await rounds()
  for (;;) {
    await pause(250)
    const others = (await client.jobs.list()).filter(({ name }) => name !== 'due')
    const isIdle = others.every(
      ({ running, nextRunAt }) => !running && nextRunAt !== null && Date.parse(nextRunAt) > now(),
    )
    if (isIdle && (await rounds()) > before) return
    if (performance.now() - since > 180_000) throw new Error('The jobs do not catch up.')
  }
}

async function callMeanwhile(
  client: Client,
  during: string,
  work: () => Promise<unknown>,
): Promise<Waiting> {
  const waits: number[] = []
  const calls: Promise<void>[] = []
  const call = async () => {
    const asked = performance.now()
    await client.agenda.today({ userId: generatedId('user', 20 + (calls.length % 100)) })
    waits.push(performance.now() - asked)
  }
  const began = performance.now()
  calls.push(call())
  const calling = setInterval(() => calls.push(call()), betweenCalls)
  try {
    await work()
  } finally {
    clearInterval(calling)
  }
  const took = performance.now() - began
  await Promise.all(calls)
  waits.sort((one, other) => one - other)
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))]
  return {
    during,
    took,
    calls: waits.length,
    p50: at(0.5) ?? 0,
    p99: at(0.99) ?? 0,
    longest: at(1) ?? 0,
  }
}

/** A table for people, in Markdown. */
export function printWaiting(found: readonly Waiting[]): void {
  console.log(`
| Today, asked for 20 times a second during | took | calls | wait p50 / p99 | longest | limit |
|---|--:|--:|--:|--:|--:|`)
  for (const { during, took, calls, p50, p99, longest } of found)
    console.log(
      `| ${during} | ${seconds(took)} | ${calls} | ${p50.toFixed(1)} / ${p99.toFixed(1)} ms | ${longest.toFixed(0)} ms | ${limits.waiting} ms |`,
    )
}

const seconds = (milliseconds: number) =>
  milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
