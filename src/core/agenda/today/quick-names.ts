/** Names of records in quick entry: the longest that is one, or what follows an @. */
import { fold } from '../../../contract/kernel/fold'
import type { Actor } from '../../kernel/actor'
import type { Search } from '../../records/search/search'
import type { Line } from './quick-line'

const kinds = ['company', 'contact', 'lead', 'customer'] as const
type Kind = (typeof kinds)[number]
type Named = { id: string; name: string }

/** Words that begin or end no name here, however some record is called. */
const plainWords = new Set(
  `a about after again an and ask at back book call chase check coffee contract deal demo discuss email for from get give
  him her in into it lunch mail make meet meeting of offer on or order our out over phone ping prepare proposal quote re
  reply ring schedule send set show talk task team that the their them they this to up us visit week with write you your`.split(
    /\s+/,
  ),
)
const mostWords = 6

export function createNameFinder(search: Search) {
  /** Marks in the line what it finds, at most one record of a kind. */
  return function findNames(actor: Actor, line: Line): Partial<Record<Kind, Named>> {
    const found: Partial<Record<Kind, Named>> = {}
    const words = [...line.masked().matchAll(/@?[\p{L}\p{N}][\p{L}\p{M}\p{N}&.'’+-]*/gu)].map(
      (match) => {
        const word = match[0].replace(/[.'’-]+$/, '')
        return { from: match.index, to: match.index + word.length }
      },
    )
    const taken = new Set<number>()
    for (let length = Math.min(mostWords, words.length); length > 0; length--)
      for (let first = 0; first + length <= words.length; first++) {
        const span = Array.from({ length }, (_, index) => first + index)
        const [start, end] = [words[first], words[first + length - 1]]
        if (!start || !end || span.some((index) => taken.has(index))) continue
        const text = line.text.slice(start.from, end.to)
        const isAsked = text.startsWith('@')
        if (text.slice(1).includes('@')) continue
        const match = named(actor, isAsked ? text.slice(1) : text, isAsked, found)
        if (!match) continue
        found[match.kind] = match.record
        for (const index of span) taken.add(index)
        line.mark(start.from, end.to, 'record')
        if (isAsked) line.leaveOut(start.from)
      }
    return found
  }

  /**
   * A record of that name; of a longer name where only one begins so and the text is written like one.
   */
  function named(
    actor: Actor,
    text: string,
    isAsked: boolean,
    found: Partial<Record<Kind, Named>>,
  ): { kind: Kind; record: Named } | undefined {
    const name = fold(text)
    const words = name.split(/\s+/)
    const isPlain = plainWords.has(words[0] ?? '') || plainWords.has(words.at(-1) ?? '')
    if (!isAsked && (name.length < 2 || isPlain)) return undefined
    const open = kinds.filter((kind) => !found[kind])
    const candidates = open.map((kind) => ({ kind, records: search.named(actor, kind, text, 3) }))
    for (const { kind, records } of candidates) {
      const record = records.find((one) => fold(one.name) === name)
      if (record) return { kind, record }
    }
    if (!isAsked && (!/^\p{Lu}/u.test(text) || name.length < 3)) return undefined
    for (const { kind, records } of candidates) {
      // A title is more than the word it begins with.
      if (!isAsked && kind === 'lead' && words.length === 1) continue
      const whole = records.filter(
        (one) => !/^[\p{L}\p{N}]/u.test(fold(one.name).slice(name.length)),
      )
      const [only] = whole
      if (only && (isAsked || whole.length === 1)) return { kind, record: only }
    }
    const [first] = isAsked ? candidates.filter(({ records }) => records.length > 0) : []
    return first?.records[0] && { kind: first.kind, record: first.records[0] }
  }
}
