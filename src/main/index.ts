/** The desktop program, put together: one window, one tray icon, one core on its own thread. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  powerMonitor,
  safeStorage,
  session,
  shell,
} from 'electron'
import { superviseCore } from '../core/worker/supervise'
import { dataFolder } from '../hosting/folder'
import { machineName } from '../hosting/machine'
import { createPages } from '../hosting/pages'
import { findProgram } from '../hosting/program'
import { createBadge } from './badge'
import { createDesktopCapabilities } from './capabilities'
import { createChoices, offerChoices } from './choices'
import { acceptConnections } from './connections'
import { claimInstance } from './instance'
import { createLoginStart, hiddenWord, startsHidden } from './login'
import { describeMenu } from './menu'
import { createPopups } from './popups'
import { watchPower } from './power'
import { announceScheme, homePage, origin, serveScreens } from './protocol'
import { createSecrets } from './secrets'
import { restrictPages, restrictSession } from './security'
import { openSettings } from './settings'
import { createStay } from './stay'
import { createTray } from './tray'
import { hasTrayPlace } from './tray-place'
import { createUpdates } from './update'
import { createMainWindow, type MainWindow } from './window'

const { values: words } = parseArgs({
  args: process.argv.slice(1),
  // Electron and the system add words of their own.
  strict: false,
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    sample: { type: 'boolean' },
    hidden: { type: 'boolean' },
  },
})
const chosen = typeof words.data === 'string' ? resolve(words.data) : undefined
// Other data is another program, with an instance and settings of its own.
if (chosen) {
  const userData = join(chosen, 'desktop')
  mkdirSync(userData, { recursive: true })
  app.setPath('userData', userData)
}

let window: MainWindow | undefined
if (
  claimInstance(app, (words) => {
    // The login of somebody whose program runs already asks for nothing.
    if (!words.includes(hiddenWord)) window?.show()
  })
) {
  announceScheme()
  // By this name Windows groups the program's windows and notifications, as its installer does.
  app.setAppUserModelId('dev.rapport.crm')
  // By this one Windows finds the program when somebody answers a notification; it must never change.
  if (process.platform === 'win32')
    app.setToastActivatorCLSID('{9E1A4C57-3B0D-4F6A-8C52-7D2F5B8E6A31}')
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
  const core = superviseCore({
    entry: program.worker,
    version: program.version,
    directory,
    migrations: program.migrations,
    door: 'desktop',
    sample: words.sample === true,
    machine: machineName(),
    host: createDesktopCapabilities({
      secrets: createSecrets(own('secrets.json'), safeStorage),
      shell,
      popups: { notify: (notice) => popups.notify(notice) },
      showCounts: (counts) => {
        tray?.showCounts(counts)
        showBadge(counts.overdue + counts.today)
      },
    }),
    report,
  })
  const popups = createPopups({
    system: Notification,
    answer: core.answerNotice,
    show: (place) => {
      if (!place) window.show()
      else if (place.record) window.tell({ type: 'record', ...place.record })
      else window.tell({ type: 'route', path: `/${place.screen}` })
    },
    report,
  })
  const showBadge = createBadge({
    app,
    windows: () => BrowserWindow.getAllWindows(),
    toImage: (pixels, size) => nativeImage.createFromBitmap(pixels, size),
  })
  const quit = () => app.quit()
  const stay = createStay({
    settings,
    hasTray: async () => tray !== undefined && (await hasTrayPlace()),
    say: popups.say,
    quit,
  })
  const window = createMainWindow({
    page: homePage,
    preload: program.preload,
    settings,
    showable: core.showable,
    hidesOnClose: () => !quitting && settings.get().staysInTray,
    onHidden: () => void stay.windowWasHidden(),
  })
  acceptConnections(ipcMain, core, origin)
  watchPower(powerMonitor, core)
  const choices = createChoices(settings, createLoginStart(app), () => tray?.refresh())
  offerChoices(ipcMain, choices, stay.hasTray, origin)
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
      choices,
    },
  )
  if (startsHidden(app, process.argv)) void stay.startedHidden(window.show)
  else window.show()
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
      failure.code === 'crashed' || failure.code === 'stuck'
        ? 'Rapport has to stop'
        : 'Rapport cannot open its data'
    dialog.showErrorBox(title, failure.message)
    // The process would wait for its stuck thread for ever.
    if (failure.code === 'stuck') process.kill(process.pid, 'SIGKILL')
    app.exit(1)
  })
  if (settings.get().checksForUpdates) void updates.check()
  return window
}
