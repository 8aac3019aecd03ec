/** E-mail from its account to the timeline, in a browser, with a mail server on this computer. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { accountAt, openPostOffice } from '../src/core/testing/mail'
import { openTestCore } from '../src/core/testing/testing'
import { removeFolder } from '../src/testing-folder'
import { goTo, startWeb } from './web'

test('an account is set up and tried, a template sent to a lead’s contact, and is on the timeline', async () => {
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

  await goTo(page, '/settings/templates')
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

  await goTo(page, `/leads/${lead.id}`)
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

test('an e-mail has the signature, says who it is from, and takes copies', async () => {
  const office = await openPostOffice()
  const web = await startWeb()
  await web.api('POST', '/mail/accounts', accountAt(office))
  const contact = await web.api<{ id: string }>('POST', '/contacts', {
    firstName: 'Jane',
    email: 'jane@acme.example',
  })
  const page = await web.open(`/contacts/${contact.id}`)
  await web.api('PATCH', '/users/me', { signature: 'Ada Rep\nRapport Ltd' })
  await page.reload()
  await page.getByRole('button', { name: 'Send e-mail' }).click()
  const email = page.getByRole('dialog')
  await expect
    .poll(() => email.getByRole('combobox', { name: 'From' }).inputValue(), { timeout: 20_000 })
    .toBe('Ada Rep <ada@rapport.example>')
  await email.getByLabel('Subject').fill('For Jane')
  const text = email.getByRole('textbox', { name: 'Text' })
  expect(await text.inputValue()).toBe('\n\nAda Rep\nRapport Ltd')
  await text.click()
  await text.press('ControlOrMeta+Home')
  await text.pressSequentially('Dear Jane, as promised.')
  await email.getByRole('button', { name: 'Cc', exact: true }).click()
  const field = (name: string) => email.getByLabel(name, { exact: true }).and(page.locator('input'))
  const cc = field('Cc')
  await cc.fill('tom')
  await cc.press('Enter')
  await email.getByText('Use an address like name@example.com, not tom').waitFor()
  expect(await email.getByRole('button', { name: 'Send now' }).isDisabled()).toBe(true)
  await cc.press('Backspace')
  await cc.fill('tom@acme.example')
  await email.getByRole('button', { name: 'Bcc' }).click()
  await field('Bcc').fill('boss@rapport.example')
  await email.getByLabel('Subject').focus()

  // Put aside and opened again, it is as it was: the signature once, the copies too.
  await page.keyboard.press('Escape')
  await email.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Send e-mail' }).click()
  expect(await text.inputValue()).toBe('Dear Jane, as promised.\n\nAda Rep\nRapport Ltd')
  await email.getByText('boss@rapport.example').waitFor()
  await email.getByRole('button', { name: 'Send now' }).click()
  await email.waitFor({ state: 'detached' })
  await expect.poll(() => office.letters.length).toBe(1)
  expect(office.letters[0]).toMatchObject({
    from: { name: 'Ada Rep', address: 'ada@rapport.example' },
    cc: [{ address: 'tom@acme.example' }],
    text: expect.stringMatching(/^Dear Jane, as promised\.\s+Ada Rep\s+Rapport Ltd\s*$/),
  })
  expect(office.envelopes[0]?.to).toHaveLength(3)
  await page.getByText('Bcc boss@rapport.example').waitFor()
})

test('a formatted message shows what is blank in its place, goes through the selected account, and a refusal says what to do', async () => {
  const office = await openPostOffice()
  const web = await startWeb()
  for (const name of ['Sales', 'Second'])
    await web.api('POST', '/mail/accounts', { ...accountAt(office), name })
  const contact = await web.api<{ id: string }>('POST', '/contacts', {
    firstName: 'Jane',
    email: 'jane@acme.example',
  })
  const page = await web.open(`/contacts/${contact.id}`)
  await page.getByRole('button', { name: 'Send e-mail' }).click()
  const email = page.getByRole('dialog')
  await email.getByLabel('Subject').fill('For {{ contact.first_name }}')
  await email.getByText('Formatted', { exact: true }).click()
  const editor = email.locator('[contenteditable=true]')
  await editor.click()
  await editor.pressSequentially('Dear {{ contact.job_title }},')
  const letter = email.frameLocator('iframe')
  await letter.locator('mark').getByText('contact.job_title').waitFor()
  const send = email.getByRole('button', { name: 'Send now' })
  await email.getByText('Nothing is known for Job title').waitFor()
  expect(await send.isDisabled()).toBe(true)
  await editor.press('ControlOrMeta+a')
  await editor.pressSequentially('Dear {{ contact.first_name }}')
  await editor.press('ControlOrMeta+a')
  await editor.press('ControlOrMeta+b')
  await letter.locator('strong').getByText('Dear Jane').waitFor()

  await email.getByRole('combobox', { name: 'From' }).click()
  await page.getByRole('option', { name: 'Second' }).click()
  office.trouble = 'refuses_recipient'
  await send.click()
  await email.waitFor({ state: 'detached' })
  await goTo(page, '/outbox')
  await page.getByRole('tab', { name: 'To decide 1' }).click()
  await page.getByText('The address was refused for good').waitFor()
  office.trouble = 'none'
  await page.getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog')
  await edit.getByLabel('To').fill('jane.doe@acme.example')
  await edit.getByRole('button', { name: 'Save' }).click()
  await edit.waitFor({ state: 'detached' })
  await page.getByRole('tab', { name: 'To approve 1' }).click()
  await page.getByRole('button', { name: 'Send now' }).click()
  await page.getByRole('tab', { name: 'Sent 1' }).click()
  await page.getByText('jane.doe@acme.example').waitFor()
  const [received] = office.letters
  expect(received).toMatchObject({
    subject: 'For Jane',
    text: expect.stringContaining('Dear Jane'),
    html: expect.stringContaining('<strong>Dear Jane</strong>'),
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

test('an e-mail whose day passed while Rapport was closed asks before it goes out, and is rescheduled or sent', async () => {
  const office = await openPostOffice()
  const directory = mkdtempSync(join(tmpdir(), 'rapport-late-'))
  onTestFinished(() => removeFolder(directory))
  // Three days ago somebody approved two e-mails for the next morning, and closed the program.
  const before = new Date(Date.now() - 3 * 86_400_000)
  const { client, close } = await openTestCore({ directory, start: before.toISOString() })
  await client.mail.accounts.create(accountAt(office))
  for (const firstName of ['Jane', 'Bob']) {
    const contact = await client.contacts.create({
      firstName,
      email: `${firstName.toLowerCase()}@acme.example`,
    })
    await client.outbox.create({
      contactId: contact.id,
      subject: `Tomorrow at noon, ${firstName}?`,
      body: 'See you there.',
      next: 'approve',
      sendAfter: new Date(before.getTime() + 3_600_000).toISOString(),
    })
  }
  await close()

  const web = await startWeb({ directory })
  const page = await web.open('/outbox')
  await page.getByLabel('2 e-mails need a decision').waitFor()
  await page.getByRole('tab', { name: 'To decide 2' }).click()
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: `noon, ${name}?` })
  await row('Jane')
    .getByText(/It was due on .+, and has not gone out/)
    .waitFor()
  expect(office.letters).toEqual([])
  await row('Jane').getByRole('button', { name: 'Send now' }).click()
  await page.getByRole('tab', { name: 'To decide 1' }).waitFor()
  await vi.waitFor(() => expect(office.letters).toHaveLength(1), 10_000)
  await row('Bob').getByRole('button', { name: 'Reschedule' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reschedule' }).click()
  await page.getByText(/^Goes out Tomorrow, /).waitFor()
  await page.getByRole('tab', { name: 'Waiting 1' }).click()
  await row('Bob').waitFor()
  expect(office.letters).toHaveLength(1)
})
