/** The power goes at any moment while e-mail is being sent. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../../../testing-folder'
import { buildProcess, startProcess } from '../../kernel/file/testing'
import { accountAt, openPostOffice } from '../../testing/mail'
import { migrations, openTestCore } from '../../testing/testing'

/** Set KILLS for a longer run, e.g. five hundred before a release. */
const kills = Number(process.env.KILLS ?? 6)

let processToKill: Awaited<ReturnType<typeof buildProcess>>
beforeAll(async () => {
  processToKill = await buildProcess(new URL('./process-to-kill.ts', import.meta.url))
}, 300_000)
afterAll(() => processToKill.remove())

test(
  `after ${kills} kills at random moments nothing was sent twice and nothing is lost`,
  async () => {
    const office = await openPostOffice()
    const directory = mkdtempSync(join(tmpdir(), 'rapport-kill-'))
    onTestFinished(() => removeFolder(directory))
    const messages = kills * 6
    const core = await openTestCore({ directory, start: new Date().toISOString() })
    await core.client.mail.accounts.create(accountAt(office))
    await core.client.outbox.stop({})
    for (let index = 0; index < messages; index++) {
      const contact = await core.client.contacts.create({
        firstName: `Person${index}`,
        email: `person${index}@acme.example`,
      })
      await core.client.outbox.create({
        contactId: contact.id,
        subject: 'Hello {{ contact.first_name }}',
        body: `Number ${index}`,
        next: 'approve',
      })
    }
    await core.client.outbox.resume({})
    await core.close()

    for (let kill = 0; kill < kills; kill++) {
      const program = startProcess(processToKill.program, [directory, migrations])
      await program.spoken
      await wait(Math.random() * 60)
      await program.kill()
    }
    // What is left goes out when nobody interferes.
    await startProcess(processToKill.program, [directory, migrations]).ended

    const { client } = await openTestCore({ directory, start: new Date().toISOString() })
    const states = new Map<string, string>()
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await client.outbox.list({ limit: 200, ...(cursor ? { cursor } : {}) })
      for (const { toAddress, state } of page.items) states.set(toAddress, state)
      cursor = page.nextCursor ?? undefined
      more = cursor !== undefined
    }
    const received = office.envelopes.map(({ to }) => to[0] ?? '')
    expect(new Set(received).size).toBe(received.length)
    expect(states.size).toBe(messages)
    // All is settled, one way or the other; what counts as sent was received, and on the timeline.
    for (const [address, state] of states) {
      expect(['sent', 'unknown']).toContain(state)
      if (state === 'sent') expect(received).toContain(address)
    }
    for (const address of received) expect(['sent', 'unknown']).toContain(states.get(address))
    const sent = [...states.values()].filter((state) => state === 'sent').length
    expect(messages - sent).toBeLessThanOrEqual(kills)
    const timeline = await client.activities.timeline({ type: 'email_sent', limit: 1 })
    expect(timeline.total).toBe(sent)
  },
  60_000 + kills * 5_000,
)
