/** Every address the program has is opened once, with records in it: nothing fails, nothing stays empty. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { goTo, startWeb, type WebProgram } from './web'

const root = join(import.meta.dirname, '..')

/** As the areas register them: one screen, or a list of records and their pages. */
const screens = /(?:path: |pageRoute\(\s*)'(\/[^']+)'/g
const lists = /recordRoutes\('\w+', '(\/[^']+)'/g
const paths = globSync('src/renderer/areas/*/*/index.ts', { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .flatMap((text) => [
    ...[...text.matchAll(screens)].map(([, path]) => path as string),
    ...[...text.matchAll(lists)].flatMap(([, path]) => [path as string, `${path}/$id`]),
  ])

/** With the id of a record in place of `$id`; undefined where there is no list to take one from. */
async function addressOf(program: WebProgram, path: string): Promise<string | undefined> {
  if (!path.includes('$')) return path
  if (path.includes('$importId')) return undefined
  const list = path.replace('/settings', '').replace('/$id', '')
  const { items } = await program.api<{ items: { id: string }[] }>('GET', `${list}?limit=1`)
  return items[0] && path.replace('$id', items[0].id)
}

test('every place opens without a fault', async () => {
  const program = await startWeb({ sample: true })
  const { items } = await program.api<{ items: { id: string }[] }>('GET', '/leads?limit=1')
  const leadId = items[0]?.id
  await program.api('POST', '/quotes', { title: 'First offer', leadId })
  await program.api('POST', `/leads/${leadId}/convert`, {})
  const page = await program.open('/today')
  const faults: string[] = []
  let place = ''
  page.on('pageerror', (error) => faults.push(`${place}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${place}: ${message.text()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400)
      faults.push(`${place}: ${response.status()} ${new URL(response.url()).pathname}`)
  })
  expect(paths.length).toBeGreaterThan(40)
  const skipped: string[] = []
  const screen = page.locator('main').first()
  const fresh = screen.locator(':not([data-before])')
  const waiting = page.locator('.mantine-Skeleton-root:visible, .mantine-Loader-root:visible')
  const settled = { timeout: 20_000, interval: 100 }
  for (const path of paths) {
    const address = await addressOf(program, path)
    if (address === undefined) {
      skipped.push(path)
      continue
    }
    place = address
    // The page before stays until the next one is loaded.
    await screen.evaluate((main) => {
      for (const part of main.querySelectorAll('*')) part.toggleAttribute('data-before', true)
    })
    const before = page.url()
    await goTo(page, address)
    // Some places lead on to the one that is shown already.
    await expect
      .poll(async () => page.url() === before || (await fresh.count()) > 0, settled)
      .toBe(true)
    await expect
      .poll(async () => (await waiting.count()) === 0 && (await screen.innerText()).length, settled)
      .toBeGreaterThan(20)
    expect(await screen.innerText(), address).not.toMatch(
      /(could not be|cannot be) (loaded|shown)|page broke|nothing at this address|does not exist/i,
    )
  }
  expect(faults).toEqual([])
  // A run of an import is looked at where imports are tried.
  expect(skipped).toEqual(['/import/runs/$importId'])
})
