/** Removes folders of tests: the one way, as a busy machine may still be letting go of a file in them. */
import { rmSync } from 'node:fs'

/** To be called when whoever writes there has ended. Windows and tmpfs let go of files a moment later. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
