// Windows of the double: a page of Chromium with the real preload in it, and the IPC behind it.
import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, windows } from './app.mjs'
import { startBrowser } from './browser.mjs'
import { answers } from './control.mjs'
import { cancelable } from './events.mjs'
import { answerRoute, fromBrowser, toBrowser } from './session.mjs'

const renderer = await readFile(new URL('./renderer.js', import.meta.url), 'utf8')

class IpcMain extends EventEmitter {
  handlers = new Map()
  handle(channel, handler) {
    if (this.handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    }
    this.handlers.set(channel, handler)
  }
  removeHandler(channel) {
    this.handlers.delete(channel)
  }
}
export const ipcMain = new IpcMain()
/** As long as there is none. */
answers.window = () => ({ visible: false, maximized: false })

/** As Electron's: messages wait for `start`, and come as `{ data, ports }`. */
class MessagePortMain extends EventEmitter {
  #send
  #close
  #waiting = []
  #started = false
  constructor(send, close) {
    super()
    this.#send = send
    this.#close = close
  }
  postMessage(data) {
    this.#send(data)
  }
  start() {
    this.#started = true
    for (const data of this.#waiting.splice(0)) this.deliver(data)
  }
  close() {
    this.#close()
  }
  deliver(data) {
    if (this.#started) this.emit('message', { data, ports: [] })
    else this.#waiting.push(data)
  }
}

class WebContents extends EventEmitter {
  /** Answers a request for a new window; Electron allows it without one. */
  windowOpenHandler = () => ({ action: 'allow' })
  constructor(window) {
    super()
    this.window = window
  }
  setWindowOpenHandler(handler) {
    this.windowOpenHandler = handler
  }
  send(channel, ...given) {
    void this.window.tellPage({ channel, given })
  }
  isDestroyed() {
    return this.window.isDestroyed()
  }
}

export class BrowserWindow extends EventEmitter {
  static getAllWindows() {
    return [...windows]
  }

  #opening
  #bounds
  #ports = new Map()
  #state = { visible: false, maximized: false, minimized: false, closed: false }

  constructor(options = {}) {
    super()
    this.options = options
    this.#bounds = {
      x: options.x ?? 40,
      y: options.y ?? 40,
      width: options.width ?? 800,
      height: options.height ?? 600,
    }
    windows.add(this)
    this.webContents = new WebContents(this)
    app.emit('web-contents-created', {}, this.webContents)
    this.#opening = this.#open()
    answers.window = () => ({ ...this.#state, bounds: this.#bounds })
    answers.moveWindow = (bounds) => {
      this.#bounds = bounds
    }
    answers.closeWindow = () => this.close()
  }

  async #open() {
    const { width, height } = this.#bounds
    const folder = join(app.getPath('userData'), 'chromium')
    const context = await startBrowser(folder, { width, height })
    const page = context.pages().find((one) => one.url() === 'about:blank')
    this.page = page ?? (await context.newPage())
    await this.page.exposeBinding('__electronDouble', (source, message) =>
      this.#receive(source.frame, message),
    )
    const { preload } = this.options.webPreferences ?? {}
    if (preload) {
      const code = await readFile(preload, 'utf8')
      await this.page.addInitScript(
        `(${renderer.slice(renderer.indexOf(';(') + 1).trim()})(function (require, module, exports, process) {${code}\n})`,
      )
    }
    await context.route('**/*', (route) => this.#route(route))
    this.page.on('close', () => this.#closed())
  }

  /** A page that goes elsewhere by itself is stopped where the program says so. */
  async #route(route) {
    const request = route.request()
    const url = fromBrowser(request.url())
    const frame = request.isNavigationRequest() ? frameOf(request) : undefined
    if (request.isNavigationRequest() && frame?.page() !== this.page) {
      return await this.#openAnother(route, url)
    }
    if (frame && url !== this.address) {
      const event = cancelable({ url, isMainFrame: frame.parentFrame() === null })
      this.webContents.emit('will-navigate', event)
      if (event.defaultPrevented) return route.abort('aborted')
    }
    await answerRoute(route)
  }

  /** The page asked for a window of its own: none is opened unless the program allows it. */
  async #openAnother(route, url) {
    if (this.webContents.windowOpenHandler({ url }).action === 'allow') return answerRoute(route)
    await route.abort('aborted')
    for (const page of this.page.context().pages()) if (page !== this.page) await page.close()
  }

  async #receive(frame, message) {
    const event = {
      sender: this.webContents,
      senderFrame: {
        url: fromBrowser(frame.url()),
        parent: frame.parentFrame(),
      },
      ports: [],
    }
    if (message.type === 'invoke') return await invoke(event, message)
    if (message.type === 'send') ipcMain.emit(message.channel, event, ...message.given)
    if (message.type === 'port') this.#ports.get(message.id)?.deliver(fromText(message.data))
    if (message.type === 'portClosed') this.#ports.get(message.id)?.emit('close')
    if (message.type === 'post') {
      event.ports = message.ids.map((id) => this.#adoptPort(id))
      ipcMain.emit(message.channel, event, message.message)
    }
    return undefined
  }

  #adoptPort(id) {
    const port = new MessagePortMain(
      (data) => void this.tellPage({ port: id, data: toText(data) }),
      () => void this.tellPage({ port: id, closed: true }),
    )
    this.#ports.set(id, port)
    return port
  }

  async tellPage(message) {
    await this.page
      ?.evaluate((told) => window.__electronDoubleIn?.(told), message)
      .catch(() => undefined)
  }

  async loadURL(url) {
    this.address = url
    await this.#opening
    await this.page.goto(toBrowser(url))
    this.emit('ready-to-show')
    this.webContents.emit('did-finish-load')
  }

  #closed() {
    if (this.#state.closed) return
    this.#state.closed = true
    for (const port of this.#ports.values()) port.emit('close')
    windows.delete(this)
    this.emit('closed')
    if (windows.size === 0) app.emit('window-all-closed')
  }

  close() {
    const event = cancelable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }
  destroy() {
    void this.#opening.then(() => this.page.close()).then(() => this.#closed())
  }
  isDestroyed() {
    return this.#state.closed
  }
  show() {
    this.#state.visible = true
  }
  hide() {
    this.#state.visible = false
  }
  isVisible() {
    return this.#state.visible
  }
  focus() {}
  maximize() {
    this.#state.maximized = true
  }
  isMaximized() {
    return this.#state.maximized
  }
  restore() {
    this.#state.minimized = false
  }
  isMinimized() {
    return this.#state.minimized
  }
  getNormalBounds() {
    return this.#bounds
  }
}

/** Undefined for the first request of a window that is only about to be there. */
function frameOf(request) {
  try {
    return request.frame()
  } catch {
    return undefined
  }
}

async function invoke(event, { channel, given }) {
  const handler = ipcMain.handlers.get(channel)
  if (!handler) return { error: `No handler registered for '${channel}'` }
  try {
    return { value: await handler(event, ...given) }
  } catch (error) {
    return { error: String(error) }
  }
}

const toText = (data) =>
  data instanceof Uint8Array || data instanceof ArrayBuffer
    ? { $bytes: Buffer.from(data).toString('base64') }
    : data
const fromText = (data) =>
  data?.$bytes === undefined ? data : new Uint8Array(Buffer.from(data.$bytes, 'base64'))
