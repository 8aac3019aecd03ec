/** How names are compared: without regard to case, spaces around and between, and Unicode's ways of writing a letter. */

/** One line, single spaces. */
export const tidyName = (name: string): string =>
  // Most names are tidy, and every row has several.
  /^[!-~]+(?: [!-~]+)*$/.test(name) ? name : name.normalize('NFC').replace(/\s+/g, ' ').trim()

/** Equal for names that mean the same. */
export const nameKey = (name: string): string => tidyName(name).toLowerCase()

/**
 * What to ask an index for that ignores the case of A to Z only: other letters are tried as written,
 * small, large, and large at the beginning of words.
 */
export function nameSpellings(name: string): string[] {
  const tidy = tidyName(name)
  if (!/[^\p{ASCII}\P{L}]/u.test(tidy)) return [tidy]
  const small = tidy.toLowerCase()
  const capitals = small.replace(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => {
    return before + letter.toUpperCase()
  })
  return [...new Set([tidy, small, tidy.toUpperCase(), capitals])]
}

/** “Ada Lovelace” and “Lovelace, Ada” → first and last name. */
export function splitPersonName(name: string): { firstName?: string; lastName?: string } {
  const tidy = tidyName(name)
  const comma = /^([^,]+), ?([^,]+)$/.exec(tidy)
  if (comma?.[1] && comma[2]) return { firstName: comma[2], lastName: comma[1] }
  const space = tidy.lastIndexOf(' ')
  if (space < 0) return tidy ? { lastName: tidy } : {}
  return { firstName: tidy.slice(0, space), lastName: tidy.slice(space + 1) }
}
