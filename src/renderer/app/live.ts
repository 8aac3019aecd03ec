/** Follows the core's change feed for as long as the page lives, and comes back after every loss. */
import type * as z from 'zod'
import type { LiveEvent as LiveEventShape } from '../../contract/kernel/live-event'
import type { Client } from '../api'

export type LiveEvent = z.infer<typeof LiveEventShape>
export type Line = 'connecting' | 'live' | 'lost'

export interface FollowOptions {
  client: Pick<Client, 'changes' | 'database'>
  /** `feedPosition` of the core before anything else was read of it. */
  readAt: string | undefined
  onEvent(event: LiveEvent): void
  /** @param missed whether events may have been missed: since the line was up, or since the first reading */
  onLine(line: Line, missed: boolean): void
  signal: AbortSignal
}

const shortestPause = 250
const longestPause = 10_000

/** Resolves once `signal` aborts; never rejects. */
export async function followChanges({ client, readAt, onEvent, onLine, signal }: FollowOptions) {
  let pause = shortestPause
  let connected = false
  while (!signal.aborted) {
    try {
      const events = await client.changes.events(undefined, { signal })
      onLine('live', connected || (await hasMoved(client, readAt)))
      connected = true
      pause = shortestPause
      for await (const event of events) onEvent(event)
    } catch {
      // Whatever cut the line: the pause below is the answer to it.
    }
    if (signal.aborted) return
    onLine('lost', false)
    await sleep(pause, signal)
    pause = Math.min(pause * 2, longestPause)
  }
}

/** Asked while the line is up: what comes from now on is heard. Not to know counts as missed. */
const hasMoved = (client: FollowOptions['client'], readAt: string | undefined): Promise<boolean> =>
  client.database.status().then(
    ({ feedPosition }) => feedPosition !== readAt,
    () => true,
  )

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      done()
    })
  })
}
