// A double of Electron's main process: as much of it as our desktop program uses, so that the built
// program and the real preload run on plain Node, with a page of Chromium as the window.
//
// What it does for real: the page with the preload in it, custom protocols, message ports, IPC with
// sender frames, checks of navigation, new windows and requests, the order of closing and quitting,
// the single instance. What it only notes for a test to read and press: menus, the tray, dialogs,
// popups, the badge, addresses opened outside (`control.mjs`).
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { answers, note, popups, pressable, shown } from './control.mjs'
import { defaultSession } from './session.mjs'

export { app } from './app.mjs'
export { BrowserWindow, ipcMain } from './window.mjs'

export const protocol = defaultSession.protocol
export const session = { defaultSession }
export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false })

const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 }, scaleFactor: 1 }
export const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
})

export const shell = {
  async openExternal(url) {
    note('opened', url)
  },
  async openPath(path) {
    note('opened', path)
    return ''
  },
}

export const dialog = {
  showErrorBox(title, content) {
    console.error(`${title}: ${content}`)
    note('errors', { title, content })
  },
  async showMessageBox(...given) {
    note('messages', given.at(-1).message)
    return { response: 0, checkboxChecked: false }
  },
}

export const Menu = {
  buildFromTemplate: (template) => ({ items: template }),
  setApplicationMenu(menu) {
    pressable.menu = menu.items
  },
}

export const nativeImage = {
  createFromPath: (path) => ({ isEmpty: () => !existsSync(path) }),
  createFromBitmap: () => ({ isEmpty: () => false }),
}

export class Tray extends EventEmitter {
  setToolTip(text) {
    shown.tooltip = text
  }
  setTitle(text) {
    shown.title = text
  }
  setContextMenu(menu) {
    pressable.tray = menu.items
  }
  destroy() {
    pressable.tray = []
  }
}

export class Notification extends EventEmitter {
  static isSupported() {
    return true
  }
  static handleActivation() {}
  constructor(options) {
    super()
    this.options = options
  }
  show() {
    note('notifications', this.options)
    popups.push(this)
  }
  close() {
    const at = popups.indexOf(this)
    if (at < 0) return
    popups.splice(at, 1)
    this.emit('close', {})
  }
}

/** `RAPPORT_DOUBLE_KEYRING` names the backend, as Electron would find it; usually there is one. */
export const safeStorage = {
  getSelectedStorageBackend: () => process.env.RAPPORT_DOUBLE_KEYRING ?? 'gnome_libsecret',
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text) => Buffer.from(`sealed:${text}`).reverse(),
  decryptStringAsync: async (sealed) => ({
    result: Buffer.from(sealed).reverse().toString().slice('sealed:'.length),
    shouldReEncrypt: false,
  }),
}

export const powerMonitor = new EventEmitter()
answers.power = (event) => powerMonitor.emit(event)
