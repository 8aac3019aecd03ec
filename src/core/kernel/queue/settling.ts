/** Writes down what became of attempts, of those nobody finished too. */
import { waitAfter } from './backoff'
import type { Columns, Outcome, QueueRow } from './options'
import type { Attempt, Running } from './running'

export type Settling<Row extends QueueRow, Answer, Context> = ReturnType<
  typeof createSettling<Row, Answer, Context>
>

export function createSettling<Row extends QueueRow, Answer, Context>({
  database,
  clock,
  storage,
  options,
  rows,
  states,
  holder,
  underWay,
  step,
  leaseOf,
}: Running<Row, Answer, Context>) {
  /** Answers that could not be written down yet. */
  const unsettled = new Map<Attempt<Row>, Outcome>()
  let othersAreGone = false

  function answered(attempt: Attempt<Row>, outcome: Outcome): void {
    // The program may have been closed in the meantime: the next one settles what it had taken.
    if (!database.connection.open) return
    unsettled.set(attempt, outcome)
    settleAnswers()
  }

  /** On a full disk this waits until writing works; until then a row counts as taken, and is not attempted again. */
  function settleAnswers(): void {
    for (const [attempt, outcome] of unsettled) {
      try {
        settle(attempt, outcome)
      } catch (error) {
        if (!storage.isTrouble(error)) forget(attempt)
        throw error
      }
      forget(attempt)
    }
  }

  function forget(attempt: Attempt<Row>): void {
    unsettled.delete(attempt)
    for (const { id } of attempt.rows) underWay.delete(id)
  }

  /** The answer comes late where another program has given the attempt up: it counts all the same. */
  function settle({ rows: taken, takenBy }: Attempt<Row>, outcome: Outcome): void {
    step({ kind: 'settle', row: taken[0], outcome }, (context) => {
      for (const { id, attempts } of taken) {
        const row = rows.get(id)
        // Of an attempt before this one it says nothing of the row as it is now.
        if (row?.taken_by !== takenBy || row.attempts !== attempts) continue
        if (row.state === states.taken || row.state === states.unknown)
          settleRow(row, outcome, context)
      }
    })
  }

  function settleRow(row: Row, outcome: Outcome, context: Context, isLost = false): void {
    const now = clock.now()
    const ofLane = outcome.became === 'failed' && outcome.retry === 'lane'
    const isAgain =
      ofLane ||
      (outcome.became === 'failed' && outcome.retry && row.attempts < options.mostAttempts(row))
    const wait = isLost ? 0 : waitAfter(row.id, row.attempts, options.backoff)
    const columns: Columns = {
      state: isAgain ? states.waiting : states[outcome.became],
      error: outcome.became === 'done' ? null : outcome.error,
      updated_at: now,
      ...(isAgain && !ofLane ? { next_attempt_at: now + wait } : {}),
      ...(ofLane ? { attempts: row.attempts - 1, taken_at: null } : {}),
      ...outcome.also,
    }
    const write = (also: Columns = {}) => rows.write(row.id, { ...columns, ...also })
    if (options.settle) options.settle({ row, outcome, isFinal: !isAgain }, context, write)
    else write()
  }

  const lost = (row: Row): Outcome =>
    options.isRepeatable?.(row)
      ? { became: 'failed', retry: true, error: options.lostError(row) }
      : { became: 'unknown', error: options.lostError(row) }

  /** What programs that are gone had taken and not finished, and what nobody confirmed. */
  function giveUpLost(): void {
    const now = clock.now()
    for (const row of rows.taken()) {
      if (underWay.has(row.id)) continue
      const isRepeatable = options.isRepeatable?.(row) ?? false
      const isExpired = row.taken_at === null || Math.abs(now - row.taken_at) >= leaseOf(row)
      const isOfAnother = !row.taken_by?.startsWith(`${holder}/`)
      if (!isExpired && !(othersAreGone && isOfAnother && !isRepeatable)) continue
      const outcome = lost(row)
      step({ kind: 'abandon', row, outcome }, (context) => {
        const current = rows.get(row.id)
        if (current?.state === states.taken && current.taken_by === row.taken_by)
          settleRow(current, outcome, context, true)
      })
    }
    othersAreGone = false
  }

  return {
    answered,
    settleAnswers,
    settle,
    settleRow,
    lost,
    forget,
    giveUpLost,
    /** No other program can be running on this database: what others took is lost at once, not after its lease. */
    takeOver(): void {
      othersAreGone = true
      giveUpLost()
    },
  }
}
