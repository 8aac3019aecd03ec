/** What a user can do with the database as a file: see its state, back it up, put a backup back. */
import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { DatabaseStatus } from '../../../contract/history/backups'
import type { Backup } from '../../../contract/kernel/backup'
import { toInstantOrNull } from '../../kernel/database/rows'
import { conflict, unavailable } from '../../kernel/errors'
import { backUp, listBackups } from '../../kernel/file/backup'
import type { StorageTrouble } from '../../kernel/file/errors'
import { noteExchange } from '../../kernel/file/exchange'
import { filesOf, layoutOf } from '../../kernel/file/layout'
import { readMigrations } from '../../kernel/file/migrate'
import { createEmptyDatabase, type OpenedFile } from '../../kernel/file/open-file'
import { listQuarantined } from '../../kernel/file/quarantine'
import { cancelRestore, prepareRestore } from '../../kernel/file/restore'
import type { Clock } from '../../kernel/time/clock'
import type { Watch } from '../../kernel/watch/watch'

/** What this area needs from the core that runs on the database. */
export interface DatabaseArea {
  directory: string
  migrations: string
  clock: Clock
  /** The database as it is open now. */
  current(): OpenedFile
  feedPosition(): string
  /** Hears of each backup that was made by hand. */
  made(backup: Backup): void
  watch: Pick<Watch, 'restarts' | 'pausedSince'>
  /** What is wrong with the disk now. */
  storageTrouble(): StorageTrouble | null
  /**
   * Closes everything that uses the connection, then opens the file again and uses that.
   * @param whenClosed is done in between, when nobody can write any more
   */
  reopen(whenClosed?: () => Promise<void>): Promise<void>
}

export type DatabaseActions = ReturnType<typeof createDatabaseActions>

export function createDatabaseActions({
  directory,
  migrations,
  clock,
  current,
  feedPosition,
  made,
  watch,
  storageTrouble,
  reopen,
}: DatabaseArea) {
  const layout = layoutOf(directory)
  const oneAtATime = createQueue()

  function status(): DatabaseStatus {
    const opened = current()
    const connection = opened.state === 'ready' ? opened.connection : undefined
    if (connection?.open === false) throw unavailable('The database is being opened.')
    return {
      state: opened.state,
      message: opened.state === 'damaged' ? opened.message : null,
      file: opened.file,
      bytes: filesOf(opened.file).reduce((sum, file) => sum + statSync(file).size, 0),
      version: Number(connection?.pragma('user_version', { simple: true }) ?? 0),
      sqlite: sqliteVersion(connection),
      quarantined: listQuarantined(layout),
      feedPosition: feedPosition(),
      restartedAt: toInstantOrNull(watch.restarts()[0]?.at ?? null),
      storage: storageTrouble() ?? 'ok',
      jobsPausedSince: toInstantOrNull(watch.pausedSince()),
    }
  }

  return {
    status,

    /** Newest first. */
    backups: (): Backup[] => listBackups(directory, clock.now()),

    /** @throws unavailable while there is no sound database, disk_full, backup_failed */
    backUp: (): Promise<Backup> =>
      oneAtATime(async () => {
        const opened = current()
        if (opened.state === 'damaged') throw unavailable(opened.message)
        const { connection } = opened
        const backup = await backUp({ connection, directory, clock, reason: 'manual' })
        made(backup)
        return backup
      }),

    /**
     * Puts a backup in place of the database, which is set aside; a sound one also becomes a backup
     * itself, so that restoring can be taken back the same way.
     * @throws not_found, backup_damaged, database_newer, disk_full: nothing is changed then
     */
    restore: (name: string): Promise<DatabaseStatus> =>
      oneAtATime(async () => {
        await prepareRestore({ directory, known: readMigrations(migrations), name })
        try {
          await reopen(keepForReturn)
        } catch (error) {
          cancelRestore(directory)
          throw error
        }
        return status()
      }),

    /** Starts with an empty database in place of a damaged one. @throws conflict when there is a sound one */
    startEmpty: (): Promise<DatabaseStatus> =>
      oneAtATime(async () => {
        if (current().state === 'ready')
          throw conflict('The database is sound; it is not replaced by an empty one.')
        noteExchange(layout, { from: 'empty' })
        createEmptyDatabase(directory)
        await reopen()
        return status()
      }),
  }

  /**
   * Made when the database is closed: whatever was acknowledged before is in it.
   * A full disk or a damage must not keep anybody from the restore; the file itself stays in the
   * quarantine whatever happens here.
   */
  async function keepForReturn(): Promise<void> {
    if (current().state === 'damaged') return
    let connection: Database.Database | undefined
    try {
      connection = new Database(layout.file, { readonly: true, fileMustExist: true })
      await backUp({ connection, directory, clock, reason: 'restore' })
    } catch {
      // As said above.
    } finally {
      connection?.close()
    }
  }
}

function sqliteVersion(open: Database.Database | undefined): string {
  const connection = open ?? new Database(':memory:')
  try {
    return String(connection.prepare('select sqlite_version()').pluck().get())
  } finally {
    if (!open) connection.close()
  }
}

/** Runs work in the order it came, each after the one before has ended. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => T | Promise<T>): Promise<T> => {
    const next = last.then(() => work())
    last = next.catch(() => undefined)
    return next
  }
}
