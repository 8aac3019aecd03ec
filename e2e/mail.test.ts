/** E-mail from its account to the timeline, in a browser, with a mail server on this computer. */
import { expect, test } from 'vitest'
import { accountAt, openPostOffice } from '../src/core/testing-mail'
import { startWeb } from './web'

test('an account is set up and tried, a template sent to a lead’s contact, and stands on the timeline', async () => {
  const office = await openPostOffice()
  const web = await startWeb()
  const contact = await web.api<{ id: string }>('POST', '/contacts', {
    firstName: 'Jane',
    lastName: 'Doe',
    email: 'jane@acme.example',
  })
  const lead = await web.api<{ id: string }>('POST', '/leads', {
    title: 'Renewal',
    contactId: contact.id,
  })

  const page = await web.open('/settings/mail')
  await page.getByRole('button', { name: 'Add an account' }).click()
  const account = page.getByRole('dialog')
  await account.getByLabel('From address').fill('ada@rapport.example')
  await account.getByLabel('Server (SMTP)').fill('127.0.0.1')
  await account.getByLabel('Port').fill(String(office.port))
  await account.getByRole('combobox', { name: 'Security' }).click()
  await page.getByRole('option', { name: 'None' }).click()
  await account.getByLabel('Send a test message to').fill('me@home.example')
  await account.getByRole('button', { name: 'Save and test' }).click()
  await account.getByText('127.0.0.1 has taken the message for me@home.example.').waitFor()
  expect(office.letters.map(({ subject }) => subject)).toEqual(['A test message from Rapport'])
  await account.getByRole('button', { name: 'Close', exact: true }).last().click()

  await page.evaluate(() => {
    location.hash = '/settings/templates'
  })
  await page.getByRole('button', { name: 'New template' }).click()
  const template = page.getByRole('dialog')
  await template.getByLabel('Name').fill('First contact')
  await template.getByLabel('Subject').fill('{{ lead.title }}')
  await template.getByLabel('Text').fill('Hello {{ contact.frist_name }}')
  await template.getByText('there is no placeholder contact.frist_name').waitFor()
  await template
    .getByLabel('Text')
    .fill('Hello {{ contact.first_name | default: "there" }}, a word?')
  await template.getByRole('button', { name: 'Save' }).click()
  await template.waitFor({ state: 'detached' })

  await page.evaluate((id) => {
    location.hash = `/leads/${id}`
  }, lead.id)
  await page.getByRole('button', { name: 'Send e-mail' }).click()
  const email = page.getByRole('dialog')
  await email.getByRole('combobox', { name: 'Template' }).click()
  await page.getByRole('option', { name: 'First contact' }).click()
  await email.getByText('Hello Jane, a word?').waitFor()
  await email.getByRole('button', { name: 'Send now' }).click()
  await email.waitFor({ state: 'detached' })
  await page.getByText('Hello Jane, a word?').first().waitFor()
  expect(office.letters.at(-1)).toMatchObject({
    subject: 'Renewal',
    to: [{ name: 'Jane Doe', address: 'jane@acme.example' }],
  })
})

test('the rules and limits of sending are set where the accounts are, and hold at once', async () => {
  const office = await openPostOffice()
  const web = await startWeb()
  await web.api('POST', '/mail/accounts', accountAt(office))
  const page = await web.open('/settings/mail')
  const rules = page.getByRole('region', { name: 'Rules' })
  await rules.getByRole('switch', { name: 'Cadences ask' }).click()
  await rules.getByRole('switch', { name: 'recipient’s name' }).click()
  const most = rules.getByLabel('How many people may get the same text')
  await most.fill('2')
  await most.press('Enter')
  await rules.getByRole('switch', { name: 'recipient’s name', checked: false }).waitFor()

  await page.getByRole('button', { name: 'Change Sales' }).click()
  const account = page.getByRole('dialog')
  await account.getByLabel('At most an hour').fill('7')
  await account.getByRole('switch', { name: 'Quiet hours' }).click()
  await account.getByLabel('From', { exact: true }).fill('19:30')
  await account.getByText('Sun', { exact: true }).click()
  await account.getByRole('button', { name: 'Save', exact: true }).click()
  await account.waitFor({ state: 'detached' })

  expect(await web.api('GET', '/outbox/status')).toMatchObject({
    approvalFirst: false,
    nameRequired: false,
    identicalMost: 2,
  })
  expect(await web.api('GET', '/mail/accounts')).toMatchObject([
    { perHour: 7, quietHours: { on: true, from: '19:30', to: '08:00', days: [7] } },
  ])
})
