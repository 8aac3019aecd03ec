/** The board as a rep works with it: by mouse, by keyboard, by finger, and together with others. */
import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { holdUp, intercept } from './intercept'
import { startWeb, type WebProgram } from './web'

const settled = { timeout: 10_000 }

describe('a card', () => {
  test('is dragged to another stage, the totals follow, and the timeline says so by itself', async () => {
    const { program, page } = await openBoard()
    expect(await facts(page, 'New')).toEqual({ count: '3', value: '$43.2K' })
    await drag(page, card(page, 'Rights management pilot'), card(page, 'Spare parts portal'), 'top')
    await expect
      .poll(() => titles(page, 'Qualified'), settled)
      .toEqual([
        'Robot cell maintenance plan',
        'Rights management pilot',
        'Spare parts portal',
        'Print-on-demand line',
      ])
    await expect.poll(() => facts(page, 'New')).toEqual({ count: '2', value: '$33.4K' })
    await expect.poll(() => facts(page, 'Qualified')).toEqual({ count: '4', value: '$219.2K' })
    await expect
      .poll(async () => (await subjects(program, 'Rights management pilot'))[0])
      .toBe('Stage changed from New to Qualified')

    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.poll(() => facts(page, 'New')).toEqual({ count: '3', value: '$43.2K' })
  })

  test('that is moved is read by itself: the board is not read again, here and in another window', async () => {
    const { program, page } = await openBoard()
    const other = await program.open('/pipeline')
    await other.locator('[data-card]').first().waitFor()
    const asked: string[] = []
    const askedElsewhere: string[] = []
    for (const [window, list] of [
      [page, asked],
      [other, askedElsewhere],
    ] as const)
      window.on('request', (request) => {
        const path = new URL(request.url()).pathname.replace('/rpc/', '')
        if (/^(leads\/moveStage|pipeline\/(board|cards|stages\/leads))$/.test(path)) list.push(path)
      })
    await drag(page, card(page, 'Rights management pilot'), card(page, 'Spare parts portal'), 'top')
    const order = [
      'Robot cell maintenance plan',
      'Rights management pilot',
      'Spare parts portal',
      'Print-on-demand line',
    ]
    for (const window of [page, other]) {
      await expect.poll(() => titles(window, 'Qualified'), settled).toEqual(order)
      await expect.poll(() => facts(window, 'New')).toEqual({ count: '2', value: '$33.4K' })
    }
    // Longer than the change feed gathers, and than the board waits for it.
    await page.waitForTimeout(1500)
    expect(asked.toSorted()).toEqual(['leads/moveStage', 'pipeline/cards'])
    expect(askedElsewhere).toEqual(['pipeline/cards'])
    expect(await titles(page, 'Qualified')).toEqual(order)
    expect(await facts(page, 'Qualified')).toEqual({ count: '4', value: '$219.2K' })
  })

  test('is put between others of its own column, and stays there', async () => {
    const { page } = await openBoard()
    await drag(
      page,
      card(page, 'Daylight study software'),
      card(page, 'Lobby displays, three houses'),
      'bottom',
    )
    const order = [
      'Rights management pilot',
      'Lobby displays, three houses',
      'Daylight study software',
    ]
    await expect.poll(() => titles(page, 'New'), settled).toEqual(order)
    await page.getByText('Reordered “Daylight study software”').waitFor()
    await page.reload()
    await expect.poll(() => titles(page, 'New'), settled).toEqual(order)
  })

  test('is won by dropping it on the folded stage, without any stage being unfolded', async () => {
    const { page } = await openBoard()
    await drag(page, card(page, 'Patient reminders roll-out'), column(page, 'Won'), 'middle')
    await expect.poll(() => column(page, 'Won').locator('[data-count]').innerText()).toBe('3')
    await expect.poll(() => titles(page, 'Proposal')).toEqual(['Warehouse scanners, phase 1'])
  })

  test('goes back where it was, with a message, when the core refuses the move', async () => {
    const { page } = await openBoard()
    await intercept(page, 'leads/moveStage', (route) => route.abort())
    await drag(page, card(page, 'Crew scheduling'), column(page, 'Proposal'), 'middle')
    await page.getByText('Not saved').waitFor()
    await expect.poll(() => titles(page, 'Contacted')).toContain('Crew scheduling')
    expect(await facts(page, 'Contacted')).toEqual({ count: '3', value: '$191.5K' })
  })

  test('opens its lead, and back leads to the board as it was narrowed', async () => {
    const { page } = await openBoard('/pipeline?q=fleet')
    await expect
      .poll(() => titles(page, 'Contacted'), settled)
      .toEqual(['Fleet tracking for Benelux'])
    await card(page, 'Fleet tracking for Benelux').click()
    await page.getByRole('heading', { name: 'Fleet tracking for Benelux' }).waitFor()
    await page.goBack()
    await expect
      .poll(() => titles(page, 'Contacted'), settled)
      .toEqual(['Fleet tracking for Benelux'])
    expect(await titles(page, 'New')).toEqual([])
  })

  test('offers what fits its stage on a right click', async () => {
    const { page } = await openBoard()
    await card(page, 'Daylight study software').click({ button: 'right' })
    const menu = page.getByRole('menu')
    await menu.getByRole('menuitem', { name: 'Proposal' }).click()
    await expect.poll(() => titles(page, 'Proposal'), settled).toContain('Daylight study software')
  })
})

describe('by keyboard', () => {
  test('arrows walk from card to card, Alt takes the card along, Enter opens it', async () => {
    const { page } = await openBoard()
    await link(page, 'Daylight study software').focus()
    await page.keyboard.press('ContextMenu')
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => focusedTitle(page)).toBe('Daylight study software')
    await page.keyboard.press('ArrowDown')
    expect(await focusedTitle(page)).toBe('Rights management pilot')
    await page.keyboard.press('Alt+ArrowDown')
    await expect
      .poll(() => titles(page, 'New'))
      .toEqual([
        'Daylight study software',
        'Lobby displays, three houses',
        'Rights management pilot',
      ])
    await expect.poll(() => focusedTitle(page)).toBe('Rights management pilot')
    await page.keyboard.press('Alt+ArrowRight')
    await expect
      .poll(async () => (await titles(page, 'Qualified'))[0])
      .toBe('Rights management pilot')
    await expect.poll(() => focusedTitle(page)).toBe('Rights management pilot')
    await page.keyboard.press('Alt+ArrowRight')
    await expect
      .poll(async () => (await titles(page, 'Contacted'))[0])
      .toBe('Rights management pilot')
    await expect.poll(() => focusedTitle(page)).toBe('Rights management pilot')
    await expect
      .poll(() => page.getByText('Rights management pilot moved to Contacted.').count())
      .toBeGreaterThan(0)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => focusedTitle(page)).toBe('Warehouse scanners, phase 1')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Warehouse scanners, phase 1' }).waitFor()
  })
})

describe('by finger', () => {
  test('a card held lifts and follows to another stage; moved at once it only scrolls', async () => {
    const { page } = await openBoard('/pipeline', {
      viewport: { width: 390, height: 800 },
      hasTouch: true,
      isMobile: true,
    })
    const finger = await touchOn(page)
    const start = await middleOf(card(page, 'Daylight study software'))
    await finger.down(start)
    await finger.move({ x: start.x - 120, y: start.y })
    await finger.up()
    expect(await titles(page, 'New')).toHaveLength(3)
    // Pressed while the columns still swing, it may not take them along.
    const back = async () => {
      await page.getByRole('button', { name: /^New 3/ }).click()
      await page.waitForTimeout(600)
      return (await middleOf(card(page, 'Daylight study software'))).x
    }
    await expect.poll(back).toBeGreaterThan(0)

    const lift = async (title: string) => {
      const at = await restingMiddleOf(card(page, title))
      await finger.down(at)
      await page.locator('[data-card][data-dragging]').waitFor()
      return at
    }
    const from = await lift('Daylight study software')
    const tab = await restingMiddleOf(page.getByRole('button', { name: /^Contacted/ }))
    await finger.move({ x: from.x + 10, y: from.y - 40 })
    await finger.move(tab)
    await finger.up()
    await expect
      .poll(async () => (await titles(page, 'Contacted'))[0])
      .toBe('Daylight study software')

    const first = await lift('Rights management pilot')
    const last = await middleOf(card(page, 'Lobby displays, three houses'))
    await finger.move({ x: first.x, y: (first.y + last.y) / 2 })
    await finger.move({ x: last.x, y: last.y + 30 })
    await finger.up()
    await expect
      .poll(() => titles(page, 'New'))
      .toEqual(['Lobby displays, three houses', 'Rights management pilot'])
  })
})

describe('a lost lead', () => {
  test('is asked for its reason; Esc leaves it where it was', async () => {
    const { program, page } = await openBoard()
    await drag(page, card(page, 'Crew scheduling'), column(page, 'Lost'), 'middle')
    const reason = page.getByLabel('Why was it lost?')
    await reason.waitFor()
    await page.getByText('Chose another supplier').waitFor()
    await page.keyboard.press('Escape')
    await reason.waitFor({ state: 'detached' })
    expect(await titles(page, 'Contacted')).toContain('Crew scheduling')

    await drag(page, card(page, 'Crew scheduling'), column(page, 'Lost'), 'middle')
    await reason.fill('Budget was cut')
    await page.getByRole('button', { name: 'Lost', exact: true }).click()
    await expect.poll(() => column(page, 'Lost').locator('[data-count]').innerText()).toBe('2')
    await expect
      .poll(() => leadNamed(program, 'Crew scheduling'), settled)
      .toMatchObject({ status: 'lost', lostReason: 'Budget was cut' })
  })
})

describe('the board', () => {
  test('is narrowed by text, source and value; what matches nothing offers the way out', async () => {
    const { page } = await openBoard()
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('combobox', { name: 'Source' }).click()
    await page.getByRole('option', { name: 'Referral' }).click()
    await page.getByLabel(/Value from/).fill('50000')
    await page.getByRole('button', { name: 'Done' }).click()
    await expect.poll(() => titles(page, 'Contacted'), settled).toEqual(['Cold chain monitoring'])
    await expect.poll(() => titles(page, 'Proposal')).toEqual([])
    expect(page.url()).toContain('valueFrom=50000')
    await page.getByLabel('Search on the board').fill('nothing like this')
    await page.getByText('No leads match').waitFor()
    await page.getByRole('button', { name: 'Clear the filters' }).click()
    await expect.poll(() => titles(page, 'New'), settled).toHaveLength(3)
  })

  test('keeps what it shows as a view', async () => {
    const { page } = await openBoard('/pipeline?q=scanners')
    await expect
      .poll(() => titles(page, 'Proposal'), settled)
      .toEqual(['Warehouse scanners, phase 1'])
    await page.getByRole('button', { name: 'Save as' }).click()
    await page.getByLabel('Name').fill('Scanners')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('tab', { name: 'Scanners', selected: true }).waitFor()
    await page.getByRole('tab', { name: 'All' }).click()
    await expect.poll(() => titles(page, 'New'), settled).toHaveLength(3)
    await page.getByRole('tab', { name: 'Scanners' }).click()
    await expect.poll(() => titles(page, 'New'), settled).toEqual([])
  })

  test('takes lead after lead by quick add', async () => {
    const { program, page } = await openBoard()
    await page.getByRole('button', { name: 'Add a lead to Qualified' }).click()
    const title = page.getByPlaceholder('What could they buy?')
    await title.fill('Forklift leasing')
    await page.getByLabel('Value', { exact: true }).fill('12,500')
    await page.keyboard.press('Enter')
    await expect.poll(() => titles(page, 'Qualified'), settled).toContain('Forklift leasing')
    await title.fill('Racking')
    await page.keyboard.press('Enter')
    await expect.poll(() => titles(page, 'Qualified'), settled).toContain('Racking')
    expect((await titles(page, 'Qualified'))[0]).toBe('Racking')
    expect(await leadNamed(program, 'Forklift leasing')).toMatchObject({
      value: { amount: '12500.00' },
      stage: { name: 'Qualified' },
    })
  })

  test('shows what others change, as it happens', async () => {
    const { program, page } = await openBoard()
    await link(page, 'Crew scheduling').focus()
    const { id } = await leadNamed(program, 'Robot cell maintenance plan')
    await program.api('PATCH', `/leads/${id}`, { title: 'Robot cell, five years' })
    await expect.poll(() => titles(page, 'Qualified')).toContain('Robot cell, five years')
    expect(await focusedTitle(page)).toBe('Crew scheduling')
  })

  test('folds a stage, and remembers it', async () => {
    const { program, page } = await openBoard()
    await column(page, 'New').hover()
    await page.getByRole('button', { name: 'Collapse New' }).click()
    await page.getByRole('button', { name: 'Expand New' }).waitFor()
    await expect
      .poll(() => program.api('GET', '/settings/preferences'), settled)
      .toHaveProperty(['board.folded'])
    await page.reload()
    await page.getByRole('button', { name: 'Expand New' }).click()
    await expect.poll(() => titles(page, 'New'), settled).toHaveLength(3)
  })

  test('unfolds a stage whose quick add is to be gone on with', async () => {
    const { page } = await openBoard()
    await page.getByRole('button', { name: 'Add a lead to Qualified' }).click()
    await page.getByPlaceholder('What could they buy?').fill('Forklift leasing')
    await column(page, 'New').getByText('New', { exact: true }).click()
    await column(page, 'Qualified').hover()
    await page.getByRole('button', { name: 'Collapse Qualified' }).click()
    await page.getByRole('button', { name: 'Continue New lead in Qualified' }).click()
    await expect
      .poll(() => page.getByPlaceholder('What could they buy?').inputValue(), settled)
      .toBe('Forklift leasing')
  })

  test('of an empty database offers import, a first lead and sample data', async () => {
    const program = await startWeb()
    const page = await program.open('/pipeline')
    await page.getByText('No leads in this pipeline yet').waitFor()
    await page.getByRole('button', { name: 'Import a file' }).waitFor()
    await page.getByRole('button', { name: 'Sample data' }).click()
    await expect.poll(() => titles(page, 'New'), settled).toHaveLength(3)
  })
})

describe('the stages', () => {
  test('are renamed, arranged by their grips, added and deleted with their leads moved on', async () => {
    const { program, page } = await openBoard('/settings/pipelines')
    const names = async () =>
      (await program.api<{ name: string }[]>('GET', '/pipeline/stages')).map(({ name }) => name)
    const shown = () =>
      page
        .getByLabel(/^Name of stage /)
        .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value))
    const grip = (name: string) => page.getByRole('button', { name: `Move ${name}:` })
    await grip('New').waitFor()

    const from = await middleOf(grip('Contacted'))
    const to = await middleOf(grip('Qualified'))
    const readAgain = await holdUp(page, 'pipeline/list', 'continue')
    const written = page.waitForResponse('**/rpc/pipeline/stages/reorder')
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x, (from.y + to.y) / 2)
    await page.mouse.move(to.x, to.y - 6)
    await page.mouse.up()
    const once = ['New', 'Contacted', 'Qualified', 'Proposal', 'Won', 'Lost']
    await expect.poll(shown).toEqual(once)
    await written
    expect(await names()).toEqual(once)
    // The old order does not come back until the new one is read, and a key goes by what is shown.
    await twoFrames(page)
    expect(await shown()).toEqual(once)
    await grip('Contacted').focus()
    await page.keyboard.press('ArrowDown')
    readAgain()
    await expect.poll(names).toEqual(['New', 'Qualified', 'Contacted', 'Proposal', 'Won', 'Lost'])

    await page.getByLabel('Name of stage Qualified').fill('Fits')
    await page.keyboard.press('Enter')
    await expect.poll(names).toContain('Fits')
    await page.getByLabel('Name of stage Fits').fill('new')
    await page.keyboard.press('Enter')
    await page.getByText('there is already a stage new').waitFor()
    await page.keyboard.press('Escape')

    await page.getByPlaceholder('Another stage').fill('Negotiation')
    await page.keyboard.press('Enter')
    await expect
      .poll(names)
      .toEqual(['New', 'Fits', 'Contacted', 'Proposal', 'Negotiation', 'Won', 'Lost'])

    await page.getByRole('button', { name: 'Delete Contacted' }).click()
    const target = page.getByRole('combobox', { name: 'Where do its 3 leads go?' })
    await target.click()
    await page.getByRole('option', { name: 'Negotiation' }).click()
    await page.getByRole('button', { name: 'Delete the stage' }).click()
    await expect.poll(names).toEqual(['New', 'Fits', 'Proposal', 'Negotiation', 'Won', 'Lost'])
    expect(await leadNamed(program, 'Crew scheduling')).toMatchObject({
      stage: { name: 'Negotiation' },
    })
  })

  test('of a second pipeline have a board of their own', async () => {
    const { page } = await openBoard('/settings/pipelines')
    await page.getByRole('button', { name: 'New pipeline' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Renewals')
    await page.getByRole('button', { name: 'Create pipeline' }).click()
    await page.getByRole('tab', { name: 'Renewals', selected: true }).waitFor()
    await page.getByRole('button', { name: 'Board', exact: true }).click()
    await page.getByText('No leads in this pipeline yet').waitFor()
    await page.getByRole('button', { name: 'Choose a pipeline' }).click()
    await page.getByRole('menuitemradio', { name: 'Sales pipeline' }).click()
    await expect.poll(() => titles(page, 'New'), settled).toHaveLength(3)
  })
})

test('a lead that is moved by the steps on its page stays there while it is read again', async () => {
  const { page } = await openBoard()
  await card(page, 'Crew scheduling').click()
  const current = page.locator('[aria-current="step"]')
  await expect.poll(() => current.innerText(), settled).toMatch(/^Contacted/)
  const readAgain = await holdUp(page, 'leads/get', 'continue')
  const written = page.waitForResponse('**/rpc/leads/moveStage')
  await page.getByRole('button', { name: 'Proposal', exact: true }).click()
  await written
  await twoFrames(page)
  expect(await current.innerText()).toMatch(/^Proposal/)
  readAgain()
  await page.getByText('Moved “Crew scheduling” to Proposal').waitFor(settled)
})

// Details ----------------------------------------------------------------------------------------

type OpenOptions = Parameters<WebProgram['open']>[1]

async function openBoard(at = '/pipeline', options: OpenOptions = {}) {
  const program = await startWeb({ sample: true })
  const page = await program.open(at, options)
  if (at.startsWith('/pipeline')) await page.locator('[data-card]').first().waitFor()
  return { program, page }
}

/** Until what has arrived is on the screen. */
const twoFrames = (page: Page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  )

const column = (page: Page, name: string) => page.locator(`section[aria-label^="${name}, "]`)
const card = (page: Page, title: string) => page.locator('[data-card]').filter({ hasText: title })
const link = (page: Page, title: string) => page.getByRole('link', { name: title })

const titles = (page: Page, stage: string) =>
  column(page, stage).locator('[data-card] a').allInnerTexts()

async function facts(page: Page, stage: string) {
  return {
    count: await column(page, stage).locator('[data-count]').innerText(),
    value: await column(page, stage).locator('[data-value]').innerText(),
  }
}

const focusedTitle = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-card]')?.querySelector('a')?.innerText)

async function leadNamed(program: WebProgram, title: string) {
  const { items } = await program.api<{ items: { id: string; title: string }[] }>(
    'GET',
    `/leads?q=${encodeURIComponent(title)}`,
  )
  const found = items.find((lead) => lead.title === title)
  if (!found) throw new Error(`There is no lead ${title}.`)
  return found
}

async function subjects(program: WebProgram, title: string) {
  const { id } = await leadNamed(program, title)
  const timeline = await program.api<{ items: { subject: string }[] }>(
    'GET',
    `/leads/${id}/timeline`,
  )
  return timeline.items.map(({ subject }) => subject)
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  if (!box) throw new Error('It is not on the page.')
  return box
}

async function middleOf(locator: Locator) {
  const { x, y, width, height } = await boxOf(locator)
  return { x: x + width / 2, y: y + height / 2 }
}

/** By the mouse, and by that the browser's own drag and drop, onto a part of another element. */
async function drag(page: Page, from: Locator, to: Locator, part: 'top' | 'middle' | 'bottom') {
  const start = await middleOf(from)
  const { x, y, width, height } = await boxOf(to)
  const share = { top: 0.2, middle: 0.5, bottom: 0.8 }[part]
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 8, start.y + 8, { steps: 3 })
  await page.mouse.move(x + width / 2, y + height * share, { steps: 6 })
  await page.waitForTimeout(60)
  await page.mouse.up()
}

/** A finger on the glass. */
/** Where it is when it has come to rest after scrolling. */
async function restingMiddleOf(locator: Locator) {
  let before = { x: Number.NaN, y: Number.NaN }
  for (;;) {
    const at = await middleOf(locator)
    if (at.x === before.x && at.y === before.y) return at
    before = at
    await locator.page().waitForTimeout(150)
  }
}

async function touchOn(page: Page) {
  const session = await page.context().newCDPSession(page)
  const send = (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    points: { x: number; y: number }[],
  ) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points })
  return {
    down: (at: { x: number; y: number }) => send('touchStart', [at]),
    move: async (to: { x: number; y: number }) => {
      await send('touchMove', [to])
      await page.waitForTimeout(50)
    },
    up: () => send('touchEnd', []),
  }
}
