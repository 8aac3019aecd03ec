/** Entry of the core's thread: opens the core and serves it to the host that started the thread. */
import { parentPort, workerData } from 'node:worker_threads'
import { ORPCError } from '@orpc/server'
import type { OpeningStep } from '../../contract/kernel/opening'
import { openCore } from '../core'
import { systemClock } from '../kernel/time/clock'
import { createHeartbeat } from '../kernel/watch/heartbeat'
import { failureOf } from './host'
import type { CoreThreadData, FromCore } from './messages'
import { serveCore } from './serve'

const port = parentPort
if (!port) throw new Error('The core runs on a thread of its own; start it with startCoreWorker.')
const { version, heartbeat: memory, ...options } = workerData as CoreThreadData
const heartbeat = createHeartbeat(memory)
setInterval(heartbeat.beat, 500).unref()
const report = (error: unknown) => console.error(error)
const onOpening = (step: OpeningStep) =>
  port.postMessage({ type: 'opening', step } satisfies FromCore)

// A message that nobody can read, or a reader who went away, must not end the program.
process.on('unhandledRejection', report)

try {
  await serveCore(port, {
    open: (host) =>
      openCore({
        ...options,
        clock: systemClock,
        host,
        report,
        heartbeat,
        onOpening,
        beginsLater: true,
        startReading: (data) =>
          port.postMessage({ type: 'startReading', data } satisfies FromCore, [
            data.calls,
            data.life,
          ]),
      }),
    version,
    report,
  })
} catch (error) {
  if (!(error instanceof ORPCError)) report(error)
  port.postMessage({ type: 'failed', failure: failureOf(error) } satisfies FromCore)
} finally {
  port.close()
}
