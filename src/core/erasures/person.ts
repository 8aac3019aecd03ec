/** Finds the names and addresses of one person in texts, and takes them out. */
import { erasedText } from '../kernel/erased'
import { phoneWords } from '../kernel/phone-numbers'

/** What a contact is or was called, and reached by. */
export interface Person {
  /** Of these each is the person's alone: they are looked for in every text there is. */
  everywhere: string[]
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

/**
 * @param versions the contact as it is, and as the log knows it from before
 * @param isShared whether somebody else has this name, address or number, too
 */
export function personOf(
  versions: readonly Partial<PersonFields>[],
  isShared: (column: 'name' | 'email' | 'phone', value: string) => boolean,
): Person {
  const everywhere = new Set<string>()
  const linked = new Set<string>()
  const add = (
    value: unknown,
    column: 'name' | 'email' | 'phone',
    isOwn: (text: string) => boolean,
  ) => {
    const text = typeof value === 'string' ? value.trim() : ''
    if (text.length < 2 || text === erasedText) return
    if (isOwn(text) && !isShared(column, text)) everywhere.add(text)
    else linked.add(text)
  }
  const ofSeveralWords = (text: string) => /\S\s+\S/.test(text)
  const ofManyDigits = (text: string) => text.replaceAll(/\D/g, '').length >= 7
  for (const version of versions) {
    add(version.name, 'name', (text) => ofSeveralWords(text) || text.includes('@'))
    add(version.first_name, 'name', () => false)
    add(version.last_name, 'name', () => false)
    add(version.email, 'email', () => true)
    for (const number of [version.phone, version.mobile]) {
      if (typeof number !== 'string') continue
      add(number, 'phone', ofManyDigits)
      // Notes write it in other ways: together, with and without its country code.
      const isOwn = (digits: string) => ofManyDigits(digits) && !isShared('phone', number)
      for (const digits of phoneWords(number))
        for (const word of [digits, `+${digits}`]) add(word, 'phone', isOwn)
    }
    add(version.linkedin, 'name', () => true)
  }
  return { everywhere: [...everywhere], linked: [...linked].filter((one) => !everywhere.has(one)) }
}

/** Takes words out of a text, as whole words and in any case. The same text where there are none. */
export function createRedaction(words: readonly string[]): (text: string) => string {
  if (words.length === 0) return (text) => text
  const lower = words.map((word) => word.toLowerCase())
  // Longest first, so that a name goes before the first name in it.
  const forms = [...new Set(words.flatMap((word) => [word, JSON.stringify(word).slice(1, -1)]))]
    .sort((one, other) => other.length - one.length)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(/\s+/g, '\\s+'))
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
  return (text) => {
    const small = text.toLowerCase()
    // Most texts have none of it: to look is many times faster than to replace.
    if (!lower.some((word) => small.includes(word.split(/\s/)[0] ?? word))) return text
    return text.replaceAll(pattern, erasedText)
  }
}
