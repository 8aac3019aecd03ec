/** The desktop program, put together: one window, one tray icon, one core on its own thread. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { app, dialog, ipcMain, Menu, safeStorage, session, shell } from 'electron'
import { startCoreWorker } from '../core/worker/client'
import { dataFolder } from '../hosting/folder'
import { createPages } from '../hosting/pages'
import { findProgram } from '../hosting/program'
import { acceptConnections } from './connections'
import { claimInstance } from './instance'
import { createLoginStart } from './login'
import { describeMenu } from './menu'
import { announceScheme, homePage, origin, serveScreens } from './protocol'
import { createSecrets } from './secrets'
import { restrictPages, restrictSession } from './security'
import { openSettings } from './settings'
import { createDesktopSurroundings } from './surroundings'
import { createTray } from './tray'
import { createUpdates } from './update'
import { createMainWindow, type MainWindow } from './window'

const { values: words } = parseArgs({
  args: process.argv.slice(1),
  // Electron and the system add words of their own.
  strict: false,
  allowPositionals: true,
  options: { data: { type: 'string' }, sample: { type: 'boolean' } },
})
const chosen = typeof words.data === 'string' ? resolve(words.data) : undefined
// Other data is another program, with an instance and settings of its own.
if (chosen) {
  const userData = join(chosen, 'desktop')
  mkdirSync(userData, { recursive: true })
  app.setPath('userData', userData)
}

let window: MainWindow | undefined
if (claimInstance(app, () => window?.show())) {
  announceScheme()
  // By this name Windows groups the program's windows and notifications, as its installer does.
  app.setAppUserModelId('dev.rapport.crm')
  app.enableSandbox()
  restrictPages(app, shell, origin)
  void app.whenReady().then(() => {
    window = open()
  })
} else {
  app.exit(0)
}

function open(): MainWindow {
  const program = findProgram(import.meta.dirname)
  const directory = chosen ?? dataFolder()
  const own = (name: string) => join(app.getPath('userData'), name)
  const report = (error: unknown) => console.error(error)
  const settings = openSettings(own('settings.json'), report)
  const updates = createUpdates(app, report)
  let quitting = false
  let closed = false

  restrictSession(session.defaultSession, origin)
  serveScreens(session.defaultSession.protocol, createPages(program.screens))
  const core = startCoreWorker({
    entry: program.worker,
    version: program.version,
    directory,
    migrations: program.migrations,
    door: 'desktop',
    sample: words.sample === true,
    host: createDesktopSurroundings({
      secrets: createSecrets(own('secrets.json'), safeStorage),
      shell,
      show: () => window.show(),
    }),
  })
  const window = createMainWindow({
    page: homePage,
    preload: program.preload,
    settings,
    ready: core.ready,
    hidesOnClose: () => !quitting && tray !== undefined && settings.get().staysInTray,
  })
  acceptConnections(ipcMain, core, origin)
  window.show()

  const quit = () => app.quit()
  const setting = (name: 'staysInTray' | 'checksForUpdates') => ({
    isOn: () => settings.get()[name],
    set: (on: boolean) => settings.set({ [name]: on }),
  })
  const tray = createTray(
    join(
      program.resources,
      'icons',
      process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png',
    ),
    {
      show: window.show,
      tell: window.tell,
      quit,
      staysInTray: setting('staysInTray'),
      checksForUpdates: setting('checksForUpdates'),
      startsAtLogin: createLoginStart(app),
    },
  )
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      describeMenu({
        tell: window.tell,
        quit,
        openDataFolder: () => void shell.openPath(directory),
        checkForUpdates: async () => void dialog.showMessageBox({ message: await updates.check() }),
      }),
    ),
  )

  app.on('activate', window.show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('before-quit', () => {
    quitting = true
  })
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void core.close()
  })
  void core.ended.then((failure) => {
    closed = true
    if (!failure) return app.quit()
    const title =
      failure.code === 'crashed' ? 'Rapport has to stop' : 'Rapport cannot open its data'
    dialog.showErrorBox(title, failure.message)
    app.exit(1)
  })
  if (settings.get().checksForUpdates) void updates.check()
  return window
}
