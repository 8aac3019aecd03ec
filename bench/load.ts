/** The memory of the host while twelve people work at once: lists, the board, timelines, saves, searches, live events. */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { throughHttp } from './doors'
import { createOperations } from './operations'
import type { Size } from './sizes'

export interface Load {
  calls: number
  failed: number
  /** Megabytes of the whole process: before, at most, and in the middle of the last third. */
  resident: { before: number; most: number; level: number }
}

const clients = 12
/** As a hand at a screen, not a loop without breath. */
const betweenCalls = 5

export async function measureLoad(
  http: Awaited<ReturnType<typeof throughHttp>>,
  { seconds, size }: { seconds: number; size: Size },
): Promise<Load> {
  const operations = (await createOperations(http.client, size)).filter(
    ({ kind }) => kind === 'read' || kind === 'write',
  )
  const before = residentOf(http.pid)
  const until = Date.now() + seconds * 1000
  const samples: number[] = []
  const listening = new AbortController()
  let calls = 0
  let failed = 0
  const listen = async () => {
    for await (const _ of await http.client.changes.events(undefined, {
      signal: listening.signal,
    }));
  }
  const work = async (client: number) => {
    for (let round = client; Date.now() < until; round += 7) {
      const operation = operations[round % operations.length]
      if (!operation) continue
      try {
        await operation.prepare?.(round)
        await operation.run(round)
        calls += 1
      } catch {
        failed += 1
      }
      await pause(betweenCalls)
    }
  }
  const watch = async () => {
    for (; Date.now() < until; await pause(500)) samples.push(residentOf(http.pid))
  }
  const listeners = Array.from({ length: clients }, () => listen().catch(() => {}))
  const working = Array.from({ length: clients }, (_, client) => work(client))
  // A call that never comes back must not keep the measurement from its end.
  await Promise.race([Promise.all([watch(), ...working]), pause((seconds + 20) * 1000)])
  listening.abort()
  // Whoever does not hear of it ends with the host.
  void Promise.all(listeners)
  const last = samples.slice(-Math.ceil(samples.length / 3)).sort((one, other) => one - other)
  return {
    calls,
    failed,
    resident: {
      before,
      most: Math.max(...samples),
      level: last[Math.floor(last.length / 2)] ?? 0,
    },
  }
}

/** Megabytes of memory that a process has, on Linux. */
export function residentOf(pid: number): number {
  const [, kilobytes = '0'] =
    /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}
