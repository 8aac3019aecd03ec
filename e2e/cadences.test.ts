/** Taking leads into a cadence and working its queue, as a person does it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startWeb } from './web'

const pipeline = join(
  import.meta.dirname,
  '../src/core/transfer/fixtures/maven-crm/sales_pipeline.csv',
)

/** Fifty open leads of the file, each of another product or company, without the people they belong to. */
function fiftyLeads(): string {
  const [heading = '', ...lines] = readFileSync(pipeline, 'utf8').trim().split('\n')
  const withoutAgent = (line: string) => line.split(',').toSpliced(1, 1).join(',')
  const byDeal = new Map<string, string>()
  for (const line of lines) {
    const [, , product, account, stage] = line.split(',')
    if (account && stage === 'Engaging') byDeal.set(`${product} ${account}`, withoutAgent(line))
  }
  return [withoutAgent(heading), ...[...byDeal.values()].slice(0, 50)].join('\n')
}

interface PageOf<Item> {
  items: Item[]
  total: number
}
interface Plan {
  id: string
  state: string
  step: { position: number } | null
  lead: { id: string; name: string }
}

test('fifty leads are previewed, taken in, and called one after the other by keyboard; one call is undone', {
  timeout: 120_000,
}, async () => {
  const { api, open } = await startWeb()
  await api('POST', '/cadences', {
    name: 'Call, then write',
    state: 'active',
    // Due at whatever time and day this runs.
    settings: { workingTimeOnly: false },
    steps: [
      { type: 'call', body: 'Ask who decides at {{company.name}}.' },
      { type: 'email', delay: 3, delayUnit: 'days', subject: 'As promised' },
    ],
  })
  const form = new FormData()
  form.set('file', new File([fiftyLeads()], 'sales_pipeline.csv'))
  const { importId } = await api<{ importId: string }>('POST', '/import/leads', form)
  await expect
    .poll(async () => (await api<{ state: string }>('GET', `/import/${importId}`)).state, {
      timeout: 30_000,
    })
    .toBe('done')

  const page = await open('/leads')
  await page.getByText('50 leads').first().waitFor()
  await page.keyboard.press('Control+a')
  await page.getByRole('button', { name: 'Plan steps' }).click()
  await page.getByRole('combobox', { name: 'Cadence' }).click()
  await page.getByRole('option', { name: 'Call, then write' }).click()
  await page.getByText('50 plans begin').waitFor()
  await page.getByRole('button', { name: 'Start 50 plans' }).click()
  await expect
    .poll(async () => (await api<PageOf<Plan>>('GET', '/plans?limit=1')).total, { timeout: 20_000 })
    .toBe(50)

  // The same leads once more are all refused, each with its reason.
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('Control+a')
  await page.getByRole('button', { name: 'Plan steps' }).click()
  await page.getByRole('combobox', { name: 'Cadence' }).click()
  await page.getByRole('option', { name: 'Call, then write' }).click()
  await page.getByText('is in this cadence already').first().waitFor()
  expect(await page.getByRole('button', { name: 'Start the plan' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Cancel' }).click()

  await page.evaluate(() => {
    location.hash = '/queue'
  })
  const step = page.getByRole('region', { name: 'The step' })
  const lead = async () => await step.getByRole('heading', { level: 2 }).innerText()
  await page.getByText('1 of 50').waitFor()
  const first = await lead()
  await step.getByText('Ask who decides at').waitFor()
  await step.getByRole('button', { name: 'Successful' }).waitFor()
  await page.keyboard.press('1')
  await page.getByText('2 of 50').waitFor()
  const second = await lead()
  expect(second).not.toBe(first)
  await page.keyboard.press('n')
  await page.getByText('3 of 50').waitFor()
  await page.keyboard.press('p')
  await page.getByText('2 of 50').waitFor()

  const planOf = async (name: string) => {
    const { items } = await api<PageOf<Plan>>('GET', '/plans?limit=100')
    return items.find((plan) => plan.lead.name === name) as Plan
  }
  await expect.poll(async () => (await planOf(first)).step?.position).toBe(1)
  const { lead: called } = await planOf(first)
  await page.evaluate((id) => {
    location.hash = `/leads/${id}`
  }, called.id)
  await page.getByRole('article', { name: 'Call, then write' }).getByText('Step 2 of 2').waitFor()
  await page.getByText('Successful').first().waitFor()

  await page.keyboard.press('Control+z')
  await page.getByRole('article', { name: 'Call, then write' }).getByText('Step 1 of 2').waitFor()
  expect((await planOf(first)).step?.position).toBe(0)
})
