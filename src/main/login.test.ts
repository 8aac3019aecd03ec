import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createAutostartEntry } from './login'

it('On Linux the program starts with the computer through an autostart entry, which can be taken back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-login-'))
  const file = join(folder, 'autostart', 'rapport.desktop')
  const login = createAutostartEntry('/opt/My $Rapport/rapport', { XDG_CONFIG_HOME: folder })
  expect(login.isOn()).toBe(false)
  login.set(true)
  expect(login.isOn()).toBe(true)
  expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/My \\$Rapport/rapport"\n')
  login.set(false)
  login.set(false)
  expect(existsSync(file)).toBe(false)

  createAutostartEntry('/tmp/.mount/rapport', {
    XDG_CONFIG_HOME: folder,
    APPIMAGE: '/home/rep/R.AppImage',
  }).set(true)
  expect(readFileSync(file, 'utf8')).toContain('Exec="/home/rep/R.AppImage"')
  rmSync(folder, { recursive: true })
})
