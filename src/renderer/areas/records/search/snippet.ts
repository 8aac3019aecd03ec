/** A search snippet cut into plain and matching pieces. */

export interface Piece {
  text: string
  match: boolean
}

const begin = '\u0002'
const end = '\u0003'

/** Matches are between U+0002 and U+0003; an unclosed one reaches to the end. */
export function piecesOf(snippet: string): Piece[] {
  const [before = '', ...rest] = snippet.split(begin)
  const pieces = [{ text: before.replaceAll(end, ''), match: false }]
  for (const part of rest) {
    const [match = '', ...after] = part.split(end)
    pieces.push({ text: match, match: true }, { text: after.join(''), match: false })
  }
  return pieces.filter((piece) => piece.text !== '')
}
