// Finds the Chromium that the end-to-end tests and the icon renderer drive.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runProgram } from './node24.mjs'

/** Path of a Chromium or Chrome, or undefined. `CHROMIUM` in the environment decides. */
export function findChromium() {
  return candidates().find((path) => existsSync(path))
}

/** Tries apt where that can work (Linux, as root); resolves with Chromium's path or undefined. */
export async function installChromium() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !onPath('apt-get'))
    return undefined
  console.error('Installing Chromium for the tests (apt-get install chromium) …')
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { environment, stdio: 'ignore' }
  const install = ['install', '-y', '--no-install-recommends', 'chromium']
  if ((await runProgram('apt-get', install, options)) !== 0) {
    await runProgram('apt-get', ['update'], options)
    await runProgram('apt-get', install, options)
  }
  return findChromium()
}

function candidates() {
  const { CHROMIUM, PROGRAMFILES, LOCALAPPDATA } = process.env
  const programFiles86 = process.env['PROGRAMFILES(X86)']
  if (CHROMIUM) return [CHROMIUM]
  if (process.platform === 'win32') {
    return [PROGRAMFILES, programFiles86, LOCALAPPDATA]
      .filter(Boolean)
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Microsoft/Edge/Application/msedge.exe'),
      ])
  }
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    .map(onPath)
    .filter(Boolean)
}

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
}
