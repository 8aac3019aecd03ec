import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { removeFolder } from '../testing-folder'
import { createAutostartEntry, createLoginStart, startsHidden } from './login'

it('On Linux the program starts with the computer through an autostart entry, which can be taken back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-login-'))
  const file = join(folder, 'autostart', 'rapport.desktop')
  const login = createAutostartEntry('/opt/My $Rapport/rapport', { XDG_CONFIG_HOME: folder })
  expect(login.isOn()).toBe(false)
  login.set(true)
  expect(login.isOn()).toBe(true)
  expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/My \\$Rapport/rapport" --hidden\n')
  login.set(false)
  login.set(false)
  expect(existsSync(file)).toBe(false)

  createAutostartEntry('/tmp/.mount/rapport', {
    XDG_CONFIG_HOME: folder,
    APPIMAGE: '/home/rep/R.AppImage',
  }).set(true)
  expect(readFileSync(file, 'utf8')).toContain('Exec="/home/rep/R.AppImage"')
  removeFolder(folder)
})

it('On Windows and macOS the system starts the program, and a start of its own opens no window', () => {
  let item = { openAtLogin: false, wasOpenedAtLogin: true, args: [] as string[] }
  const app = {
    getLoginItemSettings: ({ args = [] }: { args?: string[] } = {}) => ({
      ...item,
      openAtLogin: item.openAtLogin && args.join() === item.args.join(),
    }),
    setLoginItemSettings: (given: { openAtLogin: boolean; args: string[] }) => {
      item = { ...item, ...given }
    },
  } as unknown as Parameters<typeof createLoginStart>[0]
  const login = createLoginStart(app, 'win32')
  expect(login.isOn()).toBe(false)
  login.set(true)
  expect(login.isOn()).toBe(true)
  expect(item.args).toEqual(['--hidden'])
  expect(startsHidden(app, item.args, 'win32')).toBe(true)
  expect(startsHidden(app, ['--data', 'here'], 'win32')).toBe(false)
  expect(startsHidden(app, [], 'linux')).toBe(false)
  expect(startsHidden(app, [], 'darwin')).toBe(true)
})
