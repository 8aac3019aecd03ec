/** The fields that a workspace adds to its records: their kinds, and what each kind takes at every door. */
import * as z from 'zod'
import { isCurrency } from './currencies'
import { minorFromAmount, moneyFromMinor } from './money'
import { Currency, Email, EnteredDate, Id, line, lineOrEmpty, WebAddress } from './shapes'
import { cleanLine, cleanText } from './text'
import { customFieldTypes } from './words'

export const customFieldTables = ['company', 'contact', 'lead', 'customer'] as const
export type CustomFieldTable = (typeof customFieldTables)[number]

export const CustomField = z.object({
  id: Id,
  table: z.enum(customFieldTables),
  key: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be a lower-case name with underscores'),
  label: line(80),
  type: z.enum(customFieldTypes),
  /** Of a field of choices: which there are. */
  choices: z.array(line(120)).max(200),
  /** Of money: the currency that is offered first; null for the workspace's. Any other is taken, too. */
  currency: Currency.nullable(),
  position: z.number().int(),
})
export type CustomField = z.infer<typeof CustomField>
/** What a value is read by. */
export type CustomKind = Pick<CustomField, 'type' | 'choices'>

/** Kinds of which a field names what may be selected. */
export const hasChoices = (type: CustomField['type']): boolean =>
  type === 'choice' || type === 'many_choices'

const longest = 10_000
/**
 * A value as it comes and goes at the doors, and as it is stored: text, a number (also of percent), true or
 * false, an ISO date, a list of choices, the id of a person, or money. Which of them a field takes is read
 * with the field in question, see `readCustomValue`.
 */
export const CustomValue = z.union([
  z.string().overwrite(cleanText).max(longest),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string().overwrite(cleanLine).max(120)).max(200),
  z.object({
    amount: z.string().overwrite(cleanLine).max(40),
    currency: z.string().overwrite(cleanLine).max(10),
  }),
])
export type CustomValue = z.infer<typeof CustomValue>
/** Values of custom fields by their key. An update changes the keys that it names; null takes a value away. */
export const CustomValues = z.record(z.string().max(60), CustomValue)
export type CustomValues = z.infer<typeof CustomValues>

export type ReadCustomValue = { value: CustomValue } | { problem: string }
const takes = (value: CustomValue): ReadCustomValue => ({ value })
const refuses = (problem: string): ReadCustomValue => ({ problem })

/**
 * A value that somebody enters, as it is stored; null for none. Whether a person exists, only the core knows.
 * @returns the rule that the value breaks, in words that read after the label of the field
 */
export function readCustomValue(field: CustomKind, given: CustomValue): ReadCustomValue {
  if (isNoCustomValue(given)) return takes(null)
  switch (field.type) {
    case 'text':
      return readBy(z.string('must be text').overwrite(cleanText).max(longest), given)
    case 'number':
      return readNumber(given, 'must be a number like 1200.50')
    case 'percent':
      return readNumber(given, 'must be a percentage like 12.5')
    case 'money':
      return readMoney(given)
    case 'date':
      return typeof given === 'string'
        ? readBy(EnteredDate, given.trim())
        : refuses('must be a date like 2026-11-20')
    case 'boolean':
      return typeof given === 'boolean' ? takes(given) : refuses('must be true or false')
    case 'choice':
      return typeof given === 'string' && field.choices.includes(given)
        ? takes(given)
        : refuses(`must be one of ${field.choices.join(', ')}`)
    case 'many_choices':
      return Array.isArray(given) && given.every((one) => field.choices.includes(one))
        ? takes([...new Set(given)])
        : refuses(`must be a list of some of ${field.choices.join(', ')}`)
    case 'person':
      return Id.safeParse(given).success ? takes(given) : refuses(noPerson)
    case 'url':
      return readBy(WebAddress, given)
    case 'email':
      return readBy(Email, given)
    case 'phone':
      return readBy(lineOrEmpty(60), given)
  }
}

export const noPerson = 'must be the id of somebody in this workspace'

/** No value: null, empty text, an empty list. */
export const isNoCustomValue = (value: CustomValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

export const isCustomMoney = (
  value: CustomValue | undefined,
): value is { amount: string; currency: string } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readBy(shape: z.ZodType<string, string>, given: CustomValue): ReadCustomValue {
  const read = shape.safeParse(given)
  if (read.success) return takes(read.data === '' ? null : read.data)
  return refuses(read.error.issues[0]?.message ?? 'cannot be read')
}

/** Text is taken where it is a plain decimal number, as scripts and forms send it. */
function readNumber(given: CustomValue, rule: string): ReadCustomValue {
  if (typeof given === 'number') return takes(given)
  if (typeof given !== 'string' || !/^-?\d+(\.\d+)?$/.test(given.trim())) return refuses(rule)
  const number = Number(given)
  return Number.isFinite(number) ? takes(number) : refuses(rule)
}

function readMoney(given: CustomValue): ReadCustomValue {
  if (!isCustomMoney(given)) return refuses('must be an amount and its currency, like 1200.50 EUR')
  const currency = given.currency.trim().toUpperCase()
  if (!isCurrency(currency)) return refuses('must be in a currency of ISO 4217, like EUR')
  if (!/^-?\d{1,13}(\.\d{1,4})?$/.test(given.amount.trim()))
    return refuses('must have a plain decimal amount like 1200.50')
  const minor = minorFromAmount(given.amount, currency)
  return minor === undefined
    ? refuses(`has more decimals than ${currency} allows`)
    : takes(moneyFromMinor(minor, currency))
}
