/** A cadence from its writing to its figures, and steps of a lead's own, as a person does it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accountAt, openPostOffice } from '../src/core/testing/mail'
import { goTo, startWeb, type WebProgram } from './web'

const pipeline = join(
  import.meta.dirname,
  '../src/core/transfer/import/fixtures/maven-crm/sales_pipeline.csv',
)

/** Fifty open leads of the file, each of another product or company, and with somebody to write to. */
function fiftyLeads(): string {
  const [heading = '', ...lines] = readFileSync(pipeline, 'utf8').trim().split('\n')
  const withoutAgent = (line: string) => line.split(',').toSpliced(1, 1).join(',')
  const byDeal = new Map<string, string>()
  for (const line of lines) {
    const [, , product, account, stage] = line.split(',')
    if (account && stage === 'Engaging') byDeal.set(`${product} ${account}`, withoutAgent(line))
  }
  return [
    `${withoutAgent(heading)},contact,contact_email`,
    ...[...byDeal.values()]
      .slice(0, 50)
      .map((line, index) => `${line},Person${index} Smith,person${index}@acme.example`),
  ].join('\n')
}

async function importFiftyLeads({ api }: WebProgram) {
  const form = new FormData()
  form.set('file', new File([fiftyLeads()], 'sales_pipeline.csv'))
  const { importId } = await api<{ importId: string }>('POST', '/import/leads', form)
  await expect
    .poll(async () => (await api<{ state: string }>('GET', `/import/${importId}`)).state, {
      timeout: 30_000,
      interval: 500,
    })
    .toBe('done')
}

/** In the editor: a call with a placeholder from the menu, then an e-mail that Rapport sends. */
async function writeCadence(page: Page) {
  await page.getByRole('button', { name: 'New cadence' }).first().click()
  await page.getByRole('textbox', { name: 'Name of the cadence' }).fill('Call, then write')
  await page.getByRole('button', { name: 'Add a step' }).click()
  const script = page.getByRole('textbox', { name: 'Script' })
  await script.fill('Ask {{ contact.frist_name }}')
  await page.getByText('there is no placeholder contact.frist_name').waitFor()
  await script.fill('Ask who decides at ')
  await page.getByRole('button', { name: 'Placeholder' }).click()
  await page.getByRole('menuitem', { name: 'Company', exact: true }).click()
  // The preview has the company of a real lead in its place.
  await page
    .getByRole('region', { name: 'Preview' })
    .getByText(/Ask who decides at \w/)
    .waitFor()

  await page.getByRole('button', { name: 'Add a step' }).click()
  await page.getByRole('combobox', { name: 'What is done' }).click()
  await page.getByRole('option', { name: 'E-mail', exact: true }).click()
  await page.getByRole('textbox', { name: 'Wait' }).fill('0')
  await page.getByRole('switch', { name: 'Written and sent by Rapport' }).click()
  await page.getByRole('textbox', { name: 'Subject' }).fill('For {{ contact.first_name }}')
  await page
    .getByRole('textbox', { name: 'Message' })
    .fill('Hello {{ contact.first_name }}, as promised.')
  await page
    .getByRole('region', { name: 'Preview' })
    .getByText(/Hello Person\d+, as promised/)
    .waitFor()
  await page.getByRole('button', { name: 'Save the steps' }).click()
  await page.getByRole('button', { name: 'Save the steps' }).waitFor({ state: 'hidden' })

  // Due at whatever time and day this runs.
  await page.getByRole('tab', { name: 'Behaviour' }).click()
  await page.getByRole('switch', { name: 'Steps wait for working days and hours' }).click()
  await page.getByRole('button', { name: 'Activate' }).click()
  await page.getByRole('button', { name: 'Assign leads' }).waitFor()
  return await page.evaluate(() => location.hash.slice(1))
}

test('a cadence is written, previewed for fifty leads, worked by keyboard; its e-mail is approved, sent, and counted', {
  timeout: 120_000,
}, async () => {
  const office = await openPostOffice()
  const web = await startWeb()
  await web.api('POST', '/mail/accounts', accountAt(office))
  await importFiftyLeads(web)
  const page = await web.open('/cadences')
  const cadence = await writeCadence(page)

  await goTo(page, '/leads')
  await page.getByText('50 leads').first().waitFor()
  await page.keyboard.press('Control+a')
  await page.getByRole('button', { name: 'Plan steps' }).click()
  await page.getByRole('combobox', { name: 'Cadence' }).click()
  await page.getByRole('option', { name: 'Call, then write' }).click()
  await page.getByText('50 plans begin').waitFor()
  await page.getByText('it waits in the outbox until somebody approves it').waitFor()
  await page.getByRole('button', { name: 'Start 50 plans' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })

  await goTo(page, '/queue')
  const step = page.getByRole('region', { name: 'The step' })
  const name = async () => await step.getByRole('heading', { level: 2 }).innerText()
  await page.getByText('1 of 50').waitFor()
  await step.getByText(/Ask who decides at \w/).waitFor()
  const first = await name()
  await step.getByRole('button', { name: 'Successful' }).waitFor()
  await page.keyboard.press('1')
  await page.getByText('2 of 50').waitFor()
  const second = await name()
  expect(second).not.toBe(first)
  // Interested: they answered, and Enter stops the cadence.
  await page.keyboard.press('2')
  const question = page.getByRole('dialog', { name: 'They answered' })
  await question.getByText('Stop the cadence “Call, then write”?').waitFor()
  await question.locator('button:focus', { hasText: 'Stop cadence' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('3 of 50').waitFor()
  await page.getByText(`Completed a step of the plan of “${second}”`).waitFor()
  await page.keyboard.press('Control+z')
  await page.getByRole('list', { name: 'Due steps' }).getByText(second, { exact: true }).waitFor()
  await page.keyboard.press('p')
  await page.getByText('2 of 50').waitFor()
  expect(await name()).toBe(second)

  // The call of the first lead was done: its e-mail is due, and waits for approval.
  await web.api('POST', '/jobs/plan_steps/run', {})
  await goTo(page, '/outbox')
  await page.getByText('as promised').first().waitFor()
  expect(office.letters).toEqual([])
  await page.getByRole('button', { name: 'Approve all 1' }).click()
  await expect.poll(() => office.letters.length, { timeout: 20_000 }).toBe(1)
  expect(office.letters[0]?.subject).toMatch(/^For Person\d+$/)

  await goTo(page, '/leads')
  await page.getByRole('link', { name: first }).first().click()
  await page.getByText('as promised').first().waitFor()
  await page.getByRole('button', { name: 'One earlier plan' }).waitFor()

  await goTo(page, cadence)
  await page.getByRole('tab', { name: 'Figures' }).click()
  await page
    .getByRole('img', {
      name: /1\. Call: 1 went on, 49 wait, 0 ended here\. 2\. E-mail: 1 went on/,
    })
    .waitFor()
})

test('a lead gets steps of its own with their days, and each is on its page once', async () => {
  const web = await startWeb()
  const lead = await web.api<{ id: string }>('POST', '/leads', { title: 'Renewal' })
  const page = await web.open(`/leads/${lead.id}`)
  await page.getByRole('button', { name: 'Plan steps' }).click()
  await page.getByText('Steps of its own').click()
  await page.getByRole('textbox', { name: 'What step 1 is about' }).fill('Ask for the budget')
  await page.getByRole('button', { name: 'Another step' }).click()
  await page.getByText('1 plan begins').waitFor()
  await page.getByRole('button', { name: 'Start the plan' }).click()

  const plan = page.getByRole('article', { name: 'Own plan' })
  await plan.getByText('Step 1 of 2: Call, Ask for the budget').waitFor()
  expect(await page.getByRole('region', { name: 'Next steps' }).count()).toBe(0)
})

test('the e-mail of a step is written from the queue, filled in, and sending it does the step', async () => {
  const office = await openPostOffice()
  const web = await startWeb()
  await web.api('POST', '/mail/accounts', accountAt(office))
  const contact = await web.api<{ id: string }>('POST', '/contacts', {
    firstName: 'Jane',
    email: 'jane@acme.example',
  })
  const lead = await web.api<{ id: string }>('POST', '/leads', {
    title: 'Renewal',
    contactId: contact.id,
  })
  const plan = await web.api<{ id: string }>('POST', '/plans', {
    leadId: lead.id,
    name: 'Write, then call',
    // Due at whatever time and day this runs.
    settings: { workingTimeOnly: false },
    steps: [
      { type: 'email', subject: 'For {{ contact.first_name }}', body: 'Hello.' },
      { type: 'call', delay: 3, delayUnit: 'days' },
    ],
  })
  const page = await web.open('/queue')
  await page.getByText('1 of 1').waitFor()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('region', { name: 'Preview' }).getByText('For Jane').waitFor()
  await dialog.getByRole('button', { name: 'Send now' }).click()
  await page.getByText('No step is due').waitFor()
  expect(office.letters.map(({ subject }) => subject)).toEqual(['For Jane'])
  expect(await web.api('GET', `/plans/${plan.id}`)).toMatchObject({ step: { position: 1 } })
})
