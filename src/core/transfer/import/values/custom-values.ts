/** The values of custom fields in files: what their cells say, kind by kind. */
import type { CustomField, CustomValue } from '../../../../contract/kernel/custom-fields'
import { minorFromAmount, moneyFromMinor } from '../../../../contract/kernel/money'
import { Email } from '../../../../contract/kernel/shapes'
import { cleanLine, cleanText, webAddress } from '../../../../contract/kernel/text'
import { channelParts } from './contact-channels'
import { within } from './own-values'
import {
  type DateOrder,
  type DecimalSeparator,
  parseBoolean,
  parseDate,
  parseEmail,
  parseMoney,
  parseNumber,
  parsePhone,
  parseTags,
  parseText,
  parseWebsite,
  type TimeZone,
} from './parse-values'
import { broken, isNoValue, type Parsed, valid } from './parsed-value'

export type CustomReader = (cell: string, row: { currency: string }) => Parsed<CustomValue>

export interface CustomReading {
  hints: { dateOrder?: DateOrder; decimalSeparator?: DecimalSeparator }
  zone: TimeZone
  now: number
  /** Whoever a name, an address or an id means; a refusal reads after the field's label. */
  person(named: string): { id: string } | { refused: string }
}

type Field = Pick<CustomField, 'type' | 'choices' | 'currency'>
const longestText = 10_000

/** Reads cells of any program. */
export function customReader(
  field: Field,
  { hints, zone, now, person }: CustomReading,
): CustomReader {
  switch (field.type) {
    case 'text':
      return (cell) => parseText(cell, { maxLength: longestText, lines: true })
    case 'number':
      return (cell) => parseNumber(cell, hints)
    case 'percent':
      return (cell) => {
        const parsed = parseNumber(cell.replace(/\s*%\s*$/, ''), hints)
        return parsed.problem?.rule === 'not_a_number'
          ? broken('not_a_number', 'must be a percentage like 12.5')
          : parsed
      }
    case 'money':
      return (cell, row) => {
        const parsed = parseMoney(cell, { ...hints, currency: field.currency ?? row.currency })
        if (parsed.problem) return parsed
        return valid(parsed.value && moneyFromMinor(parsed.value.minor, parsed.value.currency))
      }
    case 'date':
      return (cell) => parseDate(cell, { ...hints, zone, now })
    case 'boolean':
      return parseBoolean
    case 'choice':
      return (cell) => {
        const choice = choiceNamed(field, cell)
        return choice === undefined ? notAChoice(field) : valid(choice)
      }
    case 'many_choices':
      return (cell) => choicesOf(field, parseTags(cell, { maxLength: 120, most: 200 }))
    case 'person':
      return (cell) => {
        if (isNoValue(cell)) return valid(null)
        const found = person(cell.trim())
        return 'id' in found ? valid(found.id) : broken('out_of_range', found.refused)
      }
    case 'url':
      return (cell) => {
        const { value, problem } = parseWebsite(cell)
        return problem ? { problem } : valid(value?.url ?? null)
      }
    case 'email':
      return (cell) => {
        const parsed = parseEmail(cell)
        return parsed.problem?.rule === 'several_emails'
          ? parseEmail(channelParts(cell, 'email')[0] ?? '')
          : parsed
      }
    case 'phone':
      return (cell) => parsePhone(cell)
  }
}

/** Reads cells that Rapport wrote exactly as it wrote them; those that were changed since like any others. */
export function ownCustomReader(field: Field, reading: CustomReading): CustomReader {
  const lenient = customReader(field, reading)
  const where =
    (read: (cell: string) => CustomValue | undefined): CustomReader =>
    (cell, row) => {
      const value = read(cell)
      return value === undefined ? lenient(cell, row) : valid(value)
    }
  switch (field.type) {
    case 'text':
      return (cell) => within(cleanText(cell), longestText)
    case 'number':
    case 'percent':
      return where((cell) => (String(Number(cell)) === cell ? Number(cell) : undefined))
    case 'money':
      return where((cell) => {
        const [, amount = '', currency = ''] = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(cell) ?? []
        const minor = minorFromAmount(amount, currency)
        return minor === undefined ? undefined : moneyFromMinor(minor, currency)
      })
    case 'choice':
      return where((cell) => field.choices.find((one) => one === cell))
    case 'many_choices':
      return (cell) =>
        choicesOf(
          field,
          parseTags(cell, { maxLength: 120, most: 200, normalise: false, ours: true }),
        )
    case 'url':
      return where((cell) => (webAddress(cell) === undefined ? undefined : cleanLine(cell)))
    case 'email':
      return where((cell) => (Email.safeParse(cell).success ? cell.trim() : undefined))
    case 'phone':
      return (cell) => within(cleanLine(cell), 60)
    default:
      return lenient
  }
}

function choiceNamed({ choices }: Field, cell: string): string | undefined {
  const wanted = cell.trim()
  return (
    choices.find((one) => one === wanted) ??
    choices.find((one) => one.toLowerCase() === wanted.toLowerCase())
  )
}

const notAChoice = ({ choices }: Field) =>
  broken('out_of_range', `must be one of ${choices.join(', ')}`)

function choicesOf(field: Field, parsed: Parsed<string[]>): Parsed<CustomValue> {
  if (parsed.problem) return parsed
  const named = (parsed.value ?? []).map((part) => choiceNamed(field, part))
  const found = named.filter((one) => one !== undefined)
  if (found.length < named.length) return notAChoice(field)
  return valid(found.length === 0 ? null : [...new Set(found)])
}
