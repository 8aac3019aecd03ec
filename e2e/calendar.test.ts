/** The calendar as a rep works with it: dragged, stretched, filled in and ticked off. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { startWeb, type WebProgram } from './web'

/** Rather seldom: the API answers no more than a hundred questions a minute. */
const settled = { timeout: 20_000, interval: 700 }
/** A week without a change of clocks; the tenth is a Wednesday. */
const week = '/calendar?view=week&date=2027-03-10'

test('a meeting dragged to another day in the week is moved there, and back by undo; pulled longer it lasts longer', async () => {
  const { program, page, id } = await openCalendar()
  const meeting = entry(page, 'Kickoff with Acme')
  await meeting.waitFor()

  const thursday = await middleOf(page, 'Thu 11')
  await drag(page, meeting, { x: thursday })
  await expect
    .poll(() => timesOf(program, id), settled)
    .toEqual({ scheduledAt: '2027-03-11T09:00:00.000Z', durationMinutes: 60 })

  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect
    .poll(() => timesOf(program, id), settled)
    .toEqual({ scheduledAt: '2027-03-09T09:00:00.000Z', durationMinutes: 60 })
  const tuesday = await middleOf(page, 'Tue 9')
  await expect.poll(async () => isAt(await boxOf(meeting), tuesday), settled).toBe(true)

  // Its lower edge, an hour down.
  const { x, y, width, height } = await boxOf(meeting)
  await meeting.hover()
  await page.mouse.move(x + width / 2, y + height - 2)
  await page.mouse.down()
  await page.mouse.move(x + width / 2, y + 2 * height - 4, { steps: 6 })
  await page.mouse.up()
  await expect
    .poll(() => timesOf(program, id), settled)
    .toEqual({ scheduledAt: '2027-03-09T09:00:00.000Z', durationMinutes: 120 })
})

test('a press on a free hour begins a task for it, and the month shows it until it is done', async () => {
  const { program, page } = await openCalendar()
  const ten = await boxOf(entry(page, 'Kickoff with Acme'))
  await page.mouse.click(await middleOf(page, 'Fri 12'), ten.y + 6)
  await page.getByRole('menuitem', { name: 'Task' }).click()
  const dialog = page.getByRole('dialog', { name: 'New task' })
  await dialog.getByLabel('Title').fill('Send the quote')
  await page.keyboard.press('Control+Enter')
  await entry(page, 'Send the quote').waitFor()
  const tasks = await program.api<{ items: { wallTime: string }[] }>('GET', '/tasks')
  expect(tasks.items.map(({ wallTime }) => wallTime)).toEqual(['2027-03-12T10:00'])

  await page.keyboard.press('m')
  await page.getByRole('heading', { name: 'March 2027' }).waitFor()
  // By keyboard: an entry has the focus like any button.
  await entry(page, 'Send the quote').focus()
  await page.keyboard.press('Enter')
  const card = page.getByRole('dialog', { name: 'Send the quote' })
  await card.getByRole('button', { name: 'Done' }).click()
  await expect
    .poll(async () => (await entry(page, 'Send the quote').innerText()).includes('done'), settled)
    .toBe(true)

  await page.keyboard.press('j')
  await page.getByRole('heading', { name: 'April 2027' }).waitFor()
  await page.keyboard.press('d')
  await page.getByRole('heading', { name: /Thursday,? 1 April 2027/ }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('heading', { name: /Wednesday,? 31 March 2027/ }).waitFor()
  expect(page.url()).toContain('view=day&date=2027-03-31')
})

test('a phone lists the days, and moves something by the card that opens', async () => {
  const { program, page, id } = await openCalendar({ viewport: { width: 390, height: 844 } })
  await page.getByRole('heading', { name: /^Tuesday,? 9 March 2027$/ }).waitFor()
  await page.getByRole('button', { name: /Kickoff with Acme/ }).click()
  const card = page.getByRole('dialog', { name: 'Kickoff with Acme' })
  await card.getByLabel('Move to').fill('2027-03-10T14:30')
  await card.getByRole('button', { name: 'Move' }).click()
  await page.getByRole('heading', { name: /^Wednesday,? 10 March 2027$/ }).waitFor()
  expect((await timesOf(program, id)).scheduledAt).toBe('2027-03-10T13:30:00.000Z')
})

/** The week's calendar of somebody in Berlin with one meeting, on a machine elsewhere. */
async function openCalendar(options: Parameters<WebProgram['open']>[1] = {}) {
  const program = await startWeb()
  await program.api('PATCH', '/users/me', { timezone: 'Europe/Berlin' })
  const { id } = await planMeeting(program, 'Kickoff with Acme')
  const page = await program.open(week, {
    locale: 'en-GB',
    timezoneId: 'America/New_York',
    ...options,
  })
  await page.getByText('Times in Europe/Berlin').waitFor()
  return { program, page, id }
}

/** On Tuesday from ten to eleven, Berlin time. */
async function planMeeting(program: WebProgram, subject: string): Promise<{ id: string }> {
  const lead = await program.api<{ id: string }>('POST', '/leads', { title: 'Acme: 40 seats' })
  return await program.api('POST', '/activities', {
    type: 'meeting',
    subject,
    leadId: lead.id,
    scheduledAt: '2027-03-09T09:00:00Z',
    durationMinutes: 60,
  })
}

async function timesOf(program: WebProgram, id: string) {
  const { scheduledAt, durationMinutes } = await program.api<{
    scheduledAt: string
    durationMinutes: number
  }>('GET', `/activities/${id}`)
  return { scheduledAt, durationMinutes }
}

const entry = (page: Page, title: string) =>
  page.locator('main').getByRole('button').filter({ hasText: title }).first()

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  if (!box) throw new Error('It is not on the screen.')
  return box
}

async function middleOf(page: Page, day: string): Promise<number> {
  const { x, width } = await boxOf(page.getByText(day, { exact: true }))
  return x + width / 2
}

const isAt = ({ x, width }: { x: number; width: number }, middle: number) =>
  x < middle && middle < x + width

async function drag(page: Page, from: Locator, to: { x: number }) {
  const { x, y } = await boxOf(from)
  // Well within the first quarter of an hour.
  await page.mouse.move(x + 12, y + 6)
  await page.mouse.down()
  await page.mouse.move(x + 20, y + 6, { steps: 3 })
  await page.mouse.move(to.x, y + 6, { steps: 8 })
  await page.mouse.up()
}
