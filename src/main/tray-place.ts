/** Whether this desktop has a place for the program's icon: some desktops of Linux have none. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Asked each time it matters, as the place may come later than the program, or go. Where nobody can
 * be asked there is none: a program without a window and without an icon could not be come back to.
 */
export async function hasTrayPlace(platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform !== 'linux') return true
  try {
    const { stdout } = await run(
      'dbus-send',
      [
        '--session',
        '--print-reply=literal',
        '--reply-timeout=2000',
        '--dest=org.freedesktop.DBus',
        '/org/freedesktop/DBus',
        'org.freedesktop.DBus.NameHasOwner',
        'string:org.kde.StatusNotifierWatcher',
      ],
      { timeout: 3000 },
    )
    return stdout.trim() === 'boolean true'
  } catch {
    return false
  }
}
