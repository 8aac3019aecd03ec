/** Follows the core's change feed for as long as the page lives, and comes back after every loss. */
import type * as z from 'zod'
import type { LiveEvent as LiveEventShape } from '../../contract/changes'
import type { Client } from '../api'

export type LiveEvent = z.infer<typeof LiveEventShape>
export type Line = 'connecting' | 'live' | 'lost'

export interface FollowOptions {
  client: Pick<Client, 'changes'>
  onEvent(event: LiveEvent): void
  /** `again` is true when events may have been missed since the line was last up. */
  onLine(line: Line, again: boolean): void
  signal: AbortSignal
}

const shortestPause = 250
const longestPause = 10_000

/** Resolves once `signal` aborts; never rejects. */
export async function followChanges({ client, onEvent, onLine, signal }: FollowOptions) {
  let pause = shortestPause
  let connected = false
  while (!signal.aborted) {
    try {
      const events = await client.changes.events(undefined, { signal })
      onLine('live', connected)
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

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      done()
    })
  })
}
