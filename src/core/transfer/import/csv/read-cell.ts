/** Reads one cell of a record that has a quote in it. */
import type { RecordShape } from './file-form'
import type { TextAhead } from './text-ahead'

/** Whether a record passes its bound outside or inside of quotes, and where to look on from. */
export interface Outgrowth {
  state: 'plain' | 'quoted'
  from: number
}

export interface ReadCell {
  value: string
  /** Where its delimiter or line end is. */
  end: number
  /** A quote that encloses nothing was taken as text. */
  stray: boolean
}

export function createCellReader(ahead: TextAhead, { quote, quoteEscape }: RecordShape) {
  const { findQuote, findLineEnd, findCellEnd, isCellEnd, skipBlanks } = ahead
  /** The last answer of `isClosedBefore`, which holds for this text. */
  let looked: { lineEnd: number; from: number; closed: boolean; at: number } | undefined

  /**
   * Reads the cell at `start`. In place of a cell: `more` where text is wanting, `lost` where its
   * opening quote is closed nowhere, an Outgrowth where the record passes `bound`.
   */
  function readCell(start: number, bound: number): ReadCell | 'more' | 'lost' | Outgrowth {
    const { text, isLast } = ahead
    const opening = skipBlanks(start)
    if (opening >= text.length && !isLast)
      return text.length > bound ? { state: 'plain', from: bound } : 'more'
    if (text[opening] === quote) return readQuoted(start, opening, bound)
    const end = findCellEnd(start)
    if (end === Number.POSITIVE_INFINITY && !isLast && text.length <= bound) return 'more'
    return plainCell(start, end, bound)
  }

  function plainCell(start: number, end: number, bound: number): ReadCell | Outgrowth {
    const { text } = ahead
    if (end > bound && text.length > bound) return { state: 'plain', from: bound }
    const cellEnd = Math.min(end, text.length)
    const value = text.slice(start, cellEnd)
    return { value, end: cellEnd, stray: value.includes(quote) }
  }

  function readQuoted(
    start: number,
    opening: number,
    bound: number,
  ): ReadCell | 'more' | 'lost' | Outgrowth {
    const { text, isLast } = ahead
    let stray = false
    let from = opening + 1
    for (;;) {
      const closing = findQuote(from)
      if (closing > bound && text.length > bound) return outgrown(from, bound)
      if (closing === Number.POSITIVE_INFINITY) return isLast ? 'lost' : 'more'
      if (ahead.isEscaped(closing, opening)) {
        from = closing + 1
        continue
      }
      if (text[closing + 1] === quote) {
        from = closing + 2
        continue
      }
      const end = skipBlanks(closing + 1)
      if (end > bound) return outgrown(from, bound)
      if (end >= text.length && !isLast) return 'more'
      if (isCellEnd(end))
        return { value: unescapeQuotes(text.slice(opening + 1, closing)), end, stray }

      const lineEnd = findLineEnd(closing)
      if (lineEnd === Number.POSITIVE_INFINITY && !isLast && text.length <= bound) return 'more'
      const spansLines = findLineEnd(opening) < closing
      const closesLater = isClosedBefore(Math.min(lineEnd, text.length, bound), closing + 1)
      if (spansLines && (!closesLater || ahead.looksLikeOpening(closing))) return 'lost'
      // It encloses nothing: the cell is read up to a later quote, or else with its quotes as text.
      if (!closesLater) return plainCell(start, findCellEnd(closing), bound)
      stray = true
      from = closing + 1
    }
  }

  /** Whether a quote from `position` on closes a cell before `lineEnd`, and none opens one first. */
  function isClosedBefore(lineEnd: number, position: number): boolean {
    // From each quote on the way the answer is the same: a line of quotes is gone through once.
    if (looked && looked.lineEnd === lineEnd && position >= looked.from && position <= looked.at)
      return looked.closed
    const answer = lookForClosing(lineEnd, position)
    looked = { lineEnd, from: position, ...answer }
    return answer.closed
  }

  /** `at` is the quote that decided it; without end where none did. */
  function lookForClosing(lineEnd: number, position: number): { closed: boolean; at: number } {
    const { text } = ahead
    let candidate = findQuote(position)
    while (candidate < lineEnd) {
      if (text[candidate + 1] === quote) {
        candidate = findQuote(candidate + 2)
        continue
      }
      const end = skipBlanks(candidate + 1)
      if (end >= lineEnd || isCellEnd(end)) return { closed: true, at: candidate }
      if (ahead.looksLikeOpening(candidate)) return { closed: false, at: candidate }
      candidate = findQuote(candidate + 1)
    }
    return { closed: false, at: Number.POSITIVE_INFINITY }
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

  return {
    readCell,
    /** There is other text now. */
    forget(): void {
      looked = undefined
    },
  }
}

const outgrown = (from: number, bound: number): Outgrowth => ({
  state: 'quoted',
  from: Math.max(from, bound),
})
