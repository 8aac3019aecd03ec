// Brings node_modules to what the lockfile says, and does nothing where it already is.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, runProgram } from './node24.mjs'

/** True once node_modules holds what package-lock.json asks for; false when npm could not do it. */
export async function installWhenNeeded() {
  if (isInstalled()) return true
  console.error('Installing packages as the lockfile says (npm ci) …')
  const args = ['ci', '--loglevel=error', '--no-progress']
  // Under npm its own program is known; else it is found on the path (npm.cmd on Windows).
  const npm = process.env.npm_execpath
  const code =
    npm && /\.[cm]?js$/.test(npm)
      ? await runProgram(process.execPath, [npm, ...args], quietly)
      : await runProgram('npm', args, { ...quietly, shell: process.platform === 'win32' })
  if (code !== 0)
    console.error(
      "npm ci failed: see above. Rapport needs its packages once, from the network or npm's cache.",
    )
  return code === 0
}

// Everything to stderr: stdout belongs to whoever started us.
const quietly = { stdio: ['ignore', 2, 2], cwd: root }

/** Compares what npm wrote down as installed with the lockfile; optional packages may be missing. */
export function isInstalled() {
  const installedFile = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return false
  const installed = read(installedFile)
  return Object.entries(read(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    if (path === '') return true
    const found = installed[path]
    return found ? found.version === wanted.version : Boolean(wanted.optional || wanted.peer)
  })
}

function read(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}
