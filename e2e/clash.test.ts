/** Two people edit one text in two browsers: whoever saves later sees both versions and chooses. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { goTo, startWeb, type WebProgram } from './web'

interface Named {
  id: string
  name: string
}

/** The owner's window and that of a second admin, both at this place. */
async function openTwo(program: WebProgram, at: string): Promise<{ mine: Page; rileys: Page }> {
  const riley = await program.api<Named>('POST', '/users', { name: 'Riley Stone', role: 'admin' })
  const { token } = await program.api<{ token: string }>('POST', `/users/${riley.id}/tokens`, {
    name: 'Browser',
  })
  const mine = await program.open(at)
  const context = await mine.context().browser()?.newContext()
  if (!context) throw new Error('The browser is gone.')
  const rileys = await context.newPage()
  await rileys.goto(`${program.url}/#token=${token}`)
  await rileys.waitForURL((address) => !address.hash.includes('token'))
  await goTo(rileys, at)
  return { mine, rileys }
}

const dialogOf = (page: Page) =>
  page.getByRole('dialog').filter({ hasText: 'changed while you were editing' })

async function editDescription(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Edit Description' }).click()
  await page.getByRole('textbox', { name: 'Description' }).fill(text)
}
const saveFact = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()

test('a description that two people write is shown in both versions, and either or both are kept', async () => {
  const program = await startWeb()
  const { id } = await program.api<Named>('POST', '/companies', {
    name: 'Initech',
    description: 'Makes printers.',
  })
  const stored = async () =>
    (await program.api<{ description: string }>('GET', `/companies/${id}`)).description
  const { mine, rileys } = await openTwo(program, `/companies/${id}`)

  // Theirs.
  await editDescription(mine, 'Makes printers and scanners.')
  await editDescription(rileys, 'Makes printers in Brno.')
  await saveFact(rileys)
  await expect.poll(stored).toBe('Makes printers in Brno.')
  await rileys.getByText('Makes printers in Brno.').waitFor()
  // What others save does not touch what is being typed.
  expect(await mine.getByRole('textbox', { name: 'Description' }).inputValue()).toBe(
    'Makes printers and scanners.',
  )
  await saveFact(mine)
  const dialog = dialogOf(mine)
  await dialog.getByText('Riley Stone').waitFor()
  await dialog.getByText('Makes printers and scanners.').waitFor()
  await dialog.getByText('Makes printers in Brno.').waitFor()
  expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await dialog.getByRole('radio', { name: 'Use theirs' }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await mine.getByText('Makes printers in Brno.').waitFor()
  expect(await stored()).toBe('Makes printers in Brno.')

  // Mine, after a second look at what was typed: nothing of it is lost by going back.
  await editDescription(mine, 'Sold to Globex.')
  await editDescription(rileys, 'Bought by Globex.')
  await saveFact(rileys)
  await expect.poll(stored).toBe('Bought by Globex.')
  await saveFact(mine)
  await dialog.waitFor()
  await mine.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  const field = mine.getByRole('textbox', { name: 'Description' })
  expect(await field.inputValue()).toBe('Sold to Globex.')
  expect(await stored()).toBe('Bought by Globex.')
  await field.fill('Sold to Globex in May.')
  await saveFact(mine)
  await dialog.getByRole('radio', { name: 'Keep mine' }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect.poll(stored).toBe('Sold to Globex in May.')

  // Both.
  await rileys.getByText('Sold to Globex in May.').waitFor()
  await editDescription(mine, 'Sold to Globex in May.\nAsk for Peter.')
  await editDescription(rileys, 'Sold to Globex in May.\nNew address.')
  await saveFact(rileys)
  await expect.poll(stored).toContain('New address.')
  await saveFact(mine)
  await dialog.getByRole('radio', { name: 'Combine both' }).check()
  const both = dialog.getByRole('textbox', { name: 'Description, both versions' })
  expect(await both.inputValue()).toBe('Sold to Globex in May.\nNew address.\nAsk for Peter.')
  await both.fill('Sold to Globex in May.\nNew address. Ask for Peter.')
  await mine.keyboard.press('Control+Enter')
  await expect.poll(stored).toBe('Sold to Globex in May.\nNew address. Ask for Peter.')
})

test('a note on the timeline keeps what was typed when its clash is put aside', async () => {
  const program = await startWeb()
  const { id } = await program.api<Named>('POST', '/companies', { name: 'Initech' })
  const note = await program.api<Named>('POST', '/activities', {
    type: 'note',
    companyId: id,
    description: 'Met at the fair.',
  })
  const stored = async () =>
    (await program.api<{ description: string }>('GET', `/activities/${note.id}`)).description
  const { mine } = await openTwo(program, `/companies/${id}`)
  await mine.getByText('Met at the fair.').waitFor()
  await mine.getByRole('button', { name: 'More', exact: true }).last().click()
  await mine.getByRole('menuitem', { name: 'Edit' }).click()
  const text = mine.getByRole('textbox', { name: 'Text' })
  await text.fill('Met at the fair in May.')
  await program.api('PATCH', `/activities/${note.id}`, { description: 'Met in Vienna.' })
  await text.press('Control+Enter')
  const dialog = dialogOf(mine)
  await dialog.getByText('Met in Vienna.').waitFor()
  await dialog.getByRole('button', { name: 'Keep editing' }).last().click()
  await mine.getByText('Save again to compare both versions').waitFor()
  expect(await text.inputValue()).toBe('Met at the fair in May.')
  await text.press('Control+Enter')
  await dialog.getByRole('radio', { name: 'Keep mine' }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect.poll(stored).toBe('Met at the fair in May.')
})

test('settings that two people change in different fields keep both, without a question', async () => {
  const program = await startWeb()
  const { mine, rileys } = await openTwo(program, '/settings/workspace')
  await mine.getByLabel('Name').fill('Northwind')
  await rileys.getByLabel('Days in the trash').fill('60')
  await rileys.getByRole('button', { name: 'Save' }).click()
  // The other field shows at once, what is typed stays.
  await expect.poll(() => mine.getByLabel('Days in the trash').inputValue()).toBe('60')
  expect(await mine.getByLabel('Name').inputValue()).toBe('Northwind')
  await mine.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(() => program.api('GET', '/settings'))
    .toMatchObject({ name: 'Northwind', trashDays: 60 })
  expect(await dialogOf(mine).count()).toBe(0)
})
