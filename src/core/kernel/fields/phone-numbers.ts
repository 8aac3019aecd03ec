/** Phone numbers: one form for dialling and comparing, and the words by which any spelling is found. */
import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'

/** Of fewer digits nobody can tell which number is meant. */
const fewestDigits = 4

/**
 * E.164, with `;ext=` behind it where there is an extension: `+498912345678`. Null where it cannot
 * be read, as a number without a country code where no country is known.
 * @param country two letters: whose numbers are written without a country code
 */
export function readPhone(text: string, country: string | null): string | null {
  const found = parse(text, country)
  return found ? found.number + (found.ext ? `;ext=${found.ext}` : '') : null
}

function parse(text: string, country: string | null) {
  const plain = plainOf(text)
  const own = country !== null && isSupportedCountry(country) ? country : undefined
  // Two zeros mean a plus nearly everywhere; where they do not, the country's own rule comes first.
  // Italy dials the zero in brackets, Germany does not, and Portugal has none: the first that can be.
  for (const spelling of new Set([plain, plain.replace(/^00/, '+')]))
    for (const variant of new Set([spelling, spelling.replace(/\(0\)/, '')])) {
      const found = parseOne(variant, own)
      if (found?.isPossible()) return found
    }
  return undefined
}

const parseOne = (text: string, country: CountryCode | undefined) =>
  parsePhoneNumberFromString(text, {
    ...(country === undefined ? {} : { defaultCountry: country }),
    extract: false,
  })

const plainOf = (text: string) => text.normalize('NFKC').trim().replace(/^tel:/i, '')

const digitsOf = (text: string) => text.replace(/\D/g, '')

/** All forms in which a number's digits are written, without spaces: with its country code and without. */
function formsOf(text: string, country: string | null): string[] {
  const found = parse(text, country)
  const read = found
    ? [found.number, found.formatNational().replace(/[^\d\s().\-/].*$/, ''), found.nationalNumber]
    : []
  const typed = plainOf(text)
    .replace(/^(\+[\d\s]*)\(0\)/, '$1')
    .replace(/^00/, '')
  return [typed, ...read].map(digitsOf)
}

const ofEnough = (words: string[]) => [
  ...new Set(words.filter((word) => word.length >= fewestDigits)),
]

/**
 * The words under which a stored number is found, whatever country it was typed for: with and without
 * its country code. A field that holds several numbers has those of each.
 */
export function phoneWords(text: string): string[] {
  const parts = parse(text, null) ? [] : text.split(/[,;/|]/)
  return ofEnough([text, ...(parts.length > 1 ? parts : [])].flatMap((one) => formsOf(one, null)))
}

/** The words that a searched number begins with, in any of its forms. */
export const searchedPhone = (text: string, country: string | null): string[] =>
  ofEnough(formsOf(text, country))

/** A run of digits as people write a phone number. */
export const phoneRun = /(?<![\p{L}\p{N}+])\+?\(?\p{Nd}(?:[\s().\-/]*\p{Nd})*(?![\p{L}\p{N}])/gu
