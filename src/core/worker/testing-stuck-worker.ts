/**
 * Entry of a thread for tests of what happens when it stops answering: the real core, whose clock never answers while
 * `stuck.json` in the data directory names the work that is under way.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { openCore } from '../core'
import { createHeartbeat, readHeartbeat, type Work } from '../kernel/watch/heartbeat'
import { failureOf } from './host'
import type { CoreThreadData, FromCore } from './messages'
import { serveCore } from './serve'

/** What the test writes to make the thread spin, or break down, in all work that this is a part of. */
export interface Stuck extends Partial<Work> {
  breaksDown?: boolean
}

const port = parentPort
if (!port) throw new Error('This runs on a thread.')
const { version, heartbeat: memory, ...options } = workerData as CoreThreadData
const heartbeat = createHeartbeat(memory)
const reader = readHeartbeat(memory)
setInterval(heartbeat.beat, 50).unref()

function stuck(): Stuck | undefined {
  try {
    return JSON.parse(readFileSync(join(options.directory, 'stuck.json'), 'utf8')) as Stuck
  } catch {
    return undefined
  }
}
const clock = {
  now() {
    const wanted = stuck()
    const work = reader.work()
    if (
      wanted &&
      work?.kind === wanted.kind &&
      work?.name === wanted.name &&
      (!wanted.record || wanted.record.id === work?.record?.id)
    ) {
      if (wanted.breaksDown) process.exit(7)
      for (;;);
    }
    return Date.now()
  },
}

try {
  await serveCore(port, {
    open: (host) =>
      openCore({
        ...options,
        clock,
        host,
        report: () => {},
        heartbeat,
        beginsLater: true,
      }),
    version,
    report: () => {},
  })
} catch (error) {
  port.postMessage({ type: 'failed', failure: failureOf(error) } satisfies FromCore)
} finally {
  port.close()
}
