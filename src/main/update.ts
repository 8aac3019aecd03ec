/** New versions: looked for only when the user asked, or turned that on; never otherwise. */
import type { App } from 'electron'

export interface Updates {
  /** Resolves to a sentence for the user. Never rejects. */
  check(): Promise<string>
}

export function createUpdates(app: App, report: (error: unknown) => void): Updates {
  return {
    async check() {
      if (!app.isPackaged) return 'Only an installed Rapport can update itself.'
      try {
        const { default: electronUpdater } = await import('electron-updater')
        const updater = electronUpdater.autoUpdater
        updater.logger = null
        updater.autoDownload = true
        updater.autoInstallOnAppQuit = true
        updater.disableWebInstaller = true
        const found = await updater.checkForUpdates()
        if (!found?.isUpdateAvailable) return `Rapport ${app.getVersion()} is the newest version.`
        await found.downloadPromise
        return `Rapport ${found.updateInfo.version} is here. It is put in place when you quit.`
      } catch (error) {
        report(error)
        return 'Looking for a new version failed. Is there a connection to the network?'
      }
    },
  }
}
