// `app` of the double: paths, the order of quitting, the single instance.
import { EventEmitter } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeBrowser } from './browser.mjs'
import { answers, shown } from './control.mjs'
import { cancelable } from './events.mjs'

const paths = new Map([
  ['userData', join(tmpdir(), `rapport-double-${process.pid}`)],
  ['exe', process.execPath],
])
let loginItem = { openAtLogin: false, wasOpenedAtLogin: false }
let isReady = false
/** Set by the windows: the open ones. */
export const windows = new Set()

export const app = Object.assign(new EventEmitter(), {
  name: 'rapport',
  isPackaged: false,
  getVersion: () => '0.0.0',
  getName: () => 'rapport',
  getPath: (name) => paths.get(name) ?? tmpdir(),
  setPath: (name, path) => void paths.set(name, path),
  setAppUserModelId() {},
  setBadgeCount(count) {
    shown.badge = count
    return true
  },
  enableSandbox() {
    if (isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
  },
  getLoginItemSettings: () => loginItem,
  setLoginItemSettings: (settings) => {
    loginItem = { ...loginItem, ...settings }
  },
  async whenReady() {
    await new Promise((done) => setImmediate(done))
    isReady = true
  },
  isReady: () => isReady,
  requestSingleInstanceLock,
  quit,
  exit: leave,
})

answers.quit = quit

/** Electron's order: before-quit, each window's close, will-quit, quit. */
function quit() {
  if (isStopped('before-quit')) return
  for (const window of windows) window.close()
  if (windows.size === 0) quitWithoutWindows()
  else app.once('window-all-closed', quitWithoutWindows)
}

function quitWithoutWindows() {
  if (isStopped('will-quit')) return
  app.emit('quit', {}, 0)
  void leave(0)
}

function isStopped(name) {
  const event = cancelable()
  app.emit(name, event)
  return event.defaultPrevented
}

let isLeaving = false

/** At once and without events, however long the browser takes to close. */
async function leave(code = 0) {
  if (isLeaving) return
  isLeaving = true
  app.removeAllListeners()
  if (ownsLock) rmSync(lockFile(), { force: true })
  await closeBrowser()
  process.exit(code)
}

let ownsLock = false
const lockFile = () => join(app.getPath('userData'), 'double.instance')

/** A file with the number of the first process, which hears of others by a signal. */
function requestSingleInstanceLock() {
  mkdirSync(app.getPath('userData'), { recursive: true })
  try {
    writeFileSync(lockFile(), String(process.pid), { flag: 'wx' })
  } catch {
    const first = Number(readFileSync(lockFile(), 'utf8'))
    if (isAlive(first)) {
      process.kill(first, 'SIGUSR2')
      return false
    }
    writeFileSync(lockFile(), String(process.pid))
  }
  ownsLock = true
  process.on('SIGUSR2', () => app.emit('second-instance', cancelable(), [], process.cwd()))
  return true
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
