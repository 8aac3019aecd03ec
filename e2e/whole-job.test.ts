/** Import, board, drag, timeline, log, search, undo: the whole job at once, behind both doors. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, test } from 'vitest'
import { removeFolder } from '../src/testing-folder'
import { startDouble } from './double/start'
import { startWeb } from './web'
import { doTheWholeJob } from './whole-job'

test('a rep brings in a spreadsheet and works the pipeline in a browser', async () => {
  const program = await startWeb()
  const page = await program.open('/pipeline')
  await doTheWholeJob(page, () => page.keyboard.press('Control+z'))
})

test('a rep brings in a spreadsheet and works the pipeline in the desktop window', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'rapport-desktop-'))
  const program = await startDouble({ dataDirectory })
  onTestFinished(async () => {
    await program.kill()
    // The window's browser may still be writing its profile.
    removeFolder(dataDirectory)
  })
  const { page } = program
  await page.getByRole('textbox', { name: 'Your name' }).fill('Rita Rep')
  await page.getByRole('button', { name: /Start empty/ }).click()
  await page.getByRole('button', { name: 'Open Rapport' }).click()
  await doTheWholeJob(page, () => program.pressMenu('Edit', 'Undo'))
})
