/**
 * Remembers that the database was closed whole, so that the next opening need not read all of it:
 * at a gigabyte that takes seconds. The note holds for one opening only and for the very same file;
 * after a crash, a copy or a change by another program the database is checked again, and in any
 * case when the last check is a week old. The daily backups are checked whole besides.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { dequal } from 'dequal'
import type { Clock } from '../time/clock'
import { companionsOf, flushFile, flushFolder, type Layout, layoutOf } from './layout'

const noteOf = (layout: Layout) => join(layout.directory, 'rapport.closed.json')

/** How long a check of the whole file is taken to hold, in milliseconds. */
const checkHolds = 7 * 86_400_000

/**
 * Closes the database for good and notes how it was left.
 * @param checkedAt when all of the file was last read and found sound
 */
export function closeWhole(
  connection: Database.Database,
  { directory, checkedAt }: { directory: string; checkedAt: number },
): void {
  // Refreshes what the query planner knows of tables that have grown much; a sample is enough.
  connection.pragma('optimize')
  connection.close()
  const layout = layoutOf(directory)
  // Another connection still reads: what is left of the write-ahead log belongs to the file.
  if (leftovers(layout)) return
  const note = noteOf(layout)
  const partial = `${note}.partial`
  try {
    writeFileSync(partial, JSON.stringify({ ...fingerprint(layout.file), checkedAt }))
    flushFile(partial)
    renameSync(partial, note)
  } catch {
    // Without the note the next opening only takes longer.
    rmSync(partial, { force: true })
  }
}

/**
 * When the file was last checked, if it was closed whole since and nobody has touched it; else
 * undefined. Takes the note away, so that it is gone before the first write.
 */
export function takeCleanClose(layout: Layout, clock: Clock): number | undefined {
  const note = noteOf(layout)
  if (!existsSync(note)) return undefined
  try {
    const { checkedAt, ...left } = JSON.parse(readFileSync(note, 'utf8'))
    const same = dequal(left, fingerprint(layout.file))
    const age = clock.now() - Number(checkedAt)
    return same && !leftovers(layout) && age >= 0 && age < checkHolds ? checkedAt : undefined
  } catch {
    return undefined
  } finally {
    rmSync(note, { force: true })
    flushFolder(layout.directory)
  }
}

const leftovers = (layout: Layout): boolean => companionsOf(layout.file).some(existsSync)

/** Length, time of the last write, and the header, in which SQLite counts the changes. */
function fingerprint(file: string) {
  const { size, mtimeNs } = statSync(file, { bigint: true })
  const header = Buffer.alloc(100)
  const descriptor = openSync(file, 'r')
  try {
    readSync(descriptor, header, 0, header.length, 0)
  } finally {
    closeSync(descriptor)
  }
  return { size: String(size), written: String(mtimeNs), header: header.toString('hex') }
}
