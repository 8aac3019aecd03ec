/** Cuts text that arrives in chunks into records and cells; reports what is broken and continues. */
import type { LineEnding, RecordShape } from './file-form'
import { isLostQuote } from './lost-quote'
import { createCellReader, type Outgrowth } from './read-cell'
import { createRecordSkipper } from './skip-record'
import { createTextAhead, detach } from './text-ahead'

export interface ScanOptions extends RecordShape {
  /** The number of cells expected, which distinguishes a very long text from a quote that was lost. */
  columns?: number
  /** The most UTF-16 units a record may have before it is given up as `too_long`. */
  maxRecordLength: number
  /** The physical line on which the first record starts, from 1; what precedes it is skipped. */
  firstLine?: number
}

export interface ScannedRecord {
  /** The physical line on which the record starts, from 1. */
  line: number
  values: string[]
  /** A quote that encloses nothing was taken as text. */
  strayQuote: boolean
  fault?: { code: 'too_long' | 'quote'; message: string }
}

export interface RecordScanner {
  /** Takes the next piece of text; answers with the records that are complete with it. */
  scan(text: string): ScannedRecord[]
  /** There is no more text; answers with what was left. */
  end(): ScannedRecord[]
  /** How often each line ending ended a record so far. */
  lineEndings(): Record<LineEnding, number>
}

/**
 * Reads RFC 4180 exactly, and what is not RFC 4180 as a person would:
 *
 * - Records end with CRLF, LF or CR, mixed or not. Lines with nothing but blanks and delimiters
 *   are no records.
 * - A quote in the middle of a cell is text: `6" pipe`, `"Bob "the man" Smith"`, `"Big" Mike`.
 * - Blanks between a delimiter and a quoted cell do not count: `a, "b, c" ,d`.
 * - An opening quote that is never closed spoils its own line only: that line is returned with
 *   the fault `quote` and reading continues with the next.
 * - A record beyond `maxRecordLength` is returned cut, with the fault `too_long`; the rest of it
 *   is skipped without being kept, so memory stays bounded whatever the file holds.
 *
 * The answer does not depend on where the chunks are cut.
 *
 * Not csv-parse: it reads over a lost quote into the next record, stops at a record beyond its bound,
 * counts a CRLF within quotes as two lines, cuts `a, "b, c"` in three, and takes 2 to 4 times as long.
 */
export function createRecordScanner(options: ScanOptions): RecordScanner {
  const { delimiter, quote, columns, maxRecordLength, firstLine = 1 } = options
  const ahead = createTextAhead(options)
  const { findQuote, findLineEnd, skipLineEnd, countLineEnds } = ahead
  const cells = createCellReader(ahead, options)
  const skipper = createRecordSkipper(ahead, options, (lines) => {
    line += lines
  })
  const skipLines = createLineSkipper(firstLine - 1)
  let line = firstLine
  let records: ScannedRecord[] = []

  function run(): ScannedRecord[] {
    records = []
    cells.forget()
    let position = 0
    while (position < ahead.text.length) {
      const isSkipping = skipper.isAtWork()
      const next = isSkipping ? skipper.skip(position) : readRecord(position)
      // Who skips has cut the text itself.
      if (next === undefined && isSkipping) return records
      if (next === undefined) break
      position = next
    }
    ahead.dropUpTo(position)
    return records
  }

  /** Reads the record at `start`; answers where the next begins, or undefined for want of text. */
  function readRecord(start: number): number | undefined {
    const { text } = ahead
    const bound = start + maxRecordLength
    const end = findLineEnd(start)
    if (findQuote(start) < Math.min(end, bound)) return readQuotedRecord(start)
    if (end > bound && text.length > bound)
      return giveUp(start, start, [], { state: 'plain', from: bound })
    if (end === Number.POSITIVE_INFINITY && !ahead.isLast) return undefined
    const after = skipLineEnd(end)
    if (after === undefined) return undefined
    const record = text.slice(start, Math.min(end, text.length))
    if (!ahead.isBlankLine(record))
      records.push({ line, values: split(detach(record)), strayQuote: false })
    line += 1
    return after
  }

  const split = (text: string) => (delimiter === null ? [text] : text.split(delimiter))

  /** As readRecord, cell by cell, for a record with a quote in it. */
  function readQuotedRecord(start: number): number | undefined {
    const { text } = ahead
    const bound = start + maxRecordLength
    const values: string[] = []
    let strayQuote = false
    let position = start

    for (;;) {
      const cell = cells.readCell(position, bound)
      if (cell === 'more') return undefined
      if (cell === 'lost') return readLineOfLostQuote(start, position, values)
      if ('state' in cell) {
        return cell.state === 'quoted' && isLostQuote(ahead, options, position, bound)
          ? readLineOfLostQuote(start, position, values)
          : giveUp(start, position, values, cell)
      }
      values.push(detach(cell.value))
      strayQuote ||= cell.stray
      if (cell.end < text.length && text[cell.end] === delimiter) {
        position = cell.end + 1
        continue
      }
      const after = skipLineEnd(cell.end)
      if (after === undefined) return undefined
      records.push({ line, values, strayQuote })
      line += countLineEnds(start, cell.end) + 1
      return after
    }
  }

  /** The line of the quote that is closed nowhere, with its quotes as text. */
  function readLineOfLostQuote(
    start: number,
    cellStart: number,
    values: string[],
  ): number | undefined {
    const end = Math.min(findLineEnd(cellStart), ahead.text.length)
    const after = skipLineEnd(end)
    if (after === undefined) return undefined
    records.push({
      line,
      values: [...values, ...split(detach(ahead.text.slice(cellStart, end)))],
      strayQuote: true,
      fault: {
        code: 'quote',
        message: `cell ${values.length + 1} opens with ${quote} and has no closing ${quote}`,
      },
    })
    line += countLineEnds(start, end) + 1
    return after
  }

  /** Returns what there is of a record beyond all bounds, and begins to skip its rest. */
  function giveUp(
    start: number,
    cellStart: number,
    values: string[],
    outgrowth: Outgrowth,
  ): number {
    const bound = start + maxRecordLength
    const rest = ahead.text.slice(cellStart, Math.min(bound, cellStart + cutRest))
    const isPlain = outgrowth.state === 'plain'
    const parts = [...values, ...(isPlain && delimiter ? rest.split(delimiter) : [rest])]
    records.push({
      line,
      values: parts.slice(0, columns ?? cutCells).map(cut),
      strayQuote: false,
      fault: {
        code: 'too_long',
        message: `the record is longer than ${maxRecordLength} characters`,
      },
    })
    skipper.begin(outgrowth)
    return start
  }

  return {
    scan(piece) {
      ahead.take(skipLines(piece))
      return run()
    },
    end() {
      ahead.end()
      return run()
    },
    lineEndings: ahead.lineEndings,
  }
}

/** What is kept of a record that is too long: this many cells, this much of each. */
const cutCells = 100
const cutCell = 200
const cutRest = 10_000

function cut(cell: string): string {
  return cell.length > cutCell ? `${cell.slice(0, cutCell)}…` : cell
}

/** Takes the first lines off a text that comes in pieces. */
function createLineSkipper(lines: number): (piece: string) => string {
  let left = lines
  /** The last line ended with CR: a LF at the beginning of the next piece belongs to it. */
  let feedMayFollow = false
  return (piece) => {
    let position = 0
    while (position < piece.length) {
      if (feedMayFollow) {
        feedMayFollow = false
        if (piece[position] === '\n') position += 1
        continue
      }
      if (left === 0) return position === 0 ? piece : piece.slice(position)
      const end = piece.slice(position).search(/[\r\n]/)
      if (end < 0) return ''
      left -= 1
      feedMayFollow = piece[position + end] === '\r'
      position += end + 1
    }
    return ''
  }
}
