/** The board in Chromium: how soon it is drawn, and how evenly it scrolls and drags. */
import { chromium, type Page } from 'playwright-core'

export interface Frames {
  p50: number
  p99: number
  longest: number
  over50: number
}
export interface BoardTimes {
  /** Milliseconds from the last byte of the board's data to the frame that shows cards. */
  firstScreen: number
  scrolling: Frames
  dragging: Frames
}

export async function measureBoard(
  executablePath: string,
  { address, token }: { address: string; token: string },
): Promise<BoardTimes> {
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(watchFirstCards)
    await page.goto(`${address}/#token=${token}`)
    await page.evaluate(() => {
      window.location.hash = '#/pipeline'
    })
    await page.waitForFunction(() => 'cardsShownAt' in window, undefined, { timeout: 60_000 })
    const firstScreen = await page.evaluate(() => {
      const data = performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/pipeline/board')) as PerformanceResourceTiming[]
      return Reflect.get(window, 'cardsShownAt') - (data[0]?.responseEnd ?? Number.NaN)
    })
    await page.waitForTimeout(1000)
    return {
      firstScreen,
      scrolling: await frames(page, () => scroll(page)),
      dragging: await frames(page, () => drag(page)),
    }
  } finally {
    await browser.close()
  }
}

function watchFirstCards() {
  const look = () => {
    if (!document.querySelector('[data-card]')) requestAnimationFrame(look)
    // The frame in which they are found is on its way; the next one follows its drawing.
    else requestAnimationFrame((at) => Reflect.set(window, 'cardsShownAt', at))
  }
  requestAnimationFrame(look)
}

/** The times between frames while something happens. */
async function frames(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = []
    Reflect.set(window, 'frameTimes', times)
    let last = performance.now()
    const next = (at: number) => {
      times.push(at - last)
      last = at
      if (Reflect.get(window, 'frameTimes') === times) requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
  await work()
  const times = await page.evaluate(() => {
    const found: number[] = Reflect.get(window, 'frameTimes')
    Reflect.deleteProperty(window, 'frameTimes')
    return found
  })
  const sorted = times.slice(2).sort((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return {
    p50: at(0.5),
    p99: at(0.99),
    longest: sorted.at(-1) ?? Number.NaN,
    over50: sorted.filter((time) => time > 50).length,
  }
}

async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(selector).first().boundingBox()
  if (!box) throw new Error(`There is no ${selector} on the board.`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function scroll(page: Page) {
  const { x, y } = await middleOf(page, '[data-stage] [data-card]')
  await page.mouse.move(x, y + 100)
  for (let step = 0; step < 100; step++) {
    await page.mouse.wheel(0, 150)
    await page.waitForTimeout(20)
  }
}

async function drag(page: Page) {
  const from = await page.evaluate(() => {
    const cards = [...document.querySelectorAll('[data-stage] [data-card]')]
    const shown = cards.map((card) => card.getBoundingClientRect()).find((box) => box.top > 250)
    return shown ? { x: shown.left + 20, y: shown.bottom - 8 } : undefined
  })
  if (!from) throw new Error('There is no card to drag.')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  for (let step = 1; step <= 100; step++) {
    await page.mouse.move(from.x + step * 8, from.y + Math.sin(step / 8) * 100)
    await page.waitForTimeout(20)
  }
  await page.mouse.up()
  await page.waitForTimeout(200)
}
