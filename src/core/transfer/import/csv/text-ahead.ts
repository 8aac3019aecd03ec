/** The text that a scanner has before it: where the next quote, delimiter and line end in it are. */
import type { LineEnding, RecordShape } from './file-form'

export type TextAhead = ReturnType<typeof createTextAhead>

export function createTextAhead({ delimiter, quote, quoteEscape }: RecordShape) {
  /** Plain properties, as they are read at every cell. `isLast`: there is no more text than this. */
  const ahead = { text: '', isLast: false }
  const endings: Record<LineEnding, number> = { '\r\n': 0, '\n': 0, '\r': 0 }
  const feed = createFinder('\n')
  const carriageReturn = createFinder('\r')
  const quotes = createFinder(quote)
  const delimiters = createFinder(delimiter)
  const blankLine = new RegExp(`^[\\s${delimiter === null ? '' : escapeForClass(delimiter)}]*$`)

  function take(piece: string): void {
    ahead.text = ahead.text === '' ? piece : ahead.text + piece
    for (const finder of [feed, carriageReturn, quotes, delimiters]) finder.lookIn(ahead.text)
  }

  const findQuote = quotes.find

  /** All of these answer infinity where the text has none from a position on. */
  function findLineEnd(position: number): number {
    return Math.min(feed.find(position), carriageReturn.find(position))
  }

  function findCellEnd(position: number): number {
    return Math.min(delimiters.find(position), findLineEnd(position))
  }

  function isCellEnd(position: number): boolean {
    const { text } = ahead
    if (position >= text.length) return true
    const character = text[position]
    return character === delimiter || character === '\n' || character === '\r'
  }

  /** Where the text after the line end at `end` begins; undefined where a LF may still follow. */
  function skipLineEnd(end: number): number | undefined {
    const { text, isLast } = ahead
    if (end >= text.length) return isLast ? text.length : undefined
    if (text[end] === '\n') {
      endings['\n'] += 1
      return end + 1
    }
    if (end + 1 >= text.length && !isLast) return undefined
    if (text[end + 1] === '\n') {
      endings['\r\n'] += 1
      return end + 2
    }
    endings['\r'] += 1
    return end + 1
  }

  function countLineEnds(from: number, to: number): number {
    const { text } = ahead
    let count = 0
    for (let end = findLineEnd(from); end < to; end = findLineEnd(end + 1)) {
      if (text[end] === '\r' && text[end + 1] === '\n' && end + 1 < to) end += 1
      count += 1
    }
    return count
  }

  function isBlankAt(position: number): boolean {
    const character = ahead.text[position]
    return character === ' ' || (character === '\t' && delimiter !== '\t')
  }

  /** Nothing but blanks and delimiters. */
  function isBlankLine(record: string): boolean {
    const first = record.charCodeAt(0)
    // Only a line that starts with a blank or a delimiter can be nothing but those.
    if (first > 32 && first < 128 && record[0] !== delimiter) return false
    return blankLine.test(record)
  }

  function skipBlanks(position: number): number {
    let next = position
    while (isBlankAt(next)) next += 1
    return next
  }

  /** Whether a quote is one in the text, as an odd number of backslashes precedes it since `opening`. */
  function isEscaped(position: number, opening: number): boolean {
    if (quoteEscape !== 'backslash') return false
    let before = position - 1
    while (before > opening && ahead.text[before] === '\\') before -= 1
    return (position - 1 - before) % 2 === 1
  }

  function looksLikeOpening(position: number): boolean {
    let before = position - 1
    while (isBlankAt(before)) before -= 1
    return before < 0 || isCellEnd(before)
  }

  return Object.assign(ahead, {
    take,
    end(): void {
      ahead.isLast = true
      take('')
    },
    /** What is before a position is done with. */
    dropUpTo(position: number): void {
      ahead.text = ahead.text.slice(position)
    },
    /** The same, in memory of its own. */
    keepFrom(position: number): void {
      ahead.text = detach(ahead.text.slice(position))
    },
    findQuote,
    findLineEnd,
    findCellEnd,
    isCellEnd,
    skipLineEnd,
    countLineEnds,
    isBlankLine,
    skipBlanks,
    isEscaped,
    looksLikeOpening,
    /** How often each line ending was skipped so far. */
    lineEndings: (): Record<LineEnding, number> => ({ ...endings }),
  })
}

/** Finds a character from a position on, remembering the last answer. */
function createFinder(character: string | null) {
  let text = ''
  let from = 0
  let found = -1
  return {
    lookIn(next: string): void {
      text = next
      from = 0
      found = -1
    },
    find(position: number): number {
      if (character === null) return Number.POSITIVE_INFINITY
      if (position < from || position > found) {
        const index = text.indexOf(character, position)
        from = position
        found = index === -1 ? Number.POSITIVE_INFINITY : index
      }
      return found
    },
  }
}

/** The same text in memory of its own, so that a cell somebody keeps does not keep its chunk. */
export function detach(part: string): string {
  return part.length < 13 ? part : ` ${part}`.slice(1)
}

function escapeForClass(character: string): string {
  return character.replace(/[\\\]^-]/, '\\$&')
}
