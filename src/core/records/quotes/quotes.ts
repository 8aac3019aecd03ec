/** Quotes: drafted for a lead, sent, accepted or declined. */
import type * as z from 'zod'
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import { minorDigits } from '../../../contract/kernel/currencies'
import { moneyFromMinor } from '../../../contract/kernel/money'
import type { Quote, QuoteCreate, QuoteLine, QuoteUpdate } from '../../../contract/records/quotes'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { Database, Writer } from '../../kernel/database/database'
import {
  fromJson,
  type RowOf,
  toInstant,
  toInstantOrNull,
  toReference,
} from '../../kernel/database/rows'
import { conflict, invalid } from '../../kernel/errors'
import type { ListQuery, ListSource } from '../../kernel/fields/list'
import type { Kernel } from '../../kernel/kernel'
import { createRecords, quoted } from '../../kernel/records/records'
import { dateIn } from '../../kernel/time/zone'
import type { Leads } from '../leads/leads'
import { isOfOwned } from '../links/links'
import { quoteColumns } from './columns'
import { quote } from './table'

export type Quotes = ReturnType<typeof createQuotes>
type Patch = z.output<typeof QuoteUpdate>
type Line = z.output<typeof QuoteLine>

type QuoteRow = RowOf<typeof quote> & {
  lead_title: string
  company_id: string | null
  company_name: string | null
  contact_id: string | null
  contact_name: string | null
  owner_id: string | null
  owner_name: string | null
}

const source: ListSource = {
  table: 'quote',
  select: `quote.*, lead.title as lead_title, lead.company_id, company.name as company_name, lead.contact_id,
    contact.name as contact_name, lead.owner_id, owner.name as owner_name`,
  joins: `join lead on lead.id = quote.lead_id
    left join company on company.id = lead.company_id
    left join contact on contact.id = lead.contact_id
    left join user owner on owner.id = lead.owner_id`,
  fields: quoteColumns.fields,
  defaultSort: '-updatedAt',
  sorts: quoteColumns.sorts,
}

/**
 * Sums of a quote in minor units. Each line is rounded half up to the currency's smallest unit after its
 * discount, the tax once on the sum, as printed quotes do it.
 * @param digits decimals of the currency
 */
export function quoteTotals(
  lines: Line[],
  taxRate: number,
  currency: string,
  digits = minorDigits(currency),
) {
  const subtotal = lines.reduce((sum, line) => sum + lineTotal(line, digits), 0)
  const tax = Math.round((subtotal * taxRate) / 100)
  return { subtotalMinor: subtotal, taxMinor: tax, totalMinor: subtotal + tax }
}

/** @throws invalid where the lines add up to what no quote may */
export function checkedTotals(lines: Line[], taxRate: number, currency: string) {
  const totals = quoteTotals(lines, taxRate, currency)
  if (!Number.isSafeInteger(totals.totalMinor))
    throw invalid('lines', 'add up to more than can be kept exactly')
  if (totals.totalMinor < 0) throw invalid('lines', 'must not add up to less than nothing')
  return totals
}

/** The highest number so far; numbers of other programs do not count. */
export const lastQuoteNumber = (database: Database): number =>
  Number(
    database.value(
      `select coalesce(max(cast(substr(number, 3) as integer)), 0) from quote
       where number glob 'Q-[0-9]*' and not number glob 'Q-*[^0-9]*' and length(number) <= 14`,
    ),
  )

export const quoteNumber = (number: number): string => `Q-${String(number).padStart(4, '0')}`

const lineTotal = (line: Line, digits: number): number =>
  // toPrecision takes off the binary dust of products like 1.005 × 100 before rounding.
  Math.round(
    Number(
      (
        line.quantity *
        Number(line.unitPrice) *
        (1 - line.discount / 100) *
        10 ** digits
      ).toPrecision(15),
    ),
  )

/** Writes on the timeline of a lead. */
export type LogOnLead = (
  writer: Writer,
  entry: {
    category: 'manual'
    type: string
    subject: string
    leadId: string
    metadata: Record<string, unknown>
  },
) => void

export function createQuotes(
  kernel: Kernel,
  { leads, logOnLead }: { leads: Leads; logOnLead: LogOnLead },
) {
  const { clock, database, workspace } = kernel

  const records = createRecords<QuoteRow, Quote>(kernel, {
    noun: 'quote',
    nouns: 'quotes',
    table: quote,
    source,
    nameOf: (row) => `${row.number} ${row.title}`,
    scope: (actor, rows) =>
      seesAll(actor) ? undefined : isOfOwned('quote.lead_id', 'lead', actor.userId, rows),
    toShape: (row) => ({
      id: row.id,
      number: row.number,
      title: row.title,
      lines: fromJson(row.lines),
      taxRate: row.tax_rate,
      validUntil: row.valid_until,
      notes: row.notes,
      lead: { id: row.lead_id, name: row.lead_title },
      company: toReference(row.company_id, row.company_name),
      contact: toReference(row.contact_id, row.contact_name),
      owner: toReference(row.owner_id, row.owner_name),
      status: row.status,
      subtotal: moneyFromMinor(row.subtotal_minor, row.currency),
      tax: moneyFromMinor(row.tax_minor, row.currency),
      total: moneyFromMinor(row.total_minor, row.currency),
      sentAt: toInstantOrNull(row.sent_at),
      decidedAt: toInstantOrNull(row.decided_at),
      declineReason: row.decline_reason,
      createdAt: toInstant(row.created_at),
      updatedAt: toInstant(row.updated_at),
      deletedAt: toInstantOrNull(row.deleted_at),
    }),
  })

  function create(actor: Actor, input: z.output<typeof QuoteCreate>): Quote {
    const lead = leads.requireRow(actor, input.leadId)
    if (lead.deleted_at !== null) throw invalid('leadId', 'is in the trash')
    const currency = input.currency ?? lead.currency ?? workspace.currency()
    const lines = input.lines ?? []
    const taxRate = input.taxRate ?? 0
    const totals = checkedTotals(lines, taxRate, currency)
    let id = ''
    database.act(actor, { label: `Create quote ${quoted(input.title)}` }, (writer) => {
      id = writer.insert(quote, {
        ...input,
        number: quoteNumber(lastQuoteNumber(database) + 1),
        currency,
        lines,
        taxRate,
        ...totals,
        createdBy: actor.userId,
      })
    })
    return records.get(actor, id)
  }

  function applyUpdate(writer: Writer, row: QuoteRow, patch: Patch): boolean {
    const changesMoney =
      patch.lines !== undefined || patch.taxRate !== undefined || patch.currency !== undefined
    if (changesMoney && row.status !== 'draft')
      throw conflict(
        `${row.number} was ${row.status} already; its lines cannot change. Make a new quote.`,
      )
    const lines = patch.lines ?? fromJson(row.lines)
    const taxRate = patch.taxRate ?? row.tax_rate
    const currency = patch.currency ?? row.currency
    return writer.update(quote, row.id, {
      ...patch,
      ...(changesMoney ? checkedTotals(lines, taxRate, currency) : {}),
    })
  }

  function update(actor: Actor, { id, ...patch }: Patch & { id: string }): Quote {
    const row = records.requireRow(actor, id)
    database.act(actor, { label: `Change quote ${row.number}` }, (writer) => {
      applyUpdate(writer, row, patch)
    })
    return records.get(actor, id)
  }

  /** Logs on the lead's timeline what became of the quote. */
  const log = (writer: Writer, row: QuoteRow, type: string, subject: string) =>
    logOnLead(writer, {
      category: 'manual',
      type,
      subject,
      leadId: row.lead_id,
      metadata: {
        quote_id: row.id,
        quote_number: row.number,
        total: moneyFromMinor(row.total_minor, row.currency),
      },
    })

  function send(actor: Actor, id: string): Quote {
    const row = records.requireRow(actor, id)
    if (row.status !== 'draft') throw conflict(`${row.number} was ${row.status} already.`)
    if (row.lines === '[]') throw conflict(`${row.number} has no lines yet.`)
    database.act(actor, { label: `Send quote ${row.number}` }, (writer) => {
      writer.update(quote, id, { status: 'sent', sentAt: writer.now })
      log(writer, row, 'quote_sent', `Quote ${row.number} sent`)
    })
    return records.get(actor, id)
  }

  function decide(
    actor: Actor,
    id: string,
    status: 'accepted' | 'declined',
    { reason, along = () => {} }: { reason?: string | undefined; along?(writer: Writer): void },
  ): Quote {
    const row = records.requireRow(actor, id)
    if (row.status !== 'sent')
      throw conflict(
        row.status === 'draft'
          ? `${row.number} has not been sent yet.`
          : `${row.number} was ${row.status} already.`,
      )
    database.act(actor, { label: `Mark quote ${row.number} as ${status}` }, (writer) => {
      writer.update(quote, id, { status, decidedAt: writer.now, declineReason: reason ?? null })
      log(writer, row, 'note', `Quote ${row.number} ${status}${reason ? `: ${reason}` : ''}`)
      along(writer)
    })
    return records.get(actor, id)
  }

  function accept(
    actor: Actor,
    { id, winLead, evenIfExpired }: InputOf<(typeof contract)['quotes']['accept']>,
  ): Quote {
    const row = records.requireRow(actor, id)
    const today = dateIn(clock.now(), workspace.timezone())
    if (row.status === 'sent' && row.valid_until && row.valid_until < today && !evenIfExpired)
      throw conflict(
        `${row.number} was valid until ${row.valid_until}. It is accepted all the same with evenIfExpired.`,
      )
    return decide(actor, id, 'accepted', {
      along(writer) {
        if (winLead)
          leads.win(writer, row.lead_id, { valueMinor: row.total_minor, currency: row.currency })
      },
    })
  }

  return {
    ...records,
    create,
    update,
    send,
    accept,
    decline: (actor: Actor, id: string, reason?: string) =>
      decide(actor, id, 'declined', { reason }),
    list(actor: Actor, input: ListQuery & { leadId?: string | undefined }) {
      const extra: Clause[] = input.leadId
        ? [{ sql: 'quote.lead_id = ?', parameters: [input.leadId] }]
        : []
      return records.list(actor, input, extra)
    },
    bulk(actor: Actor, input: Parameters<typeof records.bulk<Patch>>[1]) {
      if (input.action.type === 'addTags' || input.action.type === 'removeTags')
        throw invalid('action.type', 'quotes have no tags')
      return records.bulk<Patch>(actor, input, applyUpdate)
    },
  }
}
