/** A long timeline: read ahead of who scrolls, whole for who holds its end, and its menus as they are opened. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { startWeb } from './web'

const notes = 200

test('is read ahead before its end is in sight', async () => {
  const { page, asked } = await openTimeline()
  expect(await shown(page)).toBe(40)
  // Until the person scrolls, nothing more is read than what was asked for first.
  expect(asked()).toBe(1)
  const below = await page.evaluate(async () => {
    const box = scroller()
    box.scrollTop = box.scrollHeight - box.clientHeight - 1000
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    const end = document.querySelector('[aria-label="Loading more"]')
    return (end?.getBoundingClientRect().top ?? 0) - box.getBoundingClientRect().bottom

    function scroller() {
      let element = document.querySelector('[data-category="manual"]')
      while (element && !/auto|scroll/.test(getComputedStyle(element).overflowY))
        element = element.parentElement
      return element as HTMLElement
    }
  })
  expect(below).toBeGreaterThan(0)
  await expect.poll(() => shown(page)).toBe(120)
})

test('held at its end brings every entry', async () => {
  const { page } = await openTimeline()
  const last = await page.evaluate(async (all) => {
    let box = document.querySelector('[data-category="manual"]')
    while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement
    const count = () => document.querySelectorAll('[data-category="manual"]').length
    const began = performance.now()
    while (count() < all && performance.now() - began < 30_000) {
      if (box) box.scrollTop = box.scrollHeight
      await new Promise(requestAnimationFrame)
    }
    return count()
  }, notes)
  expect(last).toBe(notes)
  await page.getByText('Start of history').waitFor()
})

test('has a menu on each entry, which gives the focus back to its button', async () => {
  const { page, program } = await openTimeline()
  const button = page.getByRole('main').getByRole('button', { name: 'More', exact: true }).nth(2)
  await button.focus()
  expect(await button.getAttribute('aria-expanded')).toBe('false')
  for (const key of ['Enter', ' ']) {
    await page.keyboard.press(key)
    const menu = page.getByRole('menu', { name: 'More' })
    await menu.getByRole('menuitem', { name: 'Delete' }).waitFor()
    expect(await button.getAttribute('aria-expanded')).toBe('true')
    expect(await button.getAttribute('aria-controls')).toBe(await menu.getAttribute('id'))
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => focused(page)).toBe('Edit')
    await page.keyboard.press('Escape')
    await menu.waitFor({ state: 'detached' })
    await expect.poll(() => button.evaluate((it) => it === document.activeElement)).toBe(true)
  }
  // Pressed again it closes.
  await button.click()
  await page.getByRole('menu').waitFor()
  await button.click()
  await page.getByRole('menu').waitFor({ state: 'detached' })

  await button.click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Text' }).fill('Written again.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Written again.').waitFor()
  // The text is on the page while it is still being saved.
  const found = () => program.api<{ total: number }>('GET', '/activities?q=again')
  await expect.poll(async () => (await found()).total).toBe(1)
})

// Details ----------------------------------------------------------------------------------------

/** A contact's page with its two hundred notes, an hour between each two. */
async function openTimeline() {
  const program = await startWeb()
  const { id } = await program.api<{ id: string }>('POST', '/contacts', {
    lastName: 'Doe',
    email: 'doe@example.com',
  })
  const rows = Array.from({ length: notes }, (_, index) => {
    const at = new Date(Date.now() - (index + 1) * 3_600_000).toISOString()
    return `note,Note ${index},${at},doe@example.com`
  })
  const form = new FormData()
  const csv = ['Type,Description,Happened at,Contact', ...rows].join('\n')
  form.set('file', new File([csv], 'notes.csv', { type: 'text/csv' }))
  const { importId } = await program.api<{ importId: string }>('POST', '/import/activities', form)
  await expect
    .poll(async () => (await program.api<{ state: string }>('GET', `/import/${importId}`)).state)
    .toBe('done')
  let pages = 0
  const page = await program.open('/contacts')
  page.on('request', (request) => {
    if (request.url().endsWith('/activities/timelines/contact')) pages++
  })
  await page.evaluate((contact) => {
    window.location.hash = `#/contacts/${contact}`
  }, id)
  await page.getByText('Note 39', { exact: true }).waitFor({ state: 'attached' })
  return { program, page, asked: () => pages }
}

const shown = (page: Page) => page.locator('[data-category="manual"]').count()

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)
