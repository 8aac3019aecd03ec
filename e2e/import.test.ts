/** Importing as a person does it: the wizard, what it refuses, what it remembers, undo and resuming. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { goTo, startWeb, textOf, type WebProgram } from './web'

const fixtures = join(import.meta.dirname, '..', 'src', 'core', 'transfer', 'import', 'fixtures')
const maven = (name: string) => join(fixtures, 'maven-crm', name)
/** A file as Playwright hands it to the page. */
const csv = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.isBuffer(content) ? content : Buffer.from(content),
})
type Chosen = string | ReturnType<typeof csv>

interface PageOf<Item> {
  items: Item[]
  total: number
}
interface Stage {
  id: string
  name: string
  kind: string
}
interface Money {
  amount: string
  currency: string
}

async function choose(page: Page, file: Chosen) {
  await goTo(page, '/import')
  await page.getByLabel('File to import').setInputFiles(file)
}

const chooseKind = (page: Page, kind: string) =>
  page.getByRole('radio', { name: new RegExp(`^${kind}`) }).click()

/** From the file to the step in which everything is checked. */
async function bringToCheck(page: Page, file: Chosen, kind?: string) {
  await choose(page, file)
  await page.getByRole('heading', { name: 'What is in' }).waitFor()
  if (kind) await chooseKind(page, kind)
  await page.getByRole('button', { name: 'Continue with' }).click()
  await page.getByRole('button', { name: 'Check the file' }).click()
  await page.getByRole('heading', { name: 'This is what would happen' }).waitFor()
}

const count = async (page: Page, label: string) =>
  Number(
    (
      await page.locator('dl > div').filter({ hasText: label }).locator('dd').innerText()
    ).replaceAll(',', ''),
  )
const importButton = (page: Page, what: string | RegExp) =>
  page.getByRole('button', { name: what, exact: typeof what === 'string' })

async function finish(page: Page, what: string | RegExp) {
  await importButton(page, what).click()
  await page.getByRole('heading', { name: 'The import is done' }).waitFor({ timeout: 60_000 })
}

const total = async ({ api }: WebProgram, path: string, filter?: object[]) =>
  (
    await api<PageOf<unknown>>(
      'GET',
      `${path}?limit=1${filter ? `&filter=${encodeURIComponent(JSON.stringify({ all: filter }))}` : ''}`,
    )
  ).total
const withStatus = (value: string) => [{ field: 'status', operator: 'equals', value }]
const stagesOf = ({ api }: WebProgram) => api<Stage[]>('GET', '/pipeline/stages')
const stageNames = async (program: WebProgram) => (await stagesOf(program)).map(({ name }) => name)

async function undoFromHistory(page: Page, file: string) {
  await goTo(page, '/import/history')
  await page.getByRole('button', { name: `Actions for ${file}` }).click()
  await page.getByRole('menuitem', { name: 'Undo the import' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click()
  await page
    .getByRole('row')
    .filter({ hasText: file })
    .getByText('Undone', { exact: true })
    .waitFor({ timeout: 180_000 })
}

const patience = { timeout: 400_000 }

test(
  'the Maven files become companies, users and leads with exactly their numbers, once and not twice, and go again',
  patience,
  async () => {
    const program = await startWeb()
    const { api } = program
    const before = await stageNames(program)
    const page = await program.open('/import')

    await bringToCheck(page, maven('accounts.csv'))
    await finish(page, 'Import 85 companies')
    await bringToCheck(page, maven('sales_teams.csv'))
    await finish(page, 'Import 35 users')
    await bringToCheck(page, maven('sales_pipeline.csv'))
    const stages = page.getByRole('region', { name: 'Stages not in the pipeline' })
    await stages.getByText('Engaging').waitFor({ timeout: 60_000 })
    await stages.getByText('Prospecting').waitFor()
    await finish(page, 'Import 8,800 leads')
    expect(await count(page, 'Not imported')).toBe(0)

    expect(await total(program, '/companies')).toBe(85)
    expect(await total(program, '/leads', withStatus('won'))).toBe(4238)
    expect(await total(program, '/leads', withStatus('lost'))).toBe(2473)
    expect(await total(program, '/leads', withStatus('open'))).toBe(2089)
    expect(await total(program, '/leads', [{ field: 'company', operator: 'is_empty' }])).toBe(1425)
    const overview = await api<{ stages: { stageId: string; value: Money[] }[] }>(
      'GET',
      '/pipeline/overview',
    )
    const won = (await stagesOf(program)).find(({ kind }) => kind === 'won')
    expect(overview.stages.find(({ stageId }) => stageId === won?.id)?.value).toEqual([
      { amount: '10005534.00', currency: 'USD' },
    ])
    const users = await api<PageOf<{ id: string }>>('GET', '/users?limit=200')
    const owned = await Promise.all(
      users.items.map(({ id }) =>
        total(program, '/leads', [{ field: 'owner', operator: 'equals', value: id }]),
      ),
    )
    expect(owned.filter((leads) => leads > 0)).toHaveLength(30)

    // The same once more, now as an update.
    await bringToCheck(page, maven('sales_pipeline.csv'))
    await page.getByText('8,800 rows of leads that are already there').waitFor({ timeout: 60_000 })
    await page.getByText('Update them').click()
    await expect.poll(() => count(page, 'Already the same'), { timeout: 60_000 }).toBe(8800)
    expect(await count(page, 'Will be updated')).toBe(0)
    await page.getByText('There is nothing to import.').waitFor()
    expect(await importButton(page, 'Import').isDisabled()).toBe(true)

    for (const file of ['sales_pipeline.csv', 'sales_teams.csv', 'accounts.csv'])
      await undoFromHistory(page, file)
    expect(await total(program, '/leads')).toBe(0)
    expect(await total(program, '/companies')).toBe(0)
    expect(await total(program, '/users')).toBe(1)
    expect(await stageNames(program)).toEqual(before)
  },
)

/** The head of a file within a ZIP archive, as every workbook begins. */
function zipEntry(name: string): Buffer {
  const header = Buffer.alloc(30)
  header.write('PK\u0003\u0004', 'latin1')
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, Buffer.from(name)])
}

test('files that are no CSV are refused with what they are and what to do', async () => {
  const program = await startWeb()
  const page = await program.open('/import')
  const workbook = Buffer.concat([zipEntry('[Content_Types].xml'), zipEntry('xl/workbook.xml')])
  const refusal = page.getByRole('alert')

  await choose(page, csv('leads.csv', workbook))
  await refusal.getByText('This is an Excel workbook').waitFor()
  await choose(page, csv('nothing.csv', ''))
  await refusal.getByText('The file is empty').waitFor()
  const noise = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919 + 13) % 256))
  await choose(page, csv('noise.csv', noise))
  await page.getByText('noise.csv was not taken in').waitFor()
  await refusal.waitFor()
  expect(new URL(page.url()).hash).toBe('#/import')
})

test('how a file is read can be changed, with the effect in sight', async () => {
  const program = await startWeb()
  const page = await program.open('/import')
  const text = 'Firma;Ort\nKöppel & Söhne;Zürich\nAérospatiale;Genève\n'
  await choose(page, csv('firmen.csv', Buffer.from(text, 'latin1')))
  await page.getByRole('cell', { name: 'Köppel & Söhne' }).waitFor()

  await page.getByRole('combobox', { name: 'Encoding' }).click()
  await page.getByRole('option', { name: 'Cyrillic (Windows-1251)' }).click()
  await page.getByRole('cell', { name: 'Kцppel & Sцhne' }).waitFor()
  await page.getByRole('combobox', { name: 'Encoding' }).click()
  await page.getByRole('option', { name: 'Western (Windows-1252)' }).click()
  await page.getByRole('cell', { name: 'Köppel & Söhne' }).waitFor()

  // Typed and left, the first match is taken; opened and left, a list stays as it was.
  const encoding = page.getByRole('combobox', { name: 'Encoding' })
  await encoding.fill('Cyrillic (W')
  await encoding.press('Tab')
  await page.getByRole('cell', { name: 'Kцppel & Sцhne' }).waitFor()
  await encoding.fill('Western (W')
  await encoding.press('Tab')
  await page.getByRole('cell', { name: 'Köppel & Söhne' }).waitFor()
  await encoding.click()
  await encoding.press('ArrowDown')
  await encoding.press('Tab')

  await page.getByRole('combobox', { name: 'Cells are divided by' }).click()
  await page.getByRole('option', { name: 'Commas' }).click()
  await page.getByRole('cell', { name: 'Köppel & Söhne;Zürich' }).waitFor()
  await page.getByRole('combobox', { name: 'Cells are divided by' }).click()
  await page.getByRole('option', { name: 'Semicolons' }).click()
  await page.getByRole('columnheader', { name: 'Ort' }).waitFor()

  await page.getByRole('combobox', { name: 'Column names are in' }).click()
  await page.getByRole('option', { name: 'No line: all rows are data' }).click()
  await page.getByRole('cell', { name: 'Firma' }).waitFor()
})

const deals = `deal,client,who,phase,worth,colour
Crane hire,Acme,Omar,Talking,1200,red
Scaffold,Beta,Nora,Won,800,blue
Nothing,Beta,Nora,Won,a lot,blue
`

test('unknown people and stages are created, listed or refused, and what is wrong can be taken away as a file', async () => {
  const program = await startWeb()
  const page = await program.open('/import')
  const nora = await program.api<{ id: string }>('POST', '/users', { name: 'Nora Lindqvist' })
  await choose(page, csv('deals.csv', deals))
  await chooseKind(page, 'Lead')
  await page.getByRole('button', { name: 'Continue with leads' }).click()

  const fieldsFor = (column: string) =>
    page.getByRole('combobox', { name: `Fields for ${column}`, exact: true })
  const give = async (column: string, field: string) => {
    await fieldsFor(column).click()
    await fieldsFor(column).fill(field)
    await page.getByRole('option', { name: field }).first().click()
    await page.keyboard.press('Escape')
  }
  const columns = page.getByRole('region', { name: 'Columns', exact: true })
  const rowOf = (column: string) =>
    columns
      .locator('div')
      .filter({ has: fieldsFor(column) })
      .last()
  for (const [column, field] of [
    ['who', 'Owner'],
    ['phase', 'Stage'],
    ['worth', 'Value'],
  ] as const) {
    const mapped = rowOf(column).getByText(field, { exact: true })
    if ((await mapped.count()) === 0) await give(column, field)
    await mapped.waitFor()
  }
  await page.getByRole('button', { name: 'Check the file' }).click()

  const owners = page.getByRole('region', { name: 'People not in Rapport yet' })
  await owners.getByText('Omar').waitFor()
  await owners.getByRole('combobox', { name: 'Who is Nora?' }).click()
  await page.getByRole('option', { name: 'Nora Lindqvist' }).click()
  const stages = page.getByRole('region', { name: 'Stages not in the pipeline' })
  await stages.getByRole('combobox', { name: 'What is the stage Talking?' }).click()
  await page.getByRole('option', { name: 'Contacted', exact: true }).click()
  await expect.poll(() => count(page, 'Cannot be imported')).toBe(1)

  const problems = page.getByRole('region', { name: 'Rows with problems' })
  await problems.getByRole('cell', { name: '4', exact: true }).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    problems.getByRole('button', { name: 'Download the row' }).click(),
  ])
  const rejected = await textOf(download)
  expect(rejected).toContain('a lot')
  expect(rejected.trim().split(/\r?\n/)).toHaveLength(2)

  await page.getByText('Reject their rows').first().click()
  await importButton(page, 'Import 1 lead').waitFor()
  await owners.getByText('Create users').click()
  await finish(page, 'Import 2 leads')
  const { items } = await program.api<
    PageOf<{ title: string; owner: { id: string; name: string }; stage: { name: string } }>
  >('GET', '/leads?sort=title')
  expect(items.map(({ title, owner, stage }) => [title, owner.name, stage.name])).toEqual([
    ['Crane hire', 'Omar', 'Contacted'],
    ['Scaffold', 'Nora Lindqvist', 'Won'],
  ])
  expect(items[1]?.owner.id).toBe(nora.id)

  // The same header again: how it was mapped is remembered.
  await choose(page, csv('deals of May.csv', deals.replaceAll('Crane', 'Tower crane')))
  await page.getByRole('button', { name: 'Continue with leads' }).click()
  await page.getByText('Remembered from last time').waitFor()
})

test('rows copied from a spreadsheet are imported, and several columns make one field', async () => {
  const program = await startWeb()
  const page = await program.open('/import')
  await page.getByRole('button', { name: 'Paste rows' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('company\tcity\nAcme\tOslo\nBeta\tBergen')
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await chooseKind(page, 'Company')
  await page.keyboard.press('Control+Enter')
  const city = page.getByRole('combobox', { name: 'Fields for city', exact: true })
  await city.click()
  await page.getByRole('option', { name: 'Name *' }).click()
  await page.keyboard.press('Escape')
  const sample = page.getByRole('region', { name: 'One row as a record' })
  await sample.getByText('Acme – Oslo').waitFor()
  await sample.getByRole('button', { name: 'The next row' }).click()
  await sample.getByText('Beta – Bergen').waitFor()
  await page.getByRole('button', { name: 'Check the file' }).click()
  await finish(page, 'Import 2 companies')
  const { items } = await program.api<PageOf<{ name: string }>>('GET', '/companies?sort=name')
  expect(items.map(({ name }) => name)).toEqual(['Acme – Oslo', 'Beta – Bergen'])
})

test(
  'an import continues while its page is left, can be stopped and resumed, and loses nothing',
  patience,
  async () => {
    const program = await startWeb()
    const page = await program.open('/import')
    const rows = 30_000
    const lines = Array.from({ length: rows }, (_, index) => `Company ${index},Town ${index % 97}`)
    await bringToCheck(page, csv('many.csv', `name,city\n${lines.join('\n')}\n`), 'Company')
    const button = importButton(page, `Import ${rows.toLocaleString('en')} companies`)
    await button.waitFor({ timeout: 90_000 })
    await button.click()
    await page.getByRole('heading', { name: 'Importing' }).waitFor()

    await goTo(page, '/settings/workspace')
    const sign = page.getByRole('button', { name: /^Importing companies: \d+ %/ })
    await sign.waitFor()
    await sign.click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('heading', { name: 'The import was cancelled' }).waitFor()
    const stopped = await total(program, '/companies')
    expect(stopped).toBeLessThan(rows)

    await page.getByRole('button', { name: 'Go on with it' }).click()
    await page.getByRole('heading', { name: 'The import is done' }).waitFor({ timeout: 90_000 })
    expect(await total(program, '/companies')).toBe(rows)

    const kept = await program.api<PageOf<{ id: string }>>('GET', '/companies?limit=1&sort=name')
    await program.api('PATCH', `/companies/${kept.items[0]?.id}`, { phone: '+47 22 00 00 00' })
    await page.getByRole('button', { name: 'Undo the import' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click()
    await page.getByText(/^1 row stayed as it is/).waitFor({ timeout: 90_000 })
    expect(await total(program, '/companies')).toBe(1)
  },
)
