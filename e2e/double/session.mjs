// The default session of the double: custom protocols and the checks a program puts on its pages.
// A scheme such as app:// is played in Chromium by https:// on a host that does not exist.
const handlers = new Map()
const checks = { request: undefined, permission: undefined }

export const defaultSession = {
  protocol: {
    registerSchemesAsPrivileged() {},
    handle: (scheme, handler) => void handlers.set(scheme, handler),
  },
  setPermissionRequestHandler: (handler) => {
    checks.permission = handler
  },
  setPermissionCheckHandler() {},
  setDevicePermissionHandler() {},
  webRequest: {
    onBeforeRequest: (listener) => {
      checks.request = listener
    },
  },
}

const suffix = '.electron-double.invalid'

/** app://rapport/x → https://rapport.app.electron-double.invalid/x */
export function toBrowser(url) {
  const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)(.*)$/i.exec(url) ?? []
  return handlers.has(scheme) && host ? `https://${host}.${scheme}${suffix}${rest}` : url
}

/** The way back. */
export function fromBrowser(url) {
  const { hostname, pathname, search, hash } = new URL(url)
  if (!hostname.endsWith(suffix)) return url
  const [host, scheme] = hostname.slice(0, -suffix.length).split('.')
  return `${scheme}://${host}${pathname}${search}${hash}`
}

/** Answers a request of Playwright's route as Electron's network would. */
export async function answerRoute(route) {
  const request = route.request()
  const url = fromBrowser(request.url())
  if (await isCancelled(url)) return route.abort('blockedbyclient')
  const handler = handlers.get(new URL(url).protocol.slice(0, -1))
  if (!handler) return route.continue()
  const { host, protocol, pathname, search } = new URL(url)
  const response = await handler(
    new Request(`${protocol}//${host}${pathname}${search}`, {
      method: request.method(),
      headers: request.headers(),
    }),
  )
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  })
}

function isCancelled(url) {
  if (!checks.request) return false
  return new Promise((resolve) => checks.request({ url }, ({ cancel }) => resolve(cancel === true)))
}
