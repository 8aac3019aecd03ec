import { cpSync, existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Role } from '../../../contract/kernel/words'
import { readMigrations } from '../../kernel/file/migrate'
import { prepareRestore } from '../../kernel/file/restore'
import {
  addCompany,
  close,
  companiesAndContacts,
  createFiles,
  makeMigrations,
  rebuildCompany,
  refusal,
} from '../../kernel/file/testing'
import { createDatabaseActions } from './backups'
import { databaseProcedures } from './procedures'

/** A core of nothing but the database file: what it has open, and how it opens it again. */
async function startCore(files = createFiles()) {
  let opened = await files.open()
  const actions = createDatabaseActions({
    ...files.options,
    current: () => opened,
    feedPosition: () => 'here',
    made: () => {},
    watch: { restarts: () => [], pausedSince: () => null },
    storageTrouble: () => null,
    async reopen(whenClosed) {
      if (opened.state === 'ready') opened.connection.close()
      await whenClosed?.()
      opened = await files.open({ lock: opened.lock })
    },
  })
  const connection = () => {
    if (opened.state !== 'ready') throw new Error(opened.message)
    return opened.connection
  }
  return {
    ...actions,
    files,
    connection,
    end: () => close(opened),
    companies: () => connection().prepare('select id from company order by id').pluck().all(),
    /** What somebody of this role can call. */
    as: (role: Role) =>
      createRouterClient(
        databaseProcedures(() => actions),
        { context: { actor: { userId: 'somebody', role, door: 'test' } } },
      ),
  }
}

async function startDamaged() {
  const core = await startCore()
  addCompany(core.connection(), 'acme')
  const backup = await core.backUp()
  core.end()
  truncateSync(core.files.file, 5000)
  return { core: await startCore(core.files), backup }
}

describe('the state of the database', () => {
  test('is reported while it is sound', async () => {
    const core = await startCore()
    expect(core.status()).toEqual({
      state: 'ready',
      message: null,
      file: core.files.file,
      bytes: expect.any(Number),
      version: 1,
      sqlite: expect.stringMatching(/^3\.\d+\.\d+$/),
      quarantined: [],
      feedPosition: 'here',
      restartedAt: null,
      storage: 'ok',
      jobsPausedSince: null,
    })
    expect(core.status().bytes).toBeGreaterThan(4096)
  })

  test('is reported while it is damaged', async () => {
    const { core } = await startDamaged()
    expect(core.status()).toMatchObject({
      state: 'damaged',
      message: expect.stringContaining('The database is damaged'),
      bytes: 0,
      version: 0,
      quarantined: [join(core.files.directory, 'quarantine', '2026-11-20T09-30-00-000Z')],
    })
  })
})

describe('restoring a backup', () => {
  test('brings its records back, and keeps what was there', async () => {
    const core = await startCore()
    addCompany(core.connection(), 'acme')
    const backup = await core.backUp()
    addCompany(core.connection(), 'globex')
    core.files.clock.set('2026-11-20T10:00:00.000Z')

    const status = await core.restore(backup.name)
    expect(status.state).toBe('ready')
    expect(core.companies()).toEqual(['acme'])
    addCompany(core.connection(), 'initech')

    const [folder] = status.quarantined
    const aside = new Database(join(folder!, 'rapport.db'), { readonly: true })
    expect(aside.prepare('select id from company order by id').pluck().all()).toEqual([
      'acme',
      'globex',
    ])
    aside.close()
  })

  test('can be taken back by restoring what was there', async () => {
    const core = await startCore()
    const empty = await core.backUp()
    addCompany(core.connection(), 'acme')
    core.files.clock.set('2026-11-20T10:00:00.000Z')
    await core.restore(empty.name)
    expect(core.companies()).toEqual([])
    const [before] = core.backups()
    expect(before?.reason).toBe('restore')
    await core.restore(before!.name)
    expect(core.companies()).toEqual(['acme'])
  })

  test('repairs a damaged database', async () => {
    const { core, backup } = await startDamaged()
    expect(core.backups().map(({ name }) => name)).toEqual([backup.name])
    expect((await core.restore(backup.name)).state).toBe('ready')
    expect(core.companies()).toEqual(['acme'])
    core.end()
    expect((await startCore(core.files)).companies()).toEqual(['acme'])
  })

  test('is finished at the next start when the program was killed in between', async () => {
    const core = await startCore()
    addCompany(core.connection(), 'acme')
    const { name } = await core.backUp()
    addCompany(core.connection(), 'globex')
    const known = readMigrations(core.files.options.migrations)
    await prepareRestore({ ...core.files, known, name })
    core.end()
    const next = await startCore(core.files)
    expect(next.companies()).toEqual(['acme'])
    expect(next.status().quarantined).toHaveLength(1)
  })

  test('of an older version brings it to this one', async () => {
    const old = await startCore()
    addCompany(old.connection(), 'acme')
    const backup = await old.backUp()
    old.end()
    const migrations = makeMigrations([companiesAndContacts, rebuildCompany])
    const core = await startCore(createFiles({ directory: old.files.directory, migrations }))
    expect((await core.restore(backup.name)).version).toBe(2)
    expect(core.companies()).toEqual(['acme'])
  })

  test('puts nothing in place that the core could not open again', async () => {
    const files = createFiles()
    const opened = await files.openReady()
    addCompany(opened.connection, 'acme')
    const actions = createDatabaseActions({
      ...files.options,
      current: () => opened,
      feedPosition: () => 'here',
      made: () => {},
      watch: { restarts: () => [], pausedSince: () => null },
      storageTrouble: () => null,
      reopen: () => Promise.reject(new Error('A long report is still running.')),
    })
    const { name } = await actions.backUp()
    addCompany(opened.connection, 'globex')
    await expect(actions.restore(name)).rejects.toThrow('A long report is still running.')
    close(opened)
    expect((await startCore(files)).companies()).toEqual(['acme', 'globex'])
  })
})

describe('a restore is refused and changes nothing', () => {
  async function expectRefused(
    core: Awaited<ReturnType<typeof startCore>>,
    name: string,
    code: string,
  ) {
    addCompany(core.connection(), 'acme')
    const before = readdirSync(core.files.directory).sort()
    expect((await refusal(core.restore(name))).code).toBe(code)
    expect(core.companies()).toEqual(['acme'])
    expect(readdirSync(core.files.directory).sort()).toEqual(before)
  }

  test.each([
    '../rapport.db',
    '..\\rapport.db',
    '/etc/passwd',
    '../backups/rapport-2026-11-20T09-30-00-000Z-manual.db',
    'rapport-2026-11-20T09-30-00-000Z-manual.db/../../rapport.db',
    'rapport-2026-11-20T09-30-00-000Z-manual.db\0',
    '',
  ])('for %j, which is no backup', async (name) => {
    const core = await startCore()
    await core.backUp()
    await expectRefused(core, name, 'not_found')
  })

  test.each([
    ['was cut', (file: string, bytes: number) => truncateSync(file, bytes - 4096)],
    ['is something else', (file: string) => writeFileSync(file, 'x'.repeat(20_000))],
    ['is empty', (file: string) => truncateSync(file, 0)],
  ])('for a backup that %s', async (_, damage) => {
    const core = await startCore()
    const { name, bytes } = await core.backUp()
    damage(join(core.files.directory, 'backups', name), bytes)
    await expectRefused(core, name, 'backup_damaged')
  })

  test('for a backup of a newer version', async () => {
    const migrations = makeMigrations([companiesAndContacts, rebuildCompany])
    const newer = await startCore(createFiles({ migrations }))
    const { name } = await newer.backUp()
    const core = await startCore()
    await core.backUp()
    const folder = (files: { directory: string }) => join(files.directory, 'backups', name)
    cpSync(folder(newer.files), folder(core.files))
    await expectRefused(core, name, 'database_newer')
  })

  test('for somebody who may not administer', async () => {
    const core = await startCore()
    const { name } = await core.backUp()
    for (const role of ['rep', 'manager'] as const) {
      const client = core.as(role)
      expect((await refusal(client.restore({ name }))).code).toBe('forbidden')
      expect((await refusal(client.backUp({}))).code).toBe('forbidden')
      expect((await refusal(client.startEmpty({}))).code).toBe('forbidden')
      expect((await client.status()).state).toBe('ready')
      expect(await client.backups()).toHaveLength(1)
    }
    expect((await core.as('admin').restore({ name })).state).toBe('ready')
  })
})

describe('starting empty', () => {
  test('gives a new database after a damage, and keeps the old one and the backups', async () => {
    const { core, backup } = await startDamaged()
    const status = await core.startEmpty()
    expect(status).toMatchObject({ state: 'ready', message: null, version: 1 })
    expect(core.companies()).toEqual([])
    expect(existsSync(join(status.quarantined[0]!, 'rapport.db'))).toBe(true)
    expect(core.backups()).toEqual([backup])
    core.end()
    expect((await startCore(core.files)).status().state).toBe('ready')
  })

  test('is refused while the database is sound', async () => {
    const core = await startCore()
    addCompany(core.connection(), 'acme')
    expect((await refusal(core.startEmpty())).code).toBe('conflict')
    expect(core.companies()).toEqual(['acme'])
  })
})

test('a damaged database cannot be backed up', async () => {
  const { core } = await startDamaged()
  expect((await refusal(core.backUp())).code).toBe('unavailable')
})

test('backups and restores asked for at once come one after another', async () => {
  const core = await startCore()
  const first = await core.backUp()
  addCompany(core.connection(), 'acme')
  const [restored, backup] = await Promise.all([core.restore(first.name), core.backUp()])
  expect(restored.state).toBe('ready')
  expect(core.companies()).toEqual([])
  expect(core.backups().map(({ name }) => name)).toContain(backup.name)
})
