/** One program at a time: a second start hands over to the first and ends. */
import type { App } from 'electron'

/** Answers whether this is the only one. `onAnother` is called each time somebody starts the program again. */
export function claimInstance(app: App, onAnother: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', onAnother)
  return true
}
