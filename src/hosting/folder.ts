/** Where a user's data is when nobody says otherwise: one place for every host of the program. */
import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

/**
 * The application data folder of the platform, as absolute path. It may not exist yet.
 * @param home the user's home folder
 */
export function dataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32') {
    const roaming = environment.APPDATA || win32.join(home, 'AppData', 'Roaming')
    return win32.join(roaming, 'Rapport', 'data')
  }
  if (platform === 'darwin') {
    return posix.join(home, 'Library', 'Application Support', 'Rapport', 'data')
  }
  const base = environment.XDG_DATA_HOME
  // The XDG base directory specification: a relative path is to be ignored.
  const usable = base !== undefined && posix.isAbsolute(base)
  return posix.join(usable ? base : posix.join(home, '.local', 'share'), 'rapport')
}
