/** A line of quick entry while it is read: what is understood is taken out, and remembered where it stood. */
import type { QuickEntry } from '../../../contract/agenda/today'

export type Part = QuickEntry['parts'][number]

/** Words that lead to what was taken out and mean nothing without it. */
const leading =
  /(?:^|\s)(?:on|at|@|by|due|from|starting|until|till|before|after|around|and|,|-|–)\s*$/i

export class Line {
  readonly parts: Part[] = []
  #taken: { from: number; to: number }[] = []

  constructor(readonly text: string) {}

  /** The text with spaces, or what else is wanted, in place of what was taken, so that positions stay. */
  masked(filler = ' '): string {
    let masked = this.text
    for (const { from, to } of this.#taken)
      masked = masked.slice(0, from) + filler.repeat(to - from) + masked.slice(to)
    return masked
  }

  /** Takes out what a pattern finds. */
  take(pattern: RegExp, kind: Part['kind'], filler = ' '): RegExpExecArray | undefined {
    const found = pattern.exec(this.masked(filler))
    if (!found) return undefined
    this.takeOut(found.index, found.index + found[0].length, kind)
    return found
  }

  takeOut(from: number, to: number, kind: Part['kind']) {
    this.mark(from, to, kind)
    const before = leading.exec(this.masked().slice(0, this.parts.at(-1)?.from ?? from))
    const starts = kind === 'when' || kind === 'repeat' ? (before?.index ?? from) : from
    this.#taken.push({ from: Math.min(starts, from), to })
  }

  /** Understood, and part of the title all the same. */
  mark(from: number, to: number, kind: Part['kind']) {
    const text = this.text.slice(from, to)
    this.parts.push({
      from: from + (text.length - text.trimStart().length),
      to: to - (text.length - text.trimEnd().length),
      kind,
    })
  }

  /** Leaves out a single character, such as the @ before a name. */
  leaveOut(at: number) {
    this.#taken.push({ from: at, to: at + 1 })
  }

  /** What is left for the title. */
  rest(): string {
    let rest = ''
    let from = 0
    for (const { from: start, to } of [...this.#taken].sort(
      (one, other) => one.from - other.from,
    )) {
      if (to <= from) continue
      rest += this.text.slice(from, Math.max(from, start))
      // What stood apart stays apart.
      if (to - start > 1) rest += ' '
      from = to
    }
    rest += this.text.slice(from)
    const tidy = rest
      .replace(/\s+/g, ' ')
      .replace(/\s+([,.;:!?])/g, '$1')
      .replace(/^[\s,;:.–-]+|[\s,;:–-]+$/g, '')
    const [first = ''] = tidy
    const upper = first.toUpperCase()
    // A letter that would become two stays as it is written.
    return ([...upper].length === 1 ? upper : first) + tidy.slice(first.length)
  }
}
