/** Long work on the core's one thread stops for a moment now and then, so that calls in between stay quick. */
import { setImmediate as immediate } from 'node:timers/promises'

const turn = 6

/** @returns a function to await often: it lets others go first whenever some milliseconds are used up */
export function createPauses(): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < turn) return undefined
    return immediate().then(() => {
      since = performance.now()
    })
  }
}
