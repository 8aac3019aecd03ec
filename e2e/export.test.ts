/** Exporting what a list shows, and bringing it back in. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { goTo, startWeb, textOf } from './web'

const headerOf = (text: string) =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)[0]
    ?.split(',') ?? []
const linesOf = (text: string) => text.trim().split(/\r?\n/).length

/** The file that the open dialog gives. */
async function exported(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Export as CSV' }).click(),
  ])
  const text = await textOf(download)
  await page
    .getByRole('dialog')
    .getByText(/exported/)
    .waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  return text
}
const askForExport = (page: Page) =>
  page.getByRole('button', { name: 'Export these as CSV' }).click()

test('every list gives every column it has', async () => {
  const program = await startWeb({ sample: true })
  const page = await program.open('/leads')
  for (const list of [
    'leads',
    'companies',
    'contacts',
    'customers',
    'quotes',
    'activities',
    'tasks',
  ]) {
    await goTo(page, `/${list}`)
    await page.getByRole('region', { name: list, exact: true }).waitFor()
    await askForExport(page)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('checkbox').first().waitFor()
    const columns = await dialog.getByRole('checkbox').count()
    expect(columns, list).toBeGreaterThan(3)
    await dialog.getByRole('button', { name: 'All', exact: true }).click()
    expect(headerOf(await exported(page)).length, list).toBeGreaterThanOrEqual(columns)
  }
})

test('an export holds the selected rows in the selected columns', async () => {
  const program = await startWeb({ sample: true })
  const page = await program.open('/companies')
  const rows = page.getByRole('checkbox', { name: /^(Select|Choose) / })
  await rows.nth(1).click()
  await rows.nth(2).click()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Export 2 rows' })
  await dialog.getByRole('checkbox').first().waitFor()
  for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck()
  expect(await dialog.getByRole('button', { name: 'Export as CSV' }).isDisabled()).toBe(true)
  await dialog.getByRole('checkbox').first().check()
  const text = await exported(page)
  expect(headerOf(text)).toEqual(['Name'])
  expect(linesOf(text)).toBe(3)
})

test('what was exported whole comes back in without changing anything', async () => {
  const program = await startWeb({ sample: true })
  const page = await program.open('/leads')
  await askForExport(page)
  await page.getByRole('radio', { name: /^Every field/ }).check()
  const text = await exported(page)
  expect(linesOf(text)).toBe(15)

  await goTo(page, '/import')
  await page
    .getByLabel('File to import')
    .setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.getByRole('button', { name: 'Continue with leads' }).click()
  await page.getByRole('button', { name: 'Check the file' }).click()
  await page.getByText('Update them').click()
  const same = page.locator('dl > div').filter({ hasText: 'Already the same' }).locator('dd')
  await expect.poll(() => same.innerText()).toBe('14')
  await page.getByText('There is nothing to import.').waitFor()
})

test('everything is exported from one place, in the order in which it is imported again', async () => {
  const program = await startWeb({ sample: true })
  const page = await program.open('/export')
  const names: string[] = []
  page.on('download', (download) => names.push(download.suggestedFilename()))
  await page.getByRole('button', { name: 'Export everything' }).click()
  await page.getByText('Everything exported').waitFor()
  await expect.poll(() => names.length).toBe(8)
  expect(names.map((name) => name.replace(/ \d{4}-.*/, ''))).toEqual([
    '1 users',
    '2 companies',
    '3 contacts',
    '4 customers',
    '5 leads',
    '6 quotes',
    '7 tasks',
    '8 activities',
  ])
})
