import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { removeFolder } from '../testing-folder'
import { openSettings } from './settings'
import { createStay } from './stay'

function begin(trayComesAfter: number) {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-stay-'))
  onTestFinished(() => removeFolder(folder))
  const done: string[] = []
  let asked = 0
  const stay = createStay(
    {
      settings: openSettings(join(folder, 'settings.json'), () => {}),
      async hasTray() {
        asked += 1
        return asked > trayComesAfter
      },
      say: (title) => void done.push(title),
      quit: () => void done.push('quit'),
    },
    { times: 3, pause: 1 },
  )
  return { stay, done }
}

it('With its window closed the program stays in the tray, and says so the first time', async () => {
  const { stay, done } = begin(0)
  await stay.windowWasHidden()
  await stay.windowWasHidden()
  expect(done).toEqual(['Rapport stays in the tray'])
})

it('Without a tray it ends with its window, and says why the first time', async () => {
  const { stay, done } = begin(Number.POSITIVE_INFINITY)
  await stay.windowWasHidden()
  await stay.windowWasHidden()
  expect(done).toEqual(['Rapport ends with its window', 'quit', 'quit'])
})

it('Started with the computer it waits for the tray, and shows its window if none comes', async () => {
  const late = begin(2)
  await late.stay.startedHidden(() => late.done.push('show'))
  expect(late.done).toEqual([])
  const never = begin(Number.POSITIVE_INFINITY)
  await never.stay.startedHidden(() => never.done.push('show'))
  expect(never.done).toEqual(['show'])
})
