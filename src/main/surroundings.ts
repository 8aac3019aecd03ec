/** What the core can have of its surroundings on a desktop. */
import { Notification, type Shell } from 'electron'
import type { Host } from '../core/worker/client'
import type { Secrets } from './secrets'
import { openOutside } from './security'

export interface DesktopSurroundings {
  secrets: Secrets
  shell: Pick<Shell, 'openExternal'>
  /** Called when the user clicks a notification. */
  show(): void
}

export function createDesktopSurroundings({ secrets, shell, show }: DesktopSurroundings): Host {
  return {
    secrets,
    async notify(notice) {
      if (!Notification.isSupported()) return false
      const notification = new Notification({ title: notice.title, body: notice.body })
      notification.on('click', show)
      notification.show()
      return true
    },
    showCounts: async () => {},
    async openExternal(url) {
      if (!openOutside(url, shell)) throw new Error('Only web, mail and telephone addresses open.')
    },
  }
}
