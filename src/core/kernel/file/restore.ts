/** Puts a backup in the database's place. The file is exchanged at the next opening, so that a crash in between cannot lose either. */
import { constants, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { notFound } from '../errors'
import type { Clock } from '../time/clock'
import { listBackups } from './backup'
import {
  backupDamaged,
  databaseNewer,
  firstProblem,
  inOurWords,
  isDamage,
  reasonOf,
} from './errors'
import { noteExchange } from './exchange'
import { applicationId } from './header'
import { flushFile, flushFolder, type Layout, layoutOf } from './layout'
import { isNewer, type Migration } from './migrate'
import { setAside } from './quarantine'
import { examineDatabase } from './thread'

export interface RestoreOptions {
  directory: string
  /** The migrations this program has. */
  known: Migration[]
  /** As `listBackups` gives it; anything else does not exist and never becomes a path. */
  name: string
}

/**
 * Checks a backup and lays a copy of it ready: the next `openFile` sets the current database aside
 * and opens the copy.
 * @throws not_found, backup_damaged, database_newer, disk_full; nothing is changed then
 */
export async function prepareRestore({ directory, known, name }: RestoreOptions): Promise<void> {
  const layout = layoutOf(directory)
  const backup = listBackups(directory).find((found) => found.name === name)
  if (!backup) throw notFound('backup')
  const source = join(layout.backups, backup.name)
  await requireUsable(source, { known, name })

  const partial = `${layout.restoring}.partial`
  try {
    await copyFile(source, partial, constants.COPYFILE_FICLONE)
    if (statSync(partial).size !== backup.bytes) throw backupDamaged(name, 'it changed meanwhile')
    flushFile(partial)
    noteExchange(layout, { backup: name })
    renameSync(partial, layout.restoring)
    flushFolder(directory)
  } catch (error) {
    rmSync(partial, { force: true })
    throw inOurWords(error, directory)
  }
}

/** Takes back `prepareRestore` where the database was not opened since. */
export function cancelRestore(directory: string): void {
  rmSync(layoutOf(directory).restoring, { force: true })
}

/** Does what `prepareRestore` laid ready, also where a crash interrupted it. The database is closed. */
export function finishRestore(layout: Layout, clock: Clock): void {
  rmSync(`${layout.restoring}.partial`, { force: true })
  if (!existsSync(layout.restoring)) return
  setAside(layout, clock)
  noteExchange(layout, { from: 'backup' })
  renameSync(layout.restoring, layout.file)
  flushFolder(layout.directory)
}

async function requireUsable(
  source: string,
  { known, name }: { known: Migration[]; name: string },
): Promise<void> {
  const examined = await examineDatabase(source).catch((error: unknown) => {
    throw isDamage(error) ? backupDamaged(name, reasonOf(error)) : inOurWords(error, source)
  })
  const [problem] = examined.problems
  if (problem !== undefined) throw backupDamaged(name, firstProblem(problem))
  if (examined.applicationId !== applicationId) throw backupDamaged(name, 'it is not from Rapport')
  if (isNewer(known, examined.applied))
    throw databaseNewer(source, { found: examined.applied.length, known: known.length })
}
