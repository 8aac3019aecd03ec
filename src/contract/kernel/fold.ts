/**
 * Text as it is compared: search, filters, names in lookups, duplicates and imports all use this one
 * form, so that lukasz finds Łukasz and MUÑOZ is Muñoz.
 */

/** Accents of Latin, Greek and Cyrillic letters, and the vowel points of Hebrew and Arabic. */
const accents =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: the text is decomposed, and its marks are looked for.
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]/g

/** Letters of their own in Unicode that people write as others where their keyboard lacks them. */
const plainLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  ß: 'ss',
  ı: 'i',
  đ: 'd',
  ð: 'd',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ς: 'σ',
}
const special = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g')

/** Most text is, and there is much of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII.
export const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text)

/** Lower case without accents; equal for every way in which Unicode writes the same letters. */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(accents, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(accents, '')
    .replace(special, (letter) => plainLetters[letter] ?? letter)
    .normalize('NFC')
}
