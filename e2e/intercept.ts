/** Holds up or refuses what a page asks of the core, for tests of what happens meanwhile. */
import { setTimeout } from 'node:timers/promises'
import type { Page, Route } from 'playwright-core'

/** An address that the host does not know: only an intercepted request for it is answered so. */
const probe = { path: '/intercepted', answer: 'intercepted' }

/**
 * Hands the page's requests for a procedure to `handle`. Chromium intercepts requests of a page that is open only a
 * moment after it was told to, and says nothing of it: this asks until one is.
 */
export async function intercept(
  page: Page,
  procedure: string,
  handle: (route: Route) => Promise<void>,
): Promise<void> {
  await page.route(`**/rpc/${procedure}`, handle)
  await page.route(`**${probe.path}`, (route) => route.fulfill({ body: probe.answer }))
  const asks = () => page.evaluate(async (path) => await (await fetch(path)).text(), probe.path)
  while ((await asks()) !== probe.answer) await setTimeout(20)
}

/** Holds the requests of a procedure up until the answer is called, which lets them through or fail. */
export async function holdUp(page: Page, procedure: string, then: 'continue' | 'abort') {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await intercept(page, procedure, async (route) => {
    await held
    await route[then]()
  })
  return release
}
