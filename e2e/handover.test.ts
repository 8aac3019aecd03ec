/** Giving a record to somebody else, in a browser: who gets it, and what goes along. */
import { expect, test } from 'vitest'
import { startWeb } from './web'

test('several leads get another owner without a mouse, and one question is about all of them', async () => {
  const web = await startWeb()
  await web.api('POST', '/users', { name: 'Ada', role: 'rep' })
  for (const title of ['Renewal', 'Racking']) {
    const lead = await web.api<{ id: string }>('POST', '/leads', { title })
    await web.api('POST', '/tasks', { title: 'Call', leadId: lead.id })
  }
  const owners = async () =>
    (await web.api<{ items: { owner: { name: string } }[] }>('GET', '/leads')).items.map(
      ({ owner }) => owner.name,
    )
  const page = await web.open('/leads')
  await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check()
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Change owner' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change owner of 2 leads' })
  await dialog.getByRole('combobox', { name: 'Owner' }).waitFor()
  await page.getByRole('option', { name: 'Ada' }).waitFor()
  await page.keyboard.type('ada')
  await page.getByRole('option', { name: 'Me', exact: true }).waitFor({ state: 'detached' })
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  const question = page.getByRole('dialog', { name: 'Also move 2 tasks?' })
  await question.waitFor()
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  expect(await page.getByText('Not saved').count()).toBe(0)
  expect(await owners()).toEqual(['Me', 'Me'])
  await dialog.getByRole('button', { name: 'Change' }).click()
  await question.getByRole('button', { name: 'Change the owner only' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await owners()).toEqual(['Ada', 'Ada'])
})

test('a lead goes to the person typed, with its open work or not; who goes back leaves all as it was', async () => {
  const web = await startWeb()
  const ada = await web.api<{ id: string }>('POST', '/users', { name: 'Ada', role: 'rep' })
  const lead = await web.api<{ id: string }>('POST', '/leads', { title: 'Renewal' })
  const task = await web.api<{ id: string }>('POST', '/tasks', {
    title: 'Send the offer',
    leadId: lead.id,
  })
  await web.api('POST', '/reminders', { leadId: lead.id, wallTime: '2030-01-07T10:00' })
  const ownerNow = async () =>
    (await web.api<{ owner: { name: string } }>('GET', `/leads/${lead.id}`)).owner.name
  const page = await web.open(`/leads/${lead.id}`)
  const edit = page.getByRole('button', { name: 'Edit Owner' })
  const give = async () => {
    await edit.click()
    // What is typed takes the place of the owner's name.
    await page.getByRole('option', { name: 'Ada' }).waitFor()
    await page.keyboard.type('ada')
    await page.getByRole('option', { name: 'Me', exact: true }).waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
  }

  await give()
  const question = page.getByRole('dialog', { name: 'Also move 1 task and 1 reminder?' })
  await question.waitFor()
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  await expect.poll(() => edit.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(await page.getByText('The owner was not changed').count()).toBe(0)
  expect(await ownerNow()).toBe('Me')

  await give()
  await question.getByRole('button', { name: 'Move all' }).click()
  await question.waitFor({ state: 'detached' })
  await expect.poll(ownerNow).toBe('Ada')
  expect(await web.api('GET', `/tasks/${task.id}`)).toMatchObject({ assignee: { id: ada.id } })
})
