/** Starting with the computer, if the user asked for it. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { App } from 'electron'

export interface LoginStart {
  isOn(): boolean
  set(on: boolean): void
}

/** The word by which a start with the computer asks for no window. */
export const hiddenWord = '--hidden'

/** Electron does this for macOS and Windows; on Linux it is an entry in the autostart folder. */
export function createLoginStart(
  app: App,
  platform: NodeJS.Platform = process.platform,
): LoginStart {
  if (platform === 'linux') return createAutostartEntry(app.getPath('exe'))
  return {
    // macOS gives a login item no words; Windows compares those it was registered with.
    isOn: () => app.getLoginItemSettings({ args: [hiddenWord] }).openAtLogin,
    set: (on) => app.setLoginItemSettings({ openAtLogin: on, args: [hiddenWord] }),
  }
}

/** Whether this start came with the computer, so that nobody asked for a window. */
export function startsHidden(
  app: Pick<App, 'getLoginItemSettings'>,
  words: readonly string[],
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (platform === 'darwin') return app.getLoginItemSettings().wasOpenedAtLogin
  return words.includes(hiddenWord)
}

/** The XDG autostart specification. An AppImage must be started by its own path, not by where it is mounted. */
export function createAutostartEntry(
  executable: string,
  environment: NodeJS.ProcessEnv = process.env,
): LoginStart {
  const folder = environment.XDG_CONFIG_HOME || join(homedir(), '.config')
  const file = join(folder, 'autostart', 'rapport.desktop')
  const program = environment.APPIMAGE ?? executable
  return {
    isOn: () => existsSync(file),
    set(on) {
      if (!on) return rmSync(file, { force: true })
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(
        file,
        `[Desktop Entry]\nType=Application\nName=Rapport\nExec=${quote(program)} ${hiddenWord}\nX-GNOME-Autostart-enabled=true\n`,
      )
    },
  }
}

/** The Desktop Entry specification's rule for an argument of Exec. */
function quote(path: string): string {
  return `"${path.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`
}
