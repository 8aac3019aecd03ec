import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import {
  createTriggersAndViews,
  dropTriggersAndViews,
  triggersFingerprint,
} from '../../assembly/triggers-and-views'
import { listBackups } from './backup'
import {
  addCompany,
  buildProcess,
  close,
  companiesAndContacts,
  copyAsCrashed,
  count,
  createFiles,
  makeDirectory,
  makeMigrations,
  rebuildCompany,
  startProcess,
} from './testing'

/** Set KILLS for a longer run, e.g. a thousand before a release. */
const kills = Number(process.env.KILLS ?? 50)

let processToKill: Awaited<ReturnType<typeof buildProcess>>
beforeAll(async () => {
  processToKill = await buildProcess()
})
afterAll(() => processToKill.remove())

const migrations = fileURLToPath(new URL('../../../../drizzle', import.meta.url))
const ofTheProgram = {
  migrations,
  beforeMigration: dropTriggersAndViews,
  afterMigration: createTriggersAndViews,
  triggersFingerprint: triggersFingerprint(),
}

test(
  `no acknowledged save is lost in ${kills} kills at random moments`,
  async () => {
    const acknowledged = await Promise.all([killWhileSaving(kills / 2), killWhileSaving(kills / 2)])
    // Every other kill came after a first save: the moments were among writes.
    expect(Math.min(...acknowledged)).toBeGreaterThanOrEqual(Math.floor(kills / 4))
  },
  60_000 + kills * 2000,
)

/** Half of the kills come at any time after the start, half among the first saves. */
async function killWhileSaving(times: number): Promise<number> {
  const files = createFiles(ofTheProgram)
  const known = new Set<string>()
  for (let round = 0; round < times; round++) {
    const saving = startProcess(processToKill.program, ['save', files.directory, migrations])
    if (round % 2 === 0) await saving.spoken
    await wait(Math.random() * (round % 2 === 0 ? 30 : 150))
    await saving.kill()
    for (const id of saving.lines()) known.add(id)

    const ready = await files.openReady()
    const stored = new Set(ready.connection.prepare('select id from company').pluck().all())
    expect([...known].filter((id) => !stored.has(id))).toEqual([])
    // A save and its entry in the change log are there both or neither.
    const logged = `select row_id from change where table_name = 'company'`
    for (const lacking of [
      `select id from company where id not in (${logged})`,
      `${logged} and row_id not in (select id from company)`,
    ])
      expect(ready.connection.prepare(lacking).all()).toEqual([])
    close(ready)
  }
  return known.size
}

test('a migration that is killed leaves the old version or the new one', async () => {
  const old = createFiles()
  const ready = await old.openReady()
  ready.connection.transaction(() => {
    for (let index = 0; index < 4000; index++) addCompany(ready.connection, `c${index}`, 2)
  })()
  const later = makeMigrations([companiesAndContacts, rebuildCompany])
  const versions: unknown[] = []

  const start = () => {
    const files = createFiles({ directory: makeDirectory() })
    copyAsCrashed(old.directory, files.directory)
    return {
      files,
      migrating: startProcess(processToKill.program, ['hold', files.directory, later]),
    }
  }
  const began = performance.now()
  const whole = start()
  expect(await whole.migrating.spoken).toBe('open')
  const duration = performance.now() - began
  await whole.migrating.kill()

  const rounds = 16
  for (let round = 1; round <= rounds; round++) {
    const { files, migrating } = start()
    const moment = round === rounds ? 60_000 : duration * (0.3 + (0.7 * round) / rounds)
    await Promise.race([migrating.spoken, wait(moment, undefined, { ref: false })])
    await migrating.kill()

    const raw = new Database(files.file)
    versions.push(raw.pragma('user_version', { simple: true }))
    raw.close()
    const { connection } = await files.openReady({ migrations: later })
    expect(count(connection, 'company')).toBe(4000)
    expect(count(connection, 'contact')).toBe(8000)
    expect(connection.pragma('user_version', { simple: true })).toBe(2)
    expect(connection.pragma('quick_check', { simple: true })).toBe('ok')
  }
  // Both outcomes were seen, so the kills fell around the migration.
  expect(new Set(versions)).toEqual(new Set([1, 2]))
}, 300_000)

test('a backup that is killed is never taken for one', async () => {
  const files = createFiles()
  const ready = await files.openReady()
  ready.connection.transaction(() => {
    for (let index = 0; index < 20_000; index++) addCompany(ready.connection, `c${index}`)
  })()
  close(ready)

  for (let round = 0; round < 8; round++) {
    const copying = startProcess(processToKill.program, [
      'backup',
      files.directory,
      files.options.migrations,
    ])
    await copying.spoken
    await wait(20 + Math.random() * 120)
    await copying.kill()
  }
  close(await files.openReady())
  const found = readdirSync(join(files.directory, 'backups'))
  expect(found).toEqual(found.filter((name) => /-manual-n\d+-c\d+\.db$/.test(name)))
  for (const { name, verified } of listBackups(files.directory)) {
    expect(verified).toBe(true)
    const copy = new Database(join(files.directory, 'backups', name), { readonly: true })
    onTestFinished(() => void copy.close())
    expect(count(copy, 'company')).toBe(20_000)
  }
}, 30_000)
