/** Attempts what was taken, and gives it up where no answer comes within its lease. */
import type { Lane, Outcome, QueueRow } from './options'
import { type Attempt, messageOf, type Running } from './running'
import type { Settling } from './settling'

export function createAttempting<Row extends QueueRow, Answer, Context>(
  { holds, options, pauses, report, underWay, isOver, leaseOf }: Running<Row, Answer, Context>,
  { answered, settle, lost, forget }: Settling<Row, Answer, Context>,
) {
  async function ask(row: Row, others: Row[]): Promise<Outcome> {
    try {
      if (options.leaves(row)) holds.leaving()
    } catch (error) {
      report(error)
      return { became: 'failed', retry: true, error: messageOf(error) }
    }
    try {
      return options.judge(await options.attempt(row, others), row)
    } catch (error) {
      report(error)
      return { became: 'unknown', error: messageOf(error) }
    }
  }

  /** The outcome; undefined where none came in time. */
  async function withinLease(answering: Promise<Outcome>, row: Row): Promise<Outcome | undefined> {
    let limit: NodeJS.Timeout | undefined
    const tooLate = new Promise<undefined>((resolve) => {
      limit = setTimeout(() => resolve(undefined), leaseOf(row)).unref()
    })
    try {
      return await Promise.race([answering, tooLate])
    } finally {
      clearTimeout(limit)
    }
  }

  /** The lane continues without the answer. A row that may be repeated waits again at once. */
  function giveUp(attempt: Attempt<Row>, outcome: Outcome): void {
    if (isOver()) return
    settle(attempt, outcome)
    if (outcome.became === 'failed') forget(attempt)
  }

  return async function run(attempt: Attempt<Row>, lane: Lane): Promise<Outcome> {
    const [first, ...others] = attempt.rows
    for (const { id } of attempt.rows) underWay.add(id)
    const answering = ask(first, others)
    const inTime = await withinLease(answering, first)
    if (!inTime) void answering.then((outcome) => answered(attempt, outcome)).catch(report)
    const outcome = inTime ?? lost(first)
    if (outcome.became === 'failed' && outcome.retry === 'lane') pauses.failed(lane, outcome.error)
    else if (inTime) pauses.worked(lane)
    if (inTime) answered(attempt, outcome)
    else giveUp(attempt, outcome)
    return outcome
  }
}
