/** Tells listeners of every committed action: screens refresh, later rules and sync go on from here. */
import { EventPublisher } from '@orpc/server'
import type { LiveEvent } from '../../contract/changes'

export type Live = ReturnType<typeof createLive>

export function createLive() {
  const publisher = new EventPublisher<{ committed: LiveEvent }>({ maxBufferedEvents: 1000 })
  return {
    publish: (event: LiveEvent) => publisher.publish('committed', event),
    /** Every event from now on, until the signal aborts. */
    subscribe: (signal?: AbortSignal) =>
      publisher.subscribe('committed', signal === undefined ? {} : { signal }),
    listen: (listener: (event: LiveEvent) => void) => publisher.subscribe('committed', listener),
  }
}
