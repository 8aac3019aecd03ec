import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { isOurFrame, openOutside, restrictPages, restrictSession } from './security'

const origin = 'app://rapport'

/** The parts of Electron's session that take our checks, to ask them afterwards. */
function openSession() {
  const asked = {} as {
    request: (
      contents: null,
      permission: string,
      decide: (yes: boolean) => void,
      details: { requestingUrl: string },
    ) => void
    check: (contents: null, permission: string, requestingOrigin: string) => boolean
    device: () => boolean
    load: (details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void
  }
  const session = {
    setPermissionRequestHandler: (handler: typeof asked.request) => (asked.request = handler),
    setPermissionCheckHandler: (handler: typeof asked.check) => (asked.check = handler),
    setDevicePermissionHandler: (handler: typeof asked.device) => (asked.device = handler),
    webRequest: { onBeforeRequest: (handler: typeof asked.load) => (asked.load = handler) },
  }
  restrictSession(session as unknown as Electron.Session, origin)
  return asked
}

/** A page of the program, and what was opened outside of it. */
function openPage() {
  const opened: string[] = []
  const shell = { openExternal: async (url: string) => void opened.push(url) } as Electron.Shell
  const app = new EventEmitter()
  restrictPages(app as Electron.App, shell, origin)
  let open: (details: { url: string }) => { action: string } = () => expect.fail('no handler')
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof open) => (open = handler),
  })
  app.emit('web-contents-created', {}, contents)
  const emit = (name: string, details = {}) => {
    let stopped = false
    contents.emit(name, { ...details, preventDefault: () => (stopped = true) })
    return stopped
  }
  return { emit, opened, open: (url: string) => open({ url }) }
}

describe('A page of the desktop program', () => {
  it('stays: leaving is stopped, and a link of the web opens in the browser', () => {
    const page = openPage()
    expect(page.emit('will-navigate', { url: 'https://evil.example/', isMainFrame: true })).toBe(
      true,
    )
    expect(page.emit('will-navigate', { url: 'file:///etc/passwd', isMainFrame: true })).toBe(true)
    expect(page.emit('will-navigate', { url: 'app://rapport.evil/', isMainFrame: true })).toBe(true)
    expect(page.emit('will-navigate', { url: 'app://rapport/#/leads', isMainFrame: true })).toBe(
      false,
    )
    expect(page.opened).toEqual(['https://evil.example/'])
  })

  it('is not redirected away, and carries no other page inside', () => {
    const page = openPage()
    expect(page.emit('will-redirect', { url: 'https://evil.example/' })).toBe(true)
    expect(page.emit('will-attach-webview')).toBe(true)
  })

  it('opens no window; web, mail and telephone addresses go to their own programs', () => {
    const page = openPage()
    const addresses = ['https://acme.example', 'mailto:ann@acme.example', 'tel:+4912345']
    const others = [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'smb://host/share',
      'app://rapport/',
      'no address',
    ]
    for (const url of [...addresses, ...others]) expect(page.open(url)).toEqual({ action: 'deny' })
    expect(page.opened).toEqual(addresses)
  })

  it('loads from itself only', () => {
    const { load } = openSession()
    const isStopped = (url: string) => {
      let answer: boolean | undefined
      load({ url }, ({ cancel }) => (answer = cancel))
      return answer
    }
    expect(isStopped('app://rapport/assets/index.js')).toBe(false)
    expect(isStopped('data:image/png;base64,AA')).toBe(false)
    for (const url of [
      'https://evil.example/x',
      'http://127.0.0.1:4780/',
      'file:///etc/passwd',
      'app://other/x',
      'wss://evil.example/',
    ])
      expect(isStopped(url), url).toBe(true)
  })

  it('may copy and notify, nothing else, and only as our own', () => {
    const { request, check, device } = openSession()
    const isGranted = (permission: string, requestingUrl: string) => {
      let answer: boolean | undefined
      request(null, permission, (yes) => (answer = yes), { requestingUrl })
      expect(check(null, permission, requestingUrl)).toBe(answer)
      return answer
    }
    expect(isGranted('clipboard-sanitized-write', 'app://rapport/')).toBe(true)
    expect(isGranted('notifications', 'app://rapport/')).toBe(true)
    expect(isGranted('notifications', 'https://evil.example/')).toBe(false)
    for (const permission of [
      'media',
      'geolocation',
      'clipboard-read',
      'openExternal',
      'fileSystem',
      'hid',
    ])
      expect(isGranted(permission, 'app://rapport/'), permission).toBe(false)
    expect(device()).toBe(false)
  })
})

describe('A message to the desktop program', () => {
  const frame = (url: string, parent: object | null = null) =>
    ({ url, parent }) as Electron.WebFrameMain
  it('is heard from our own page', () => {
    expect(isOurFrame(frame('app://rapport/'), origin)).toBe(true)
  })
  it('is not heard from a frame within, another page, or a page already gone', () => {
    expect(isOurFrame(frame('app://rapport/', {}), origin)).toBe(false)
    expect(isOurFrame(frame('https://evil.example/'), origin)).toBe(false)
    expect(isOurFrame(frame('app://rapport.evil/'), origin)).toBe(false)
    expect(isOurFrame(null, origin)).toBe(false)
  })
})

describe('Opening an address outside', () => {
  it('answers whether it was one', () => {
    const shell = { openExternal: async () => {} }
    expect(openOutside('https://acme.example', shell)).toBe(true)
    expect(openOutside('file:///etc/passwd', shell)).toBe(false)
  })
})
