/** Skips the rest of a record that is beyond all bounds, without keeping it. */
import type { RecordShape } from './file-form'
import type { Outgrowth } from './read-cell'
import type { TextAhead } from './text-ahead'

/** The text kept around the place reached. */
const lookAround = 128

/** @param countLines hears how many line ends were passed */
export function createRecordSkipper(
  ahead: TextAhead,
  { quote }: RecordShape,
  countLines: (lines: number) => void,
) {
  const { findQuote, findLineEnd, skipLineEnd, isCellEnd } = ahead
  let skipping: 'nothing' | Outgrowth['state'] = 'nothing'
  /** Where to continue in the text; what precedes it is kept to look back. */
  let skipFrom = 0

  /**
   * Answers where the next record starts, or undefined once all text is used up; the text is then cut
   * to a tail long enough to look around in.
   */
  function skip(start: number): number | undefined {
    const { text, isLast } = ahead
    let position = Math.max(skipFrom, start)
    for (;;) {
      const nextQuote = findQuote(position)
      if (skipping === 'plain') {
        const end = findLineEnd(position)
        if (end < nextQuote) {
          const after = skipLineEnd(end)
          return after === undefined ? skipUpTo(start, end) : finish(start, after)
        }
        if (nextQuote === Number.POSITIVE_INFINITY) return skipUpTo(start, text.length)
        if (ahead.looksLikeOpening(nextQuote)) skipping = 'quoted'
        position = nextQuote + 1
        continue
      }
      if (nextQuote === Number.POSITIVE_INFINITY) return skipUpTo(start, text.length)
      if (ahead.isEscaped(nextQuote, start - 1)) {
        position = nextQuote + 1
        continue
      }
      const end = ahead.skipBlanks(nextQuote + 1)
      if (end >= text.length && !isLast && end - nextQuote < lookAround / 2)
        return skipUpTo(start, nextQuote)
      if (text[nextQuote + 1] === quote) position = nextQuote + 2
      else if (isCellEnd(end)) {
        skipping = 'plain'
        position = end
      } else position = nextQuote + 1
    }
  }

  function finish(start: number, after: number): number {
    countLines(ahead.countLineEnds(start, after))
    skipping = 'nothing'
    skipFrom = 0
    return after
  }

  function skipUpTo(start: number, position: number): undefined {
    const { text } = ahead
    if (ahead.isLast) {
      ahead.dropUpTo(text.length)
      return undefined
    }
    let keepFrom = Math.max(start, position - lookAround)
    // A CRLF counts as one line end only while both halves are together.
    if (text[keepFrom - 1] === '\r' && keepFrom > start) keepFrom -= 1
    countLines(ahead.countLineEnds(start, keepFrom))
    ahead.keepFrom(keepFrom)
    skipFrom = position - keepFrom
    return undefined
  }

  return {
    isAtWork: (): boolean => skipping !== 'nothing',
    begin({ state, from }: Outgrowth): void {
      skipping = state
      skipFrom = from
    },
    skip,
  }
}
