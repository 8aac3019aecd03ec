/** Wakes a queue when a row may be due, and when somebody added one. */
import type { QueueRow } from './options'
import type { Running } from './running'

/** Clocks change and computers sleep: looked at again at least this often, milliseconds. */
const longestSleep = 30_000
const shortestSleep = 200

export function createWaking<Row extends QueueRow, Answer, Context>(
  { watch, report, isOver }: Running<Row, Answer, Context>,
  { nextIn, work }: { nextIn(): number; work(): Promise<unknown> },
) {
  let timer: NodeJS.Timeout | undefined
  let isStarted = false

  /** Until something may be due; whoever adds a row wakes it. */
  function sleep(): void {
    clearTimeout(timer)
    if (isOver() || !isStarted) return
    const pause = Math.max(shortestSleep, Math.min(nextIn(), longestSleep))
    timer = setTimeout(wakeNow, pause).unref()
  }

  function wakeNow(): void {
    if (isOver()) return
    if (watch.isPaused()) sleep()
    else void work().catch(report)
  }

  /** Looks what is due, after the transaction under way. */
  const wake = (): void => void setImmediate(wakeNow)

  return {
    sleep,
    wake,
    /** There is a row more: of interest once it wakes by itself. */
    added: (): void => {
      if (isStarted) wake()
    },
    /** From now on it wakes by itself when a row is due. */
    start(): void {
      isStarted = true
      sleep()
    },
    end: (): void => clearTimeout(timer),
  }
}
