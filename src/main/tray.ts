/** The icon beside the clock: to come back to the program, or to note something quickly. */
import { Menu, nativeImage, Tray } from 'electron'
import { describeTray, type TrayActions } from './tray-menu'

/** Answers undefined where the desktop has no such place. @param icon path of an image */
export function createTray(icon: string, actions: TrayActions): Tray | undefined {
  const image = nativeImage.createFromPath(icon)
  if (image.isEmpty()) return undefined
  try {
    const tray = new Tray(image)
    tray.setToolTip('Rapport')
    tray.setContextMenu(Menu.buildFromTemplate(describeTray(actions)))
    tray.on('click', actions.show)
    return tray
  } catch {
    return undefined
  }
}
