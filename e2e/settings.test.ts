/** The settings as an admin uses them: first run, users and tokens, words and fields, backup and restore. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { goTo, startWeb, type WebProgram } from './web'

interface Workspace {
  onboarded: boolean
  currency: string
  timezone: string
}
interface Named {
  id: string
  name: string
}
interface PageOf<Item> {
  items: Item[]
  total: number
}

const workspaceOf = ({ api }: WebProgram) => api<Workspace>('GET', '/settings')

test('a new database asks three things once, and takes currency and zone from the browser', async () => {
  const program = await startWeb()
  const page = await program.open('/', {
    welcome: true,
    locale: 'de-AT',
    timezoneId: 'Europe/Vienna',
  })
  await page.getByRole('heading', { name: 'Good to have you here' }).waitFor()

  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByText('must not be blank').waitFor()
  expect((await workspaceOf(program)).onboarded).toBe(false)

  await page.getByLabel('Your name').fill('Jana Dvořák')
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByRole('heading', { name: 'Three things worth knowing' }).waitFor()
  await page.getByRole('button', { name: 'Open Rapport' }).click()
  await page.getByRole('navigation', { name: 'Places' }).first().waitFor()

  expect(await workspaceOf(program)).toMatchObject({
    onboarded: true,
    currency: 'EUR',
    timezone: 'Europe/Vienna',
  })
  expect(await program.api('GET', '/users/me')).toMatchObject({ name: 'Jana Dvořák' })

  // Neither undo nor reload leads back to the questions.
  await page.keyboard.press('Control+z')
  await page.getByText(/^Undone: /).waitFor()
  await page.reload()
  await page.getByRole('navigation', { name: 'Places' }).first().waitFor()
  expect(await page.getByRole('heading', { name: 'Good to have you here' }).count()).toBe(0)
})

test('the first run can fill the database with sample data, and one undo takes all of it away', async () => {
  const program = await startWeb()
  const page = await program.open('/', { welcome: true })
  await page.getByLabel('Your name').fill('Jana')
  await page.getByRole('button', { name: 'Look around with sample data' }).click()
  await page.getByRole('button', { name: 'Open Rapport' }).click()
  const { total } = await program.api<PageOf<Named>>('GET', '/companies')
  expect(total).toBe(10)

  const batches = await program.api<{ id: string; label: string }[]>('GET', '/changes/batches')
  const sample = batches.find(({ label }) => label === 'Load sample data')
  await program.api('POST', '/changes/undo', { batchId: sample?.id })
  expect((await program.api<PageOf<Named>>('GET', '/companies')).total).toBe(0)
  expect((await program.api<PageOf<Named>>('GET', '/leads')).total).toBe(0)
})

test('workspace settings refuse what cannot be, beside the field, and an undo shows in the open form', async () => {
  const program = await startWeb()
  const page = await program.open('/settings/workspace')
  const days = page.getByLabel('Days in the trash')
  await days.fill('0')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('must be at least 1').waitFor()
  expect(await program.api('GET', '/settings')).toMatchObject({ trashDays: 30 })

  await days.fill('90')
  await page.getByLabel('Name').fill('Northwind sales')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(() => days.inputValue()).toBe('30')
  await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('My workspace')
})

test('a user made here gets a token that is shown once, works over HTTP as that user, and can be revoked', async () => {
  const program = await startWeb()
  const page = await program.open('/settings/users')
  await page.getByRole('link', { name: 'New user' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Omar Rep')
  await page.getByRole('textbox', { name: 'E-mail' }).fill('not an address')
  await page.getByRole('button', { name: 'Create the user' }).click()
  await page.getByText('must be an e-mail address').waitFor()
  await page.getByRole('textbox', { name: 'E-mail' }).fill('omar@example.com')
  await page.getByRole('button', { name: 'Create the user' }).click()
  await page.getByRole('heading', { name: 'Omar Rep' }).waitFor()

  await page.getByLabel('Name of the new token').fill('Website form')
  await page.getByRole('button', { name: 'Make a token' }).click()
  const dialog = page.getByRole('dialog')
  const token = (await dialog.locator('pre').innerText()).trim()
  expect(token).toMatch(/^rapport_/)
  const whoAmI = () =>
    fetch(`${program.url}/api/users/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(await (await whoAmI()).json()).toMatchObject({ name: 'Omar Rep', role: 'rep' })

  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('Website form', { exact: true }).waitFor()
  expect(await page.getByText(token).count()).toBe(0)

  await page.getByRole('button', { name: 'Revoke Website form' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect.poll(async () => (await whoAmI()).status).toBe(401)
})

test('a user can be deactivated and activated again, but not the one who is in', async () => {
  const program = await startWeb()
  const omar = await program.api<Named>('POST', '/users', { name: 'Omar Rep' })
  const page = await program.open(`/settings/users/${omar.id}`)
  await page.getByRole('button', { name: 'Deactivate' }).click()
  await page.getByRole('button', { name: 'Activate again' }).waitFor()
  expect(await program.api('GET', `/users/${omar.id}`)).toMatchObject({ active: false })
  await page.getByRole('button', { name: 'Activate again' }).click()
  await page.getByRole('button', { name: 'Deactivate' }).waitFor()

  const me = await program.api<Named>('GET', '/users/me')
  await goTo(page, `/settings/users/${me.id}`)
  await page.getByRole('heading', { name: me.name }).waitFor()
  expect(await page.getByRole('button', { name: 'Deactivate' }).isDisabled()).toBe(true)
})

test('own activity types and fields are added, renamed and taken out of use', async () => {
  const program = await startWeb()
  const page = await program.open('/settings/activities')
  const types = page.getByRole('region', { name: 'Types', exact: true })
  await types.getByLabel('New type').fill('Site visit')
  await types.getByRole('button', { name: 'Add' }).click()
  await types.getByRole('button', { name: 'Rename Site visit' }).click()
  await types.getByLabel('New name').fill('Visit on site')
  await types.getByRole('button', { name: 'Rename', exact: true }).click()
  await types.getByRole('switch', { name: 'Visit on site is in use' }).click({ force: true })
  await types.getByText('Out of use').waitFor()
  const words = await program.api<{ name: string }[]>('GET', '/activities/types')
  expect(words.find(({ name }) => name === 'site_visit')).toEqual({
    name: 'site_visit',
    label: 'Visit on site',
    builtIn: false,
    active: false,
  })
  await types.getByLabel('New type').fill('Call')
  await types.getByRole('button', { name: 'Add' }).click()
  await types.getByText('there is already Call').waitFor()

  await goTo(page, '/settings/fields')
  const leads = page.getByRole('region', { name: 'Leads', exact: true })
  await leads.getByRole('button', { name: 'Add a field' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Label').fill('Contract number')
  await dialog.getByRole('button', { name: 'Add the field' }).click()
  await leads.getByText('custom.contract_number').waitFor()
  await leads.getByRole('button', { name: 'Remove Contract number' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the field' }).click()
  await expect.poll(() => program.api('GET', '/settings/custom-fields?table=lead')).toEqual([])
})

test('a backup made by hand brings the database back, and so does the one made on the way', async () => {
  const program = await startWeb()
  await program.api('POST', '/companies', { name: 'Before' })
  const page = await program.open('/settings/backups')
  await page.getByRole('button', { name: 'Back up now' }).click()
  const rowOf = (reason: string) => page.getByRole('row').filter({ hasText: reason })
  await rowOf('By hand').waitFor()
  await program.api('POST', '/companies', { name: 'After' })
  const companies = async () =>
    (await program.api<PageOf<Named>>('GET', '/companies')).items.map(({ name }) => name).sort()

  const restore = async (reason: string) => {
    await rowOf(reason).getByRole('button', { name: 'Restore' }).click()
    const dialog = page.getByRole('dialog', { name: 'Restore this backup?' })
    await dialog.getByRole('button', { name: 'Restore' }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  await restore('By hand')
  expect(await companies()).toEqual(['Before'])
  await page.getByText('Set aside').waitFor()

  await restore('Before a restore')
  expect(await companies()).toEqual(['After', 'Before'])
})

test('a damaged database shows one screen, from which the newest backup is put back', async () => {
  const first = await startWeb()
  const { directory } = first
  await first.api('POST', '/companies', { name: 'Kept in the backup' })
  await first.api('POST', '/database/backups', {})
  await first.kill()
  for (const file of readdirSync(directory).filter((name) => /-(wal|shm)$/.test(name)))
    writeFileSync(join(directory, file), '')
  writeFileSync(join(directory, 'rapport.db'), Buffer.alloc(65_536, 7))

  const program = await startWeb({ directory })
  const page = await program.open('/', { welcome: true })
  await page.getByRole('heading', { name: 'Rapport cannot open your database' }).waitFor()
  expect(await page.getByRole('navigation').count()).toBe(0)

  await page.getByRole('button', { name: 'Start empty…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page
    .getByRole('row')
    .filter({ hasText: 'By hand' })
    .getByRole('button', { name: 'Restore' })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('heading', { name: 'Good to have you here' }).waitFor()
  const { items } = await program.api<PageOf<Named>>('GET', '/companies')
  expect(items.map(({ name }) => name)).toEqual(['Kept in the backup'])
})
