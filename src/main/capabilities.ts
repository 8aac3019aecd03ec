/** What the host does for the core on a desktop. */
import type { Shell } from 'electron'
import type { Host } from '../core/worker/client'
import type { Popups } from './popups'
import type { Secrets } from './secrets'
import { openOutside } from './security'

export interface DesktopCapabilities {
  secrets: Secrets
  shell: Pick<Shell, 'openExternal'>
  popups: Pick<Popups, 'notify'>
  /** Shows what is due on the tray and the program's icon. */
  showCounts(counts: Parameters<Host['showCounts']>[0]): void
}

export function createDesktopCapabilities({
  secrets,
  shell,
  popups,
  showCounts,
}: DesktopCapabilities): Host {
  return {
    secrets,
    notify: popups.notify,
    showCounts: async (counts) => showCounts(counts),
    async openExternal(url) {
      if (!openOutside(url, shell)) throw new Error('Only web, mail and telephone addresses open.')
    },
  }
}
