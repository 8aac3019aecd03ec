/** The built web host as its user meets it: one command, one line, a browser, Ctrl-C. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { removeFolder } from '../src/testing-folder'

const root = join(import.meta.dirname, '..')
const hosts = new Set<ChildProcess>()
const folders: string[] = []
let browser: Browser

beforeAll(async () => {
  browser = await chromium.connect(inject('browser'))
})
afterEach(() => {
  for (const host of hosts) host.kill('SIGKILL')
  hosts.clear()
  for (const folder of folders.splice(0)) removeFolder(folder)
})
afterAll(() => browser.close())

function newDirectory(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-web-host-'))
  folders.push(folder)
  return folder
}

interface Host {
  child: ChildProcess
  /** Address of the screens, without the token. */
  address: string
  /** All lines printed so far. */
  lines: string[]
  /** What it complained about so far. */
  complaints(): string
  ended: Promise<number | null>
}

/** Runs the host without waiting for anything. */
function run(...words: string[]): Host {
  const child = spawn(process.execPath, [join(root, 'out/main/web.js'), '--no-open', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  hosts.add(child)
  const lines: string[] = []
  let complaints = ''
  createInterface(child.stdout).on('line', (line) => lines.push(line))
  child.stderr.on('data', (text) => {
    complaints += text
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return { child, address: '', lines, complaints: () => complaints, ended }
}

/** Runs it and waits for its line. */
async function start(...words: string[]): Promise<Host> {
  const host = run('--token', 'T', ...words)
  await expect
    .poll(() => host.lines.length > 0 || host.child.exitCode !== null, { timeout: 30_000 })
    .toBe(true)
  const [, address] =
    /^Rapport is ready at (http:\/\/\S+)\/#token=T$/.exec(host.lines[0] ?? '') ?? []
  if (!address) throw new Error(`No ready line: ${host.lines.join('\n')} ${host.complaints()}`)
  return { ...host, address }
}

/** A page that notes everything it complains about. */
async function openPage(): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, complaints }
}

describe('The web host', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints one line when it is ready, and ends cleanly at %s',
    async (signal) => {
      const directory = newDirectory()
      const host = await start('--port', '0', '--data', directory)
      const events = await fetch(`${host.address}/api/events`, {
        headers: { authorization: 'Bearer T' },
      })
      host.child.kill(signal)
      expect(await host.ended).toBe(0)
      await expect(events.text()).resolves.toBeDefined()
      expect([host.lines.length, host.complaints()]).toEqual([1, ''])
      // The database is free at once.
      await start('--port', '0', '--data', directory)
    },
  )

  it('says so where it has to check a database that was not closed, before it is ready', async () => {
    const directory = newDirectory()
    const killed = await start('--port', '0', '--data', directory)
    killed.child.kill('SIGKILL')
    await killed.ended
    const host = run('--token', 'T', '--port', '0', '--data', directory)
    await expect.poll(() => host.lines.length, { timeout: 30_000 }).toBe(2)
    expect(host.lines[0]).toContain('Checking the database')
    expect(host.lines[1]).toContain('Rapport is ready')
  })

  it('makes a token of its own when none is given, a new one each time', async () => {
    const tokens = new Set<string | undefined>()
    for (const _time of [1, 2]) {
      const host = run('--port', '0', '--data', newDirectory())
      await expect.poll(() => host.lines.length, { timeout: 30_000 }).toBe(1)
      tokens.add(/#token=([\w-]{43})$/.exec(host.lines[0]!)?.[1])
    }
    expect(tokens.size).toBe(2)
    expect(tokens).not.toContain(undefined)
  })

  it('fills an empty database with sample data when asked, and only then', async () => {
    const count = async (...words: string[]) => {
      const host = await start('--port', '0', '--data', newDirectory(), ...words)
      const answer = await fetch(`${host.address}/api/leads`, {
        headers: { authorization: 'Bearer T' },
      })
      return (await answer.json()).total
    }
    expect(await count()).toBe(0)
    expect(await count('--sample')).toBeGreaterThan(5)
  })

  it('says in one line what is wrong, and ends', async () => {
    const busy = createServer().listen(0, '127.0.0.1')
    await once(busy, 'listening')
    const { port } = busy.address() as { port: number }
    const file = join(newDirectory(), 'file')
    writeFileSync(file, '')
    const taken = newDirectory()
    const holder = await start('--port', '0', '--data', taken)

    const cases = [
      { words: ['--port', 'abc'], code: 2, says: '--port must be a number' },
      { words: ['--nonsense'], code: 2, says: '--nonsense' },
      {
        words: ['--port', String(port), '--data', newDirectory()],
        code: 1,
        says: 'port is in use',
      },
      {
        words: ['--host', '203.0.113.7', '--data', newDirectory()],
        code: 1,
        says: 'no such address',
      },
      { words: ['--port', '0', '--data', taken], code: 1, says: `process ${holder.child.pid}` },
      { words: ['--port', '0', '--data', join(file, 'x')], code: 1, says: 'may not write' },
    ]
    for (const { words, code, says } of cases) {
      const host = run(...words)
      expect([words, await host.ended]).toEqual([words, code])
      expect(host.complaints()).toContain(says)
      expect(host.complaints()).not.toContain('    at ')
      expect(host.lines).toEqual([])
    }
    busy.close()
  })

  it('can be reached from elsewhere only when asked, and warns', async () => {
    const host = await start('--port', '0', '--host', '0.0.0.0', '--data', newDirectory())
    expect(host.complaints()).toContain('can be reached from other machines')
    expect((await fetch(`${host.address}/`)).status).toBe(200)
  })

  it('opens in a browser by its link, which does not keep the token', async () => {
    const host = await start('--port', '0', '--data', newDirectory(), '--sample')
    const { page, complaints } = await openPage()
    await page.goto(`${host.address}/#token=T`)
    await page.locator('#main').waitFor()
    expect(page.url()).not.toContain('token')
    await page.reload()
    await page.locator('#main').waitFor()
    expect(complaints).toEqual([])
  })

  it('shows the HTTP API on a page where it can be tried', async () => {
    const host = await start('--port', '0', '--data', newDirectory())
    const { page, complaints } = await openPage()
    await page.goto(`${host.address}/api/docs#token=T`)
    await page.getByLabel('Find').fill('post companies')
    const create = page
      .locator('details', { hasText: 'POST' })
      .filter({ hasText: /\/api\/companies\D*$/ })
    await page.getByText('/api/companies', { exact: true }).last().click()
    const form = page.locator('details[open] form')
    await form.getByLabel('Body').fill('{ "name": "Acme" }')
    await form.getByRole('button', { name: 'Send' }).click()
    await form.getByText('201 Created').waitFor()
    expect(await form.locator('pre').innerText()).toContain('"name": "Acme"')
    expect(await create.count()).toBeGreaterThan(0)
    await form.getByLabel('Body').fill('{ "name": " " }')
    await form.getByRole('button', { name: 'Send' }).click()
    await form.getByText('must not be blank').first().waitFor()
    expect(page.url()).not.toContain('token')
    // A refused request is an error line in the console, nothing else may be.
    expect(complaints.filter((text) => !text.includes('status of 400'))).toEqual([])
  })
})
