/** Jobs: what runs by itself. Time is asked, never waited for: each tick does what is due now. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Job, JobRun } from '../../../contract/background/jobs'
import { type JobName, jobNames } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import { newId } from '../../kernel/database/ids'
import { type RowOf, toInstant, toInstantOrNull } from '../../kernel/database/rows'
import type { Host, HostCounts } from '../../kernel/host/host'
import type { Kernel } from '../../kernel/kernel'
import type { Reactions } from '../../kernel/reactions/after'
import { dateIn, knownZone } from '../../kernel/time/zone'
import { dailyHour, type Notifications } from '../notifications/notifications'
import { cleanUp } from './clean-up'
import { createDigests } from './digests'
import { createDue } from './due'
import { createItems } from './items'
import { createLease } from './lease'
import { oneAtATime } from './one-at-a-time'
import { createSafeStart } from './safe-start'
import { cron, nextTime, type Schedule } from './schedule'
import type { job, jobRun } from './table'
import { createTold } from './told'
import { createToldEarly } from './told-early'

export type Jobs = ReturnType<typeof createJobs>

export interface JobNeeds {
  notifications: Notifications
  /** What follows from what was done. */
  reactions: Reactions
  host: Host
  /** What waits for somebody. */
  countsOf(userId: string): { overdue: number; today: number }
  /** Looks after plans whose time has come; answers what it did, for people. */
  planSteps(): string | null
  /** What else is to be deleted at night; answers what, for people. */
  purge(): string | null
  /** Whoever does what happens by itself. */
  systemActor(): Actor
  report(error: unknown): void
}

interface JobDefinition {
  label: string
  schedule: Schedule
  /** Answers what it did, for people; null for nothing. It may run again: nothing is told twice. */
  run(): string | null
}

/** How often is asked what is due, in milliseconds. */
export const tickLength = 15_000
/** Jobs that tell people of times that have come. */
const tellingJobs: ReadonlySet<JobName> = new Set([
  'overdue',
  'stale_leads',
  'upcoming',
  'daily_summary',
])
/** Every so many minutes alike in all zones, which no change of clocks moves. */
const utc = () => 'UTC'
/** Nobody asked for this long: somebody was away. */
const awayAfter = 2 * 60_000

export function createJobs(
  kernel: Kernel,
  { notifications, reactions, host, countsOf, planSteps, purge, systemActor, report }: JobNeeds,
) {
  const { database, clock, workspace, watch } = kernel
  const items = createItems(kernel)
  const told = createTold(kernel)
  const mendToldEarly = createToldEarly(kernel, { systemActor })
  const lease = createLease(kernel, notifications.holder)
  const due = createDue(kernel, { notifications, items, told })
  const digests = createDigests(kernel, { notifications, items, told })

  let lastTick: number | undefined
  /** The zones that runs were planned in. */
  let plannedIn = ''
  /** The last asking what is due: too many to keep each as a row. */
  let lastAsked: RowOf<typeof jobRun> | undefined
  let lastCounts = ''
  /** What waits for the owner, as long as nothing of it changed and the day is the same. */
  let waiting = { asOf: '', overdue: 0, today: 0 }
  const asking = oneAtATime(askAll)
  const running = new Set<JobName>()

  const definitions: Record<JobName, JobDefinition> = {
    due: {
      label: 'Tell what is due',
      schedule: {
        words: `every ${tickLength / 1000} seconds`,
        next: (after) => after + tickLength,
      },
      run: () => handOver(clock.now(), false, newId(clock.now())).words,
    },
    plan_steps: {
      label: 'Go on with plans: missed steps, automated steps, pauses that end',
      schedule: cron('* * * * *', utc, 'every minute'),
      run: planSteps,
    },
    overdue: {
      label: 'Remind of what is overdue',
      schedule: cron('0 * * * *', utc, 'every hour'),
      run: digests.overdue,
    },
    stale_leads: {
      label: 'Find leads that lie still',
      schedule: cron(
        '0 0,6,12,18 * * *',
        workspace.timezone,
        'daily at 00:00, 06:00, 12:00, 18:00',
      ),
      run: digests.staleLeads,
    },
    upcoming: {
      label: 'Tell what comes up in the next hour',
      schedule: cron('*/30 * * * *', utc, 'every 30 minutes'),
      run: digests.upcoming,
    },
    clean_up: {
      label: 'Delete old records',
      schedule: cron('0 2 * * *', workspace.timezone, 'daily at 02:00'),
      run: () => [cleanUp(kernel), purge()].filter((words) => words !== null).join(' ') || null,
    },
    daily_summary: {
      label: 'Sum up the day',
      schedule: {
        words: 'daily at 08:00 of each user',
        next: (after) =>
          Math.min(...zones().map((zone) => nextTime(`0 ${dailyHour} * * *`, after, zone))),
      },
      run: digests.dailySummary,
    },
  }

  const safeStart = createSafeStart(
    kernel,
    Object.fromEntries(jobNames.map((name) => [name, definitions[name].label])) as Record<
      JobName,
      string
    >,
  )

  /** The zones people live in. */
  const zones = (): string[] =>
    database
      .all<{ zone: string }>(
        'select distinct coalesce(timezone, ?) as zone from user where active = 1 and deleted_at is null',
        workspace.timezone(),
      )
      .map(({ zone }) => knownZone(zone, workspace.timezone()))

  // Ticks ---------------------------------------------------------------------------------------

  /** Asks what is due now and does it, to the last message. */
  async function tick(): Promise<void> {
    await asking.run()
    await notifications.outbox.work(lease.take).catch(report)
    if (database.connection.open) guarded(showCounts)
  }

  async function askAll(): Promise<void> {
    await reactions.catchUp(lease.take)
    // The machine may fall asleep wherever the thread is given back: from here on it is one instant.
    const now = clock.now()
    const passed = lastTick === undefined ? Number.POSITIVE_INFINITY : now - lastTick
    lastTick = now
    const isBack = passed < 0
    guarded(() => during('due', mendToldEarly))
    guarded(() => during('due', () => plan(isBack)))
    // Nobody is told anything by a clock that cannot be right: it waits, and is told once it is.
    const isHeld = kernel.holds.isHeld('clock')
    if (!isPaused('due') && !isHeld) await askWhatIsDue(now, passed > awayAfter)
    for (const { name } of database.all<{ name: JobName }>(
      `select name from job where paused = 0 and next_run_at <= ? and name <> 'due' order by next_run_at`,
      now,
    ))
      if (!isHeld || !tellingJobs.has(name)) guarded(() => runJob(name, true))
  }

  const during = <Result>(name: JobName, work: () => Result) =>
    watch.during({ kind: 'job', name }, work)

  /** A fault of one part must not stop the others. */
  function guarded(part: () => void): void {
    try {
      part()
    } catch (error) {
      report(error)
    }
  }

  async function askWhatIsDue(startedAt: number, away: boolean): Promise<void> {
    const id = newId(startedAt)
    let result: string | null = null
    let failure: string | null = null
    try {
      for (let more = true; more; ) {
        const handed = during('due', () => handOver(startedAt, away, id))
        more = handed.more
        result = handed.words ?? result
        if (more) await nextTurn()
      }
    } catch (error) {
      report(error)
      failure = messageOf(error)
    }
    const repeats = failure !== null && failure === lastAsked?.error
    const asked = {
      seq: 0,
      id,
      job: 'due' as const,
      started_at: startedAt,
      finished_at: clock.now(),
      result,
      error: failure,
    }
    lastAsked = asked
    if (repeats || (result === null && failure === null)) return
    guarded(() => {
      database
        .prepare(
          'insert into job_run (id, job, started_at, finished_at, result, error) values (?, ?, ?, ?, ?, ?)',
        )
        .run(asked.id, asked.job, startedAt, asked.finished_at, result, failure)
      if (failure !== null) tellFailure('due', failure)
      database.announce(null, { job_run: null })
    })
  }

  function handOver(now: number, away: boolean, round: string) {
    const handed = due.handOver({ now, away, round, mayWork: lease.take })
    return {
      more: handed.more,
      words:
        handed.items === 0
          ? null
          : `Handed over ${handed.items} ${handed.items === 1 ? 'thing' : 'things'}.`,
    }
  }

  // Planning ------------------------------------------------------------------------------------

  /**
   * Plans what has no next run, and plans everything again where zones changed, the clock was set back or the
   * program has just started. What was missed meanwhile stays due, and so runs once.
   */
  function plan(isBack: boolean): void {
    const now = clock.now()
    const zonesNow = [workspace.timezone(), ...zones()].join(' ')
    const anew = isBack || zonesNow !== plannedIn
    plannedIn = zonesNow
    const rows = new Map(
      database.all<RowOf<typeof job>>('select * from job').map((row) => [row.name, row] as const),
    )
    for (const name of jobNames) {
      const next = rows.get(name)?.next_run_at ?? null
      if (next !== null && (!anew || next <= now)) continue
      const wanted = during(name, () => definitions[name].schedule.next(now))
      if (wanted !== next)
        database
          .prepare(
            `insert into job (name, next_run_at) values (?, ?)
             on conflict (name) do update set next_run_at = excluded.next_run_at`,
          )
          .run(name, wanted)
    }
  }

  const isPaused = (name: JobName): boolean =>
    database.value<number>('select paused from job where name = ?', name) === 1

  // Running -------------------------------------------------------------------------------------

  /**
   * @param isScheduled leaves it to the program that runs jobs on this database
   */
  function runJob(name: JobName, isScheduled: boolean): void {
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
    if (name === 'due') lastAsked = undefined
    running.add(name)
    let result: string | null = null
    let failure: string | null = null
    try {
      result = during(name, definitions[name].run)
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

  // What screens see ----------------------------------------------------------------------------

  function list(actor: Actor): Job[] {
    // Which may be the very work that does not end.
    if (!watch.isPaused()) plan(false)
    const rows = database.all<RowOf<typeof job>>('select * from job')
    return jobNames.map((name) => {
      const row = rows.find((one) => one.name === name)
      const { label, schedule } = definitions[name]
      const last = latestRun(name)
      const paused = row?.paused === 1
      const next = name === 'due' ? (lastTick ?? clock.now()) + tickLength : row?.next_run_at
      return {
        name,
        label,
        schedule: schedule.words,
        paused,
        running: running.has(name),
        stopped: safeStart.lastIn(actor, name),
        lastRun: last ? toRun(last) : null,
        nextRunAt: paused || watch.isPaused() || next === undefined ? null : toInstantOrNull(next),
      }
    })
  }

  function latestRun(name: JobName): RowOf<typeof jobRun> | undefined {
    const [row] = latestRuns(name, 1)
    return name === 'due' && lastAsked ? lastAsked : row
  }

  const latestRuns = (name: JobName, limit: number) =>
    database.all<RowOf<typeof jobRun>>(
      'select * from job_run where job = ? order by seq desc limit ?',
      name,
      limit,
    )

  const named = (actor: Actor, name: JobName) => list(actor).find((one) => one.name === name) as Job

  /** What a program that was killed was at: it runs again by itself, as its next run stays due. */
  function markInterrupted(): void {
    database
      .prepare(
        `update job_run set finished_at = started_at, error = 'Rapport was stopped while this ran.'
         where finished_at is null`,
      )
      .run()
  }

  // Counts --------------------------------------------------------------------------------------

  function showCounts(): void {
    const userId = database.value<string>(
      'select id from user where is_local = 1 order by seq limit 1',
    )
    if (userId === undefined) return
    const date = dateIn(clock.now(), notifications.zoneOf(userId))
    const asOf = `${database.stampOf('reminder task activity')} ${date} ${userId}`
    if (asOf !== waiting.asOf) waiting = { asOf, ...countsOf(userId) }
    const { overdue, today } = waiting
    const counts: HostCounts = { overdue, today, unread: notifications.unread(userId) }
    const text = JSON.stringify(counts)
    if (text === lastCounts) return
    lastCounts = text
    host.showCounts(counts).catch(report)
  }

  return {
    /** For those whose summary of the day was taken back. */
    sumUpAgain: () => void digests.dailySummary(),
    tick,
    list,
    showCounts,
    markInterrupted,
    safeStart,
    run(actor: Actor, name: JobName): Job {
      plan(false)
      runJob(name, false)
      return named(actor, name)
    },
    pause(actor: Actor, name: JobName, paused: boolean): Job {
      plan(false)
      const next = definitions[name].schedule.next(clock.now())
      database
        .prepare('update job set paused = ?, next_run_at = ? where name = ?')
        .run(paused ? 1 : 0, next, name)
      database.announce(null, { job: [name] })
      return named(actor, name)
    },
    runs: (name: JobName, limit: number): JobRun[] => latestRuns(name, limit).map(toRun),
    /** Where no other program can be running on this database: nobody is waited for. */
    takeOver(): void {
      lease.takeOver()
      markInterrupted()
      notifications.outbox.takeOver()
    },
    /** Resolves when a tick under way is over, or patience is. */
    async stop(patience: number): Promise<void> {
      let timer: NodeJS.Timeout | undefined
      const enough = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, patience)
      })
      await Promise.race([Promise.all([asking.settled(), notifications.outbox.close()]), enough])
      clearTimeout(timer)
      guarded(lease.giveUp)
    },
  }
}

const toRun = (row: RowOf<typeof jobRun>): JobRun => ({
  id: row.id,
  startedAt: toInstant(row.started_at),
  finishedAt: toInstantOrNull(row.finished_at),
  result: row.result,
  error: row.error,
})

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
