/** The program's one window: a sandboxed page that remembers its place. */
import { BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import type { DesktopMessage } from '../contract/desktop'
import { placeWindow, smallest } from './placement'
import type { SettingsFile } from './settings'

export interface MainWindow {
  /** Brings the window to the front; opens it first where it is closed. */
  show(): void
  /** Shows the window and gives the screens a message as soon as they can hear it. */
  tell(message: DesktopMessage): void
}

export interface MainWindowOptions {
  /** Address of the screens. */
  page: string
  preload: string
  settings: SettingsFile
  /** The window stays hidden until this resolves. */
  showable: Promise<void>
  /** Whether closing the window only hides it. */
  hidesOnClose(): boolean
  /** Called when closing has hidden the window. */
  onHidden(): void
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  let current: BrowserWindow | undefined
  let loaded: Promise<unknown> = Promise.resolve()

  const open = () => {
    const window = openWindow(options)
    current = window
    window.on('closed', () => {
      current = undefined
    })
    loaded = window.loadURL(options.page).catch(() => {})
    return window
  }
  const show = () => {
    const window = current ?? open()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    return window
  }

  return {
    show: () => {
      if (current) show()
      else open()
    },
    async tell(message) {
      const window = current ? show() : open()
      await loaded
      if (!window.isDestroyed()) window.webContents.send('rapport:message', message)
    },
  }
}

function openWindow(options: MainWindowOptions): BrowserWindow {
  const { preload, settings, showable, hidesOnClose, onHidden } = options
  const { placement } = settings.get()
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id)
  const window = new BrowserWindow({
    ...placeWindow(
      placement,
      [primary, ...others].map((display) => display.workArea),
    ),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Rapport',
    show: false,
    // The background of the screens, so that nothing flashes before they are drawn.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#151817' : '#f3f1ec',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Elsewhere than on macOS the dictionaries would be fetched from the network.
      spellcheck: process.platform === 'darwin',
    },
  })
  const present = () => {
    if (window.isDestroyed()) return
    if (placement?.maximized) window.maximize()
    window.show()
  }
  // A core that does not open ends the program, which says why.
  window.once('ready-to-show', () => void showable.then(present, () => {}))
  const remember = () => {
    if (window.isMinimized()) return
    const { x, y, width, height } = window.getNormalBounds()
    const maximized = window.isMaximized()
    settings.set({ placement: { x, y, width, height, maximized } })
  }
  reloadAfterCrash(window)
  window.on('close', (event) => {
    remember()
    if (!hidesOnClose()) return
    event.preventDefault()
    window.hide()
    onHidden()
  })
  return window
}

/** The core lives elsewhere, so a page that broke down loses nothing: it is loaded again, unless that does not help. */
function reloadAfterCrash(window: BrowserWindow): void {
  let last = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const now = performance.now()
    if (now - last > 10_000) window.reload()
    else dialog.showErrorBox('The window of Rapport fails', 'Quit Rapport and start it again.')
    last = now
  })
}
