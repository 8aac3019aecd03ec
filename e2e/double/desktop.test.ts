/** The built desktop program on the double of Electron: what no unit test of its parts can show. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DesktopBridge } from '../../src/contract/desktop'
import { removeFolder } from '../../src/testing-folder'
import { call } from './call'
import {
  type DesktopOptions,
  type DesktopProgram,
  type HiddenProgram,
  startDouble,
  startHidden,
} from './start'

const root = join(import.meta.dirname, '..', '..')
const folders: string[] = []
/** Several programs share the processor with a browser each. */
const patience = { timeout: 10_000 }
const running = new Set<HiddenProgram>()
const hosts = new Set<ChildProcess>()

afterEach(async () => {
  await Promise.all([...running].map((program) => program.kill()))
  running.clear()
  for (const host of hosts) host.kill('SIGKILL')
  hosts.clear()
  for (const folder of folders.splice(0)) removeFolder(folder)
})

function newDirectory(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-desktop-'))
  folders.push(folder)
  return folder
}
async function start(options: Partial<DesktopOptions> = {}): Promise<DesktopProgram> {
  const program = await startDouble({ dataDirectory: newDirectory(), ...options })
  running.add(program)
  void program.ended.then(() => running.delete(program))
  return program
}

const countCompanies = async (page: Page) =>
  (await call<{ total: number }>(page, 'companies/list', {})).total

describe('The window of the desktop program', () => {
  let program: DesktopProgram
  const dataDirectory = mkdtempSync(join(tmpdir(), 'rapport-desktop-'))
  beforeAll(async () => {
    program = await startDouble({ dataDirectory })
    // Past the first-run screen, which lets nobody by.
    await call(program.page, 'settings/updateWorkspace', { onboarded: true })
    await program.page.reload()
  })
  afterAll(async () => {
    expect(await program.quit()).toBe(0)
    removeFolder(dataDirectory)
  })

  it('shows the screens, which reach the core through the bridge and nothing else', async () => {
    const { page } = program
    const company = await call<{ id: string }>(page, 'companies/create', { name: 'Acme' })
    const { items } = await call<{ items: { door: string }[] }>(page, 'changes/list', {
      table: 'company',
      rowId: company.id,
    })
    expect(items.map(({ door }) => door)).toEqual(['desktop'])
    const reach = await page.evaluate(() => ({
      bridge: Object.keys(Reflect.get(window, 'rapport')).sort(),
      isFrozen: Object.isFrozen(Reflect.get(window, 'rapport')),
      node: ['require', 'process', 'module', 'global', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
    }))
    expect(reach).toEqual({
      bridge: ['onMessage', 'opening', 'platform', 'settings'],
      isFrozen: true,
      node: [],
    })
  })

  it('draws the screens without breaking their policy', async () => {
    const { page } = program
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.reload()
    await page.getByText('Rapport').first().waitFor()
    expect(complaints).toEqual([])
  })

  it('runs no foreign code and loads nothing from elsewhere', async () => {
    const { page } = program
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.broken = true'
      document.body.append(script)
      const load = (url: string) =>
        fetch(url).then(
          () => 'loaded',
          () => 'refused',
        )
      return {
        inline: 'broken' in window,
        web: await load('https://example.com/'),
        local: await load('http://127.0.0.1:9/'),
        file: await load('file:///etc/hosts'),
      }
    })
    expect(outcome).toEqual({ inline: false, web: 'refused', local: 'refused', file: 'refused' })
  })

  it('stays in its window: links of the web open in the browser', async () => {
    const { page, notes } = program
    await page.evaluate(() => {
      window.open('https://acme.example/one')
    })
    await expect
      .poll(async () => (await notes()).opened, patience)
      .toContain('https://acme.example/one')
    await page.evaluate(() => {
      window.location.href = 'https://acme.example/two'
    })
    await expect
      .poll(async () => (await notes()).opened, patience)
      .toContain('https://acme.example/two')
    expect((await notes()).opened).toHaveLength(2)
    expect(page.url()).toMatch(/^https:\/\/rapport\.app\./)
    expect(page.context().pages()).toHaveLength(1)
  })

  it('tells the screens what the menu and the tray ask for', async () => {
    const { page, pressMenu, pressTray } = program
    await page.evaluate(() => {
      const heard: unknown[] = []
      Object.assign(window, { heard })
      const bridge: DesktopBridge = Reflect.get(window, 'rapport')
      bridge.onMessage((message) => void heard.push(message))
    })
    await page.locator('#main').waitFor()
    await pressMenu('View', 'Companies')
    await pressTray('New lead…')
    await expect
      .poll(() => page.evaluate(() => Reflect.get(window, 'heard')), patience)
      .toEqual([
        { type: 'route', path: '/companies' },
        { type: 'command', command: 'newLead' },
      ])
    await expect.poll(() => page.url(), patience).toMatch(/#\/companies$/)
  })

  it('opens the data folder, and says that only an installed program updates itself', async () => {
    const { notes, pressMenu } = program
    await pressMenu('File', 'Open data folder')
    await pressMenu('Help', 'Look for updates')
    await expect.poll(notes, patience).toMatchObject({
      opened: expect.arrayContaining([dataDirectory]),
      messages: ['Only an installed Rapport can update itself.'],
    })
  })
})

describe('The desktop program', () => {
  it('opens where it was left', async () => {
    const dataDirectory = newDirectory()
    const first = await start({ dataDirectory })
    const bounds = { x: 200, y: 150, width: 1000, height: 700 }
    await first.moveWindow(bounds)
    expect(await first.quit()).toBe(0)
    const second = await start({ dataDirectory })
    expect(await second.window()).toMatchObject({ bounds, visible: true })
    await second.moveWindow({ ...bounds, x: 90_000 })
    await second.quit()
    const third = await start({ dataDirectory })
    expect((await third.window()).bounds).toMatchObject({ width: 1000, height: 700, x: 40 })
  })

  it('stays in the tray when its window is closed, says so once, and ends if it shall not stay', async () => {
    const dataDirectory = newDirectory()
    const first = await start({ dataDirectory })
    await first.closeWindow()
    expect(await first.window()).toMatchObject({ visible: false })
    await expect
      .poll(first.popups, patience)
      .toMatchObject([{ title: 'Rapport stays in the tray' }])
    await first.answerPopup('Rapport stays in the tray')
    expect(await first.window()).toMatchObject({ visible: true })
    await first.closeWindow()
    await first.pressTray('Open Rapport')
    expect(await first.window()).toMatchObject({ visible: true })
    expect((await first.notes()).notifications).toHaveLength(1)

    await first.pressTray('Stay here when the window is closed')
    await first.closeWindow()
    expect(await first.ended).toBe(0)
  })

  it('ends with its window where the desktop has no tray, and says why', async () => {
    const program = await start({ environment: { RAPPORT_DOUBLE_TRAY: 'false' } })
    expect(
      await program.page.evaluate(() => Reflect.get(window, 'rapport').settings()),
    ).toMatchObject({ hasTray: false, staysInTray: true })
    await program.closeWindow()
    expect(await program.ended).toBe(0)
  })

  it('opens no window when it starts with the computer, until somebody asks for it', async () => {
    const dataDirectory = newDirectory()
    const program = await startHidden({ dataDirectory, arguments: ['--hidden'] })
    running.add(program)
    await expect.poll(program.tray, patience).toContain('Open Rapport')
    expect(await program.window()).toMatchObject({ visible: false })
    // The same login once more asks for nothing, a start by hand shows the window.
    await expect(startDouble({ dataDirectory })).rejects.toThrow('ended with 0')
    const page = await program.whenOpen()
    expect(await countCompanies(page)).toBe(0)
    expect(await program.quit()).toBe(0)
    running.delete(program)
  })

  it('lets the screens change what is kept on this machine, and shows it in the tray', async () => {
    const dataDirectory = newDirectory()
    const program = await start({ dataDirectory, environment: { XDG_CONFIG_HOME: dataDirectory } })
    const ask = (changes: object) =>
      program.page.evaluate((given) => Reflect.get(window, 'rapport').settings(given), changes)
    expect(await ask({ staysInTray: false, checksForUpdates: false })).toEqual({
      staysInTray: false,
      startsAtLogin: false,
      checksForUpdates: false,
      hasTray: true,
    })
    await expect(ask({ staysInTray: 'yes' })).rejects.toThrow()
    expect(await ask({ startsAtLogin: true })).toMatchObject({ startsAtLogin: true })
    expect(readFileSync(join(dataDirectory, 'autostart', 'rapport.desktop'), 'utf8')).toContain(
      '--hidden',
    )
    await program.closeWindow()
    expect(await program.ended).toBe(0)
  })

  it('loses nothing it acknowledged when it is killed', async () => {
    const dataDirectory = newDirectory()
    const first = await start({ dataDirectory })
    for (const name of ['Acme', 'Globex', 'Initech'])
      await call(first.page, 'companies/create', { name })
    await first.kill()
    const second = await start({ dataDirectory })
    expect(await countCompanies(second.page)).toBe(3)
  })

  it('starts once: a second start shows the first', async () => {
    const dataDirectory = newDirectory()
    const first = await start({ dataDirectory })
    await first.closeWindow()
    await expect(startDouble({ dataDirectory })).rejects.toThrow('ended with 0')
    await expect.poll(first.window, patience).toMatchObject({ visible: true })
  })

  it('says in a native box who has its data open', async () => {
    const dataDirectory = newDirectory()
    const host = spawn(
      process.execPath,
      [join(root, 'out/main/web.js'), '--no-open', '--port', '0', '--data', dataDirectory],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    hosts.add(host)
    await once(host.stdout, 'data')
    await expect(startDouble({ dataDirectory })).rejects.toThrow(
      new RegExp(`ended with 1[^]*cannot open its data: .* already open in process ${host.pid}`),
    )
    host.kill('SIGTERM')
    expect(await once(host, 'exit')).toEqual([0, null])
  })

  it('opens the screens on a damaged database, so that it can be restored', async () => {
    const dataDirectory = newDirectory()
    const first = await start({ dataDirectory })
    await call(first.page, 'companies/create', { name: 'Acme' })
    await call(first.page, 'database/backUp', {})
    await first.quit()
    writeFileSync(join(dataDirectory, 'rapport.db'), 'not a database '.repeat(1000))

    const { page } = await start({ dataDirectory })
    expect(await call(page, 'database/status', undefined)).toMatchObject({ state: 'damaged' })
    await expect(countCompanies(page)).rejects.toThrow()
    const [backup] = await call<{ name: string }[]>(page, 'database/backups', undefined)
    await call(page, 'database/restore', { name: backup!.name })
    expect(await countCompanies(page)).toBe(1)
  })

  it('keeps what the screens store in their page', async () => {
    const dataDirectory = newDirectory()
    const first = await start({ dataDirectory })
    await first.page.evaluate(() => localStorage.setItem('rapport.theme', 'dark'))
    await first.quit()
    const second = await start({ dataDirectory })
    expect(await second.page.evaluate(() => localStorage.getItem('rapport.theme'))).toBe('dark')
    expect(existsSync(join(dataDirectory, 'desktop', 'settings.json'))).toBe(true)
    expect(readFileSync(join(dataDirectory, 'desktop', 'settings.json'), 'utf8')).toContain(
      'placement',
    )
  })
})
