/** What the first bytes of a database file say, read without SQLite so that nothing is touched. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Marks a database as Rapport's; "Rprt" as a number. Never to be changed. */
export const applicationId = 0x52707274

export interface Header {
  applicationId: number
  /** The number of migrations applied, as far as it has left the write-ahead log. */
  version: number
  /** Whether the file is as long as it says it is. */
  whole: boolean
}

/**
 * The header of a database, or null where the file is none (an empty file, too).
 *
 * Not for a file that this process has open: on Linux and macOS, closing it here would let go of
 * SQLite's locks on it. Format: https://www.sqlite.org/fileformat2.html#the_database_header
 */
export function readHeader(file: string): Header | null {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(100)
    if (readSync(descriptor, bytes, 0, bytes.length, 0) < bytes.length) return null
    if (bytes.toString('latin1', 0, 16) !== 'SQLite format 3\0') return null
    const pageSize = bytes.readUInt16BE(16) === 1 ? 65536 : bytes.readUInt16BE(16)
    return {
      applicationId: bytes.readUInt32BE(68),
      version: bytes.readUInt32BE(60),
      whole: fstatSync(descriptor).size === bytes.readUInt32BE(28) * pageSize,
    }
  } finally {
    closeSync(descriptor)
  }
}
