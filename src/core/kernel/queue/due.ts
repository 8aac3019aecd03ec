/** Which row of a lane is due, and when the next one will be. */
import type { Lane, QueueRow } from './options'
import type { Running } from './running'

export type Due<Row extends QueueRow, Answer, Context> = ReturnType<
  typeof createDue<Row, Answer, Context>
>

export function createDue<Row extends QueueRow, Answer, Context>({
  database,
  clock,
  holds,
  options,
  rows,
  pauses,
}: Running<Row, Answer, Context>) {
  const freeAt = (lane: Lane, now: number) => Math.max(pauses.until(lane), lane.freeAt?.(now) ?? 0)

  return {
    /** The row of a lane that goes next, if it may go by now. */
    first(lane: Lane): Row | undefined {
      const now = clock.now()
      const row = rows.next(lane, now)
      return row && row.next_attempt_at <= now ? row : undefined
    },

    /** Whether a lane neither pauses nor has reached its limits. */
    isFree(lane: Lane): boolean {
      const now = clock.now()
      return freeAt(lane, now) <= now
    },

    /** Milliseconds until a lane with waiting rows may attempt the next one; infinite where none has. */
    nextIn(): number {
      const now = clock.now()
      const waits = options.lanes().flatMap((lane) => {
        const first = rows.next(lane, now)
        const at = first && Math.max(first.next_attempt_at, freeAt(lane, now))
        // What is due already and was not attempted waits for a person: a password, the stop switch.
        return at !== undefined && at > now ? [at - now] : []
      })
      return Math.min(...waits)
    },

    /** What was put off under a clock that was ahead waits for the right instant again. */
    mendWaits(lanes: Lane[]): void {
      // A clock that cannot be right is no reason to change anything.
      if (holds.isHeld('clock')) return
      const now = clock.now()
      const ahead = lanes.flatMap((lane) => rows.postponedAhead(lane, now))
      if (ahead.length === 0) return
      database.transaction(() => {
        for (const row of ahead) {
          const at = Math.max(now, options.earliest?.(row, now) ?? now)
          rows.write(row.id, {
            next_attempt_at: Math.min(at, row.next_attempt_at),
            updated_at: now,
          })
        }
      })
    },
  }
}
