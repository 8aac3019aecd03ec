import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeFolder } from '../testing-folder'
import { openSettings } from './settings'

let folder: string
const usual = { placement: null, staysInTray: true, toldOfTray: false, checksForUpdates: false }
const fail = (error: unknown) => {
  throw error
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-settings-'))
})
afterEach(() => removeFolder(folder))

describe("The desktop program's settings", () => {
  it('begin as usual: no updates are looked for, closing the window leaves the program in the tray', () => {
    expect(openSettings(join(folder, 'new', 'settings.json'), fail).get()).toEqual(usual)
  })

  it('are there after a restart, and leave no half-written file behind', () => {
    const file = join(folder, 'desktop', 'settings.json')
    const placement = { x: 1, y: 2, width: 800, height: 600, maximized: true }
    openSettings(file, fail).set({ placement, staysInTray: false })
    expect(openSettings(file, fail).get()).toEqual({ ...usual, placement, staysInTray: false })
    expect(readdirSync(join(folder, 'desktop'))).toEqual(['settings.json'])
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.each(['', '{', 'null', '[]', '"text"', '{"placement":{"x":"left"},"staysInTray":3}'])(
    'begin as usual when the file holds %s',
    (content) => {
      const file = join(folder, 'settings.json')
      writeFileSync(file, content)
      expect(openSettings(file, fail).get()).toEqual(usual)
    },
  )

  it('keep the good values of a file with a bad one', () => {
    const file = join(folder, 'settings.json')
    writeFileSync(file, '{"placement":7,"checksForUpdates":true}')
    expect(openSettings(file, fail).get()).toEqual({ ...usual, checksForUpdates: true })
  })

  it('hold for the session where the file cannot be written, and say so', () => {
    const file = join(folder, 'settings.json')
    mkdirSync(file)
    const errors: unknown[] = []
    const settings = openSettings(file, (error) => errors.push(error))
    settings.set({ staysInTray: false })
    expect(settings.get().staysInTray).toBe(false)
    expect(errors).toHaveLength(1)
    expect(() => readFileSync(file)).toThrow()
  })
})
