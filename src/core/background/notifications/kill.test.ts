/** The power goes between taking a notification to mail and knowing that the mail server has it. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../../../testing-folder'
import { buildProcess, startProcess } from '../../kernel/file/testing'
import { accountAt, openPostOffice } from '../../testing/mail'
import { migrations, openTestCore } from '../../testing/testing'

/** Set KILLS for a longer run, e.g. five hundred before a release. */
const kills = Number(process.env.KILLS ?? 6)

let processToKill: Awaited<ReturnType<typeof buildProcess>>
beforeAll(async () => {
  processToKill = await buildProcess(new URL('../jobs/process-to-kill.ts', import.meta.url))
}, 300_000)
afterAll(() => processToKill.remove())

interface DeliveryRow {
  id: string
  state: string
  taken_by: string | null
  notices: number
}

test(
  `in ${kills} kills no notification is mailed twice, and what may have gone out is shown`,
  async () => {
    const office = await openPostOffice()
    const directory = mkdtempSync(join(tmpdir(), 'rapport-kill-'))
    onTestFinished(() => removeFolder(directory))
    const { client, owner, close } = await openTestCore({
      directory,
      start: new Date().toISOString(),
    })
    await client.mail.accounts.create(accountAt(office))
    await client.users.update({ id: owner.userId, email: 'me@acme.example' })
    const byMail = { native: false, browser: false, email: true }
    await client.notifications.settings.update({
      channels: { reminder_due: byMail, catch_up: byMail },
    })
    await close()

    const deliveries = () => {
      const connection = new BetterSqlite3(join(directory, 'rapport.db'))
      try {
        return connection
          .prepare(
            `select id, state, taken_by, (select count(*) from notification
               where key = 'delivery_failed:' || delivery.id) as notices
             from delivery where channel = 'email'`,
          )
          .all() as DeliveryRow[]
      } finally {
        connection.close()
      }
    }
    // As often as asked, and until one came between taking a delivery and saying that it was sent.
    const wasCutShort = () =>
      deliveries().some(({ state }) => state === 'taken' || state === 'unknown')
    for (let kill = 0; kill < kills || !wasCutShort(); kill++) {
      const program = startProcess(processToKill.program, [directory, migrations, '100000'])
      await program.spoken
      await wait(Math.random() * 120)
      await program.kill()
    }
    expect(await startProcess(processToKill.program, [directory, migrations, '1']).ended).toBe(0)

    const received = office.letters.map(({ messageId }) => messageId)
    expect(received.length).toBe(new Set(received).size)
    const rows = deliveries()
    expect(rows.some(({ state }) => state === 'unknown')).toBe(true)
    for (const { state, taken_by, notices } of rows) {
      expect(['sent', 'unknown']).toContain(state)
      // Several may have gone out in one message, under the name of the first.
      if (state === 'sent') expect(received).toContain(`<${taken_by?.split('/')[1]}@rapport.local>`)
      else expect(notices).toBe(1)
    }
    const known = new Set(rows.map(({ taken_by }) => `<${taken_by?.split('/')[1]}@rapport.local>`))
    expect(received.filter((id) => id === undefined || !known.has(id))).toEqual([])
  },
  60_000 + kills * 3000,
)
