/** Where in the data directory the database is, and what belongs beside it. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'

export interface Layout {
  directory: string
  /** The database. */
  file: string
  /** A checked backup under this name takes the database's place at the next opening. */
  restoring: string
  backups: string
  /** One folder for each database that was set aside, named by the time. */
  quarantine: string
}

export const layoutOf = (directory: string): Layout => ({
  directory,
  file: join(directory, 'rapport.db'),
  restoring: join(directory, 'rapport.db.restoring'),
  backups: join(directory, 'backups'),
  quarantine: join(directory, 'quarantine'),
})

/** What SQLite keeps beside a database; without it, or with another one's, the database is not the same. */
export const companionsOf = (file: string): string[] => [
  `${file}-wal`,
  `${file}-shm`,
  `${file}-journal`,
]

/** The database and its companions, as far as they exist. */
export const filesOf = (file: string): string[] => [file, ...companionsOf(file)].filter(existsSync)

/** An instant as part of a file name on every platform, e.g. 2026-11-20T09-30-00-000Z. */
export const stampOf = (now: number): string => new Date(now).toISOString().replace(/[:.]/g, '-')

/** Makes what was written to a file survive a power failure. */
export function flushFile(file: string): void {
  const descriptor = openSync(file, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes a rename or removal in a folder survive a power failure. */
export function flushFolder(folder: string): void {
  // Windows neither lets a folder be opened this way nor needs it.
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes a folder of which nothing existed before, with a number behind its name where needed. */
export function makeNewFolder(parent: string, name: string): string {
  mkdirSync(parent, { recursive: true })
  for (let attempt = 1; ; attempt++) {
    const folder = join(parent, attempt === 1 ? name : `${name}-${attempt}`)
    try {
      mkdirSync(folder)
      return folder
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}
