/** What a browser loads and asks for until the first screen is there, and what it has ready for the next. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, Request } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { startWeb } from './web'

/** Thousands of bytes of scripts, uncompressed, that the first screen is built of. */
const scriptBudget = 1300

describe('the board, opened in a new tab', () => {
  test('is asked for at once, and once: while its code is on its way, after the position of the change feed', async () => {
    const { page, asked, open } = await newTab()
    const procedures = () => asked.map(({ procedure }) => procedure)
    const release = await holdCode(page)
    await open()
    await expect.poll(procedures).toHaveLength(11)
    expect(procedures().slice(0, 2)).toEqual(['database/status', 'pipeline/board'])
    expect(procedures().sort()).toEqual([
      'agenda/counts',
      'database/status',
      'drafts/list',
      'holds/status',
      'outbox/status',
      'pipeline/board',
      'pipeline/list',
      'settings/preferences',
      'settings/views/list',
      'settings/workspace',
      'users/me',
    ])
    release()
    await page.locator('[data-card]').first().waitFor()
  })

  test('keeps to its budget of scripts', () => {
    const built = join(import.meta.dirname, '..', 'out', 'renderer')
    const page = readFileSync(join(built, 'index.html'), 'utf8')
    const scripts = new Set(page.match(/assets\/[^"]+\.js/g))
    const kilobytes = [...scripts].map((file) => statSync(join(built, file)).size / 1000)
    const sum = kilobytes.reduce((total, size) => total + size, 0)
    expect(scripts.size).toBeGreaterThan(2)
    expect(sum).toBeLessThan(scriptBudget)
  })
})

describe('a record under the pointer', () => {
  test.each([
    { list: 'contacts', name: 'Maya Lindqvist', record: 'contacts/get', timeline: 'contact' },
    { list: 'leads', name: 'Spare parts portal', record: 'leads/get', timeline: 'lead' },
  ])(
    'in the list of $list is there when it is clicked',
    async ({ list, name, record, timeline }) => {
      const { page, asked } = await openBoard()
      await page.evaluate((to) => {
        location.hash = to
      }, `/${list}`)
      const row = page
        .getByRole('row')
        .filter({ has: page.getByRole('link', { name, exact: true }) })
      const questions = [record, `activities/timelines/${timeline}`]
      const count = () =>
        questions.map((one) => asked.filter((call) => call.procedure === one).length)
      await row.hover()
      await expect.poll(count).toEqual([1, 1])
      await row.getByRole('link', { name, exact: true }).click()
      await page.locator('[data-category="manual"]').first().waitFor()
      expect(count()).toEqual([1, 1])
    },
  )

  test('on the board is, and so is one that the keyboard is on', async () => {
    const { page, asked } = await openBoard()
    const read = () =>
      asked.filter(({ procedure }) => procedure === 'leads/get').map(({ question }) => question)
    const cards = page.locator('[data-card]')
    const [first, second] = [
      await cards.nth(0).getAttribute('data-card'),
      await cards.nth(1).getAttribute('data-card'),
    ]
    await cards.nth(0).hover()
    await expect.poll(read).toEqual([expect.stringContaining(String(first))])
    await cards.nth(0).getByRole('link').focus()
    await page.mouse.move(0, 0)
    await page.keyboard.press('ArrowDown')
    await expect
      .poll(read)
      .toEqual([expect.stringContaining(String(first)), expect.stringContaining(String(second))])
  })
})

interface Asked {
  procedure: string
  /** With its input. */
  question: string
}

/** A new tab of a browser that holds the token, and what it asks for from now on. */
async function newTab() {
  const program = await startWeb({ sample: true })
  const before = await program.open('/pipeline')
  await before.locator('[data-card]').first().waitFor()
  const page = await before.context().newPage()
  await page.addInitScript((token) => sessionStorage.setItem('rapport.token', token), program.token)
  const asked: Asked[] = []
  page.on('request', (request) => {
    const procedure = procedureOf(request)
    if (procedure) asked.push({ procedure, question: `${procedure} ${request.postData()}` })
  })
  return {
    page,
    asked,
    open: () => page.goto(`${program.url}/#/pipeline`, { waitUntil: 'commit' }),
  }
}

async function openBoard() {
  const { open, ...tab } = await newTab()
  await open()
  await tab.page.locator('[data-card]').first().waitFor()
  return tab
}

/** Holds up what the screens are built of until the answer is called. */
async function holdCode(page: Page) {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/assets/first*.js', async (route) => {
    await held
    await route.continue()
  })
  return release
}

const procedureOf = (request: Request) => /\/rpc\/([\w/]+)$/.exec(request.url())?.[1]
