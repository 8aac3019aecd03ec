/** The timer behind the jobs: asks every few seconds, soon after each change, and when it is woken. */
import type { Live } from '../../kernel/change-log/live'
import { type Jobs, tickLength } from './jobs'

/** After a change so long is waited for more of them, in milliseconds. */
const pause = 500
/** How long closing waits for what is being sent, in milliseconds. */
const patience = 3000

export interface Scheduler {
  /** Asks at once. */
  wake(): void
  stop(): Promise<void>
}

export function startScheduler(
  jobs: Jobs,
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
  const timer = setInterval(ask, tickLength)
  timer.unref()
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
    wake: ask,
    async stop() {
      isStopped = true
      clearInterval(timer)
      clearTimeout(soon)
      forget()
      await jobs.stop(patience)
    },
  }
}
