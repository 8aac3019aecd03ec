/** Writes CSV that any program reads right and no spreadsheet runs; and takes its guard off again. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export type CsvCell = string | number | bigint | boolean | null | undefined
export type CsvRows = Iterable<readonly CsvCell[]> | AsyncIterable<readonly CsvCell[]>

export interface WriteOptions {
  delimiter?: ',' | ';' | '\t' | '|'
  /** Starts with the UTF-8 byte order mark, without which Excel takes UTF-8 for something else. */
  byteOrderMark?: boolean
  lineEnding?: '\r\n' | '\n'
  /** Whether cells a spreadsheet would run get an apostrophe; on unless switched off. */
  neutralise?: boolean
  /** Stops, rejects with its reason, and removes what was written to a path. */
  signal?: AbortSignal
  /** Told the number of rows written so far, about every 64 KiB. */
  onProgress?: (rows: number) => void
}

/**
 * Writes a header of `columns` and the rows as UTF-8 CSV after RFC 4180. A path gets its file only
 * when it is complete; until then it grows beside it as `<path>.partial`. A stream is ended. Null
 * and undefined are empty cells.
 */
export async function writeCsv(
  columns: readonly string[],
  rows: CsvRows,
  target: Writable | string,
  options: WriteOptions = {},
): Promise<{ rows: number; bytes: number }> {
  const written = { rows: 0, bytes: 0 }
  const pieces = Readable.from(toPieces(columns, rows, options, written), { objectMode: false })
  const { signal } = options
  if (typeof target !== 'string') {
    await pipeline(pieces, target, signal ? { signal } : {})
    return written
  }
  const partial = `${target}.partial`
  try {
    await pipeline(pieces, createWriteStream(partial), signal ? { signal } : {})
    await rename(partial, target)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  return written
}

/**
 * Puts an apostrophe before a cell that a spreadsheet would take for a formula: one that begins
 * with = + - @, their full-width forms, a tab or a line end. Numbers stay as they are. Cells that
 * look already guarded get one more, so that `restoreNeutralised` always gives back the original.
 */
export function neutraliseFormula(cell: string): string {
  return isGuardable(cell) ? `'${cell}` : cell
}

/** Takes off the apostrophe that `neutraliseFormula` put on; other cells stay as they are. */
export function restoreNeutralised(cell: string): string {
  return cell.startsWith("'") && isGuardable(cell) ? cell.slice(1) : cell
}

function isGuardable(cell: string): boolean {
  const match = /^'*(?=[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/.exec(cell)
  return (
    match !== null && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell.slice(match[0].length))
  )
}

async function* toPieces(
  columns: readonly string[],
  rows: CsvRows,
  options: WriteOptions,
  written: { rows: number; bytes: number },
): AsyncGenerator<Buffer, void, undefined> {
  const { delimiter = ',', lineEnding = '\r\n', neutralise = true, onProgress } = options
  const toLine = (cells: readonly CsvCell[]) => {
    const texts = cells.map((cell) => {
      if (typeof cell !== 'string') return cell === null || cell === undefined ? '' : String(cell)
      return neutralise ? neutraliseFormula(cell) : cell
    })
    const line = texts.map(quoteWhereNeeded).join(delimiter)
    // Unquoted, a record without any text would be a blank line.
    if (texts.every((text) => text.trim() === '')) {
      return texts.map((text) => `"${text}"`).join(delimiter) + lineEnding
    }
    return line + lineEnding
  }
  const flush = (text: string) => {
    const bytes = Buffer.from(text, 'utf8')
    written.bytes += bytes.length
    onProgress?.(written.rows)
    return bytes
  }

  let piece = (options.byteOrderMark ? '\uFEFF' : '') + toLine(columns)
  for await (const row of rows) {
    piece += toLine(row)
    written.rows += 1
    if (piece.length < PIECE) continue
    yield flush(piece)
    piece = ''
  }
  yield flush(piece)
}

const PIECE = 65_536

/**
 * More is quoted than RFC 4180 asks for: every delimiter in use anywhere, so that no program
 * guesses the wrong one, and what a lenient reader could take for a quote or for Excel's `sep=`.
 * Not csv-stringify: it saves two lines and takes three times as long.
 */
function quoteWhereNeeded(text: string): string {
  if (!/[",;\t|\r\n]|^\s*'|^(sep=|\uFEFF)/i.test(text)) return text
  return `"${text.replaceAll('"', '""')}"`
}
