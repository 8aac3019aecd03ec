/** E-mail from its account to the timeline, in a browser, with a mail server on this computer. */
import { expect, test } from 'vitest'
import { openPostOffice } from '../src/core/testing-mail'
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
