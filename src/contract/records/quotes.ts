/** Quotes: estimates sent for a lead, accepted or declined. */
import * as z from 'zod'
import { may, recordProcedures } from '../kernel/base'
import {
  Amount,
  ById,
  Currency,
  EnteredDate,
  Id,
  Instant,
  ListInput,
  LongText,
  line,
  lineOrEmpty,
  Reference,
  Sum,
} from '../kernel/shapes'
import { quoteStatuses } from './words'

export const QuoteLine = z.object({
  description: line(500),
  quantity: z.number().min(0).max(1_000_000),
  unitPrice: Amount,
  /** Percent off this line. */
  discount: z.number().min(0).max(100).default(0),
})
export type QuoteLine = z.infer<typeof QuoteLine>

const fields = {
  title: line(),
  leadId: Id,
  currency: Currency,
  lines: z.array(QuoteLine).max(200, 'must have at most 200 lines'),
  /** Percent added on top of the discounted sum. */
  taxRate: z.number().min(0).max(100),
  validUntil: EnteredDate.nullable(),
  notes: LongText.nullable(),
}
const { leadId: _lead, currency: _currency, ...plain } = fields

export const Quote = z.object({
  id: Id,
  /** Human number, rising within this database, e.g. Q-0042. */
  number: z.string(),
  ...plain,
  lead: Reference,
  company: Reference.nullable(),
  contact: Reference.nullable(),
  owner: Reference.nullable(),
  status: z.enum(quoteStatuses),
  subtotal: Sum,
  tax: Sum,
  total: Sum,
  sentAt: Instant.nullable(),
  decidedAt: Instant.nullable(),
  declineReason: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
})
export type Quote = z.infer<typeof Quote>
export const QuoteUpdate = z.object(fields).omit({ leadId: true }).partial()
export const QuoteCreate = z.object(fields).partial().required({ title: true, leadId: true })

export const quotes = {
  ...recordProcedures('/quotes', 'Quotes', {
    shape: Quote,
    create: QuoteCreate,
    update: QuoteUpdate,
    list: ListInput.extend({ leadId: Id.optional() }),
  }),
  /** Marks a draft as sent and logs `quote_sent` on the lead's timeline. */
  send: may('write')
    .route({ method: 'POST', path: '/quotes/{id}/send', tags: ['Quotes'] })
    .input(ById)
    .output(Quote),
  /** Marks a sent quote as accepted and logs it; with `winLead` its lead is won by it, too. */
  accept: may('write')
    .route({ method: 'POST', path: '/quotes/{id}/accept', tags: ['Quotes'] })
    .input(
      z.object({
        id: Id,
        winLead: z
          .boolean()
          .default(false)
          .describe(
            "Moves the lead to its pipeline's won stage as of now, gives it the quote's total as value, and makes it a customer unless it is one.",
          ),
        evenIfExpired: z
          .boolean()
          .default(false)
          .describe('A quote past its validity is refused with 409 unless this is true.'),
      }),
    )
    .output(Quote),
  decline: may('write')
    .route({ method: 'POST', path: '/quotes/{id}/decline', tags: ['Quotes'] })
    .input(z.object({ id: Id, reason: lineOrEmpty(500).optional() }))
    .output(Quote),
}
