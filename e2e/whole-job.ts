/** A rep's first hour, through the screens alone: the same steps in the browser and in the desktop window. */

import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { goTo } from './web'

/** What the company has: three leads, one of them with a quoted line break. */
const spreadsheet = [
  'Deal name;Company name;Deal stage;Amount;Lead source;Notes',
  'Pumps for the north plant;Acme Corporation;New;12000;Website;"Asked twice.\nWants a visit."',
  'Spare valves;Betasoloin;Qualified;800,50;Referral;',
  'Compressor hall;Acme Corporation;New;45000;Trade fair;',
].join('\r\n')

const settled = { timeout: 20_000 }

/** @param undo as the user does it: a key in the browser, the menu's key in the desktop program */
export async function doTheWholeJob(page: Page, undo: () => Promise<void>): Promise<void> {
  await importSpreadsheet(page)
  await moveByDragging(page)
  await findTheChangeOnTheTimeline(page)
  await logACall(page)
  await findTheCallByTyping(page)
  await undo()
  await findTheCallGone(page)
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

async function importSpreadsheet(page: Page) {
  await goTo(page, '/import')
  await page.locator('input[type=file]').setInputFiles({
    name: 'deals.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(spreadsheet),
  })
  await press(page, 'Continue with leads')
  await press(page, 'Check the file')
  await press(page, 'Import 3 leads')
  await page.getByRole('link', { name: 'See the leads' }).waitFor(settled)
  await goTo(page, '/pipeline')
  await expect.poll(() => titles(page, 'New'), settled).toHaveLength(2)
  await expect.poll(() => titles(page, 'Qualified')).toEqual(['Spare valves'])
}

const column = (page: Page, stage: string) =>
  page
    .locator('section[data-stage]')
    .filter({ has: page.getByRole('list', { name: stage, exact: true }) })
const card = (page: Page, title: string) =>
  page.locator('[data-card]').filter({ has: page.getByRole('link', { name: title, exact: true }) })
const titles = (page: Page, stage: string) =>
  column(page, stage).locator('[data-card] a').allInnerTexts()

async function moveByDragging(page: Page) {
  await drag(page, card(page, 'Compressor hall'), card(page, 'Spare valves'))
  await expect.poll(() => titles(page, 'Qualified'), settled).toContain('Compressor hall')
}

/** By hand: a browser takes nothing as a drag that does not move in steps. */
async function drag(page: Page, from: Locator, to: Locator) {
  const start = await middleOf(from)
  const end = await middleOf(to)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  for (const part of [0.1, 0.3, 0.6, 0.9, 1])
    await page.mouse.move(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part, {
      steps: 3,
    })
  await page.mouse.up()
}

async function middleOf(locator: Locator) {
  const box = await locator.boundingBox()
  if (!box) throw new Error('There is nothing to drag.')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const timeline = (page: Page) => page.getByRole('main')

async function findTheChangeOnTheTimeline(page: Page) {
  // At its beginning: its end is covered by the quick actions of a card under the pointer.
  await card(page, 'Compressor hall')
    .getByRole('link')
    .click({ position: { x: 4, y: 6 } })
  await page.getByRole('heading', { name: 'Compressor hall' }).waitFor(settled)
  await expect.poll(() => timeline(page).innerText(), settled).toMatch(/New[\s\S]{0,20}Qualified/)
}

const said = 'They want the compressor serviced before winter'

async function logACall(page: Page) {
  await page.keyboard.press('c')
  await page.getByRole('textbox', { name: 'Text' }).fill(said)
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => timeline(page).innerText(), settled).toContain(said)
}

async function findTheCallByTyping(page: Page) {
  await goTo(page, '/companies')
  await page.getByRole('heading', { name: 'Companies' }).waitFor(settled)
  await page.keyboard.press('Control+k')
  await page.getByLabel('Search and commands').fill('serviced winter')
  await page.locator('mark', { hasText: 'serviced' }).waitFor(settled)
  await page.keyboard.press('Enter')
  // While it closes, the palette's field still has the keys.
  await page.getByLabel('Search and commands').waitFor({ ...settled, state: 'detached' })
  await page.getByRole('heading', { name: 'Compressor hall' }).waitFor(settled)
  await expect.poll(() => timeline(page).innerText(), settled).toContain(said)
}

async function findTheCallGone(page: Page) {
  await expect.poll(() => timeline(page).innerText(), settled).not.toContain(said)
  expect(await timeline(page).innerText()).toMatch(/New[\s\S]{0,20}Qualified/)
}
