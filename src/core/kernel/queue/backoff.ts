/** How long a queue waits before it tries again. */
import { createHash } from 'node:crypto'

export type Backoff = {
  /** Part of the wait by which it is longer or shorter, so that many rows do not come back at once. */
  jitter: number
} & (
  | {
      /** Before the second attempt, milliseconds; each further wait is twice as long. */
      from: number
      /** No wait is longer, apart from its jitter. */
      to: number
    }
  /** Each wait, milliseconds; the last one holds for all that follow. */
  | { waits: readonly [number, ...number[]] }
)

/**
 * Milliseconds between an attempt and the next one.
 * @param id the row's; the same row waits equally long each time it is asked
 * @param attempts how many there were
 */
export function waitAfter(id: string, attempts: number, backoff: Backoff): number {
  const random = createHash('sha256').update(`${id}:${attempts}`).digest().readUInt16BE() / 65_535
  return Math.round(waitOf(backoff, attempts) * (1 - backoff.jitter + 2 * backoff.jitter * random))
}

function waitOf(backoff: Backoff, attempts: number): number {
  if ('from' in backoff) return Math.min(backoff.to, backoff.from * 2 ** (attempts - 1))
  return backoff.waits[Math.min(attempts, backoff.waits.length) - 1] as number
}
