/** One program at a time: a second start hands over to the first and ends. */
import type { App } from 'electron'

/**
 * Answers whether this is the only one. `onAnother` is called each time the program is started again,
 * with the words of that start.
 */
export function claimInstance(app: App, onAnother: (words: string[]) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', (_event, words) => onAnother(words))
  return true
}
