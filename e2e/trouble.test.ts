/** What the screens say when the disk is full, and when the database had to be restarted. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mountSmallDisk } from '../src/core/testing/disk'
import { removeFolder } from '../src/testing-folder'
import { goTo, startWeb } from './web'

const disk = { megabytes: 64 }

test('what takes long before the database is open is said on the screen', async () => {
  const { open, url } = await startWeb()
  const page = await open('/companies')
  // The core's thread answers nothing while it reads the whole database; the host does.
  const opened = Promise.withResolvers<void>()
  await page.route(`${url}/rpc/database/status`, async (route) => {
    await opened.promise
    await route.continue()
  })
  await page.route(`${url}/opening`, (route) => route.fulfill({ json: { step: 'checking' } }))
  await page.reload()
  await page.getByRole('heading', { name: 'Checking your data' }).waitFor()
  opened.resolve()
  await page.getByRole('heading', { name: 'Companies' }).waitFor()
  expect(await page.getByText('Checking your data').count()).toBe(0)
})

test('a full disk is said at every door and on the screen, and is over by itself', async () => {
  const small = mountSmallDisk(disk.megabytes)
  // Where no disk may be mounted, `full-disk.test.ts` beside the core shows the same without one.
  if (!small) return
  const { url, token, api, open } = await startWeb({ directory: small.directory })
  const page = await open('/companies')
  await api('POST', '/companies', { name: 'Globex' })
  await page.getByText('Globex').waitFor()

  small.fill()
  const ask = async (path: string, body: unknown) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, text: await answer.text() }
  }
  // What is left of the log takes a little more.
  let refused = { status: 201, text: '' }
  for (let index = 0; refused.status === 201; index++)
    refused = await ask('/api/companies', {
      name: `Acme ${index}`,
      description: 'Long. '.repeat(1500),
    })
  expect(refused.status).toBe(507)
  expect(JSON.parse(refused.text)).toMatchObject({
    code: 'disk_full',
    message: expect.stringContaining('Free some space'),
  })
  const overRpc = await ask('/rpc/companies/create', {
    json: { name: 'Initech', description: 'Long. '.repeat(1500) },
  })
  expect([overRpc.status, overRpc.text]).toEqual([507, expect.stringContaining('disk_full')])
  expect((await ask('/api/database/backups', {})).status).toBe(507)
  const form = new FormData()
  form.append('file', new File(['name\n'.repeat(200_000)], 'companies.csv', { type: 'text/csv' }))
  const upload = await fetch(`${url}/api/import/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  })
  expect([upload.status, await upload.json()]).toEqual([
    507,
    expect.objectContaining({ code: 'disk_full' }),
  ])

  const banner = page.getByText('The disk is full', { exact: true })
  await banner.waitFor()
  await page.getByText('Globex').waitFor()
  if (process.env.SCREENSHOTS)
    await page.screenshot({ path: join(process.env.SCREENSHOTS, 'full.png') })
  small.free()
  await banner.waitFor({ state: 'detached' })
  await api('POST', '/companies', { name: 'Umbrella' })
  await page.getByText('Umbrella').waitFor()
})

test('jobs that wait because the database stopped answering say why, and run again at a press', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-trouble-'))
  onTestFinished(() => removeFolder(directory))
  const restart = {
    at: Date.now() - 60_000,
    cause: 'silent',
    work: { kind: 'job', name: 'due', record: { kind: 'reminder', id: 'gone' } },
  }
  writeFileSync(
    join(directory, 'rapport.restarts.json'),
    JSON.stringify({ restarts: [restart, restart], pausedSince: restart.at, skipped: [] }),
  )
  const { api, open } = await startWeb({ directory })
  const { items } = await api<{ items: { name: string }[] }>('GET', '/companies')
  expect(items).toEqual([])
  const page = await open('/today')
  await page.getByText('Jobs are paused').waitFor()
  await page.getByText('stopped answering twice').waitFor()
  const shoot = async (name: string) => {
    if (!process.env.SCREENSHOTS) return
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`) })
    await page.setViewportSize({ width: 390, height: 800 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}-phone.png`) })
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ colorScheme: 'light' })
  }
  await shoot('paused')
  await page.getByRole('button', { name: 'Resume without this record' }).click()
  await page.getByText('Jobs are paused').waitFor({ state: 'detached' })
  await goTo(page, '/settings/jobs')
  await page.getByText('Skipped records').waitFor()
  await shoot('skipped')
  await page.getByRole('button', { name: 'Stop skipping' }).click()
  await page.getByText('Skipped records').waitFor({ state: 'detached' })
  expect(await api('GET', '/jobs/safe-start')).toMatchObject({ pausedSince: null, skipped: [] })
})

test('a page that was not loaded yet waits for the host', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-trouble-'))
  onTestFinished(() => removeFolder(directory))
  const program = await startWeb({ directory })
  const page = await program.open('/companies')
  await page.getByRole('heading', { name: 'Companies' }).waitFor()
  await page.waitForFunction(() => document.title === 'Companies – Rapport')

  await program.kill()
  await goTo(page, '/trash')
  await page.getByText('core does not answer').waitFor()
  expect(await page.getByRole('navigation').first().isVisible()).toBe(true)

  await startWeb({ directory, port: Number(new URL(program.url).port) })
  await page.getByRole('heading', { name: 'Trash' }).waitFor()
  await page.waitForFunction(() => document.title === 'Trash – Rapport')
  await page.getByText('core does not answer').waitFor({ state: 'detached' })
})
