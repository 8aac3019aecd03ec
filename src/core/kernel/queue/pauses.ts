/**
 * Lanes that pause: what they lead to cannot be reached, or does not let us in. Each pause in a row is
 * longer, so that a wrong password or a night without a network costs no row its attempts.
 */
import type { Clock } from '../time/clock'
import type { Lane } from './options'

export interface Pause {
  lane: string
  /** Why, for people. */
  message: string
  since: number
  until: number
  /** Failures in a row. */
  failures: number
}

const lengths = [1, 5, 15].map((minutes) => minutes * 60_000)

export function createPauses(clock: Clock) {
  const pauses = new Map<string, Pause & { version: Lane['version'] }>()
  /** One that began in the future began under a wrong clock, and is over. */
  const isNow = ({ since, until }: Pause) => since <= clock.now() && until > clock.now()

  return {
    /** Until when it pauses, epoch milliseconds; 0 where it does not, or was changed since. */
    until({ key, version }: Lane): number {
      const pause = pauses.get(key)
      return pause && pause.version === version && isNow(pause) ? pause.until : 0
    },

    failed({ key, version }: Lane, message: string): void {
      const failures = (pauses.get(key)?.failures ?? 0) + 1
      const since = clock.now()
      const until = since + (lengths[Math.min(failures, lengths.length) - 1] as number)
      pauses.set(key, { lane: key, version, message, since, until, failures })
    },

    worked: ({ key }: Lane): void => void pauses.delete(key),

    /** All may be tried at once; how often they failed is not forgotten. */
    end(): void {
      for (const pause of pauses.values()) pause.until = 0
    },

    /** Those that pause now. */
    all: (): Pause[] => [...pauses.values()].filter(isNow),
  }
}
