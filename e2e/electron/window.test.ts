/** The built program on real Electron: what a double cannot vouch for. `ELECTRON` names the binary. */
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeFolder } from '../../src/testing-folder'

const root = join(import.meta.dirname, '..', '..')
let data: string
let program: ElectronApplication | undefined

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'rapport-electron-'))
})
afterEach(async () => {
  await program?.close()
  program = undefined
  removeFolder(data)
})

async function launch(...words: string[]) {
  const executablePath = process.env.ELECTRON
  if (!executablePath) throw new Error('ELECTRON must name the binary: npm test does it.')
  program = await _electron.launch({
    executablePath,
    chromiumSandbox: true,
    args: [root, '--data', data, ...words],
  })
  return program
}

async function start() {
  const program = await launch()
  const page = await program.firstWindow()
  await page.waitForLoadState()
  return { program, page }
}

describe('the desktop program on Electron', () => {
  it('opens one visible window with the screens, under their own scheme and policy', async () => {
    const { program, page } = await start()
    expect(new URL(page.url()).protocol).toBe('app:')
    await expect.poll(() => page.title()).toContain('Rapport')
    await page.locator('#root > *').first().waitFor()
    await expect
      .poll(() =>
        program.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows().map((window) => window.isVisible()),
        ),
      )
      .toEqual([true])
    const inline = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.broken = true'
      document.body.append(script)
      return 'broken' in window
    })
    expect(inline).toBe(false)
  })

  it('gives pages a bridge that cannot be changed, and nothing of Node', async () => {
    const { page } = await start()
    const reach = await page.evaluate(() => ({
      bridge: Object.keys(Reflect.get(window, 'rapport')).sort(),
      node: ['require', 'process', 'module', 'global', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
    }))
    expect(reach).toEqual({ bridge: ['onMessage', 'platform', 'settings'], node: [] })
  })

  it('opens its database with the binary that Electron loads, where it was told', async () => {
    await start()
    await expect.poll(() => existsSync(join(data, 'rapport.db')), { timeout: 20_000 }).toBe(true)
  })

  it('ends when its window is closed, if it shall not stay in the tray', async () => {
    const { program, page } = await start()
    const kept = await page.evaluate(() =>
      Reflect.get(window, 'rapport').settings({ staysInTray: false }),
    )
    expect(kept).toMatchObject({ staysInTray: false })
    const ended = new Promise<number | null>((done) => program.process().once('exit', done))
    await page.close()
    expect(await ended).toBe(0)
  })

  it.skipIf(process.platform === 'darwin')(
    'opens no window when it starts with the computer, and serves its data all the same',
    async () => {
      const program = await launch('--hidden')
      await expect.poll(() => existsSync(join(data, 'rapport.db')), { timeout: 20_000 }).toBe(true)
      expect(
        await program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
      ).toBe(0)
    },
  )
})
