/** `app://rapport/`: the address of the built screens inside the desktop program. */
import { type Protocol, protocol } from 'electron'
import type { Pages } from '../hosting/pages'

export const origin = 'app://rapport'
export const homePage = `${origin}/`

/** To be called before the program is ready. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      // The code that V8 has compiled is kept: the next window need not.
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

/** Serves the screens, and nothing from the disk by its own path. */
export function serveScreens(handlers: Protocol, screens: Pages): void {
  handlers.handle('app', (request) => answer(request, screens))
  handlers.handle('file', () => new Response(null, { status: 403 }))
}

async function answer(request: Request, screens: Pages): Promise<Response> {
  const { host, pathname } = new URL(request.url)
  if (host !== 'rapport') return new Response(null, { status: 404 })
  if (request.method !== 'GET') return new Response(null, { status: 405 })
  const page = await screens.find(pathname)
  if (!page) return new Response(null, { status: 404 })
  return new Response(page.body, { headers: page.headers })
}
