/** Finds the names and addresses of one person in texts, and takes them out. */
import { erasedText } from '../../kernel/change-log/erased'
import { phoneWords } from '../../kernel/fields/phone-numbers'

/** What a contact is or was called, and reached by. */
export interface Person {
  /** Addresses and long numbers, each the person's alone: they are looked for in every text there is. */
  marks: string[]
  /** Whole names that nobody else has. They may be ordinary words: only in what is about the person. */
  names: string[]
  /** First names and the like, which others have too: only in what is linked to the person. */
  linked: string[]
}

export interface PersonFields {
  name: unknown
  first_name: unknown
  last_name: unknown
  email: unknown
  phone: unknown
  mobile: unknown
  linkedin: unknown
}

type Shared = 'name' | 'email' | 'phone'

/**
 * @param versions the contact as it is, and as the log knows it from before
 * @param isShared whether somebody else has this name, address or number, too
 */
export function personOf(
  versions: readonly Partial<PersonFields>[],
  isShared: (column: Shared, value: string) => boolean,
): Person {
  const marks = new Set<string>()
  const names = new Set<string>()
  const linked = new Set<string>()
  const add = (value: unknown, column: Shared, placeOf: (text: string) => Set<string>) => {
    const text = typeof value === 'string' ? value.trim() : ''
    if (text.length < 2 || text === erasedText) return
    const place = placeOf(text)
    const isOwn = place !== linked && longestWord(text) !== '' && !isShared(column, text)
    ;(isOwn ? place : linked).add(text)
  }
  const ofManyDigits = (text: string) => text.replaceAll(/\D/g, '').length >= 7
  for (const version of versions) {
    // Who has no name is called by the address.
    if (typeof version.name === 'string' && /^\S+@\S+$/.test(version.name.trim()))
      add(version.name, 'email', () => marks)
    else add(version.name, 'name', (text) => (/\S\s+\S/.test(text) ? names : linked))
    add(version.first_name, 'name', () => linked)
    add(version.last_name, 'name', () => linked)
    add(version.email, 'email', () => marks)
    for (const number of [version.phone, version.mobile]) {
      if (typeof number !== 'string') continue
      add(number, 'phone', (text) => (ofManyDigits(text) ? marks : linked))
      // Notes write it in other ways: together, with and without its country code.
      const isOwn = !isShared('phone', number)
      for (const digits of phoneWords(number))
        for (const word of [digits, `+${digits}`])
          add(word, 'phone', () => (isOwn && ofManyDigits(digits) ? marks : linked))
    }
    add(version.linkedin, 'name', (text) => (text.includes('/') ? marks : linked))
  }
  const isElsewhere = (text: string) => marks.has(text) || names.has(text)
  return {
    marks: [...marks],
    names: [...names],
    linked: [...linked].filter((text) => !isElsewhere(text)),
  }
}

/** Takes words out of a text, as whole words and in any case. The same text where there are none. */
export function createRedaction(words: readonly string[]): (text: string) => string {
  if (words.length === 0) return (text) => text
  const lower = words.map((word) => word.toLowerCase())
  // Longest first, so that a name goes before the first name in it.
  const forms = [...new Set(words.flatMap((word) => [word, JSON.stringify(word).slice(1, -1)]))]
    .sort((one, other) => other.length - one.length)
    .map((word) =>
      word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(/\s+/g, `(?:\\s|${escaped})+`),
    )
  const pattern = new RegExp(
    `(?:(?<![\\p{L}\\p{N}])|(?<=${escaped}))(?:${forms.join('|')})(?![\\p{L}\\p{N}])`,
    'giu',
  )
  return (text) => {
    const small = text.toLowerCase()
    // Most texts have none of it: to look is many times faster than to replace.
    if (!lower.some((word) => small.includes(word.split(/\s/)[0] ?? word))) return text
    return text.replaceAll(pattern, erasedText)
  }
}

/** A line break or another sign as JSON writes it: its letter belongs to no word. */
const escaped = String.raw`\\(?:[nrtbf]|u[\da-f]{4})`
const escapes = new RegExp(escaped, 'g')

const wordsOf = (text: string): string[] =>
  (text.includes('\\') ? `${text} ${text.replaceAll(escapes, ' ')}` : text)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

const longestWord = (text: string): string =>
  wordsOf(text).reduce((longest, word) => (word.length > longest.length ? word : longest), '')

/** Finds which of many texts may be in another: one look at each of its words, however many they are. */
export function createWordIndex<T>(entries: Iterable<readonly [text: string, value: T]>) {
  const byWord = new Map<string, Set<T>>()
  for (const [text, value] of entries) {
    const word = longestWord(text)
    if (word !== '') byWord.set(word, (byWord.get(word) ?? new Set()).add(value))
  }
  return (text: string): Set<T> => {
    const found = new Set<T>()
    for (const word of wordsOf(text)) for (const value of byWord.get(word) ?? []) found.add(value)
    return found
  }
}
