import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { backUp, backUpDaily, listBackups, removeOldBackups, startDailyBackups } from './backup'
import {
  addCompany,
  buildProcess,
  close,
  count,
  createFiles,
  type Files,
  refusal,
  startProcess,
} from './testing'

const backupsOf = (files: Files) => join(files.directory, 'backups')

/** A row whose copying takes long enough to be interrupted. */
const large = `insert into company (id, name) values ('large', hex(zeroblob(20000000)))`

const begun = (files: Files) =>
  vi.waitFor(() => expect(readdirSync(backupsOf(files))).not.toEqual([]), {
    interval: 1,
    timeout: 20_000,
  })

function readCopy<T>(files: Files, name: string, read: (copy: Database.Database) => T): T {
  const copy = new Database(join(backupsOf(files), name), { readonly: true, fileMustExist: true })
  try {
    return read(copy)
  } finally {
    copy.close()
  }
}

describe('a backup', () => {
  test('holds everything that was committed, in one file that opens by itself', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    addCompany(connection, 'acme', 3)
    const backup = await backUp({ connection, ...files, reason: 'manual' })

    expect(backup).toEqual({
      name: 'rapport-2026-11-20T09-30-00-000Z-manual-n1-c0.db',
      at: '2026-11-20T09:30:00.000Z',
      bytes: statSync(join(backupsOf(files), backup.name)).size,
      reason: 'manual',
      verified: true,
    })
    expect(readCopy(files, backup.name, (copy) => count(copy, 'contact'))).toBe(3)
    expect(readdirSync(backupsOf(files))).toEqual([backup.name])
    expect(listBackups(files.directory)).toEqual([backup])
  })

  test('does not hold up writing, and is of one moment', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    connection.exec(large)
    let ended = false
    const making = backUp({ connection, ...files, reason: 'manual' }).finally(() => {
      ended = true
    })
    let written = 0
    while (!ended) {
      connection.transaction(() => addCompany(connection, `c${written++}`, 2))()
      await new Promise(setImmediate)
    }
    const { name } = await making
    expect(written).toBeGreaterThan(1)
    const [companies, contacts] = readCopy(files, name, (copy) => [
      count(copy, 'company'),
      count(copy, 'contact'),
    ])
    expect(contacts).toBe((companies! - 1) * 2)
    // A backup that started over at each write would not be done by now.
  }, 8_000)

  test('never overwrites another of the same moment', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    await Promise.all([1, 2, 3].map(() => backUp({ connection, ...files, reason: 'manual' })))
    expect(listBackups(files.directory).map(({ name }) => name)).toEqual(
      [3, 2, 1].map((number) => `rapport-2026-11-20T09-30-00-000Z-manual-n${number}-c0.db`),
    )
  })

  test('of a database that was damaged while open is refused', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    connection.transaction(() => {
      for (let index = 0; index < 3000; index++) addCompany(connection, `c${index}`)
    })()
    connection.unsafeMode().pragma('writable_schema = ON')
    connection.exec(`update sqlite_schema set rootpage = 2 where name = 'contact'`)
    const refused = await refusal(backUp({ connection, ...files, reason: 'manual' }))
    expect(refused.code).toBe('backup_failed')
    expect(readdirSync(backupsOf(files))).toEqual([])
  })

  test('that is given up leaves nothing behind', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    connection.exec(large)
    const ending = new AbortController()
    const making = backUp({ connection, ...files, reason: 'manual', signal: ending.signal })
    const refused = expect(making).rejects.toThrow('The program ends.')
    await begun(files)
    ending.abort(new Error('The program ends.'))
    await refused
    expect(readdirSync(backupsOf(files))).toEqual([])
  })

  test('that is given up at any moment, the loading of SQLite included, harms nobody', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    for (let moment = 0; moment < 60; moment++) {
      const ending = new AbortController()
      const making = backUp({ connection, ...files, reason: 'manual', signal: ending.signal })
      const ended = making.then(
        (backup) => backup.verified,
        (error: Error) => error.message === 'The program ends.',
      )
      await wait(moment)
      ending.abort(new Error('The program ends.'))
      expect(await ended).toBe(true)
      expect(readdirSync(backupsOf(files)).filter((name) => name.endsWith('.partial'))).toEqual([])
    }
  })

  test('that was cut afterwards no longer counts as checked', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    const { name, bytes } = await backUp({ connection, ...files, reason: 'manual' })
    truncateSync(join(backupsOf(files), name), bytes - 4096)
    expect(listBackups(files.directory)[0]?.verified).toBe(false)
  })

  test('is distinguished from other files in its folder', async () => {
    const files = createFiles()
    mkdirSync(backupsOf(files), { recursive: true })
    for (const name of ['holiday.jpg', 'rapport.db', 'rapport-2026-manual.db', 'x.partial'])
      writeFileSync(join(backupsOf(files), name), '')
    expect(listBackups(files.directory)).toEqual([])
    await files.openReady()
    expect(readdirSync(backupsOf(files)).sort()).toEqual([
      'holiday.jpg',
      'rapport-2026-manual.db',
      'rapport.db',
    ])
  })
})

// Windows has neither a limit on the size of files nor, unasked, files with holes.
if (process.platform !== 'win32')
  describe('where there is no room', () => {
    test('a backup leaves nothing half and says why', async () => {
      const processToKill = await buildProcess()
      onTestFinished(() => processToKill.remove())
      const files = createFiles()
      const ready = await files.openReady()
      ready.connection.exec(large)
      ready.connection.pragma('wal_checkpoint(truncate)')
      close(ready)

      const cramped = startProcess(
        processToKill.program,
        ['backup once', files.directory, files.options.migrations],
        { file: 'sh', before: ['-c', 'ulimit -f 500; exec "$0" "$@"', process.execPath] },
      )
      expect(await cramped.spoken).toMatch(/^backup_failed: The backup .+ could not be made: disk/)
      await cramped.ended
      expect(readdirSync(backupsOf(files))).toEqual([])
      expect(count((await files.openReady()).connection, 'company')).toBe(1)
    })

    test('a backup is not even begun', async () => {
      const files = createFiles()
      close(await files.openReady())
      // Twice as large as what is free, though all of it a hole.
      const { bavail, bsize } = statfsSync(files.directory)
      const pages = Math.ceil((bavail * bsize * 2) / 4096)
      const header = Buffer.alloc(4)
      header.writeUInt32BE(pages)
      const descriptor = openSync(files.file, 'r+')
      writeSync(descriptor, header, 0, 4, 28)
      closeSync(descriptor)
      truncateSync(files.file, pages * 4096)

      const connection = new Database(files.file)
      onTestFinished(() => void connection.close())
      const refused = await refusal(backUp({ connection, ...files, reason: 'manual' }))
      expect(refused.code).toBe('disk_full')
      expect(readdirSync(backupsOf(files))).toEqual([])
    })
  })

describe('daily backups', () => {
  test('are made once a day', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    const daily = () => backUpDaily({ connection, ...files, keep: 7 })
    expect((await daily())?.reason).toBe('daily')
    files.clock.set('2026-11-20T23:59:59.000Z')
    expect(await daily()).toBe(undefined)
    files.clock.set('2026-11-21T00:00:01.000Z')
    expect((await daily())?.at).toBe('2026-11-21T00:00:01.000Z')
  })

  test('do not count one that was cut', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    const daily = () => backUpDaily({ connection, ...files, keep: 7 })
    truncateSync(join(backupsOf(files), (await daily())!.name), 4096)
    files.clock.set('2026-11-20T10:30:00.000Z')
    expect((await daily())?.verified).toBe(true)
  })

  test('are asked for at once and then every hour, until stopped', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const stop = startDailyBackups({ connection, ...files, keep: () => 7 })
    const made = (expected: number) =>
      vi.waitFor(() => expect(listBackups(files.directory)).toHaveLength(expected), 20_000)
    await made(1)
    vi.advanceTimersByTime(3_600_000)
    files.clock.set('2026-11-21T10:30:00.000Z')
    await wait(50)
    vi.advanceTimersByTime(3_600_000)
    await made(2)
    await stop()
    files.clock.set('2026-11-22T10:30:00.000Z')
    vi.advanceTimersByTime(7_200_000)
    await wait(50)
    expect(listBackups(files.directory)).toHaveLength(2)
  })

  test('that fail are reported', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    writeFileSync(backupsOf(files), 'a file where the folder should be')
    const reported = await new Promise((report) => {
      startDailyBackups({ connection, ...files, keep: 7, report })
    })
    expect(reported).toMatchObject({ code: 'directory_not_writable' })
  })

  test('are given up when the program ends, and leave nothing half', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    connection.exec(large)
    const report = vi.fn()
    const stop = startDailyBackups({ connection, ...files, keep: 7, report })
    await begun(files)
    await stop()
    expect(readdirSync(backupsOf(files))).toEqual([])
    expect(report).not.toHaveBeenCalled()
  })
})

describe('old backups', () => {
  /** Copies of one small backup under other names; migrated ones with the version they are of. */
  async function lay(files: Files, wanted: { name: string; version?: number }[]) {
    const ready = await files.openReady()
    const { name } = await backUp({ connection: ready.connection, ...files, reason: 'manual' })
    const source = join(backupsOf(files), name)
    for (const { name, version } of wanted) {
      const file = join(backupsOf(files), `rapport-${name}.db`)
      cpSync(source, file)
      if (version === undefined) continue
      const copy = new Database(file)
      copy.pragma(`user_version = ${version}`)
      copy.close()
    }
    rmSync(source)
  }
  const names = (files: Files) =>
    listBackups(files.directory).map(({ name }) => name.slice('rapport-'.length, -'.db'.length))
  const day = (number: number, reason: string) =>
    `2026-11-${String(number).padStart(2, '0')}T08-00-00-000Z-${reason}`

  test('go, except the newest daily ones and all that a user made', async () => {
    const files = createFiles()
    await lay(
      files,
      [1, 2, 3, 4].flatMap((number) => [
        { name: day(number, 'daily') },
        { name: day(number, 'manual') },
        { name: day(number, 'restore') },
      ]),
    )
    removeOldBackups(files.directory, 2)
    expect(names(files).filter((name) => name.endsWith('daily'))).toEqual([
      day(4, 'daily'),
      day(3, 'daily'),
    ])
    expect(names(files)).toHaveLength(2 + 4 + 4)
  })

  test('of migrations stay for five versions', async () => {
    const files = createFiles()
    await lay(
      files,
      [1, 2, 3, 4, 5, 6, 7].map((version) => ({ name: day(version, 'migration'), version })),
    )
    removeOldBackups(files.directory, 1)
    expect(names(files)).toEqual([7, 6, 5, 4, 3].map((version) => day(version, 'migration')))
  })

  test('of a migration that was tried again and again do not pile up', async () => {
    const files = createFiles()
    await lay(
      files,
      [1, 2, 3, 4, 5, 6].map((number) => ({ name: day(number, 'migration'), version: 3 })),
    )
    removeOldBackups(files.directory, 1)
    expect(names(files)).toEqual([6, 5, 4].map((number) => day(number, 'migration')))
  })

  test('are distinguished by their numbers, not by dates that a wrong clock gave them', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    const daily = async (at: string) => {
      files.clock.set(at)
      await backUpDaily({ connection, ...files, keep: 3 })
    }
    await daily('2026-11-20T09:00:00.000Z')
    await daily('2099-01-01T09:00:00.000Z')
    await daily('1970-01-02T09:00:00.000Z')
    await daily('2026-11-21T09:00:00.000Z')
    await daily('2026-11-22T09:00:00.000Z')
    const days = () => listBackups(files.directory).map(({ at }) => at.slice(0, 10))
    expect(days()).toEqual(['2026-11-22', '2026-11-21', '1970-01-02'])
    await daily('2026-11-23T09:00:00.000Z')
    expect(days()).toEqual(['2026-11-23', '2026-11-22', '2026-11-21'])
  })

  test('dated ahead by an older version are no newer than the others', async () => {
    const files = createFiles()
    const ahead = '2099-01-01T08-00-00-000Z-daily'
    await lay(files, [
      ...[1, 2, 3].map((number) => ({ name: day(number, 'daily') })),
      { name: ahead },
    ])
    removeOldBackups(files.directory, 2, files.clock.now())
    expect(names(files)).toEqual([day(3, 'daily'), day(2, 'daily')])
  })

  test('that hold the same go before those that hold something else', async () => {
    const files = createFiles()
    const numbered = (number: number, change: number) => `${day(1, 'daily')}-n${number}-c${change}`
    await lay(files, [
      { name: numbered(1, 100) },
      { name: numbered(2, 200) },
      ...[3, 4, 5, 6].map((number) => ({ name: numbered(number, 300) })),
    ])
    removeOldBackups(files.directory, 3)
    expect(names(files)).toEqual([numbered(6, 300), numbered(2, 200), numbered(1, 100)])
  })

  test('stay while nobody knows whether the clock is right', async () => {
    const files = createFiles()
    const { connection } = await files.openReady()
    for (const at of ['2026-11-20', '2098-01-01', '2099-01-01']) {
      files.clock.set(`${at}T09:00:00.000Z`)
      await backUpDaily({ connection, ...files, keep: 1, mayDelete: () => false })
    }
    expect(listBackups(files.directory)).toHaveLength(3)
  })

  test('never leave none', async () => {
    const files = createFiles()
    await lay(files, [{ name: day(1, 'daily') }])
    removeOldBackups(files.directory, 0)
    expect(names(files)).toEqual([day(1, 'daily')])
  })
})
