/** Runs of jobs, each kept with what it did or why it failed. */
import type { JobRun } from '../../../contract/background/jobs'
import type { JobName } from '../../../contract/background/words'
import { newId } from '../../kernel/database/ids'
import { type RowOf, toInstant, toInstantOrNull } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import type { InPortions } from '../../kernel/portions/portions'
import { dateIn } from '../../kernel/time/zone'
import type { Watch } from '../../kernel/watch/watch'
import type { Notifications } from '../notifications/notifications'
import type { JobDefinitions } from './definitions'
import type { createLease } from './lease'
import type { jobRun } from './table'

type RunRow = RowOf<typeof jobRun>
export type Runs = ReturnType<typeof createRuns>

export interface RunNeeds {
  definitions: JobDefinitions
  lease: ReturnType<typeof createLease>
  notifications: Notifications
  /** Ends what is under way, between two portions: the program is being closed. */
  closing: AbortSignal
  report(error: unknown): void
}

/** The watchdog learns which job the thread is at. */
export const duringJob = <Result>(watch: Watch, name: JobName, work: () => Result): Result =>
  watch.during({ kind: 'job', name }, work)

/** Does the work of a job in portions, of which the watchdog learns, until it is done or the program is closed. */
export const portionsOfJob =
  ({ portions, watch }: Kernel, name: JobName, closing: AbortSignal): InPortions =>
  (work) =>
    portions.run((portion) => duringJob(watch, name, () => work(portion)), closing)

export const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error)

export function createRuns(
  kernel: Kernel,
  { definitions, lease, notifications, closing, report }: RunNeeds,
) {
  const { database, clock, workspace } = kernel
  const running = new Map<JobName, Promise<void>>()
  /** The last time that was asked what is due: too many to keep each as a row. */
  let lastRound: RunRow | undefined

  /**
   * Runs a job; one that is under way is waited for instead.
   * @param isScheduled leaves it to the program that runs jobs on this database
   */
  function run(name: JobName, isScheduled: boolean): Promise<void> {
    const underWay =
      running.get(name) ?? runOnce(name, isScheduled).finally(() => running.delete(name))
    running.set(name, underWay)
    return underWay
  }

  async function runOnce(name: JobName, isScheduled: boolean): Promise<void> {
    const startedAt = clock.now()
    const id = newId(startedAt)
    const begun = database.transaction(() => {
      if (isScheduled && !lease.take()) return false
      database
        .prepare('insert into job_run (id, job, started_at) values (?, ?, ?)')
        .run(id, name, startedAt)
      return true
    })
    if (!begun) return
    if (name === 'due') lastRound = undefined
    let result: string | null = null
    let failure: string | null = null
    try {
      result = await definitions[name].run(portionsOfJob(kernel, name, closing))
    } catch (error) {
      // It stays due, and the next start says that it was stopped.
      if (error === closing.reason) return
      report(error)
      failure = messageOf(error)
    }
    const now = clock.now()
    database.transaction(() => {
      database
        .prepare('update job_run set finished_at = ?, result = ?, error = ? where id = ?')
        .run(now, result, failure, id)
      database
        .prepare('update job set next_run_at = ? where name = ?')
        .run(definitions[name].schedule.next(now), name)
    })
    if (failure !== null) tellFailure(name, failure)
    database.announce(null, { job: [name], job_run: null })
  }

  /** Keeps a round of asking what is due, where it did something or failed in a new way. */
  function keepRound(
    id: string,
    startedAt: number,
    { result, failure }: { result: string | null; failure: string | null },
  ): void {
    const isRepeated = failure !== null && failure === lastRound?.error
    const finishedAt = clock.now()
    lastRound = {
      seq: 0,
      id,
      job: 'due',
      started_at: startedAt,
      finished_at: finishedAt,
      result,
      error: failure,
    }
    if (isRepeated || (result === null && failure === null)) return
    database
      .prepare(
        'insert into job_run (id, job, started_at, finished_at, result, error) values (?, ?, ?, ?, ?, ?)',
      )
      .run(id, 'due', startedAt, finishedAt, result, failure)
    if (failure !== null) tellFailure('due', failure)
    database.announce(null, { job_run: null })
  }

  /** Admins hear of it, of each job once a day. */
  function tellFailure(name: JobName, failure: string): void {
    const date = dateIn(clock.now(), workspace.timezone())
    notifications.tell((post) => {
      for (const { id } of database.all<{ id: string }>(
        `select id from user where role = 'admin' and active = 1 and deleted_at is null`,
      ))
        post({
          userId: id,
          kind: 'job_failed',
          key: `job_failed:${name}:${date}:${id}`,
          title: `A job failed: ${definitions[name].label}`,
          body: failure,
        })
    })
  }

  function latest(name: JobName): JobRun | null {
    const row = name === 'due' && lastRound ? lastRound : latestRows(name, 1)[0]
    return row ? toRun(row) : null
  }

  const latestRows = (name: JobName, limit: number) =>
    database.all<RunRow>(
      'select * from job_run where job = ? order by seq desc limit ?',
      name,
      limit,
    )

  /** What a program that was killed was at: it runs again by itself, as its next run stays due. */
  function markInterrupted(): void {
    database
      .prepare(
        `update job_run set finished_at = started_at, error = 'Rapport was stopped while this ran.'
         where finished_at is null`,
      )
      .run()
  }

  return {
    run,
    keepRound,
    latest,
    list: (name: JobName, limit: number): JobRun[] => latestRows(name, limit).map(toRun),
    isRunning: (name: JobName) => running.has(name),
    /** Resolves when no job is under way. */
    settled: async (): Promise<void> => void (await Promise.allSettled(running.values())),
    markInterrupted,
  }
}

const toRun = (row: RunRow): JobRun => ({
  id: row.id,
  startedAt: toInstant(row.started_at),
  finishedAt: toInstantOrNull(row.finished_at),
  result: row.result,
  error: row.error,
})
