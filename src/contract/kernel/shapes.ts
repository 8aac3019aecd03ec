/** Shapes that every area of the contract is made of: ids, instants, money, pages, references. */
import * as z from 'zod'
import { asciiAddress, emailPattern, isAscii } from './addresses'
import { Condition } from './conditions'
import { isCurrency } from './currencies'
import './messages'
import { cleanLine, cleanText, webAddress } from './text'

/** UUIDv7 text. */
export const Id = z.uuid('must be an id')
/** ISO 8601 with offset; the core answers in UTC with a trailing Z. */
export const Instant = z.iso
  .datetime({ offset: true, message: 'must be an ISO 8601 date and time with zone', abort: true })
  .refine((text) => !/^(0000|9999)/.test(text) || isWithinFourDigitYears(text), {
    message: 'must lie within the years 0000 to 9999 in UTC',
    abort: true,
  })
/** ISO calendar date, e.g. 2026-11-20. */
export const CalendarDate = z.iso.date({ message: 'must be a date like 2026-11-20', abort: true })
/** The years in which what people enter may be: far enough for any deal, near enough for every calendar. */
const firstYear = 1900
const lastYear = 2999
export const span = `between ${firstYear} and ${lastYear}`
export const outOfReach = `must be ${span}`
export const isWithinReach = (text: string): boolean => {
  const time = Date.parse(text)
  return time >= Date.UTC(firstYear, 0) && time < Date.UTC(lastYear + 1, 0)
}
/** An instant that somebody enters. What the program itself works out may be further off. */
export const EnteredInstant = Instant.refine(isWithinReach, outOfReach)
/** A date that somebody enters. */
export const EnteredDate = CalendarDate.refine(isWithinReach, outOfReach)
/** A currency as it was stored: of old, any three letters were taken. */
export const StoredCurrency = z.string().regex(/^[A-Z]{3}$/)
/** A currency that somebody enters. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { message: 'must be a three-letter ISO 4217 code', abort: true })
  .refine(isCurrency, 'must be a currency of ISO 4217, like EUR')
/** Decimal text so that no amount is ever rounded by a float. */
export const Amount = z
  .string()
  .trim()
  .regex(/^-?\d{1,13}(\.\d{1,4})?$/, 'must be a plain decimal number like 1054.00')
/** Money as it is answered. */
export const Money = z.object({ amount: Amount, currency: StoredCurrency })
export type Money = z.infer<typeof Money>
/** Money that somebody enters. */
export const EnteredMoney = Money.extend({ currency: Currency })
/** What amounts add up to: longer than one amount may be. */
export const Sum = z.object({
  amount: z.string().regex(/^-?\d{1,21}(\.\d{1,4})?$/),
  currency: StoredCurrency,
})

/** One line of text a person types: trimmed, not blank. */
export const line = (max = 255) =>
  z
    .string()
    .overwrite(cleanLine)
    .min(1, 'must not be blank')
    .max(max, `must have at most ${max} characters`)
/** One line of text that may be empty. */
export const lineOrEmpty = (max = 255) =>
  z.string().overwrite(cleanLine).max(max, `must have at most ${max} characters`)
/** Short text of several lines, such as a postal address. */
export const Lines = (max: number) =>
  z.string().overwrite(cleanText).trim().max(max, `must have at most ${max} characters`)
/** Long text: notes, descriptions. */
export const LongText = z
  .string()
  .overwrite(cleanText)
  .max(100_000, 'must have at most 100000 characters')
/** Address of a page on the web; `https://` is put before it where it has no scheme. Empty for none. */
export const WebAddress = z
  .string()
  .overwrite((text) => webAddress(text) ?? cleanLine(text))
  .max(500, { message: 'must have at most 500 characters', abort: true })
  .refine((text) => text === '' || webAddress(text) !== undefined, {
    message: 'must be a web address like https://acme.com',
  })
export const Tags = z.array(line(60)).max(50, 'must have at most 50 tags')
/** An e-mail address. Its domain may have any letters, and is kept in its ASCII form. */
export const Email = z
  .string()
  .overwrite(asciiAddress)
  .max(254, { message: 'must have at most 254 characters', abort: true })
  .refine((address) => isAscii(address.slice(0, address.lastIndexOf('@'))), {
    message: 'must have only letters from a to z before the @, as mail servers take no others',
    abort: true,
  })
  .email({ pattern: emailPattern, message: 'must be an e-mail address' })
/** A phone number as it is dialled and compared. */
export const PhoneNumber = z
  .string()
  .nullable()
  .describe(
    'The number in E.164, such as +498912345678, with ;ext= for an extension. Null where it cannot be read.',
  )
/** Another record as it is shown in passing. */
export const Reference = z.object({ id: Id, name: z.string() })
export type Reference = z.infer<typeof Reference>

/** A query parameter that may come once, several times, or comma-separated. */
export const oneOrMany = <T extends z.ZodType<unknown, string>>(item: T) =>
  z.preprocess(
    (value) =>
      value === undefined
        ? undefined
        : (Array.isArray(value) ? value : [value]).flatMap((part) =>
            typeof part === 'string' ? part.split(',') : [part],
          ),
    z.array(item).max(500).optional(),
  )
/** A value that in a form is written as JSON. */
export const JsonOr = <T extends z.ZodType>(shape: T) =>
  z.preprocess((value, context) => {
    if (typeof value !== 'string') return value
    try {
      return JSON.parse(value)
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' })
      return z.NEVER
    }
  }, shape)
/** A boolean that in a query string is written true or false. */
export const QueryBoolean = z.union([z.boolean(), z.stringbool()])

/** A condition; in a query string it is written as JSON. */
export const QueryCondition = z.preprocess((value, context) => {
  if (typeof value !== 'string') return value
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  try {
    const condition: unknown = JSON.parse(value)
    return isDeeper(condition, deepestInput) ? refuse('must not be nested this deeply') : condition
  } catch {
    return refuse('must be a condition written as JSON')
  }
}, Condition.optional())

/** What every list takes: text search, condition, sort (`field` or `-field`), page. */
export const ListInput = z.object({
  q: z.string().trim().max(200).optional(),
  filter: QueryCondition,
  sort: z
    .string()
    .regex(
      /^-?([a-zA-Z]{1,40}|custom\.[a-z][a-z0-9_]{0,59})$/,
      'must be a field name, with - in front for descending',
    )
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(2000).optional(),
  trashed: QueryBoolean.default(false),
})
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.number().int(),
  })

export const ById = z.object({ id: Id })
/** What a write that touches many rows answers: how many, and the batch that undo takes. */
export const BulkResult = z.object({
  changed: z.number().int(),
  skipped: z.number().int(),
  batchId: Id.nullable(),
})

/** Of an update that changes the owner. */
export const MoveOpenWork = z
  .boolean()
  .optional()
  .describe(
    `Whether the open tasks, reminders and planned activities of the old owner on this record go to
     the new owner with it. True unless given; false leaves them where they are.`.replace(
      /\s+/g,
      ' ',
    ),
  )

/** Which records a bulk action is for: named ones, or all that a list shows. */
export const BulkTarget = z
  .object({
    ids: z.array(Id).min(1).max(10_000).optional(),
    where: z.object({ q: z.string().max(200).optional(), filter: Condition.optional() }).optional(),
  })
  .refine((target) => (target.ids === undefined) !== (target.where === undefined), {
    message: 'give either ids or where',
    path: ['ids'],
  })
export const bulkOf = <T extends z.ZodType>(patch: T) =>
  z.object({
    target: BulkTarget,
    action: z.discriminatedUnion('type', [
      z.object({ type: z.literal('update'), patch }),
      z.object({ type: z.literal('delete') }),
      z.object({ type: z.literal('restore') }),
      z.object({ type: z.literal('addTags'), tags: Tags.min(1) }),
      z.object({ type: z.literal('removeTags'), tags: Tags.min(1) }),
    ]),
  })

/** How many objects and lists may be within each other in what is sent. */
export const deepestInput = 100

/** Whether a value is nested deeper than `most`; without recursion, so that none is too deep to tell. */
export function isDeeper(value: unknown, most: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    const next = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    )
    if (depth > most) return true
    level = next
  }
  return false
}
/** An offset may carry an instant beyond the years that four digits write. */
function isWithinFourDigitYears(text: string): boolean {
  const time = Date.parse(text)
  return time >= Date.parse('0000-01-01T00:00:00Z') && time < Date.UTC(10_000, 0)
}
