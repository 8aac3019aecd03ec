/** Reads the records of a CSV file one by one, in bounded memory, reporting what is broken. */
import { open } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { byteOrderMarkLength, type FileForm } from './file-form'
import { createRecordScanner, type ScannedRecord } from './scan-records'

export interface RecordRow {
  /** Which data record this is, from 1; the header and blank lines do not count. */
  number: number
  /** The physical line of the file on which it starts, from 1. */
  line: number
  /** The cells unchanged, untrimmed; as many as the record has, see `problem`. */
  values: string[]
  problem?: RecordProblem
}

export interface RecordProblem {
  /**
   * `ragged`: not as many cells as there are columns. `quote`: a quote was opened and not closed, or
   * stray quotes left not as many cells as there are columns. `too_long`: beyond the bound; `values`
   * are cut.
   */
  code: 'ragged' | 'too_long' | 'quote'
  message: string
}

/** What of a file's form says how to read it. */
export type ReadForm = Omit<FileForm, 'sampleRows' | 'firstRecord' | 'firstLines'>

export interface ReadOptions {
  /** Rejects the next read with its reason. */
  signal?: AbortSignal
  /** The number of the first record wanted; those before are read over. */
  from?: number
  /** The most characters a record may have. */
  maxRecordLength?: number
  /** Told the bytes read so far, about every 256 KiB. */
  onProgress?: (bytesRead: number) => void
}

/**
 * Yields every data record of the file that `detectFile` described. A record with a problem is
 * yielded like the others and reading continues. Cells beyond the last column are dropped where they
 * are empty. Throws only what the file system or the signal throws.
 */
export async function* readRecords(
  path: string,
  form: ReadForm,
  options: ReadOptions = {},
): AsyncGenerator<RecordRow, void, undefined> {
  const { signal, from = 1, maxRecordLength = MAX_RECORD_LENGTH, onProgress } = options
  signal?.throwIfAborted()
  const columns = form.columns.length
  // Files taken in by earlier versions do not say where they begin.
  const firstLine = form.headerLine ?? 1
  const scanner = createRecordScanner({ ...form, columns, maxRecordLength, firstLine })
  const isBehindSeparator = form.separatorLine && firstLine > 1
  let toSkip =
    (form.separatorLine && !isBehindSeparator ? 1 : 0) + (form.header === 'missing' ? 0 : 1)
  let number = 0

  const file = await open(path, 'r')
  try {
    const decoder = iconv.getDecoder(form.encoding, { stripBOM: false })
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(form.bytes, 1024)))
    let position = byteOrderMarkLength(form)
    for (let done = false; !done; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
      signal?.throwIfAborted()
      position += bytesRead
      done = bytesRead === 0
      const scanned = done
        ? [...scanner.scan(decoder.end() ?? ''), ...scanner.end()]
        : scanner.scan(decoder.write(buffer.subarray(0, bytesRead)))
      for (const record of scanned) {
        if (toSkip > 0) {
          toSkip -= 1
          continue
        }
        number += 1
        if (number < from) continue
        yield toRow(record, number, columns)
        signal?.throwIfAborted()
      }
      if (!done) onProgress?.(position)
    }
  } finally {
    await file.close()
  }
}

/** 1 Mi characters: well beyond any note a person writes, and Excel's cell limit 32 times over. */
export const MAX_RECORD_LENGTH = 1_048_576
const CHUNK = 262_144

function toRow(record: ScannedRecord, number: number, columns: number): RecordRow {
  const { line, values, fault, strayQuote } = record
  if (fault) return { number, line, values, problem: fault }
  if (values.length > columns && values.slice(columns).every(isEmpty)) values.length = columns
  if (values.length === columns) return { number, line, values }
  const message = `${count(values.length, 'cell')}, but the file has ${count(columns, 'column')}`
  return { number, line, values, problem: { code: strayQuote ? 'quote' : 'ragged', message } }
}

function isEmpty(cell: string): boolean {
  return cell.trim() === ''
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}
