/** Names taken apart: first and last name of a person, and the words of the name of a column or stage. */
import { tidyName } from '../../format/names'

/** “Ada Lovelace” and “Lovelace, Ada” → first and last name. */
export function splitPersonName(name: string): { firstName?: string; lastName?: string } {
  const tidy = tidyName(name)
  const comma = /^([^,]+), ?([^,]+)$/.exec(tidy)
  if (comma?.[1] && comma[2]) return { firstName: comma[2], lastName: comma[1] }
  const space = tidy.lastIndexOf(' ')
  if (space < 0) return tidy ? { lastName: tidy } : {}
  return { firstName: tidy.slice(0, space), lastName: tidy.slice(space + 1) }
}

/** `officeLocation`, `Office_Location` and `Office  location` → `office location`. */
export const normaliseName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The same of the name of a column, where “#” and “n°” say that it holds numbers. */
export const normaliseColumn = (name: string): string =>
  normaliseName(name.replace(/#|\bn[°º](?!\p{L})/giu, ' number '))
