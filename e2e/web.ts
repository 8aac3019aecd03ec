/** Starts the built web host on an empty directory and opens it in Chromium, for a test to use like a person would. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buffer } from 'node:stream/consumers'
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Download,
  type Page,
} from 'playwright-core'
import { inject, onTestFinished } from 'vitest'
import { removeFolder } from '../src/testing-folder'

const root = join(import.meta.dirname, '..')
const token = 'end-to-end-token'

export interface WebProgram {
  /** Address without the token, e.g. http://127.0.0.1:41234 */
  url: string
  /** The owner's. */
  token: string
  directory: string
  /** Calls the HTTP API as the owner; answers the parsed body. @throws with status and body unless it is 2xx */
  api<Output>(method: string, path: string, body?: unknown): Promise<Output>
  /** Opens the program in a new browser window, past the welcome page; `at` is a route like `/leads`. */
  open(at?: string, options?: BrowserContextOptions & { welcome?: boolean }): Promise<Page>
  /** Ends the host at once, as a crash would. */
  kill(): Promise<void>
  /** Ends it in order; its directory stays until the test ends. */
  stop(): Promise<void>
}

/** Everything is closed and deleted when the test ends, or when what is given to `atEnd` is called. */
export async function startWeb({
  sample = false,
  machine = 'this-machine',
  directory: given,
  port = 0,
  atEnd = onTestFinished,
}: {
  sample?: boolean
  /** What the machine is called: a database from another one asks whether it was moved. */
  machine?: string
  directory?: string
  /** Without one, any that is free. */
  port?: number
  atEnd?: (close: () => Promise<void>) => void
} = {}): Promise<WebProgram> {
  const directory = given ?? mkdtempSync(join(tmpdir(), 'rapport-web-'))
  const child = spawn(
    process.execPath,
    [
      join(root, 'out', 'main', 'web.js'),
      ...['--web', '--no-open', '--port', String(port), '--data', directory, '--token', token],
      ...(sample ? ['--sample'] : []),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, RAPPORT_MACHINE: machine },
    },
  )
  let browser: Browser | undefined
  atEnd(async () => {
    // Pages go before the host that they would keep asking.
    for (const context of browser?.contexts() ?? []) await context.close()
    await browser?.close()
    await stop(child, 'SIGTERM')
    if (!given) removeFolder(directory)
  })
  const url = await untilReady(child)

  const api = async <Output>(method: string, path: string, body?: unknown): Promise<Output> => {
    const isForm = body instanceof FormData
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
    return JSON.parse(text) as Output
  }

  return {
    url,
    token,
    directory,
    api,
    async open(at = '/', { welcome = false, ...options } = {}) {
      if (!welcome) await api('PATCH', '/settings', { onboarded: true })
      browser ??= await chromium.connect(inject('browser'))
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        ...options,
      })
      const page = await context.newPage()
      await page.goto(`${url}/#token=${token}`)
      // The token goes out of the address before a route may come into it.
      await page.waitForURL((address) => !address.hash.includes('token'))
      await goTo(page, at)
      return page
    },
    kill: () => stop(child, 'SIGKILL'),
    stop: () => stop(child, 'SIGTERM'),
  }
}

/** What a page gave to be saved, as text with all its characters. */
export const textOf = async (download: Download) =>
  (await buffer(await download.createReadStream())).toString('utf8')

/** As a press on a link does. What the page still waits for to go elsewhere by itself has to have come before. */
export const goTo = (page: Page, route: string) =>
  page.evaluate((to) => {
    location.hash = to
  }, route)

async function untilReady(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The host has no output.')
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The host ended with ${code} before it was ready.`)
  })
  ended.catch(() => {})
  const ready = (async () => {
    for await (const line of lines) {
      const address = /^Rapport is ready at (http\S+?)\/#token=/.exec(line)?.[1]
      if (address) return address
    }
    throw new Error('The host said nothing of being ready.')
  })()
  return await Promise.race([ready, ended])
}

async function stop(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
