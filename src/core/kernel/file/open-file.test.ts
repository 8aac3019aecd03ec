import { createHash } from 'node:crypto'
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { OpeningStep } from '../../../contract/kernel/opening'
import { backUp } from './backup'
import { closeWhole } from './clean-close'
import { cacheFor, configureConnection } from './open-file'
import {
  addCompany,
  close,
  companiesAndContacts,
  copyAsCrashed,
  count,
  createFiles,
  type Files,
  makeDirectory,
  makeMigrations,
  rebuildCompany,
  refusal,
} from './testing'

const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

/** A closed database with many companies, so that it has pages to damage. */
async function makeFilled(files: Files = createFiles()): Promise<Files> {
  const ready = await files.openReady()
  ready.connection.transaction(() => {
    for (let index = 0; index < 2000; index++) addCompany(ready.connection, `c${index}`)
  })()
  close(ready)
  return files
}

function overwrite(file: string, position: number, bytes: Buffer): void {
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, bytes, 0, bytes.length, position)
  closeSync(descriptor)
}

describe('an empty data directory', () => {
  test('gets a new database, and keeps it', async () => {
    const files = createFiles({ directory: join(makeDirectory(), 'new', 'folder') })
    const first = await files.openReady()
    expect(first.migrated).toBe(true)
    addCompany(first.connection, 'acme')
    close(first)
    const second = await files.openReady()
    expect(second.migrated).toBe(false)
    expect(count(second.connection, 'company')).toBe(1)
  })

  test('that cannot be written to is named', async () => {
    const blocked = join(makeDirectory(), 'file')
    writeFileSync(blocked, '')
    const refused = await refusal(createFiles({ directory: join(blocked, 'data') }).open())
    expect(refused.code).toBe('directory_not_writable')
    expect(refused.message).toContain(blocked)
  })
})

describe('what takes long', () => {
  test('is named before it begins: a check of all of it, a backup and an update', async () => {
    const steps: OpeningStep[] = []
    const opened = async (files: Files) => {
      steps.length = 0
      const ready = await files.openReady({ onStep: (step) => steps.push(step) })
      const crashed = makeDirectory()
      copyAsCrashed(files.directory, crashed)
      closeWhole(ready.connection, { directory: files.directory, checkedAt: ready.checkedAt })
      ready.lock.release()
      return { steps: [...steps], crashed: createFiles({ directory: crashed }) }
    }
    const files = createFiles()
    const { steps: ofNew, crashed } = await opened(files)
    expect(ofNew).toEqual([])
    expect((await opened(files)).steps).toEqual([])
    expect((await opened(crashed)).steps).toEqual(['checking'])
    const newer = createFiles({
      directory: files.directory,
      migrations: makeMigrations([companiesAndContacts, rebuildCompany]),
    })
    expect((await opened(newer)).steps).toEqual(['backing_up', 'updating'])
  })
})

describe('the connection', () => {
  test('keeps what was acknowledged through a power failure', async () => {
    const { connection } = await createFiles().openReady()
    const pragma = (name: string) => connection.pragma(name, { simple: true })
    addCompany(connection, 'acme')
    // The build's default shows 2 on a fresh file and falls to 1 with the first write.
    expect(pragma('synchronous')).toBe(2)
    expect(pragma('journal_mode')).toBe('wal')
    expect(pragma('foreign_keys')).toBe(1)
    expect(pragma('busy_timeout')).toBe(5000)
    expect(pragma('cache_size')).toBe(-16384)
    expect(pragma('temp_store')).toBe(2)
  })

  test('keeps more of a large database in memory', () => {
    expect([0, 1e8, 1.2e9, 1e10].map(cacheFor)).toEqual([16_384, 16_384, 24_414, 32_768])
  })

  test('is refused where a setting does not take', () => {
    const memory = new Database(':memory:')
    expect(() => configureConnection(memory)).toThrow('SQLite keeps journal_mode at memory')
    memory.close()
  })

  test('uses a SQLite without the write-ahead log fault', async () => {
    const { connection } = await createFiles().openReady()
    const version = String(connection.prepare('select sqlite_version()').pluck().get())
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003)
  })
})

describe('a database of a newer version', () => {
  test('is refused and stays as it is, to the byte', async () => {
    const newer = makeMigrations([companiesAndContacts, rebuildCompany])
    const running = createFiles({ migrations: newer })
    addCompany((await running.openReady()).connection, 'acme')

    const files = createFiles()
    copyAsCrashed(running.directory, files.directory)
    const before = [hash(files.file), hash(`${files.file}-wal`)]
    const refused = await refusal(files.open())
    expect(refused.code).toBe('database_newer')
    expect(refused.data).toEqual({ found: 2, known: 1 })
    expect([hash(files.file), hash(`${files.file}-wal`)]).toEqual(before)

    const { connection } = await files.openReady({ migrations: newer })
    expect(count(connection, 'company')).toBe(1)
  })
})

describe('a database of another program', () => {
  test('is refused and not touched', async () => {
    const files = createFiles()
    const foreign = new Database(files.file)
    foreign.exec('create table song (title)')
    foreign.close()
    const before = [hash(files.file), statSync(files.file).mtimeMs]
    const refused = await refusal(files.open())
    expect(refused.code).toBe('database_foreign')
    expect([hash(files.file), statSync(files.file).mtimeMs]).toEqual(before)
    expect(readdirSync(files.directory).sort()).toEqual(['rapport.db', 'rapport.lock'])
  })
})

describe('a damaged database', () => {
  const damages: [string, (file: string) => void][] = [
    ['is text', (file) => writeFileSync(file, 'Dear customer, '.repeat(500))],
    ['is empty', (file) => truncateSync(file, 0)],
    ['lacks its end', (file) => truncateSync(file, statSync(file).size - 3 * 4096)],
    ['has lost its first page', (file) => overwrite(file, 0, Buffer.alloc(4096))],
    ['has noise in its pages', (file) => overwrite(file, 5 * 4096, Buffer.alloc(4096, 0xa5))],
  ]

  test.each(damages)('that %s is set aside and not deleted', async (_, damage) => {
    const files = await makeFilled()
    damage(files.file)
    const before = hash(files.file)

    const damaged = await files.openDamaged()
    expect(damaged.message).toMatch(/^The database is damaged: .+Restore the newest backup/)
    expect(damaged.quarantined).toBe(
      join(files.directory, 'quarantine', '2026-11-20T09-30-00-000Z'),
    )
    expect(hash(join(damaged.quarantined, 'rapport.db'))).toBe(before)
    expect(readdirSync(files.directory)).not.toContain('rapport.db')
  })

  test('takes its write-ahead log with it', async () => {
    const running = createFiles()
    const { connection } = await running.openReady()
    connection.pragma('wal_checkpoint(truncate)')
    addCompany(connection, 'acme')
    const files = createFiles()
    copyAsCrashed(running.directory, files.directory)
    writeFileSync(files.file, 'no database')
    const log = hash(`${files.file}-wal`)

    const damaged = await files.openDamaged()
    expect(hash(join(damaged.quarantined, 'rapport.db-wal'))).toBe(log)
    expect(readdirSync(files.directory).filter((name) => name.startsWith('rapport.db'))).toEqual([])
  })

  test('is not silently replaced by an empty one at the next start', async () => {
    const files = await makeFilled()
    truncateSync(files.file, 0)
    const first = await files.openDamaged()
    close(first)
    const second = await files.openDamaged()
    expect(second.quarantined).toBe(first.quarantined)
    expect(second.message).toContain('Restore a backup, or start with an empty database.')
    expect(readdirSync(files.directory)).not.toContain('rapport.db')
  })

  test('does not overwrite one that was set aside before', async () => {
    const files = await makeFilled()
    writeFileSync(files.file, 'first')
    close(await files.openDamaged())
    writeFileSync(files.file, 'second')
    const second = await files.openDamaged()
    const folder = join(files.directory, 'quarantine')
    const texts = readdirSync(folder).map((name) =>
      readFileSync(join(folder, name, 'rapport.db'), 'utf8'),
    )
    expect(texts.sort()).toEqual(['first', 'second'])
    expect(readFileSync(join(second.quarantined, 'rapport.db'), 'utf8')).toBe('second')
  })

  test('keeps others out while it waits for a decision', async () => {
    const files = await makeFilled()
    truncateSync(files.file, 0)
    await files.openDamaged()
    expect((await refusal(files.open())).code).toBe('database_locked')
  })
})

describe('a database that has vanished', () => {
  test('is missed where backups of it are', async () => {
    const files = createFiles()
    const ready = await files.openReady()
    await backUp({ connection: ready.connection, ...files, reason: 'manual' })
    close(ready)
    rmSync(files.file)
    const damaged = await files.openDamaged()
    expect(damaged.message).toContain('The database file is missing, but there are backups')
    expect(damaged.quarantined).toBe('')
  })

  test('does not leave its write-ahead log to the next one', async () => {
    const running = createFiles()
    addCompany((await running.openReady()).connection, 'acme')
    const files = createFiles()
    cpSync(`${running.file}-wal`, `${files.file}-wal`)
    const damaged = await files.openDamaged()
    expect(readdirSync(damaged.quarantined)).toEqual(['rapport.db-wal'])
  })

  test('whose making was interrupted is simply made', async () => {
    const files = createFiles()
    mkdirSync(files.directory, { recursive: true })
    writeFileSync(`${files.file}.creating`, 'half')
    expect((await files.openReady()).migrated).toBe(true)
    expect(readdirSync(files.directory)).not.toContain('rapport.db.creating')
  })
})

test('an error at opening leaves the directory free for others', async () => {
  const files = createFiles()
  await refusal(files.open({ afterMigration: (connection) => connection.exec('nonsense') }))
  await files.openReady()
})
