/** What the host does for the core where there is no desktop program: a browser at most. */
import type { Host } from '../core/worker/client'
import { openBrowser } from './browser'

export function createWebCapabilities(): Host {
  return {
    // The screens show their own notices; a server has no desktop to show one on.
    notify: async () => false,
    showCounts: async () => {},
    async openExternal(url) {
      if (!(await openBrowser(url)))
        throw new Error('No program was found that opens this address.')
    },
    secrets: {
      isAvailable: async () => false,
      get: async () => undefined,
      // A key beside the data would protect nothing, so the value is refused instead.
      async set() {
        throw new Error(
          'Passwords are kept by the desktop program only: a web host has no safe place for them.',
        )
      },
      remove: async () => {},
    },
  }
}
