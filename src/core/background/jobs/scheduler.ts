/** What asks the jobs: a tick every few seconds, soon after each change, and when the machine woke up or its clock jumped. */
import { schedule } from 'node-cron'
import type { Live } from '../../kernel/change-log/live'
import { tickLength } from './definitions'
import type { Jobs } from './jobs'

const tick = `*/${tickLength / 1000} * * * * *`
/** After a change so long is waited for more of them, in milliseconds. */
const pause = 500
/** How long closing waits for what is being sent, in milliseconds. */
const patience = 3000
/** How often is looked whether the clock jumped, in milliseconds. */
const lookLength = 1000

export interface Scheduler {
  /** Asks at once. */
  wake(): void
  stop(): Promise<void>
}

export function startScheduler(
  jobs: Pick<Jobs, 'tick' | 'takeOver' | 'stop'>,
  live: Live,
  report: (error: unknown) => void,
): Scheduler {
  let isStopped = false
  let soon: NodeJS.Timeout | undefined
  const ask = () => {
    clearTimeout(soon)
    soon = undefined
    if (!isStopped) jobs.tick().catch(report)
  }
  const startTicking = () =>
    schedule(tick, ask, {
      timezone: 'UTC',
      unref: true,
      // One that comes late is as good: the jobs ask what is due now.
      missedExecutionTolerance: tickLength,
      suppressMissedWarning: true,
    })
  let ticking = startTicking()
  let lookedAt = Date.now()
  const wake = () => {
    if (isStopped) return
    lookedAt = Date.now()
    ticking.destroy()
    ticking = startTicking()
    ask()
  }
  // node-cron waits for an instant: where the clock is set back it would wait all that time again, and where it is set
  // forward, or the machine slept, it runs through every missed tick: minutes for a year. So the task is started again.
  const looking = setInterval(() => {
    const now = Date.now()
    const passed = now - lookedAt
    lookedAt = now
    if (passed < 0 || passed > tickLength) wake()
  }, lookLength).unref()
  const forget = live.listen(() => {
    soon ??= setTimeout(ask, pause).unref()
  })
  try {
    jobs.takeOver()
  } catch (error) {
    // On a full disk; the lease that is left runs out by itself.
    report(error)
  }
  ask()
  return {
    wake,
    async stop() {
      isStopped = true
      ticking.destroy()
      clearInterval(looking)
      clearTimeout(soon)
      forget()
      await jobs.stop(patience)
    },
  }
}
