/** Tells a quote that somebody forgot to close from one that encloses a very long text. */
import type { RecordShape } from './file-form'
import type { TextAhead } from './text-ahead'

/** How much of the text behind a suspicious quote is looked at. */
const sampleLength = 16_384

/**
 * Whether the quote that opens at `opening`, not closed before `bound`, was a slip: the lines
 * after it then have the shape of records, which the lines of one long text do not. A doubled
 * quote that is more than an empty cell belongs to such a text.
 */
export function isLostQuote(
  { text, findLineEnd, isBlankLine }: TextAhead,
  { delimiter, quote, columns }: RecordShape & { columns?: number },
  opening: number,
  bound: number,
): boolean {
  if (delimiter === null || columns === undefined || columns < 2) return false
  const firstEnd = findLineEnd(opening)
  if (firstEnd >= bound) return false
  const lines = text
    .slice(firstEnd, Math.min(bound, firstEnd + sampleLength))
    .split(/\r\n|\n|\r/)
    .slice(1, -1)
    .filter((each) => !isBlankLine(each))
  const fitting = lines.filter((each) => {
    const cells = each.split(delimiter)
    return (
      cells.length === columns &&
      cells.every((cell) => !cell.includes(quote) || cell.trim() === quote + quote)
    )
  })
  return lines.length >= 3 && fitting.length >= lines.length * 0.8
}
