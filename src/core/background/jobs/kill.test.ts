/** The power fails between taking something to announce and having announced it. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../../../testing-folder'
import { buildProcess, startProcess } from '../../kernel/file/testing'
import { migrations, openTestCore } from '../../testing/testing'

/** Set KILLS for a longer run, e.g. five hundred before a release. */
const kills = Number(process.env.KILLS ?? 8)

let processToKill: Awaited<ReturnType<typeof buildProcess>>
beforeAll(async () => {
  processToKill = await buildProcess(new URL('./process-to-kill.ts', import.meta.url))
}, 300_000)
afterAll(() => processToKill.remove())

interface DeliveryRow {
  id: string
  notification_id: string
  state: string
  taken_by: string | null
}

test(
  `in ${kills} kills no reminder is lost, and none comes up twice`,
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'rapport-kill-'))
    onTestFinished(() => removeFolder(directory))
    await (await openTestCore({ directory, start: new Date().toISOString() })).close()
    const made = new Set<string>()
    const shown: string[] = []
    const hear = (lines: string[]) => {
      for (const line of lines) {
        const [word = '', id = ''] = line.split(' ')
        if (word === 'made') made.add(id)
        if (word === 'shown') shown.push(id)
      }
    }

    // As often as asked, and until one came between taking a delivery and saying that it was sent.
    const cutShort = () => {
      const connection = new BetterSqlite3(join(directory, 'rapport.db'))
      try {
        return connection
          .prepare(`select 1 from delivery where state in ('taken', 'unknown')`)
          .get()
      } finally {
        connection.close()
      }
    }
    for (let kill = 0; kill < kills || !cutShort(); kill++) {
      const program = startProcess(processToKill.program, [directory, migrations, '100000'])
      await program.spoken
      await wait(Math.random() * 120)
      await program.kill()
      hear(program.lines())
    }
    const last = startProcess(processToKill.program, [directory, migrations, '1'])
    expect(await last.ended).toBe(0)
    hear(last.lines())

    const connection = new BetterSqlite3(join(directory, 'rapport.db'))
    onTestFinished(() => void connection.close())
    expect(connection.pragma('quick_check', { simple: true })).toBe('ok')
    // Each is announced once, by itself or in a digest; the summary of the day, which may come meanwhile, repeats them.
    const announced = connection
      .prepare(
        `select subject_id from notification where subject_id is not null
         union all select json_extract(item.value, '$.record.id') from notification, json_each(items) item
           where notification.kind <> 'daily_summary'`,
      )
      .pluck()
      .all() as string[]
    expect(announced.length).toBe(new Set(announced).size)
    expect([...made].filter((id) => !announced.includes(id))).toEqual([])
    expect(made.size).toBeGreaterThanOrEqual(kills)

    // No popup comes twice; what says that it was shown was shown.
    expect(shown.length).toBe(new Set(shown).size)
    const deliveries = connection
      .prepare(`select id, notification_id, state, taken_by from delivery where channel = 'native'`)
      .all() as DeliveryRow[]
    const byId = new Map(deliveries.map((row) => [row.id, row]))
    for (const { state, taken_by } of deliveries) {
      expect(['sent', 'unknown']).toContain(state)
      const first = byId.get(taken_by?.split('/')[1] ?? '')
      if (state === 'sent') expect(shown).toContain(first?.notification_id)
    }
    expect(deliveries.some(({ state }) => state === 'unknown')).toBe(true)
  },
  60_000 + kills * 3000,
)
