/**
 * Entry of the core's thread for the benchmark: the built one, whose clock shows the time of the generated data and is
 * moved while it runs. It jumps as that of a machine does which was asleep.
 */
import { pathToFileURL } from 'node:url'
import { workerData } from 'node:worker_threads'

/** What the benchmark hands over besides what the core takes. */
export interface MovedClock {
  /** The built file of the core's thread. */
  core: string
  /** Milliseconds that the clock is ahead of the machine's, one number in shared memory. */
  ahead: SharedArrayBuffer
}

const { core, ahead } = workerData as MovedClock
const offset = new Float64Array(ahead)
const machine = Date.now
Date.now = () => machine() + (offset[0] ?? 0)
await import(pathToFileURL(core).href)
