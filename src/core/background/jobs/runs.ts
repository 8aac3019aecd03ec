/** Runs of jobs, each kept with what it did or why it failed. */
import type { JobRun } from '../../../contract/background/jobs'
import type { JobName } from '../../../contract/background/words'
import { newId } from '../../kernel/database/ids'
import { type RowOf, toInstant, toInstantOrNull } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
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
  report(error: unknown): void
}

/** The watchdog learns which job the thread is at. */
export const duringJob = <Result>(watch: Watch, name: JobName, work: () => Result): Result =>
  watch.during({ kind: 'job', name }, work)

export const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error)

export function createRuns(
  { database, clock, workspace, watch }: Kernel,
  { definitions, lease, notifications, report }: RunNeeds,
) {
  const running = new Set<JobName>()
  /** The last time that was asked what is due: too many to keep each as a row. */
  let lastRound: RunRow | undefined

  /**
   * @param isScheduled leaves it to the program that runs jobs on this database
   */
  function run(name: JobName, isScheduled: boolean): void {
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
    running.add(name)
    let result: string | null = null
    let failure: string | null = null
    try {
      result = duringJob(watch, name, definitions[name].run)
    } catch (error) {
      report(error)
      failure = messageOf(error)
    } finally {
      running.delete(name)
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
