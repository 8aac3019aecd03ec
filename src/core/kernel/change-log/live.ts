/** Tells listeners of every committed action: screens refresh, later rules and sync continue from here. */
import { randomUUID } from 'node:crypto'
import { EventPublisher } from '@orpc/server'
import type { LiveEvent } from '../../../contract/kernel/live-event'

export type Live = ReturnType<typeof createLive>

export function createLive() {
  const publisher = new EventPublisher<{ committed: LiveEvent }>({ maxBufferedEvents: 1000 })
  const run = randomUUID()
  let published = 0
  return {
    publish(event: LiveEvent) {
      published++
      publisher.publish('committed', event)
    },
    /** Another one whenever an event was published or the program was restarted. */
    position: () => `${run}:${published}`,
    /** Every event from now on, until the signal aborts. */
    subscribe: (signal?: AbortSignal) =>
      publisher.subscribe('committed', signal === undefined ? {} : { signal }),
    listen: (listener: (event: LiveEvent) => void) => publisher.subscribe('committed', listener),
  }
}
