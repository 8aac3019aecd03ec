/** Custom fields of every kind: made in the settings, filled in on a record, shown, sorted and filtered by in a list. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { goTo, startWeb, type WebProgram } from './web'

interface Lead {
  id: string
  custom: Record<string, unknown>
}
interface Named {
  id: string
}

/** `SHOTS=folder` keeps pictures of the screens, to look at. */
async function shoot(page: Page, name: string) {
  const folder = process.env.SHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

const holds: Record<string, string> = {
  Memo: 'Text',
  Seats: 'Number',
  Budget: 'Money',
  Discount: 'Percent',
  Renewal: 'Date',
  Strategic: 'Yes or no',
  Size: 'One of several choices',
  Regions: 'Any of several choices',
  Partner: 'Person',
  Portal: 'Web address',
  Billing: 'E-mail address',
  Hotline: 'Phone number',
}

async function addField(page: Page, label: string) {
  const leads = page.getByRole('region', { name: 'Leads', exact: true })
  await leads.getByRole('button', { name: 'Add a field' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Label').fill(label)
  await dialog.getByRole('combobox', { name: 'Holds' }).click()
  await page.getByRole('option', { name: holds[label] ?? '', exact: true }).click()
  if (label === 'Budget') {
    await dialog.getByRole('combobox', { name: 'Currency' }).fill('CHF')
    await page.getByRole('option', { name: 'CHF' }).click()
  }
  for (const choice of { Size: ['Small', 'Large'], Regions: ['North', 'South', 'West'] }[label] ??
    []) {
    await dialog.getByRole('combobox', { name: 'Choices' }).fill(choice)
    await page.keyboard.press('Enter')
  }
  if (label === 'Regions') await shoot(page, 'settings-choices')
  await dialog.getByRole('button', { name: 'Add the field' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await leads.getByRole('cell', { name: label, exact: true }).waitFor()
}

const customOf = async ({ api }: WebProgram, id: string) =>
  (await api<Lead>('GET', `/leads/${id}`)).custom

test('a field of each kind is made, filled in, and what does not fit is refused beside it', async () => {
  const program = await startWeb()
  const kim = await program.api<Named>('POST', '/users', { name: 'Kim Lee' })
  const { id } = await program.api<Named>('POST', '/leads', { title: 'Roof' })
  const page = await program.open('/settings/fields')
  for (const label of Object.keys(holds)) await addField(page, label)
  await shoot(page, 'settings')

  await goTo(page, `/leads/${id}`)
  const edit = (label: string) => page.getByRole('button', { name: `Edit ${label}` }).click()
  const type = async (label: string, text: string) => {
    await edit(label)
    await page.getByLabel(label, { exact: true }).fill(text)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: `Edit ${label}` }).waitFor()
  }
  await type('Memo', 'Met at the fair')
  await type('Seats', '1200.5')
  await type('Budget', '12,500.50')
  await type('Discount', '7.5')
  await type('Renewal', '2027-03-01')
  await edit('Strategic')
  await page.getByRole('switch', { name: 'Strategic' }).click({ force: true })
  await edit('Size')
  await page.getByRole('option', { name: 'Large' }).click()
  await edit('Regions')
  await page.getByRole('combobox', { name: 'Regions' }).click()
  await page.getByRole('option', { name: 'North' }).click()
  await page.getByRole('option', { name: 'West' }).click()
  await shoot(page, 'lead-choices')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await edit('Partner')
  await page.getByLabel('Partner', { exact: true }).fill('Kim')
  await page.getByRole('option', { name: /Kim Lee/ }).click()
  await type('Portal', 'acme.example')
  await edit('Billing')
  await page.getByLabel('Billing', { exact: true }).fill('not an address')
  await page.keyboard.press('Enter')
  await page.getByText('Billing must be an e-mail address').waitFor()
  await page.getByLabel('Billing', { exact: true }).fill('bills@acme.example')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Edit Billing' }).waitFor()
  await type('Hotline', '+49 89 12345')

  await expect
    .poll(() => customOf(program, id))
    .toEqual({
      memo: 'Met at the fair',
      seats: 1200.5,
      budget: { amount: '12500.50', currency: 'CHF' },
      discount: 7.5,
      renewal: '2027-03-01',
      strategic: true,
      size: 'Large',
      regions: ['North', 'West'],
      partner: kim.id,
      portal: 'https://acme.example',
      billing: 'bills@acme.example',
      hotline: '+49 89 12345',
    })
  await shoot(page, 'lead')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 844 })
  await shoot(page, 'lead-phone-dark')
})

test('a list shows custom fields, is sorted by them and narrowed by their kind', async () => {
  const program = await startWeb()
  const kim = await program.api<Named>('POST', '/users', { name: 'Kim Lee' })
  for (const [label, type] of [
    ['Budget', 'money'],
    ['Regions', 'many_choices'],
    ['Partner', 'person'],
    ['Discount', 'percent'],
  ])
    await program.api('POST', '/settings/custom-fields', {
      table: 'lead',
      label,
      type,
      choices: type === 'many_choices' ? ['North', 'South', 'West'] : [],
    })
  const budget = (amount: string) => ({ amount, currency: 'EUR' })
  for (const [title, custom] of Object.entries({
    Nine: { budget: budget('9'), regions: ['North'], discount: 9 },
    Hundred: { budget: budget('100'), regions: ['South', 'West'], partner: kim.id, discount: 100 },
    Ten: { budget: budget('10'), partner: kim.id, discount: 2.5 },
    None: {},
  }))
    await program.api('POST', '/leads', { title, custom })
  const page = await program.open('/leads?sort=custom.budget')
  const titles = () => page.getByRole('link', { name: /^(Nine|Hundred|Ten|None)$/ }).allInnerTexts()
  await expect.poll(titles).toEqual(['Nine', 'Ten', 'Hundred', 'None'])

  await page.getByRole('button', { name: 'Columns' }).click()
  for (const label of ['Budget', 'Regions', 'Partner', 'Discount']) {
    const box = page.getByRole('checkbox', { name: label, exact: true })
    await box.click()
    // The choice is kept with the user's preferences, and shows once it is there.
    await expect.poll(() => box.isChecked()).toBe(true)
  }
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Discount', exact: true }).click()
  await expect.poll(titles).toEqual(['Ten', 'Nine', 'Hundred', 'None'])
  await page.getByText('2.5%').waitFor()
  await shoot(page, 'list')

  await page.getByRole('button', { name: 'Filter' }).click()
  const filter = page.getByRole('dialog', { name: 'Filter' })
  await filter.getByRole('button', { name: 'Condition' }).click()
  await filter.getByRole('combobox', { name: 'Field' }).fill('Regions')
  await page.getByRole('option', { name: 'Regions' }).click()
  await filter.getByRole('combobox', { name: 'Value' }).click()
  await page.getByRole('option', { name: 'West' }).click()
  await shoot(page, 'filter')
  await expect.poll(titles).toEqual(['Hundred'])

  await goTo(
    page,
    `/leads?filter=${encodeURIComponent(
      JSON.stringify({
        all: [
          { field: 'custom.budget', operator: 'greater_than', value: 9.5 },
          { field: 'custom.partner', operator: 'in', value: [kim.id] },
        ],
      }),
    )}&sort=-custom.budget`,
  )
  await expect.poll(titles).toEqual(['Hundred', 'Ten'])
})
