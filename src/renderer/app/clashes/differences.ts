/** Marks the words of one text that are not in the other, in order. */

export interface Piece {
  text: string
  /** Not in the other text at this place. */
  own: boolean
}

/** Longer texts are shown without marks: comparing them would take too long for a glance. */
const mostWords = 1500

/** @returns the pieces of `text`; put together they are `text` again */
export function differencesIn(text: string, other: string): Piece[] {
  const words = wordsOf(text)
  const others = wordsOf(other)
  if (words.length > mostWords || others.length > mostWords) return [{ text, own: false }]
  const common = commonWords(words, others)
  const pieces: Piece[] = []
  for (const [index, word] of words.entries()) {
    // Blanks between two words belong to what is around them.
    const own = !common.has(index) && (word.trim() !== '' || pieces.at(-1)?.own === true)
    const last = pieces.at(-1)
    if (last?.own === own) last.text += word
    else pieces.push({ text: word, own })
  }
  return pieces
}

const wordsOf = (text: string) => text.match(/\s+|[^\s]+/g) ?? []

/** Indexes of the words in the longest common subsequence. */
function commonWords(words: readonly string[], others: readonly string[]): Set<number> {
  const width = others.length + 1
  const longest = new Uint16Array((words.length + 1) * width)
  const at = (row: number, column: number) => longest[row * width + column] ?? 0
  for (let row = words.length - 1; row >= 0; row--)
    for (let column = others.length - 1; column >= 0; column--)
      longest[row * width + column] =
        words[row] === others[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
  const common = new Set<number>()
  for (let row = 0, column = 0; row < words.length && column < others.length; )
    if (words[row] === others[column]) {
      common.add(row++)
      column++
    } else if (at(row + 1, column) >= at(row, column + 1)) row++
    else column++
  return common
}
