/** Notifications: the bell and its centre, a note at the edge of the screen, and the browser's own notifications. */
import { expect, test } from 'vitest'
import { startWeb, type WebProgram } from './web'

/** Rather seldom: the API answers no more than a hundred questions a minute. */
const settled = { timeout: 20_000, interval: 700 }

test('a reminder comes due: the bell counts it, it is done from the centre, and the other page hears of it', async () => {
  const program = await startWeb()
  const page = await program.open('/leads')
  const other = await page.context().newPage()
  await other.goto(`${program.url}/#token=${program.token}`)
  await other.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor()

  const id = await letComeDue(program, 'Ring Ann about the renewal')
  const bell = page.getByRole('button', { name: 'Notifications, 1 unread' })
  await bell.waitFor()
  await other.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor()
  // Somebody looks at the screen, so the note is there, too.
  await page.getByRole('alert').getByText('Ring Ann about the renewal').waitFor()

  await bell.click()
  const centre = page.getByRole('dialog', { name: 'Notifications' })
  const item = centre.getByRole('article', { name: 'Ring Ann about the renewal' })
  await item.getByRole('button', { name: 'Done' }).click()
  await expect.poll(() => statusOf(program, id), settled).toBe('completed')
  await item.getByText('Done', { exact: true }).waitFor()
  await other.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
})

test('what is put off in the centre comes again later', async () => {
  const program = await startWeb()
  const page = await program.open('/leads')
  const id = await letComeDue(program, 'Send the quote')
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor()
  // The key that opens the centre from anywhere.
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  const item = page.getByRole('article', { name: 'Send the quote' })
  await item.getByRole('button', { name: 'Snooze' }).click()
  await page.getByRole('menuitem', { name: /Tomorrow/ }).click()
  await expect.poll(() => statusOf(program, id), settled).toBe('snoozed')
  // The centre stays open while its menus come and go.
  await page.getByRole('dialog', { name: 'Notifications' }).waitFor()
})

test('nothing gets in the way of a dialog: what comes due waits until it is closed, and a crowd is one note', async () => {
  const program = await startWeb()
  // Small, so that a note at the edge would cover the dialog.
  const page = await program.open('/leads', { viewport: { width: 700, height: 560 } })
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
  await letComeDue(program, 'Ring Ann about the renewal')
  const notes = page.getByRole('alert')
  await notes.getByText('Ring Ann about the renewal').waitFor()

  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog')
  // One press goes through to it, however near the note is.
  await dialog.getByRole('button', { name: 'Cancel' }).click({ trial: true })
  // All in one round, however long it takes to make them.
  await program.api('POST', '/jobs/due/pause', {})
  for (const notes of ['First', 'Second', 'Third', 'Fourth']) await createDue(program, notes)
  await program.api('POST', '/jobs/due/run', {})
  await page.getByRole('button', { name: 'Notifications, 2 unread', includeHidden: true }).waitFor()
  expect(await notes.getByText('4 things are due').count()).toBe(0)

  await dialog.getByRole('button', { name: 'Cancel' }).click()
  const note = notes.filter({ hasText: '4 things are due' })
  await note.getByRole('button', { name: 'Open' }).click()
  await page.waitForURL(/#\/today$/)
})

test('the browser shows it once among all pages that nobody looks at, and a click opens its lead', async () => {
  const program = await startWeb()
  const page = await program.open('/settings/notifications', { permissions: ['notifications'] })
  await page.context().addInitScript(watchPopups)
  await page.reload()
  const other = await page.context().newPage()
  await other.goto(`${program.url}/#token=${program.token}`)
  for (const one of [page, other])
    await one.getByRole('button', { name: 'Notifications', exact: true }).waitFor()

  await letComeDue(program, 'Ring Ann about the renewal')
  const shown = async () => [...(await popupsOf(page)), ...(await popupsOf(other))]
  await expect.poll(shown, settled).toEqual(['Ring Ann about the renewal'])
  await expect.poll(() => statesOf(program), settled).toEqual(['sent'])

  const leader = (await popupsOf(page)).length > 0 ? page : other
  await leader.evaluate(() => {
    const [popup] = (window as unknown as { popups: { onclick: () => void }[] }).popups
    popup?.onclick()
  })
  await leader.waitForURL(/#\/leads\/[0-9a-f-]{36}$/)
  expect(await shown()).toHaveLength(1)
})

test('quiet hours and kinds are set by each user, and a test says what is missing', async () => {
  const program = await startWeb()
  const page = await program.open('/settings/notifications')
  const email = page.getByRole('region', { name: 'E-mail' })
  await email.getByText('You have no e-mail address yet.').waitFor()
  await page.getByRole('region', { name: 'System popup' }).getByText('Only the desktop').waitFor()

  await page.getByRole('checkbox', { name: 'Others move your leads: Browser' }).click()
  await page.getByRole('switch', { name: 'Quiet hours' }).press('Space')
  await page.getByLabel('From', { exact: true }).fill('21:30')
  await page.getByLabel('To', { exact: true }).focus()
  await expect
    .poll(async () => {
      const { channels, quietHours } = await program.api<{
        channels: Record<string, { browser: boolean }>
        quietHours: { on: boolean; from: string }
      }>('GET', '/notifications/settings')
      return [channels.stage_move?.browser, quietHours.on, quietHours.from]
    }, settled)
    .toEqual([true, true, '21:30'])
})

test('jobs run at a press, and pause', async () => {
  const program = await startWeb()
  const page = await program.open('/settings/jobs')
  const job = page.getByRole('region', { name: 'Remind of what is overdue' })
  await job.getByRole('button', { name: /^Run now: / }).click()
  await job.getByRole('img', { name: 'Done' }).waitFor()
  await job.getByRole('button', { name: /^Pause: / }).click()
  await job.getByText('Paused').waitFor()
  const jobs = await program.api<{ paused: boolean; lastRun: unknown }[]>('GET', '/jobs')
  expect(jobs.filter(({ paused }) => paused)).toHaveLength(1)
  await job.getByRole('button', { name: /^Earlier runs: / }).click()
  await expect.poll(() => job.getByRole('listitem').count(), settled).toBe(1)
})

/** A reminder of the owner's that is due at once, and the question what is due. Answers its id. */
async function letComeDue(program: WebProgram, notes: string): Promise<string> {
  const id = await createDue(program, notes)
  await program.api('POST', '/jobs/due/run', {})
  return id
}

async function createDue(program: WebProgram, notes: string): Promise<string> {
  const lead = await program.api<{ id: string }>('POST', '/leads', { title: 'Acme: 40 seats' })
  const remindAt = new Date(Date.now() - 1000).toISOString()
  const { id } = await program.api<{ id: string }>('POST', '/reminders', {
    notes,
    remindAt,
    leadId: lead.id,
  })
  return id
}

const statusOf = async (program: WebProgram, id: string) =>
  (await program.api<{ status: string }>('GET', `/reminders/${id}`)).status

const statesOf = async (program: WebProgram) =>
  (await program.api<{ items: { state: string }[] }>('GET', '/notifications/deliveries')).items.map(
    ({ state }) => state,
  )

/** In the page: nobody looks at it, and what the browser is asked to show is kept. */
function watchPopups() {
  document.hasFocus = () => false
  const popups: unknown[] = []
  class Popup {
    static permission = 'granted'
    onclick: (() => void) | null = null
    constructor(public title: string) {
      popups.push(this)
    }
    close() {}
  }
  Object.assign(window, { Notification: Popup, popups })
}

const popupsOf = (page: { evaluate<T>(work: () => T): Promise<T> }) =>
  page.evaluate(() =>
    (window as unknown as { popups: { title: string }[] }).popups.map(({ title }) => title),
  )
