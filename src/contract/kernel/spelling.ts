/** Tags, sources and industries that differ in case only are one. */
import { isAscii } from './fold'

/** Equal for the same letters, large or small, in whatever way Unicode writes them; accents count. */
export const spellingKey = (text: string): string =>
  isAscii(text)
    ? text.toLowerCase()
    : text
        .normalize('NFC')
        .toUpperCase()
        .toLowerCase()
        .replaceAll('i\u0307', 'i')
        .replaceAll('ς', 'σ')
        .normalize('NFC')

/** Each tag once: the first spelling of it. */
export function uniqueTags(tags: readonly string[]): string[] {
  const known = new Map<string, string>()
  for (const tag of tags) {
    const key = spellingKey(tag)
    if (!known.has(key)) known.set(key, tag)
  }
  return [...known.values()]
}
