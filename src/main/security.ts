/** What no page in this program may do: leave, open windows, load from elsewhere, or ask for devices. */
import type { App, Session, Shell, WebContents, WebFrameMain } from 'electron'

/** Permissions that the screens use. */
const granted = new Set(['clipboard-sanitized-write', 'notifications'])
/** What may be handed to the system's own programs. */
const outside = new Set(['http:', 'https:', 'mailto:', 'tel:'])
/** What a page may load besides its own origin: its own data, and the developer tools. */
const harmless = new Set(['data:', 'blob:', 'devtools:'])

export function restrictSession(session: Session, origin: string): void {
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) =>
    decide(granted.has(permission) && isWithin(requestingUrl, origin)),
  )
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) =>
      granted.has(permission) && isWithin(requestingOrigin, origin),
  )
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: !isWithin(url, origin) && !harmless.has(schemeOf(url)) }),
  )
}

/** Applies to every page from its first moment on. */
export function restrictPages(app: App, shell: Shell, origin: string): void {
  app.on('web-contents-created', (_event, contents) => restrictPage(contents, shell, origin))
}

/** Whether a message came from our own page, not from a frame or page that got in somehow. */
export function isOurFrame(frame: WebFrameMain | null, origin: string): boolean {
  return frame !== null && frame.parent === null && isWithin(frame.url, origin)
}

/** Hands a link to the user's browser, mail or telephone program; answers whether it was one of those. */
export function openOutside(url: string, shell: Pick<Shell, 'openExternal'>): boolean {
  if (!outside.has(schemeOf(url))) return false
  void shell.openExternal(url)
  return true
}

function restrictPage(contents: WebContents, shell: Shell, origin: string): void {
  contents.on('will-navigate', (event) => {
    // A reload of the screens is the only way a page may go.
    if (isWithin(event.url, origin)) return
    event.preventDefault()
    if (event.isMainFrame) openOutside(event.url, shell)
  })
  contents.on('will-redirect', (event) => {
    if (!isWithin(event.url, origin)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url, shell)
    return { action: 'deny' }
  })
}

function isWithin(url: string, origin: string): boolean {
  return url === origin || url.startsWith(`${origin}/`)
}

function schemeOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : ''
}
