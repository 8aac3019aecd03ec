/** Starting with the computer, if the user asked for it. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { App } from 'electron'

export interface LoginStart {
  isOn(): boolean
  set(on: boolean): void
}

/** Electron does this for macOS and Windows; on Linux it is an entry in the autostart folder. */
export function createLoginStart(
  app: App,
  platform: NodeJS.Platform = process.platform,
): LoginStart {
  if (platform === 'linux') return createAutostartEntry(app.getPath('exe'))
  return {
    isOn: () => app.getLoginItemSettings().openAtLogin,
    set: (on) => app.setLoginItemSettings({ openAtLogin: on }),
  }
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
        `[Desktop Entry]\nType=Application\nName=Rapport\nExec=${quote(program)}\nX-GNOME-Autostart-enabled=true\n`,
      )
    },
  }
}

/** The Desktop Entry specification's rule for an argument of Exec. */
function quote(path: string): string {
  return `"${path.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`
}
