// The Chromium behind the double's windows. Its profile is in the user's data, so that what pages
// store outlives a restart; its debugging port is open, so that a test can drive the same page.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { answers } from './control.mjs'

let starting
const started = Promise.withResolvers()
/** The port on which a test reaches the browser, as soon as there is one. */
answers.debuggingPort = () => started.promise

/** @param folder where the profile is */
export function startBrowser(folder, size) {
  starting ??= launch(folder, size)
  return starting
}

export async function closeBrowser() {
  const context = await starting?.catch(() => undefined)
  await context?.close()
}

async function launch(folder, viewport) {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    viewport,
    args: [
      '--remote-debugging-port=0',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  const [port] = (await readFile(join(folder, 'DevToolsActivePort'), 'utf8')).split('\n')
  started.resolve(Number(port))
  return context
}
