/** Cuts text that arrives in chunks into records and cells; reports what is broken and goes on. */
import type { LineEnding, RecordShape } from './file-form'

export interface ScanOptions extends RecordShape {
  /** The number of cells expected, which tells a very long text from a quote that was lost. */
  columns?: number
  /** The most UTF-16 units a record may have before it is given up as `too_long`. */
  maxRecordLength: number
  /** The physical line on which the first record starts, from 1; what stands before it is skipped. */
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

/** Whether a record passes its bound outside or inside of quotes, and where to look on from. */
interface Outgrowth {
  state: 'plain' | 'quoted'
  from: number
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
 * - An opening quote that is never closed spoils its own line only: that line is given out with
 *   the fault `quote` and reading goes on with the next.
 * - A record beyond `maxRecordLength` is given out cut, with the fault `too_long`; the rest of it
 *   is skipped without being kept, so memory stays bounded whatever the file holds.
 *
 * The answer does not depend on where the chunks are cut.
 */
export function createRecordScanner(options: ScanOptions): RecordScanner {
  const { delimiter, quote, quoteEscape, columns, maxRecordLength, firstLine = 1 } = options
  const skipLines = createLineSkipper(firstLine - 1)
  const blankLine = new RegExp(`^[\\s${delimiter === null ? '' : escapeForClass(delimiter)}]*$`)
  const endings: Record<LineEnding, number> = { '\r\n': 0, '\n': 0, '\r': 0 }

  let text = ''
  let line = firstLine
  let last = false
  let discarding: 'nothing' | 'plain' | 'quoted' = 'nothing'
  /** While discarding, where to go on in `text`; what stands before it is kept to look back. */
  let discardFrom = 0

  /** The last answer of `isClosedBefore`, which holds for this text. */
  const scanned: {
    looked: { lineEnd: number; from: number; closed: boolean; at: number } | undefined
  } = { looked: undefined }
  let findFeed = createFinder('', '\n')
  let findReturn = createFinder('', '\r')
  let findQuote = createFinder('', quote)
  let findDelimiter = createFinder('', delimiter)

  return {
    scan(piece) {
      const more = skipLines(piece)
      text = text === '' ? more : text + more
      return run()
    },
    end() {
      last = true
      return run()
    },
    lineEndings: () => ({ ...endings }),
  }

  function run(): ScannedRecord[] {
    const records: ScannedRecord[] = []
    findFeed = createFinder(text, '\n')
    findReturn = createFinder(text, '\r')
    findQuote = createFinder(text, quote)
    findDelimiter = createFinder(text, delimiter)
    scanned.looked = undefined

    let position = 0
    while (position < text.length) {
      if (discarding !== 'nothing') {
        const next = discard(position)
        if (next === undefined) return records
        position = next
        continue
      }
      const next = readRecord(position, records)
      if (next === undefined) break
      position = next
    }
    text = text.slice(position)
    return records
  }

  /** Reads the record at `start`; answers where the next begins, or undefined for want of text. */
  function readRecord(start: number, records: ScannedRecord[]): number | undefined {
    const bound = start + maxRecordLength
    const end = findLineEnd(start)
    if (findQuote(start) < Math.min(end, bound)) return readQuotedRecord(start, records)
    if (end > bound && text.length > bound) {
      return giveUp(start, start, [], { state: 'plain', from: bound }, records)
    }
    if (end === Number.POSITIVE_INFINITY && !last) return undefined
    const after = skipLineEnd(end)
    if (after === undefined) return undefined
    const record = text.slice(start, Math.min(end, text.length))
    if (!isBlank(record)) {
      const own = detach(record)
      records.push({
        line,
        values: delimiter === null ? [own] : own.split(delimiter),
        strayQuote: false,
      })
    }
    line += 1
    return after
  }

  function isBlank(record: string): boolean {
    const first = record.charCodeAt(0)
    // Only a line that starts with a blank or a delimiter can be nothing but those.
    if (first > 32 && first < 128 && record[0] !== delimiter) return false
    return blankLine.test(record)
  }

  /** As readRecord, cell by cell, for a record with a quote in it. */
  function readQuotedRecord(start: number, records: ScannedRecord[]): number | undefined {
    const bound = start + maxRecordLength
    const values: string[] = []
    let strayQuote = false
    let position = start

    for (;;) {
      const cell = readCell(position, bound)
      if (cell === 'more') return undefined
      if (cell === 'lost') return readLineOfLostQuote(start, position, values, records)
      if ('state' in cell) {
        return cell.state === 'quoted' && isLostQuote(position, bound)
          ? readLineOfLostQuote(start, position, values, records)
          : giveUp(start, position, values, cell, records)
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

  /**
   * Reads the cell at `start`. `end` is where its delimiter or line end stands. In place of a cell:
   * `more` where text is wanting, `lost` where its opening quote is closed nowhere, an Outgrowth
   * where the record passes `bound`.
   */
  function readCell(
    start: number,
    bound: number,
  ): { value: string; end: number; stray: boolean } | 'more' | 'lost' | Outgrowth {
    const plain: Outgrowth = { state: 'plain', from: bound }
    const opening = skipBlanks(start)
    if (opening >= text.length && !last) return text.length > bound ? plain : 'more'
    if (text[opening] !== quote) {
      const end = findCellEnd(start)
      if (end > bound && text.length > bound) return plain
      if (end === Number.POSITIVE_INFINITY && !last) return 'more'
      const value = text.slice(start, Math.min(end, text.length))
      return { value, end: Math.min(end, text.length), stray: value.includes(quote) }
    }

    let stray = false
    let from = opening + 1
    for (;;) {
      const closing = findQuote(from)
      const quoted: Outgrowth = { state: 'quoted', from: Math.max(from, bound) }
      if (closing > bound && text.length > bound) return quoted
      if (closing === Number.POSITIVE_INFINITY) return last ? 'lost' : 'more'
      if (quoteEscape === 'backslash' && isEscaped(closing, opening)) {
        from = closing + 1
        continue
      }
      if (text[closing + 1] === quote) {
        from = closing + 2
        continue
      }
      const end = skipBlanks(closing + 1)
      if (end > bound) return quoted
      if (end >= text.length && !last) return 'more'
      if (isCellEnd(end)) {
        return { value: unescapeQuotes(text.slice(opening + 1, closing)), end, stray }
      }

      const lineEnd = findLineEnd(closing)
      if (lineEnd === Number.POSITIVE_INFINITY && !last && text.length <= bound) return 'more'
      const spansLines = findLineEnd(opening) < closing
      const closesLater = isClosedBefore(Math.min(lineEnd, text.length, bound), closing + 1)
      if (spansLines && (!closesLater || looksLikeOpening(closing))) return 'lost'
      stray = true
      if (closesLater) {
        from = closing + 1
        continue
      }
      const rawEnd = findCellEnd(closing)
      if (rawEnd > bound && text.length > bound) return plain
      const cellEnd = Math.min(rawEnd, text.length)
      return { value: text.slice(start, cellEnd), end: cellEnd, stray }
    }
  }

  /** Whether a quote from `position` on closes a cell before `lineEnd`, and none opens one first. */
  function isClosedBefore(lineEnd: number, position: number): boolean {
    const { looked } = scanned
    // From each quote on the way the answer is the same: a line of quotes is gone through once.
    if (looked && looked.lineEnd === lineEnd && position >= looked.from && position <= looked.at)
      return looked.closed
    const answer = lookForClosing(lineEnd, position)
    scanned.looked = { lineEnd, from: position, ...answer }
    return answer.closed
  }

  /** `at` is the quote that decided it; without end where none did. */
  function lookForClosing(lineEnd: number, position: number): { closed: boolean; at: number } {
    let candidate = findQuote(position)
    while (candidate < lineEnd) {
      if (text[candidate + 1] === quote) {
        candidate = findQuote(candidate + 2)
        continue
      }
      const end = skipBlanks(candidate + 1)
      if (end >= lineEnd || isCellEnd(end)) return { closed: true, at: candidate }
      if (looksLikeOpening(candidate)) return { closed: false, at: candidate }
      candidate = findQuote(candidate + 1)
    }
    return { closed: false, at: Number.POSITIVE_INFINITY }
  }

  function looksLikeOpening(position: number): boolean {
    let before = position - 1
    while (isBlankAt(before)) before -= 1
    return before < 0 || isCellEnd(before)
  }

  /**
   * Whether the quote that opens at `opening`, not closed before `bound`, was a slip: the lines
   * after it then have the shape of records, which the lines of one long text do not. A doubled
   * quote that is more than an empty cell belongs to such a text.
   */
  function isLostQuote(opening: number, bound: number): boolean {
    if (delimiter === null || columns === undefined || columns < 2) return false
    const firstEnd = findLineEnd(opening)
    if (firstEnd >= bound) return false
    const lines = text
      .slice(firstEnd, Math.min(bound, firstEnd + LOST_QUOTE_SAMPLE))
      .split(/\r\n|\n|\r/)
      .slice(1, -1)
      .filter((each) => !blankLine.test(each))
    const fitting = lines.filter((each) => {
      const cells = each.split(delimiter)
      return (
        cells.length === columns &&
        cells.every((cell) => !cell.includes(quote) || cell.trim() === quote + quote)
      )
    })
    return lines.length >= 3 && fitting.length >= lines.length * 0.8
  }

  /** The line of the quote that is closed nowhere, with its quotes as text. */
  function readLineOfLostQuote(
    start: number,
    cellStart: number,
    values: string[],
    records: ScannedRecord[],
  ): number | undefined {
    const end = Math.min(findLineEnd(cellStart), text.length)
    const after = skipLineEnd(end)
    if (after === undefined) return undefined
    const rest = detach(text.slice(cellStart, end))
    records.push({
      line,
      values: [...values, ...(delimiter === null ? [rest] : rest.split(delimiter))],
      strayQuote: true,
      fault: {
        code: 'quote',
        message: `cell ${values.length + 1} opens with ${quote} and has no closing ${quote}`,
      },
    })
    line += countLineEnds(start, end) + 1
    return after
  }

  /** Gives out what there is of a record beyond all bounds, and sets about skipping its rest. */
  function giveUp(
    start: number,
    cellStart: number,
    values: string[],
    outgrowth: Outgrowth,
    records: ScannedRecord[],
  ): number {
    const bound = start + maxRecordLength
    const rest = text.slice(cellStart, Math.min(bound, cellStart + CUT_REST))
    const isPlain = outgrowth.state === 'plain'
    const cells = [...values, ...(isPlain && delimiter ? rest.split(delimiter) : [rest])]
    records.push({
      line,
      values: cells.slice(0, columns ?? CUT_CELLS).map(cut),
      strayQuote: false,
      fault: {
        code: 'too_long',
        message: `the record is longer than ${maxRecordLength} characters`,
      },
    })
    discarding = outgrowth.state
    discardFrom = outgrowth.from
    return start
  }

  /**
   * Skips the record being discarded. Answers where the next one starts, or undefined once all
   * text is used up; `text` is then cut to a tail long enough to look around in.
   */
  function discard(start: number): number | undefined {
    let position = Math.max(discardFrom, start)
    for (;;) {
      const nextQuote = findQuote(position)
      if (discarding === 'plain') {
        const end = findLineEnd(position)
        if (end < nextQuote) {
          const after = skipLineEnd(end)
          return after === undefined ? discardUpTo(start, end) : finishDiscarding(start, after)
        }
        if (nextQuote === Number.POSITIVE_INFINITY) return discardUpTo(start, text.length)
        if (looksLikeOpening(nextQuote)) discarding = 'quoted'
        position = nextQuote + 1
        continue
      }
      if (nextQuote === Number.POSITIVE_INFINITY) return discardUpTo(start, text.length)
      if (quoteEscape === 'backslash' && isEscaped(nextQuote, start - 1)) {
        position = nextQuote + 1
        continue
      }
      const end = skipBlanks(nextQuote + 1)
      if (end >= text.length && !last && end - nextQuote < LOOK_AROUND / 2) {
        return discardUpTo(start, nextQuote)
      }
      if (text[nextQuote + 1] === quote) {
        position = nextQuote + 2
      } else if (isCellEnd(end)) {
        discarding = 'plain'
        position = end
      } else {
        position = nextQuote + 1
      }
    }
  }

  function finishDiscarding(start: number, after: number): number {
    line += countLineEnds(start, after)
    discarding = 'nothing'
    discardFrom = 0
    return after
  }

  function discardUpTo(start: number, position: number): undefined {
    if (last) {
      text = ''
      return undefined
    }
    let keepFrom = Math.max(start, position - LOOK_AROUND)
    // A CRLF counts as one line end only while both halves are together.
    if (text[keepFrom - 1] === '\r' && keepFrom > start) keepFrom -= 1
    line += countLineEnds(start, keepFrom)
    text = detach(text.slice(keepFrom))
    discardFrom = position - keepFrom
    return undefined
  }

  function findLineEnd(position: number): number {
    return Math.min(findFeed(position), findReturn(position))
  }

  function findCellEnd(position: number): number {
    return Math.min(findDelimiter(position), findLineEnd(position))
  }

  function isCellEnd(position: number): boolean {
    if (position >= text.length) return true
    const character = text[position]
    return character === delimiter || character === '\n' || character === '\r'
  }

  /** Where the text after the line end at `end` begins; undefined where a LF may still follow. */
  function skipLineEnd(end: number): number | undefined {
    if (end >= text.length) return last ? text.length : undefined
    if (text[end] === '\n') {
      endings['\n'] += 1
      return end + 1
    }
    if (end + 1 >= text.length && !last) return undefined
    if (text[end + 1] === '\n') {
      endings['\r\n'] += 1
      return end + 2
    }
    endings['\r'] += 1
    return end + 1
  }

  function countLineEnds(from: number, to: number): number {
    let count = 0
    for (let end = findLineEnd(from); end < to; end = findLineEnd(end + 1)) {
      if (text[end] === '\r' && text[end + 1] === '\n' && end + 1 < to) end += 1
      count += 1
    }
    return count
  }

  function isBlankAt(position: number): boolean {
    const character = text[position]
    return character === ' ' || (character === '\t' && delimiter !== '\t')
  }

  function skipBlanks(position: number): number {
    let next = position
    while (isBlankAt(next)) next += 1
    return next
  }

  function isEscaped(position: number, opening: number): boolean {
    let before = position - 1
    while (before > opening && text[before] === '\\') before -= 1
    return (position - 1 - before) % 2 === 1
  }

  function unescapeQuotes(content: string): string {
    if (quoteEscape === 'backslash') {
      return content.replaceAll(/\\([\\"'])|(["'])\2/g, (pair, escaped: string | undefined) => {
        if (escaped !== undefined) return escaped
        return pair[0] === quote ? quote : pair
      })
    }
    return content.includes(quote) ? content.replaceAll(quote + quote, quote) : content
  }
}

/** How much of the text behind a suspicious quote is looked at. */
const LOST_QUOTE_SAMPLE = 16_384
/** What is kept of a record that is too long: this many cells, this much of each. */
const CUT_CELLS = 100
const CUT_CELL = 200
const CUT_REST = 10_000
/** While discarding, the text kept around the place reached. */
const LOOK_AROUND = 128

/** Finds a character from a position on, remembering the last answer; infinite where there is none. */
function createFinder(text: string, character: string | null): (position: number) => number {
  let from = 0
  let found = -1
  return (position) => {
    if (character === null) return Number.POSITIVE_INFINITY
    if (position < from || position > found) {
      const index = text.indexOf(character, position)
      from = position
      found = index === -1 ? Number.POSITIVE_INFINITY : index
    }
    return found
  }
}

/** The same text in memory of its own, so that a cell somebody keeps does not keep its chunk. */
function detach(part: string): string {
  return part.length < 13 ? part : ` ${part}`.slice(1)
}

function cut(cell: string): string {
  return cell.length > CUT_CELL ? `${cell.slice(0, CUT_CELL)}…` : cell
}

function escapeForClass(character: string): string {
  return character.replace(/[\\\]^-]/, '\\$&')
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
