/** The icon beside the clock: what waits today, and to note something quickly. */
import { Menu, nativeImage, Tray } from 'electron'
import { type Counts, describeTray, sayCounts, type TrayActions } from './tray-menu'

export interface TrayIcon {
  showCounts(counts: Counts): void
  /** Draws the menu again, after something in it was changed elsewhere. */
  refresh(): void
}

/** Answers undefined where the icon cannot be made. @param icon path of an image */
export function createTray(
  icon: string,
  actions: TrayActions,
  platform: NodeJS.Platform = process.platform,
): TrayIcon | undefined {
  const image = nativeImage.createFromPath(icon)
  if (image.isEmpty()) return undefined
  let counts: Counts = { overdue: 0, today: 0, unread: 0 }
  try {
    const tray = new Tray(image)
    const refresh = () => {
      const due = counts.overdue + counts.today
      tray.setToolTip(due > 0 ? `Rapport: ${sayCounts(counts)}` : 'Rapport')
      if (platform === 'darwin') tray.setTitle(due > 0 ? String(due) : '')
      tray.setContextMenu(Menu.buildFromTemplate(describeTray(actions, counts)))
    }
    refresh()
    tray.on('click', actions.show)
    return {
      refresh,
      showCounts(now) {
        counts = now
        refresh()
      },
    }
  } catch {
    return undefined
  }
}
