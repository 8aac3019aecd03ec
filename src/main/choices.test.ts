import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IpcMain } from 'electron'
import { expect, it, onTestFinished } from 'vitest'
import { removeFolder } from '../testing-folder'
import { createChoices, offerChoices } from './choices'
import { openSettings } from './settings'

const origin = 'app://rapport'

function begin() {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-choices-'))
  onTestFinished(() => removeFolder(folder))
  let atLogin = false
  let changes = 0
  const choices = createChoices(
    openSettings(join(folder, 'settings.json'), () => {}),
    {
      isOn: () => atLogin,
      set(on) {
        atLogin = on
      },
    },
    () => {
      changes += 1
    },
  )
  let asked: (event: unknown, given: unknown) => unknown = () => {}
  const ipc = {
    handle: (_channel: string, handler: typeof asked) => {
      asked = handler
    },
  } as unknown as IpcMain
  offerChoices(ipc, choices, async () => true, origin)
  const ask = async (given: unknown, url = `${origin}/index.html`) =>
    asked({ senderFrame: { parent: null, url } }, given)
  return { choices, ask, changes: () => changes }
}

it('The screens read what is chosen for this machine, and change what they name alone', async () => {
  const { ask, changes, choices } = begin()
  const usual = { staysInTray: true, startsAtLogin: false, checksForUpdates: false, hasTray: true }
  expect(await ask(undefined)).toEqual(usual)
  expect(changes()).toBe(0)
  expect(await ask({ startsAtLogin: true })).toEqual({ ...usual, startsAtLogin: true })
  expect(await ask({ staysInTray: false })).toMatchObject({
    startsAtLogin: true,
    staysInTray: false,
  })
  expect(changes()).toBe(2)
  expect(choices.get().checksForUpdates).toBe(false)
})

it('Nonsense and other pages change nothing', async () => {
  const { ask, choices } = begin()
  await expect(ask({ staysInTray: 'no' })).rejects.toThrow()
  await expect(ask({ staysInTray: false }, 'https://evil.example/')).rejects.toThrow(
    'This page may not ask.',
  )
  expect(choices.get().staysInTray).toBe(true)
})
