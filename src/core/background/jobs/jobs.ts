/** Jobs: what runs by itself. Time is asked, never waited for: each tick does what is due now. */
import type { Job } from '../../../contract/background/jobs'
import { type JobName, jobNames } from '../../../contract/background/words'
import type { Actor } from '../../kernel/actor'
import { newId } from '../../kernel/database/ids'
import { type RowOf, toInstantOrNull } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import type { InPortions } from '../../kernel/portions/portions'
import type { Reactions } from '../../kernel/reactions/after'
import { createAnnounced } from './announced'
import { createEarlyCorrection } from './announced-early'
import { createDailySummary } from './daily-summary'
import { announcingJobs, createDefinitions, type JobWork, tickLength } from './definitions'
import { createDigests } from './digests'
import { createDue, type DueOptions } from './due'
import { createHostCounts, type HostCountNeeds } from './host-counts'
import { createItems } from './items'
import { createLease } from './lease'
import { createNextRuns, zonesOfPeople } from './next-runs'
import { oneAtATime } from './one-at-a-time'
import { createRuns, duringJob, messageOf, portionsOfJob } from './runs'
import { createSafeStart } from './safe-start'
import type { job } from './table'

export type Jobs = ReturnType<typeof createJobs>

export interface JobNeeds extends HostCountNeeds, Pick<JobWork, 'planSteps' | 'purge'> {
  /** What follows from what was done. */
  reactions: Reactions
  /** Whoever does what happens by itself. */
  systemActor(): Actor
}

/** Nobody asked for this long: somebody was away. */
const awayAfter = 2 * 60_000

export function createJobs(kernel: Kernel, needs: JobNeeds) {
  const { database, clock, watch } = kernel
  const { notifications, reactions, report } = needs
  const lease = createLease(kernel, notifications.holder)
  const announcing = {
    notifications,
    items: createItems(kernel),
    announced: createAnnounced(kernel),
  }
  const due = createDue(kernel, announcing)
  const digests = createDigests(kernel, announcing)
  const dailySummary = createDailySummary(kernel, announcing)
  const definitions = createDefinitions(kernel, {
    digests,
    dailySummary,
    zones: () => zonesOfPeople(kernel),
    announceDue: (inPortions) =>
      announceDue(inPortions, { now: clock.now(), away: false, round: newId(clock.now()) }),
    planSteps: needs.planSteps,
    purge: needs.purge,
  })
  const closing = new AbortController()
  const runs = createRuns(kernel, {
    ...{ definitions, lease, notifications, report },
    closing: closing.signal,
  })
  const nextRuns = createNextRuns(kernel, definitions)
  const safeStart = createSafeStart(kernel, (name) => definitions[name].label)
  const correctEarly = createEarlyCorrection(kernel, needs)
  const showCounts = createHostCounts(kernel, needs)

  let lastTick: number | undefined
  const asking = oneAtATime(askAll)

  /** Asks what is due now and does it, to the last message. */
  async function tick(): Promise<void> {
    await asking.run()
    await notifications.outbox.work(lease.take).catch(report)
    if (database.connection.open) await guarded(showCounts)
  }

  async function askAll(): Promise<void> {
    await reactions.catchUp(lease.take, closing.signal)
    // The machine may fall asleep wherever the thread is given back: from here on it is one instant.
    const now = clock.now()
    const passed = lastTick === undefined ? Number.POSITIVE_INFINITY : now - lastTick
    lastTick = now
    await guarded(() => duringJob(watch, 'due', correctEarly))
    await guarded(() => duringJob(watch, 'due', () => nextRuns.plan(passed < 0)))
    // Nothing is announced by a clock that cannot be right: it waits until the clock is.
    const isHeld = kernel.holds.isHeld('clock')
    if (!nextRuns.isPaused('due') && !isHeld) await askWhatIsDue(now, passed > awayAfter)
    // Asked again after each: a person may have paused one, or run it by hand, while others ran.
    const asked = new Set<JobName>()
    for (;;) {
      if (closing.signal.aborted) return
      const name = nextRuns.firstDue(now, asked)
      if (name === undefined) return
      asked.add(name)
      if (!isHeld || !announcingJobs.has(name)) await guarded(() => runs.run(name, true))
    }
  }

  /** A fault of one part must not stop the others. */
  async function guarded(part: () => void | Promise<void>): Promise<void> {
    try {
      await part()
    } catch (error) {
      if (error !== closing.signal.reason) report(error)
    }
  }

  async function askWhatIsDue(startedAt: number, isBack: boolean): Promise<void> {
    const id = newId(startedAt)
    let result: string | null = null
    let failure: string | null = null
    try {
      const inPortions = portionsOfJob(kernel, 'due', closing.signal)
      result = await announceDue(inPortions, { now: startedAt, away: isBack, round: id })
    } catch (error) {
      if (error === closing.signal.reason) return
      report(error)
      failure = messageOf(error)
    }
    await guarded(() => runs.keepRound(id, startedAt, { result, failure }))
  }

  async function announceDue(
    inPortions: InPortions,
    options: Pick<DueOptions, 'now' | 'away' | 'round'>,
  ): Promise<string | null> {
    const items = await due.announce(inPortions, { ...options, mayWork: lease.take })
    return items === 0 ? null : `Handed over ${items} ${items === 1 ? 'thing' : 'things'}.`
  }

  function list(actor: Actor): Job[] {
    // Which may be the very work that does not end.
    if (!watch.isPaused()) nextRuns.plan()
    const rows = database.all<RowOf<typeof job>>('select * from job')
    return jobNames.map((name) => {
      const row = rows.find((one) => one.name === name)
      const { label, schedule } = definitions[name]
      const paused = row?.paused === 1
      const next = name === 'due' ? (lastTick ?? clock.now()) + tickLength : row?.next_run_at
      return {
        name,
        label,
        schedule: schedule.words,
        paused,
        running: runs.isRunning(name),
        stopped: safeStart.lastIn(actor, name),
        lastRun: runs.latest(name),
        nextRunAt: paused || watch.isPaused() || next === undefined ? null : toInstantOrNull(next),
      }
    })
  }

  const named = (actor: Actor, name: JobName) => list(actor).find((one) => one.name === name) as Job

  return {
    /** For those whose summary of the day was taken back. */
    sumUpAgain: (): Promise<void> =>
      guarded(async () => {
        await dailySummary(portionsOfJob(kernel, 'daily_summary', closing.signal))
      }),
    tick,
    list,
    showCounts,
    markInterrupted: runs.markInterrupted,
    safeStart,
    async run(actor: Actor, name: JobName): Promise<Job> {
      nextRuns.plan()
      await runs.run(name, false)
      return named(actor, name)
    },
    pause(actor: Actor, name: JobName, paused: boolean): Job {
      nextRuns.pause(name, paused)
      return named(actor, name)
    },
    runs: runs.list,
    /** Where no other program can be running on this database: nobody is waited for. */
    takeOver(): void {
      lease.takeOver()
      runs.markInterrupted()
      notifications.outbox.takeOver()
    },
    /** Ends what is under way after its portion. Resolves when it is over and what is being sent has gone, or patience is. */
    async stop(patience: number): Promise<void> {
      closing.abort(new Error('Rapport is being closed.'))
      let timer: NodeJS.Timeout | undefined
      const enough = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, patience)
      })
      await Promise.race([
        Promise.all([asking.settled(), runs.settled(), notifications.outbox.close()]),
        enough,
      ])
      clearTimeout(timer)
      await guarded(lease.giveUp)
    },
  }
}
