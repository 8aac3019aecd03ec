/** After a restore, and in a copy, a person is asked in the browser before anything goes out. */
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../src/testing-folder'
import { startWeb, type WebProgram } from './web'

interface Messages {
  items: { subject: string; state: string }[]
}

async function addApproved({ api }: WebProgram) {
  await api('POST', '/outbox/stop', {})
  await api('POST', '/mail/accounts', {
    name: 'Sales',
    fromName: 'Ada Rep',
    fromAddress: 'ada@rapport.example',
    host: '127.0.0.1',
    port: 9,
    security: 'none',
  })
  const { id } = await api<{ id: string }>('POST', '/contacts', {
    firstName: 'Jane',
    email: 'jane@acme.example',
  })
  await api('POST', '/outbox', {
    contactId: id,
    subject: 'Hello Jane',
    body: 'How are you, Jane?',
    final: true,
    next: 'approve',
  })
}

test('a restore says that sending goes on hold, shows what was kept, and a person resumes it', async () => {
  const program = await startWeb()
  const { api } = program
  await addApproved(program)
  await api('PATCH', '/settings', { onboarded: true })
  await api('POST', '/database/backups', {})
  await api('POST', '/opt-outs', { address: 'bob@acme.example' })
  const page = await program.open('/settings/backups')
  await page
    .getByRole('button', { name: /^Restore the backup/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Sending goes on hold.', { exact: false }).waitFor()
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click()
  await page.getByText('Sending has been on hold since a backup was restored').waitFor()
  await page.getByRole('link', { name: 'Review' }).click()
  await page.getByText('1 opt-out added since the backup: kept').waitFor()
  await page.getByText('1 waiting e-mail goes out', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Resume sending' }).click()
  await page.getByText('Nothing is on hold').waitFor()
  expect(await api('GET', '/holds')).toMatchObject({ holds: [] })
})

/** Ends the program, and starts it on another computer with a copy of its data folder. */
async function startElsewhere(original: WebProgram): Promise<WebProgram> {
  await original.stop()
  const directory = mkdtempSync(join(tmpdir(), 'rapport-copy-'))
  onTestFinished(() => removeFolder(directory))
  cpSync(original.directory, directory, { recursive: true })
  return await startWeb({ machine: 'laptop', directory })
}

test('a data folder on another computer asks whether it was moved or copied, and a copy sends nothing', async () => {
  const original = await startWeb({ machine: 'office' })
  await addApproved(original)
  const copy = await startElsewhere(original)
  const page = await copy.open('/')
  const question = page.getByRole('dialog', { name: 'Was this database moved or copied?' })
  await question.getByRole('button', { name: 'It is a copy' }).click()
  await page.getByText('This is a copy of another Rapport database. It sends nothing.').waitFor()
  await page.getByRole('link', { name: 'Review' }).click()
  await page.getByText('1 e-mail may have been sent').waitFor()
  await page.getByRole('button', { name: 'Cancel all' }).click()
  await page.getByText('1 e-mail may have been sent').waitFor({ state: 'detached' })
  const { items } = await copy.api<Messages>('GET', '/outbox')
  expect(items).toMatchObject([{ subject: 'Hello Jane', state: 'cancelled' }])
  await page.getByRole('button', { name: 'Let this copy send' }).click()
  await page.getByText('Nothing is on hold').waitFor()
})

test('a data folder in another place with no e-mail waiting asks in a banner, and the board can be worked on', async () => {
  const original = await startWeb({ machine: 'office' })
  await original.api('PATCH', '/settings', { onboarded: true })
  const copy = await startElsewhere(original)
  const page = await copy.open('/pipeline')
  await page.getByText('Was this database moved here, or copied?').waitFor()
  await page.getByRole('link', { name: 'Contacts', exact: true }).click()
  await page.getByRole('heading', { name: 'Contacts' }).waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.getByRole('link', { name: 'Review' }).click()
  await page.getByRole('button', { name: 'It was moved' }).click()
  await page.getByText('Nothing is on hold').waitFor()
})
