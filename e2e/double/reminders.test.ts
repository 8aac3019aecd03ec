/** What comes due while the window is closed, on the double of Electron: popups, their answers, the counts. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { removeFolder } from '../../src/testing-folder'
import { call } from './call'
import { type DesktopProgram, type HiddenProgram, startDouble } from './start'

const folders: string[] = []
const running = new Set<HiddenProgram>()
/** Longer than the core takes to ask by itself what is due. */
const patience = { timeout: 25_000, interval: 200 }
const minute = 60_000

afterEach(async () => {
  await Promise.all([...running].map((program) => program.kill()))
  running.clear()
  for (const folder of folders.splice(0)) removeFolder(folder)
})

interface Reminder {
  id: string
  status: string
  snoozedUntil: string | null
}

/** A program in the tray with its window closed. */
async function start(dataDirectory: string, platform = 'linux'): Promise<DesktopProgram> {
  const program = await startDouble({
    dataDirectory,
    environment: { RAPPORT_DOUBLE_PLATFORM: platform },
  })
  running.add(program)
  void program.ended.then(() => running.delete(program))
  await call(program.page, 'settings/updateWorkspace', { onboarded: true })
  // Summaries of the hour and the day come when they come.
  const off = { native: false }
  await call(program.page, 'notifications/settings/update', {
    channels: { overdue: off, upcoming: off, daily_summary: off },
  })
  await program.moveClock(untilMorning())
  await program.page.reload()
  await program.page.locator('#main').waitFor()
  await program.closeWindow()
  return program
}
/** Milliseconds until it is 10:05: far from the hours at which a day ends. */
function untilMorning(): number {
  const morning = new Date()
  morning.setHours(10, 5, 0, 0)
  if (morning.getTime() < Date.now()) morning.setDate(morning.getDate() + 1)
  return morning.getTime() - Date.now()
}

function newDirectory() {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-reminders-'))
  folders.push(folder)
  return folder
}

/** By the program's clock, which is ahead of the test's. */
async function remind(program: DesktopProgram, notes: string, inMinutes: number) {
  const remindAt = new Date((await program.now()) + inMinutes * minute).toISOString()
  return await call<Reminder>(program.page, 'reminders/create', { notes, remindAt })
}
const read = ({ page }: DesktopProgram, { id }: Reminder) =>
  call<Reminder>(page, 'reminders/get', { id })
/** Popups of the core; the program's own word about the tray is not one. */
const titles = async (program: HiddenProgram) =>
  (await program.notes()).notifications
    .map(({ title }) => title)
    .filter((title) => !title.startsWith('Rapport '))

it('A reminder that comes due in the tray is completed and put off by the buttons of its popup', async () => {
  const program = await start(newDirectory(), 'darwin')
  const call = await remind(program, 'Call Acme', 1)
  const visit = await remind(program, 'Visit Globex', 1)
  await expect.poll(program.shown, patience).toMatchObject({ badge: 2, title: '2' })
  await program.moveClock(minute + 1000)
  await program.power('resume')
  await expect.poll(() => titles(program), patience).toHaveLength(2)

  await program.answerPopup('Call Acme', 'Complete')
  await program.answerPopup('Visit Globex', 'Snooze')
  await expect.poll(async () => (await read(program, call)).status).toBe('completed')
  await expect.poll(async () => (await read(program, visit)).status).toBe('snoozed')
  expect(await program.window()).toMatchObject({ visible: false })
  await expect.poll(program.shown, patience).toMatchObject({ badge: 1, title: '1' })
}, 90_000)

it('A click on a popup opens the window at the record; killed and started again it does not come twice', async () => {
  const dataDirectory = newDirectory()
  const program = await start(dataDirectory)
  const reminder = await remind(program, 'Call Acme', 1)
  await program.moveClock(minute + 1000)
  await program.power('unlock-screen')
  await expect.poll(() => titles(program), patience).toEqual(['Call Acme'])
  expect((await program.popups()).at(-1)?.actions).toEqual([])
  await expect.poll(program.tray, patience).toContain('1 today')

  await program.answerPopup('Call Acme')
  await expect.poll(program.window).toMatchObject({ visible: true })
  await expect.poll(() => program.page.url()).toContain(`#/reminders/${reminder.id}`)
  await program.kill()

  const again = await start(dataDirectory)
  const other = await remind(again, 'Send the offer', 1)
  await again.moveClock(minute + 1000)
  await again.power('resume')
  await expect.poll(() => titles(again), patience).toEqual(['Send the offer'])
  expect((await read(again, other)).status).toBe('pending')
}, 120_000)

it('What fell due while the machine slept comes as one popup that leads to Today', async () => {
  const program = await start(newDirectory())
  for (const [at, name] of ['Acme', 'Globex', 'Initech', 'Umbrella', 'Hooli'].entries())
    await remind(program, `Call ${name}`, 30 + at)
  await program.moveClock(180 * minute)
  await program.power('resume')
  const digest = '5 things fell due while you were away'
  await expect.poll(() => titles(program), patience).toEqual([digest])
  await program.answerPopup(digest)
  await expect.poll(program.window).toMatchObject({ visible: true })
  await expect.poll(() => program.page.url()).toMatch(/#\/today/)
  expect(await titles(program)).toEqual([digest])
}, 90_000)
