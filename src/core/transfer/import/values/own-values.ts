/** Reads cells that Rapport wrote exactly as it wrote them; those that were changed since are read like any others. */
import { minorFromAmount } from '../../../../contract/kernel/money'
import { Email } from '../../../../contract/kernel/shapes'
import { cleanLine, cleanText, isOtherScheme, webAddress } from '../../../../contract/kernel/text'
import type { FieldDefinition } from '../fields/field'
import { type Parsed, parseTags } from './parse-values'
import { broken, valid } from './parsed-value'

type Reader = (cell: string, row: { currency: string }) => Parsed<unknown>

export const within = (text: string, maxLength: number): Parsed<string | null> =>
  text.length > maxLength
    ? broken('too_long', `must have at most ${maxLength} characters`)
    : valid(text === '' ? null : text)

/** Where the cell has the form that exports have, its value, else what `lenient` makes of it. */
const where =
  (has: (cell: string) => boolean, read: (cell: string) => unknown, lenient: Reader): Reader =>
  (cell, row) =>
    has(cell) ? valid(read(cell)) : lenient(cell, row)

const plainNumber = /^-?\d+(\.\d+)?$/

export function ownReader(field: FieldDefinition, lenient: Reader): Reader {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = field
  switch (field.type) {
    case 'line':
      return (cell) => within(cleanLine(cell), field.maxLength ?? 255)
    case 'phone':
      return (cell) => within(cleanLine(cell), 60)
    case 'profile':
      return (cell, row) =>
        isOtherScheme(cell) ? lenient(cell, row) : within(cleanLine(cell), field.maxLength ?? 255)
    case 'text':
      return (cell) => within(cleanText(cell), field.maxLength ?? 255)
    case 'email':
      return where(
        (cell) => Email.safeParse(cell).success,
        (cell) => cell.trim(),
        lenient,
      )
    case 'website':
      // Of a domain no more is asked than of any line.
      if (field.name === 'domain')
        return (cell) => {
          const { value, problem } = within(cleanLine(cell), 253)
          return problem ? { problem } : valid(value && { url: value, domain: value })
        }
      return where(
        (cell) => webAddress(cell) !== undefined,
        (cell) => ({ url: cleanLine(cell), domain: cleanLine(cell) }),
        lenient,
      )
    case 'integer':
      return where(
        (cell) => /^-?\d{1,15}$/.test(cell) && Number(cell) >= min && Number(cell) <= max,
        Number,
        lenient,
      )
    case 'probability':
      return where((cell) => /^\d{1,3}$/.test(cell) && Number(cell) <= 100, Number, lenient)
    case 'number':
      return where(
        (cell) => String(Number(cell)) === cell && Number(cell) >= min && Number(cell) <= max,
        Number,
        lenient,
      )
    case 'money':
      return (cell, row) => {
        const minor = plainNumber.test(cell) ? minorFromAmount(cell, row.currency) : undefined
        return minor === undefined || minor < min
          ? lenient(cell, row)
          : valid({ minor, currency: row.currency })
      }
    case 'tags':
      return (cell) => parseTags(cell, { normalise: false, ours: true })
    case 'word':
      return where((cell) => /^[a-z][a-z0-9_]{0,59}$/.test(cell), String, lenient)
    default:
      return lenient
  }
}
