/**
 * What a person waits for in a cold Chromium: the first cards, lists, records, the timeline, and how evenly it all moves.
 * A time begins with the input event, or with the navigation, and ends with the frame after the one that shows the result.
 */
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumArguments } from '../e2e/chromium'
import type { Client } from './operation'
import { generatedId } from './seeded'

export interface BrowserFigure {
  name: string
  /** Milliseconds: the middle one of all runs. */
  value: number
  limit: number
}

export interface Served {
  address: string
  token: string
  client: Client
}

/** In a browser of its own for each run, as its caches make all but the first opening quicker. */
const runs = 3

export async function measureBrowser(
  executablePath: string,
  served: Served,
): Promise<BrowserFigure[]> {
  const found: Record<string, number>[] = []
  for (let run = 0; run < runs; run++) {
    const browser = await chromium.launch({ executablePath, args: chromiumArguments })
    try {
      found.push(await measureOnce(browser, served))
    } finally {
      await browser.close()
    }
  }
  return Object.entries(limits).map(([name, limit]) => ({
    name,
    limit,
    value: middle(found.map((run) => run[name] ?? Number.NaN)),
  }))
}

/** In milliseconds, as the bars of docs/performance.md say. */
const limits = {
  'a window to work in, cold': 1000,
  'first cards, cold': 900,
  'first cards after their data': 300,
  'entering the board, worst frame': 50,
  'scrolling a column, p95 of frames': 20,
  'scrolling a column, worst frame': 34,
  'dragging a card, worst frame': 34,
  'contacts, click to rows': 200,
  'search in contacts, last key to rows': 200,
  'contact, click to timeline': 200,
  'lead, click to timeline': 200,
  '40 entries of a timeline, worst frame': 50,
  '200 entries of a timeline': 800,
}
type Figures = Record<keyof typeof limits, number>

const card = '[data-stage] [data-card]'
const contactRow = 'tbody tr[aria-rowindex] a[href*="#/contacts/"]'
const entry = 'main [data-category]'
const place = (name: string) => `nav[aria-label="Places"] a[href$="#/${name}"]`

async function measureOnce(browser: Browser, { address, token, client }: Served): Promise<Figures> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.addInitScript(
    ({ token, card }) => {
      sessionStorage.setItem('rapport.token', token)
      Reflect.set(window, 'cardSelector', card)
    },
    { token, card },
  )
  await page.addInitScript(record)
  await page.goto(`${address}/#/pipeline`, { waitUntil: 'commit' })
  const [usable, firstCards] = await Promise.all([
    shown(page, place('contacts')),
    shown(page, card),
  ])
  const asked = await page.evaluate(() => {
    const data = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.includes('/pipeline/board')) as PerformanceResourceTiming[]
    return data[0]?.responseEnd ?? Number.NaN
  })
  await quiet(page)
  const scrolling = await frames(page, () => scroll(page))
  const dragging = await frames(page, () => drag(page))
  await quiet(page)

  const contacts = await clicked(page, place('contacts'), contactRow)
  await quiet(page)
  const search = await searched(page, client)
  const contact = await clicked(page, contactRow, entry)
  await quiet(page)
  const board = await clicked(page, place('pipeline'), card)
  const lead = await clicked(page, `${card} a`, entry)
  await quiet(page)
  const timeline = await grown(page, generatedId('lead', 0))
  await page.close()
  return {
    'a window to work in, cold': usable,
    'first cards, cold': firstCards,
    'first cards after their data': firstCards - asked,
    'entering the board, worst frame': board.worstFrame,
    'scrolling a column, p95 of frames': scrolling.p95,
    'scrolling a column, worst frame': scrolling.worst,
    'dragging a card, worst frame': dragging.worst,
    'contacts, click to rows': contacts.time,
    'search in contacts, last key to rows': search,
    'contact, click to timeline': contact.time,
    'lead, click to timeline': lead.time,
    '40 entries of a timeline, worst frame': timeline.worstFrame,
    '200 entries of a timeline': timeline.time,
  }
}

/** Runs in the page before anything else: writes down each frame, each input and each change. */
function record() {
  const recorded = { frames: [] as number[], input: 0, changed: 0 }
  Reflect.set(window, 'recorded', recorded)
  const next = () => {
    recorded.frames.push(performance.now())
    requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
  for (const type of ['click', 'keydown'])
    window.addEventListener(type, (event) => Reflect.set(recorded, 'input', event.timeStamp), {
      capture: true,
    })
  new MutationObserver(() => {
    recorded.changed = performance.now()
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

/** When the first match of a selector has been drawn, in milliseconds since the navigation. */
const shown = (page: Page, selector: string): Promise<number> =>
  page.evaluate(
    (selector) =>
      new Promise<number>((resolve, reject) => {
        const until = performance.now() + 60_000
        const look = () => {
          if (document.querySelector(selector)) requestAnimationFrame(resolve)
          else if (performance.now() > until) reject(new Error(`Nothing matches ${selector}.`))
          else requestAnimationFrame(look)
        }
        look()
      }),
    selector,
  )

interface Recorded {
  frames: number[]
  input: number
  changed: number
}

/** Clicks, and waits until what the click leads to has been drawn and nothing changes any more. */
async function clicked(page: Page, selector: string, result: string) {
  const target = page.locator(selector).first()
  await target.waitFor()
  // What matches before the click does not count.
  await page.evaluate((selector) => {
    for (const element of document.querySelectorAll(selector))
      element.setAttribute('data-before', '')
  }, result)
  const drawn = shown(page, `${result}:not([data-before])`)
  await target.click()
  const at = await drawn
  await quiet(page)
  return page.evaluate((at) => {
    const { frames, input, changed } = Reflect.get(window, 'recorded') as Recorded
    const gaps = frames.map(
      (frame, index) => [frame, frame - (frames[index - 1] ?? frame)] as const,
    )
    const within = gaps.filter(([frame]) => frame > input && frame <= changed + 100)
    return { time: at - input, worstFrame: Math.max(0, ...within.map(([, gap]) => gap)) }
  }, at)
}

/** Waits until nothing has changed for half a second. */
const quiet = (page: Page) =>
  page.waitForFunction(() => {
    const { changed } = Reflect.get(window, 'recorded') as Recorded
    return performance.now() - changed > 500
  })

async function searched(page: Page, client: Client): Promise<number> {
  const { items } = await client.contacts.list({ limit: 200 })
  const text = items[137]?.lastName ?? 'karen'
  const { total } = await client.contacts.list({ q: text })
  await page.click('input[aria-label="Search in this list"]')
  const drawn = shown(page, `table[aria-rowcount="${total + 1}"]`)
  await page.keyboard.type(text, { delay: 40 })
  const at = await drawn
  const input = await page.evaluate(() => (Reflect.get(window, 'recorded') as Recorded).input)
  await page.fill('input[aria-label="Search in this list"]', '')
  await quiet(page)
  return at - input
}

/** Opens a busy lead and keeps its timeline at the end until 200 entries have been drawn. */
async function grown(page: Page, lead: string) {
  const began = await page.evaluate((lead) => {
    window.location.hash = `#/leads/${lead}`
    return performance.now()
  }, lead)
  await shown(page, `${entry}`)
  await quiet(page)
  const worstFrame = await page.evaluate((began) => {
    const { frames } = Reflect.get(window, 'recorded') as Recorded
    const gaps = frames.flatMap((frame, index) =>
      frame > began ? [frame - (frames[index - 1] ?? frame)] : [],
    )
    return Math.max(0, ...gaps)
  }, began)
  const time = await page.evaluate(
    (entry) =>
      new Promise<number>((resolve, reject) => {
        const start = performance.now()
        const seen = new Set<Element | string>()
        const hold = () => {
          const entries = [...document.querySelectorAll(entry)]
          for (const one of entries) seen.add(one.getAttribute('data-key') ?? one)
          if (seen.size >= 200) return requestAnimationFrame((at) => resolve(at - start))
          if (performance.now() - start > 30_000)
            return reject(new Error(`The timeline stopped at ${seen.size} entries.`))
          let box = entries.at(-1)?.parentElement
          while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY))
            box = box.parentElement
          if (box) box.scrollTop = box.scrollHeight
          requestAnimationFrame(hold)
        }
        hold()
      }),
    entry,
  )
  return { worstFrame, time }
}

/** The times between frames while something happens. */
async function frames(page: Page, work: () => Promise<void>) {
  const began = await page.evaluate(() => performance.now())
  await work()
  return page.evaluate((began) => {
    const { frames } = Reflect.get(window, 'recorded') as Recorded
    const gaps = frames
      .flatMap((frame, index) => (frame > began ? [frame - (frames[index - 1] ?? frame)] : []))
      .sort((one, other) => one - other)
    return {
      p95: gaps[Math.floor(gaps.length * 0.95)] ?? Number.NaN,
      worst: gaps.at(-1) ?? Number.NaN,
    }
  }, began)
}

async function scroll(page: Page) {
  const box = await page.locator(card).first().boundingBox()
  if (!box) throw new Error('There is no card on the board.')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 100)
  for (let step = 0; step < 100; step++) {
    await page.mouse.wheel(0, 150)
    await page.waitForTimeout(20)
  }
}

async function drag(page: Page) {
  const from = await page.evaluate((card) => {
    const cards = [...document.querySelectorAll(card)]
    const shown = cards.map((one) => one.getBoundingClientRect()).find((box) => box.top > 250)
    return shown ? { x: shown.left + 20, y: shown.bottom - 8 } : undefined
  }, card)
  if (!from) throw new Error('There is no card to drag.')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  for (let step = 1; step <= 100; step++) {
    await page.mouse.move(from.x + step * 8, from.y + Math.sin(step / 8) * 100)
    await page.waitForTimeout(20)
  }
  await page.keyboard.press('Escape')
  await page.mouse.up()
}

function middle(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
