/** A rep's day: quick entry, the queue by keyboard and by thumb, and next steps on a record. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { goTo, startWeb, type WebProgram } from './web'

const settled = { timeout: 15_000 }

test('Today is the day of the queue, also on a machine where it is another', async () => {
  const program = await startWeb()
  const me = await program.api<{ id: string }>('GET', '/users/me')
  await program.api('PATCH', `/users/${me.id}`, { timezone: 'Pacific/Kiritimati' })
  const { date } = await program.api<{ date: string }>('GET', '/agenda/today')
  // The two never have the same day.
  const page = await program.open('/today', { timezoneId: 'Pacific/Pago_Pago', locale: 'en-US' })
  const day = new Date(`${date}T12:00:00Z`).getUTCDate()
  await page.getByText(new RegExp(`^\\w+, \\w+ ${day}$`)).waitFor(settled)
  await page.keyboard.press('q')
  await page.keyboard.type('Call Ada tomorrow')
  await page
    .getByRole('status')
    .getByText(/^Tomorrow Kiritimati/)
    .waitFor(settled)
})

test('the queue is filled by one line and worked through without a mouse', async () => {
  const { program, page } = await openToday()
  await page.keyboard.press('q')
  await page.keyboard.type('call Acme Corporation tomorrow 3pm !high')
  const understood = page.getByRole('status').filter({ hasText: 'Tomorrow' })
  await understood.getByText('High').waitFor(settled)
  await understood.getByText('Acme Corporation', { exact: true }).waitFor(settled)
  await page.keyboard.press('Enter')
  await expect.poll(() => titles(page), settled).toHaveLength(5)
  const [added] = (await program.api<Rows>('GET', '/tasks?q=call')).items
  expect(added).toMatchObject({
    priority: 'high',
    type: 'call',
    company: { name: 'Acme Corporation' },
  })

  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await expect.poll(() => focused(page)).toBe('Send the offer')
  await page.keyboard.press('c')
  await expect.poll(() => focused(page), settled).toBe('Call about delivery')
  await expect.poll(() => headings(page), settled).toContain('Donetoday1')
  await page.keyboard.press('Control+z')
  await expect.poll(() => headings(page), settled).toEqual(['Overdue2', 'Today2', 'Tomorrow'])

  // Put off: the menu takes the numbers.
  await page.keyboard.press('s')
  await menuHasFocus(page)
  await page.keyboard.press('3')
  await expect.poll(() => headings(page), settled).toEqual(['Overdue1', 'Today2', 'Tomorrow'])
  await expect
    .poll(async () => localHour((await only(program, '/tasks?q=delivery')).dueAt), settled)
    .toBe(9)
  await expect.poll(() => focused(page)).toBe('Ask for a reference')
  await page.keyboard.press('j')
  await expect.poll(() => focused(page)).toBe('Review the pipeline')

  // Moved: the calendar takes the arrows, Tab moves to the clock.
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: 'Review the pipeline' })
  await dialog.getByRole('checkbox', { name: 'Any time that day' }).uncheck()
  await dialog.getByLabel('Hours').fill('23')
  await dialog.getByLabel('Minutes').fill('58')
  await dialog.getByRole('button', { name: 'Move' }).click()
  await expect
    .poll(async () => localHour((await only(program, '/tasks?q=pipeline')).dueAt), settled)
    .toBe(23)

  // Several at once, taken back at once.
  await dialog.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+a')
  await page.getByText('5 selected').waitFor(settled)
  await page.keyboard.press('c')
  await page.getByText('All done for today').waitFor(settled)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(() => headings(page), settled).toEqual(['Overdue1', 'Today2', 'Tomorrow'])

  // Logged: what came of it is on the lead, and the task is done.
  await page.getByRole('link', { name: 'Send the offer' }).focus()
  await page.keyboard.press('l')
  await page.getByRole('textbox', { name: 'Text' }).fill('They sign next week')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => headings(page), settled).toEqual(['Today2', 'Tomorrow', 'Donetoday1'])
  const lead = await leadId(program)
  const timeline = async () =>
    (await program.api<Rows>('GET', `/leads/${lead}/timeline`)).items.map(
      ({ description }) => description,
    )
  await expect.poll(timeline, settled).toContain('They sign next week')
})

test('on a phone thumbs do it, and an empty queue says what to plan next', async () => {
  const { program, page } = await openToday({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  })
  await page.getByRole('button', { name: 'Put off Send the offer' }).click()
  await page.getByRole('menuitem', { name: /Tomorrow/ }).click()
  for (const title of ['Call about delivery', 'Review the pipeline', 'Ask for a reference']) {
    await page.getByRole('button', { name: `Complete ${title}` }).click()
  }
  await page.getByText('All done for today').waitFor(settled)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  // The offer was put off: that lead has its next step, the other has none.
  await program.api('POST', '/leads', { title: 'Forgotten lead' })
  await page.getByRole('button', { name: 'Plan next steps for 1 lead' }).click(settled)
  await page.getByRole('heading', { name: 'Leads' }).waitFor(settled)
  await page.getByRole('link', { name: /Forgotten lead/ }).waitFor(settled)
})

test('a finger pushes rows aside: to the right they are done, to the left put off; up and down it scrolls', async () => {
  const { program, page } = await openToday({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await swipe(page, 'Send the offer', 40)
  await swipe(page, 'Send the offer', 160)
  await expect.poll(() => headings(page), settled).toEqual(['Overdue1', 'Today2', 'Donetoday1'])
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(() => headings(page), settled).toEqual(['Overdue2', 'Today2'])

  await swipe(page, 'Call about delivery', -160)
  await page.getByRole('menuitem', { name: /Tomorrow/ }).click()
  await expect.poll(() => headings(page), settled).toEqual(['Overdue1', 'Today2', 'Tomorrow'])
  await expect
    .poll(async () => localHour((await only(program, '/tasks?q=delivery')).dueAt), settled)
    .toBe(9)

  await page.setViewportSize({ width: 390, height: 420 })
  await swipe(page, 'Send the offer', 10, -200)
  await expect
    .poll(() =>
      page
        .getByRole('list')
        .filter({ hasText: 'Send the offer' })
        .evaluate((list) => list.parentElement?.scrollTop ?? 0),
    )
    .toBeGreaterThan(50)
})

test('a record shows its next steps, and takes new ones', async () => {
  const { program, page } = await openToday()
  await goTo(page, `/leads/${await leadId(program)}`)
  const steps = page.getByRole('region', { name: 'Next steps' })
  await steps.getByText('Send the offer').waitFor(settled)
  await page.keyboard.press('r')
  await menuHasFocus(page)
  await page.keyboard.press('2')
  await expect.poll(() => steps.getByRole('listitem').count(), settled).toBe(4)
  await page.getByRole('button', { name: 'Add task' }).click()
  await page.getByLabel('Title').fill('Write the contract')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => steps.getByText('1 more').count(), settled).toBe(1)
  await steps.getByRole('button', { name: 'Complete Send the offer' }).click()
  await expect.poll(() => steps.getByText('Send the offer').count(), settled).toBe(0)
})

interface Row {
  id: string
  dueAt: string
  description: string | null
}
interface Rows {
  items: Row[]
}

type OpenOptions = Parameters<WebProgram['open']>[1]

/** Two overdue, two today, all on one lead but one. */
async function openToday(options: OpenOptions = {}) {
  const program = await startWeb()
  const { api } = program
  const company = await api<Row>('POST', '/companies', { name: 'Acme Corporation' })
  const lead = await api<Row>('POST', '/leads', { title: 'Pumps', companyId: company.id })
  const about = { leadId: lead.id }
  await api('POST', '/tasks', { title: 'Send the offer', dueAt: daysFromNow(-3), ...about })
  await api('POST', '/tasks', { title: 'Call about delivery', dueAt: daysFromNow(-2), ...about })
  await api('POST', '/tasks', { title: 'Review the pipeline', wallTime: today() })
  await api('POST', '/reminders', {
    notes: 'Ask for a reference',
    wallTime: `${today()}T23:58`,
    ...about,
  })
  const page = await program.open('/today', options)
  await page.getByRole('textbox', { name: 'New task or reminder' }).waitFor(settled)
  await page.getByRole('link', { name: 'Ask for a reference' }).waitFor(settled)
  return { program, page }
}

/** One finger on the row of this title, moved by so many pixels and lifted. */
async function swipe(page: Page, title: string, along: number, down = 0): Promise<void> {
  const box = await page.getByRole('link', { name: title, exact: true }).boundingBox()
  if (!box) throw new Error(`${title} is not in sight.`)
  const hand = await page.context().newCDPSession(page)
  const steps = 8
  const touch = (type: 'touchStart' | 'touchMove', step: number) =>
    hand.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: [
        {
          x: box.x + box.width / 2 + (along * step) / steps,
          y: box.y + box.height / 2 + (down * step) / steps,
        },
      ],
    })
  await touch('touchStart', 0)
  for (let step = 1; step <= steps; step++) await touch('touchMove', step)
  await hand.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await hand.detach()
}

const leadId = async (program: WebProgram) => (await only(program, '/leads?q=Pumps')).id

async function only(program: WebProgram, path: string): Promise<Row> {
  const { items } = await program.api<Rows>('GET', path)
  const [first] = items
  if (!first || items.length > 1) throw new Error(`${path} answered ${items.length} rows.`)
  return first
}

const headings = (page: Page) =>
  page
    .getByRole('main')
    .getByRole('heading', { level: 2 })
    .allInnerTexts()
    .then((texts) => texts.map((text) => text.replace(/\s+/g, '')))
const titles = (page: Page) => page.locator('[data-item]').allInnerTexts()
/** It takes keys only then. */
const menuHasFocus = (page: Page) => page.locator('[role=menu]:focus-within').waitFor(settled)
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)
const localHour = (instant: string) => new Date(instant).getHours()
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
const today = () => {
  const now = new Date()
  const two = (part: number) => String(part).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
