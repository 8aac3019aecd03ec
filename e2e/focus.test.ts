/** Where the focus is when something that had it is gone. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { goTo, startWeb } from './web'

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') ?? element?.textContent
  })

test('a dialog gives it back to its button, or to the button of the menu it came from', async () => {
  const web = await startWeb()
  const ada = await web.api<{ id: string }>('POST', '/users', { name: 'Ada', role: 'rep' })
  await web.api('POST', '/leads', { title: 'Renewal', ownerId: ada.id })
  const contact = await web.api<{ id: string }>('POST', '/contacts', { lastName: 'Doe' })
  const page = await web.open(`/contacts/${contact.id}`)
  await page.getByRole('button', { name: 'More', exact: true }).press('Enter')
  await page.getByRole('menuitem', { name: 'Erase personal data' }).click()
  await page.getByLabel('Type the contact’s name to confirm').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => focused(page)).toBe('More')

  await goTo(page, `/settings/users/${ada.id}`)
  await page.getByRole('button', { name: 'Deactivate' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Deactivate Ada?' })
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => focused(page)).toBe('Deactivate')
})

test('what was logged, or not, gives it back to the button it was begun with', async () => {
  const web = await startWeb()
  const lead = await web.api<{ id: string }>('POST', '/leads', { title: 'Renewal' })
  const page = await web.open(`/leads/${lead.id}`)
  const meeting = page.getByRole('button', { name: 'Meeting', exact: true })
  await meeting.press('Enter')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => focused(page)).toBe('Meeting')
  await meeting.press('Enter')
  await page.getByLabel('Text').fill('All agreed')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Logged meeting').waitFor()
  await expect.poll(() => focused(page)).toBe('Meeting')
})

test('Esc in the copies of an e-mail closes it, and gives the focus back', async () => {
  const web = await startWeb()
  const contact = await web.api<{ id: string }>('POST', '/contacts', {
    lastName: 'Doe',
    email: 'doe@acme.example',
  })
  const page = await web.open(`/contacts/${contact.id}`)
  await page.getByRole('button', { name: 'Send e-mail' }).press('Enter')
  const email = page.getByRole('dialog')
  await email.getByRole('button', { name: 'Bcc' }).click()
  await email.getByLabel('Bcc').and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Escape')
  await email.waitFor({ state: 'detached' })
  await expect.poll(() => focused(page)).toBe('Send e-mail')
})

test('on a phone every outcome of a call can be reached', async () => {
  const web = await startWeb()
  const lead = await web.api<{ id: string }>('POST', '/leads', { title: 'Renewal' })
  const page = await web.open(`/leads/${lead.id}`, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  const outcomes = page.getByRole('group', { name: 'Outcome' })
  await outcomes.waitFor()
  const [shown, whole] = await outcomes.evaluate((row) => [row.clientWidth, row.scrollWidth])
  expect(shown).toBeLessThan(390)
  expect(whole).toBeGreaterThan(Number(shown))
})
