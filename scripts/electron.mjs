// Where Electron's program is, and how to get it. Asking the package itself would start a
// download at once, so its files are looked at instead.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './node24.mjs'

const folder = join(root, 'node_modules', 'electron')

/** Path of Electron's executable, or undefined when it was not downloaded. */
export function findElectron() {
  const file = join(folder, 'path.txt')
  if (!existsSync(file)) return undefined
  const executable = join(folder, 'dist', readFileSync(file, 'utf8').trim())
  return existsSync(executable) ? executable : undefined
}

/** Tries to download Electron for at most so many seconds; resolves with its path or undefined. */
export async function downloadElectron(seconds = 120) {
  await run(join(folder, 'install.js'), [], {
    stdio: 'ignore',
    onStart: (child) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000)
      child.on('close', () => clearTimeout(timer))
    },
  })
  return findElectron()
}

/** Why a window cannot open on this machine even with Electron there, or undefined when it can. */
export function whyNoWindow() {
  if (process.platform !== 'linux') return undefined
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display'
  if (process.getuid?.() === 0) return 'Electron does not run as root'
  return undefined
}
