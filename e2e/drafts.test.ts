/** Nothing typed is lost: forms are put aside by Esc, a click outside, a navigation, a reload or a crash, and come back as they were. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../src/testing-folder'
import { holdUp } from './intercept'
import { goTo, startWeb, type WebProgram } from './web'

const settled = { timeout: 15_000 }

interface Records {
  leadId: string
  cadenceId: string
}

async function prepare({ api }: WebProgram): Promise<Records> {
  const company = await api<{ id: string }>('POST', '/companies', { name: 'Acme Corporation' })
  await api('POST', '/companies', { name: 'Globex' })
  await api('POST', '/users', { name: 'Rita Rep', role: 'rep' })
  const contact = await api<{ id: string }>('POST', '/contacts', {
    firstName: 'Ann',
    lastName: 'Smith',
    email: 'ann@acme.example',
    companyId: company.id,
  })
  const lead = await api<{ id: string }>('POST', '/leads', {
    title: 'Roll-out',
    companyId: company.id,
    contactId: contact.id,
  })
  const cadence = await api<{ id: string }>('POST', '/cadences', { name: 'Call, then write' })
  return { leadId: lead.id, cadenceId: cadence.id }
}

const stored = ({ api }: WebProgram) => api<{ key: string; content: unknown }[]>('GET', '/drafts')

/** What the forms below have in them, as the core knows it; not when it was saved, which may look like it. */
const textsOf = async (program: WebProgram) =>
  JSON.stringify((await stored(program)).map(({ content }) => content))

/** A form that is typed into, how it is found, and how its page is reached. */
interface Form {
  name: string
  route(records: Records): string
  open(page: Page): Promise<void>
  field(page: Page): Locator
  text: string
  /** Esc and a click outside put it aside. */
  closes: boolean
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).first()

const onPress = (name: string) => (page: Page) => button(page, name).click()
const textbox = (name: string) => (page: Page) => page.getByRole('textbox', { name })
const inDialog = (name: string) => (page: Page) =>
  page.getByRole('dialog').getByRole('textbox', { name })

const forms: Form[] = [
  {
    name: 'an e-mail',
    route: ({ leadId }) => `/leads/${leadId}`,
    open: (page) => page.getByRole('button', { name: 'Send e-mail' }).click(),
    field: inDialog('Text'),
    text: 'Dear Ann, as promised on the phone.',
    closes: true,
  },
  {
    name: 'a call note',
    route: ({ leadId }) => `/leads/${leadId}`,
    open: onPress('Call'),
    field: textbox('Text'),
    text: 'She decides with her board on Friday.',
    closes: true,
  },
  {
    name: 'a step of a cadence',
    route: ({ cadenceId }) => `/cadences/${cadenceId}`,
    open: (page) => page.getByRole('button', { name: 'Add a step' }).click(),
    field: textbox('Script'),
    text: 'Ask who decides, and when.',
    closes: false,
  },
]

const parked = (page: Page) => page.getByRole('region', { name: 'Drafts' })

/** A step that was restored is folded. */
async function unfolded(page: Page, form: Form): Promise<Locator> {
  if (!form.closes && !(await form.field(page).isVisible()))
    await page.getByRole('button', { name: 'Step 1: Call' }).click(settled)
  return form.field(page)
}

async function resume(page: Page, form: Form) {
  await parked(page)
    .getByRole('button', { name: /^Continue / })
    .click(settled)
  await restored(page, form)
}

async function restored(page: Page, form: Form) {
  await page.getByText('Restored your draft').waitFor(settled)
  await expect.poll(async () => (await unfolded(page, form)).inputValue(), settled).toBe(form.text)
}

/** The choice that a screen reader says Enter would take. */
const markedBy = (field: Locator) =>
  field.evaluate(
    (input) =>
      document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.textContent,
  )

for (const form of forms) {
  test(`${form.name} is put aside, offered again at once, and comes back after a reload and a crash`, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'rapport-web-'))
    onTestFinished(() => removeFolder(directory))
    const program = await startWeb({ directory })
    const records = await prepare(program)
    const page = await program.open(form.route(records))
    await form.open(page)
    await form.field(page).fill(form.text)

    if (form.closes) {
      await page.keyboard.press('Escape')
      await form.field(page).waitFor({ state: 'detached', ...settled })
      await resume(page, form)
    }
    if (form.name === 'an e-mail') {
      await page.mouse.click(20, 780)
      await form.field(page).waitFor({ state: 'detached', ...settled })
      // The same form on the same record begins with it, whichever way it is opened.
      await form.open(page)
      await expect.poll(() => form.field(page).inputValue(), settled).toBe(form.text)
    }
    await goTo(page, '/companies')
    await page.getByRole('link', { name: 'Globex' }).first().waitFor(settled)
    await resume(page, form)

    // Reloaded right after the last key: what is not written yet goes out with the page.
    const longer = `${form.text} And more.`
    await (await unfolded(page, form)).fill(longer)
    await page.reload()
    await expect.poll(() => textsOf(program), settled).toContain('And more.')
    // A page that is the form begins with it by itself.
    if (form.closes) await resume(page, { ...form, text: longer })
    else await restored(page, { ...form, text: longer })

    await (await unfolded(page, form)).fill(form.text)
    await expect.poll(() => textsOf(program), settled).not.toContain('And more.')
    await program.kill()
    const again = await startWeb({ directory })
    expect(again.url).not.toBe(program.url)
    const later = await again.open('/today')
    await resume(later, form)
  })
}

test('a draft is gone once its form is saved, and a discarded one comes back by Undo', async () => {
  const program = await startWeb()
  const { leadId } = await prepare(program)
  const page = await program.open(`/leads/${leadId}`)
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  const text = page.getByRole('textbox', { name: 'Text' })
  await text.fill('Asked for a quote')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => stored(program), settled).toEqual([])
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(() => text.inputValue(), settled).toBe('Asked for a quote')
  await page.getByRole('button', { name: /^Log/ }).last().click()
  await page.getByText('Asked for a quote').waitFor(settled)
  await expect.poll(() => stored(program), settled).toEqual([])
  expect(await parked(page).count()).toBe(0)

  // A form in which nothing was typed closes as ever.
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await page.keyboard.press('Escape')
  expect(await parked(page).count()).toBe(0)
})

test('a company typed into a form is taken by Enter, by Tab and on leaving, and text that is none keeps it from saving', async () => {
  const program = await startWeb()
  await prepare(program)
  const page = await program.open('/leads')
  await page.getByRole('button', { name: 'New lead' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New lead' })
  const company = dialog.getByRole('combobox', { name: 'Company' })
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Second site')

  // Faster than what is found.
  await company.pressSequentially('acm')
  await page.keyboard.press('Tab')
  await expect.poll(() => company.inputValue(), settled).toBe('Acme Corporation')

  await company.fill('glob')
  await expect.poll(() => markedBy(company), settled).toBe('Globex')
  await page.keyboard.press('Enter')
  await expect.poll(() => company.inputValue(), settled).toBe('Globex')

  await company.fill('acme corporation')
  await dialog.getByRole('textbox', { name: 'Title' }).click()
  await expect.poll(() => company.inputValue(), settled).toBe('Acme Corporation')

  await company.fill('Initech')
  await dialog.getByRole('textbox', { name: 'Title' }).click()
  await dialog.getByText('Choose a company or create “Initech”').waitFor(settled)
  await page.keyboard.press('Control+Enter')
  await dialog.getByText('Choose a company or create “Initech”').waitFor(settled)
  expect(await program.api('GET', '/leads?q=Second')).toMatchObject({ total: 0 })
  await expect.poll(() => company.evaluate((field) => field === document.activeElement)).toBe(true)

  await expect.poll(() => markedBy(company), settled).toBe('Create “Initech”')
  await page.keyboard.press('Enter')
  const creating = page.getByRole('dialog', { name: 'New company' })
  await creating.getByRole('button', { name: 'Create company' }).click()
  await expect.poll(() => company.inputValue(), settled).toBe('Initech')
  await dialog.getByRole('button', { name: 'Create lead' }).click()
  await expect
    .poll(() => program.api('GET', '/leads?q=Second'), settled)
    .toMatchObject({ items: [{ company: { name: 'Initech' } }] })
  await expect.poll(() => stored(program), settled).toEqual([])
})

test('in quick add a company typed and left without a click goes with the lead', async () => {
  const program = await startWeb()
  await prepare(program)
  const page = await program.open('/pipeline')
  await page
    .getByRole('button', { name: /^Add a lead/ })
    .first()
    .click()
  const form = page.getByRole('form', { name: /^Add a lead to/ })
  await form.getByRole('textbox', { name: 'Title' }).fill('Third site')
  await form.getByRole('combobox', { name: 'Company' }).pressSequentially('globex')
  // Nothing is waited for: the form does.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => program.api('GET', '/leads?q=Third'), settled)
    .toMatchObject({ items: [{ company: { name: 'Globex' } }] })
})

test('in quick add a company that is still looked up goes with the lead on a page that draws late', async () => {
  const program = await startWeb()
  await prepare(program)
  const page = await program.open('/pipeline')
  // React asks for its next turn by a message: it comes after every timer here, and the field's own lookup, which
  // would make it draw, after that.
  await page.addInitScript(() => {
    const send = MessagePort.prototype.postMessage
    const later = window.setTimeout.bind(window)
    MessagePort.prototype.postMessage = function (message: unknown, options?: object) {
      later(() => send.call(this, message, options), 30)
    }
    const whileTyping = 120
    Object.assign(window, {
      setTimeout: (act: () => void, pause = 0) => later(act, pause === whileTyping ? 1000 : pause),
    })
  })
  await page.reload()
  await page
    .getByRole('button', { name: /^Add a lead/ })
    .first()
    .click()
  const form = page.getByRole('form', { name: /^Add a lead to/ })
  await form.getByRole('textbox', { name: 'Title' }).fill('Third site')
  const letThrough = await holdUp(page, 'companies/list', 'continue')
  await form.getByRole('combobox', { name: 'Company' }).pressSequentially('globex')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  letThrough()
  await expect
    .poll(() => program.api('GET', '/leads?q=Third'), settled)
    .toMatchObject({ items: [{ company: { name: 'Globex' } }] })
})

test('on a phone a new contact that was put aside waits in one line, and all drafts are in a list', async () => {
  const program = await startWeb()
  const { leadId } = await prepare(program)
  const page = await program.open(`/leads/${leadId}`, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  })
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  await page.getByRole('textbox', { name: 'Text' }).fill('Called')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await page.getByRole('textbox', { name: 'Text' }).fill('Noted')
  await page.keyboard.press('Escape')
  await parked(page).getByRole('button', { name: 'Continue Note: Roll-out' }).waitFor(settled)
  await parked(page).getByRole('button', { name: '1 more' }).click()
  const list = page.getByRole('dialog', { name: 'Drafts' })
  await list.getByRole('button', { name: /^Call: Roll-out/ }).click()
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Text' }).inputValue(), settled)
    .toBe('Called')
})

interface OtherForm {
  name: string
  route(records: Records): string
  open?(page: Page): Promise<void>
  field(page: Page): Locator
  /** Where not every text is taken. */
  text?: string
}

const onMenu = (name: string | RegExp) => async (page: Page) => {
  await page.locator('[data-card]').filter({ hasText: 'Roll-out' }).click({ button: 'right' })
  await page
    .getByRole('menuitem', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .click()
}

const otherForms: OtherForm[] = [
  {
    name: 'a fact of a lead',
    route: ({ leadId }) => `/leads/${leadId}`,
    open: onPress('Edit Description'),
    field: textbox('Description'),
  },
  {
    name: 'a new task',
    route: () => '/tasks',
    open: onPress('New task'),
    field: inDialog('Description'),
  },
  {
    name: 'a template of messages',
    route: () => '/settings/templates',
    open: onPress('New template'),
    field: inDialog('Text'),
  },
  {
    name: 'a template of activities',
    route: () => '/activities?tab=templates',
    open: onPress('Template'),
    field: inDialog('Text'),
  },
  {
    name: 'a signature',
    route: () => '/settings/preferences',
    field: textbox('Signature'),
  },
  {
    name: 'the reason why a lead is lost',
    route: ({ leadId }) => `/leads/${leadId}`,
    open: onPress('Lost'),
    field: textbox('Why was it lost?'),
  },
  {
    name: 'steps of a lead’s own',
    route: ({ leadId }) => `/leads/${leadId}`,
    async open(page) {
      await button(page, 'Plan steps').click()
      await page.getByText('Steps of its own').click()
    },
    field: textbox('What step 1 is about'),
  },
  {
    name: 'a line in Today',
    route: () => '/today',
    field: textbox('New task or reminder'),
  },
]

const formsBehindOthers: OtherForm[] = [
  {
    name: 'a new lead of the pipeline',
    route: () => '/pipeline',
    open: onPress('New lead'),
    field: inDialog('Title'),
  },
  {
    name: 'a call logged from the board',
    route: () => '/pipeline',
    open: onMenu(/^Log a call/),
    field: inDialog('Text'),
  },
  {
    name: 'the reason why a lead is lost, asked on the board',
    route: () => '/pipeline',
    open: onMenu('Lost'),
    field: textbox('Why was it lost?'),
  },
  {
    name: 'a task of a lead',
    route: ({ leadId }) => `/leads/${leadId}`,
    open: onPress('Add task'),
    field: inDialog('Description'),
  },
  {
    name: 'an activity for many leads',
    route: () => '/leads',
    async open(page) {
      await page.getByRole('link', { name: 'Roll-out' }).first().waitFor(settled)
      await page.keyboard.press('Control+a')
      await button(page, 'Log').click()
    },
    field: inDialog('Text'),
  },
  {
    name: 'a team',
    route: () => '/settings/teams',
    open: onPress('New team'),
    field: inDialog('Name'),
  },
  {
    name: 'an e-mail account',
    route: () => '/settings/mail',
    open: onPress('Add an account'),
    field: inDialog('Name of the account'),
  },
  {
    name: 'a pipeline',
    route: () => '/settings/pipelines',
    open: onPress('New pipeline'),
    field: inDialog('Name'),
  },
  {
    name: 'working hours of one’s own',
    route: () => '/settings/working-hours',
    open: (page) => page.getByText('My own').click(),
    field: (page) => page.getByLabel('Monday, from'),
    text: '07:11',
  },
  {
    name: 'days off of everybody',
    route: () => '/settings/working-hours',
    open: (page) => page.getByText('The workspace’s').click(),
    field: daysOffName,
  },
  {
    name: 'days off of somebody else',
    route: () => '/settings/working-hours',
    async open(page) {
      await page.getByText('Somebody’s', { exact: true }).click()
      await page.getByRole('combobox', { name: 'Whose', exact: true }).click()
      await page.getByRole('option', { name: 'Rita Rep' }).click()
    },
    field: daysOffName,
  },
]

function daysOffName(page: Page): Locator {
  return page.getByRole('form', { name: 'Add days off' }).getByRole('textbox', { name: 'Name' })
}

/** Undefined while the field is not there. */
const typedIn = async (field: Locator) =>
  (await field.count()) === 1 ? await field.inputValue() : undefined

test.each([
  ['every other form of a page', otherForms],
  ['every form of the board, the lists and the settings', formsBehindOthers],
])('%s keeps its text as well, and one press leads back to it from anywhere', async (_, forms) => {
  const program = await startWeb()
  const records = await prepare(program)
  const page = await program.open('/companies')
  for (const [index, form] of forms.entries()) {
    const text = form.text ?? `Typed for number ${index}`
    await goTo(page, form.route(records))
    await form.open?.(page)
    await form.field(page).fill(text)
    await page.keyboard.press('Escape')
    await goTo(page, '/companies')
    await expect.poll(() => textsOf(program), { ...settled, message: form.name }).toContain(text)
    await page.reload()
    await parked(page)
      .getByRole('button', { name: /^Continue / })
      .click(settled)
    await expect
      .poll(() => typedIn(form.field(page)), { ...settled, message: form.name })
      .toBe(text)
    await form.field(page).fill('')
    await page.keyboard.press('Escape')
    await expect
      .poll(() => textsOf(program), { ...settled, message: form.name })
      .not.toContain(text)
    await goTo(page, '/companies')
    for (const draft of await stored(program))
      await program.api('DELETE', `/drafts/${encodeURIComponent(draft.key)}`)
    await page.reload()
  }
})

test('half a date keeps a form from saving, and an e-mail account never keeps its password', async () => {
  const program = await startWeb()
  await prepare(program)
  const page = await program.open('/leads')
  await button(page, 'New lead').click()
  const dialog = page.getByRole('dialog', { name: 'New lead' })
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Half')
  await dialog.getByLabel('Expected close').focus()
  await page.keyboard.type('12')
  await page.keyboard.press('Control+Enter')
  await dialog.getByText('Enter the whole date').waitFor(settled)
  expect(await program.api('GET', '/leads?q=Half')).toMatchObject({ total: 0 })
  await dialog.getByLabel('Expected close').fill('2027-12-24')
  await page.keyboard.press('Control+Enter')
  await expect
    .poll(() => program.api('GET', '/leads?q=Half'), settled)
    .toMatchObject({ items: [{ expectedCloseDate: '2027-12-24' }] })
  // The page of the new lead opens by itself.
  await page.waitForURL(/#\/leads\/\w/)

  await goTo(page, '/settings/mail')
  await button(page, 'Add an account').click()
  const account = page.getByRole('dialog', { name: 'New account' })
  await account.getByRole('textbox', { name: 'From address' }).fill('me@acme.example')
  await account.getByRole('textbox', { name: 'Password' }).fill('a-secret-word')
  await page.keyboard.press('Escape')
  await expect.poll(() => textsOf(program), settled).toContain('me@acme.example')
  expect(JSON.stringify(await stored(program))).not.toContain('a-secret-word')
})

test('what could not be saved after its page was left is said, and is a draft again', async () => {
  const program = await startWeb()
  const { leadId } = await prepare(program)
  const quote = await program.api<{ id: string }>('POST', '/quotes', {
    leadId,
    title: 'Offer',
    lines: [{ description: 'Licence', quantity: 1, unitPrice: '10.00' }],
  })
  await program.api('POST', `/quotes/${quote.id}/send`, {})
  const page = await program.open(`/leads/${leadId}`)
  const leaveUnsaved = async (procedure: string, save: () => Promise<void>, field: Locator) => {
    const fail = await holdUp(page, procedure, 'abort')
    const asked = page.waitForRequest(`**/rpc/${procedure}`)
    await save()
    await asked
    await goTo(page, '/companies')
    await page.getByRole('link', { name: 'Globex' }).first().waitFor(settled)
    fail()
    await page.getByText('Not saved').last().waitFor(settled)
    await parked(page)
      .getByRole('button', { name: /^Continue / })
      .click(settled)
    await expect.poll(() => typedIn(field), { ...settled, message: procedure }).toBe('So be it')
    // The page saves it a moment after it is back: what is deleted before that would come again.
    await expect
      .poll(() => textsOf(program), { ...settled, message: procedure })
      .toContain('So be it')
    await page.keyboard.press('Escape')
    await parked(page)
      .getByRole('button', { name: /^Discard / })
      .click(settled)
    await expect.poll(() => stored(program), { ...settled, message: procedure }).toEqual([])
    await page.reload()
  }

  const description = page.getByRole('textbox', { name: 'Description' })
  await button(page, 'Edit Description').click()
  await description.fill('So be it')
  await leaveUnsaved('leads/update', () => page.keyboard.press('Control+Enter'), description)

  const reason = page.getByRole('textbox', { name: 'Why was it lost?' })
  await goTo(page, `/leads/${leadId}`)
  await button(page, 'Lost').click()
  await reason.fill('So be it')
  const lost = page.getByRole('dialog').getByRole('button', { name: 'Lost', exact: true })
  await leaveUnsaved('leads/moveStage', () => lost.click(), reason)

  const why = page.getByRole('textbox', { name: 'Why?' })
  await goTo(page, `/quotes/${quote.id}`)
  await button(page, 'Declined').click()
  await why.fill('So be it')
  const declined = page.getByRole('dialog').getByRole('button', { name: 'Declined' })
  await leaveUnsaved('quotes/decline', () => declined.click(), why)
})

test('a draft whose page is still loading opens once it is there', async () => {
  const program = await startWeb()
  const { leadId } = await prepare(program)
  const page = await program.open(`/leads/${leadId}`)
  await button(page, 'Lost').click()
  const reason = page.getByRole('textbox', { name: 'Why was it lost?' })
  await reason.fill('Too dear')
  await page.keyboard.press('Escape')
  await goTo(page, '/companies')
  await expect.poll(() => textsOf(program), settled).toContain('Too dear')
  await page.reload()
  const release = await holdUp(page, 'pipeline/list', 'continue')
  await parked(page)
    .getByRole('button', { name: /^Continue / })
    .click(settled)
  await page.getByRole('heading', { name: 'Roll-out' }).waitFor(settled)
  release()
  await expect.poll(() => typedIn(reason), settled).toBe('Too dear')
})

test('a lead that is created while the person goes elsewhere is announced there, and is one press away', async () => {
  const program = await startWeb()
  await prepare(program)
  const page = await program.open('/leads')
  await button(page, 'New lead').click()
  const dialog = page.getByRole('dialog', { name: 'New lead' })
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Second site')
  const release = await holdUp(page, 'leads/create', 'continue')
  const asked = page.waitForRequest('**/rpc/leads/create')
  await page.keyboard.press('Control+Enter')
  await asked
  await page.keyboard.press('Escape')
  await goTo(page, '/companies')
  await page.getByRole('link', { name: 'Globex' }).first().waitFor(settled)
  release()
  await page.getByText('Lead created: Second site').waitFor(settled)
  expect(page.url()).toContain('#/companies')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('heading', { name: 'Second site' }).waitFor(settled)
})

test('text that is in no list keeps its form from saving by Enter', async () => {
  const program = await startWeb()
  await program.api('PATCH', '/users/me', { timezone: 'Europe/Prague' })
  const page = await program.open('/settings/preferences')
  await page.getByRole('textbox', { name: 'Name' }).fill('Olga Owner')
  const zone = page.getByRole('combobox', { name: 'Time zone' })
  await zone.fill('Berln')
  await page.keyboard.press('Enter')
  await page.getByText('Choose from the list: “Berln” is not in it').waitFor(settled)
  await zone.fill('Berlin')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => program.api('GET', '/users/me'), settled)
    .toMatchObject({ name: 'Olga Owner', timezone: 'Europe/Berlin' })
})

test('the next line is typed while the one before is still being added', async () => {
  const program = await startWeb()
  const page = await program.open('/today')
  const line = page.getByRole('textbox', { name: 'New task or reminder' })
  const release = await holdUp(page, 'agenda/quickAdd', 'continue')
  const asked = page.waitForRequest('**/rpc/agenda/quickAdd')
  await line.fill('Call Acme today')
  await page.keyboard.press('Enter')
  await asked
  await line.fill('Write to Globex')
  const shown = page.getByRole('main')
  await shown.getByText('Write to Globex', { exact: true }).waitFor(settled)
  release()
  await shown.getByText('Call Acme', { exact: true }).waitFor(settled)
  expect(await line.inputValue()).toBe('Write to Globex')
  await page.keyboard.press('Enter')
  await expect.poll(() => line.inputValue(), settled).toBe('')
})
