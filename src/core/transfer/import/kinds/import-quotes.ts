/** Imports quotes with their lines: recognised by id, else by number. */
import { ORPCError } from '@orpc/server'
import { dequal } from 'dequal'
import type { QuoteStatus } from '../../../../contract/records/words'
import { checkedTotals, lastQuoteNumber, quoteNumber } from '../../../records/quotes/quotes'
import { quote } from '../../../records/quotes/table'
import { linesFromCell } from '../../format/quote-lines'
import type { QuoteValues } from '../fields/quote-fields'
import { follow } from '../lookups/link'
import { ownId, recognisedBy, token } from '../recognise/recognise'
import type { Columns, RowStore, StoredRow } from '../runs/row-store'
import type { ImportRow, KindContext, KindImport } from './import-kind'
import { sameNamed } from './record-columns'
import { createRowLinks } from './row-links'
import { createRefusal, problemOf } from './row-problems'

type Row = ImportRow<QuoteValues>

const step: Readonly<Record<QuoteStatus, number>> = { draft: 0, sent: 1, accepted: 2, declined: 2 }

const plainFields = [
  'title',
  'status',
  'validUntil',
  'notes',
  'sentAt',
  'decidedAt',
  'declineReason',
  'createdAt',
] as const

export function importQuotes(context: KindContext): KindImport<QuoteValues> {
  const { kernel, actor, mapping, ownIds } = context
  const { database, workspace } = kernel
  const links = createRowLinks(context)
  const refuse = createRefusal(mapping)
  const numbers = createQuoteNumbers(context)

  // Recognising ---------------------------------------------------------------------------------

  /** Databases count from one each: a number recognises no quote that says which one of ours it is. */
  const { keys, tokens } = recognisedBy<QuoteValues>(context, quote, [
    ownId,
    {
      name: 'number',
      isId: true,
      of: ({ values }) => (values.id ? undefined : values.number),
      where: 'number = ?',
    },
  ])
  const numberToken = (number: string | undefined) => (number ? [token('number', number)] : [])

  // Making and changing -------------------------------------------------------------------------

  const leadOf = (row: Row, current?: StoredRow) =>
    links.lead(row, current, { refused: 'names no lead' })

  function linesOf(row: Row) {
    if (row.values.lines === undefined) return undefined
    const read = linesFromCell(row.values.lines)
    if ('lines' in read) return read.lines
    refuse(row, 'lines', 'Lines', row.values.lines, read.problem)
    return undefined
  }

  function totalsOf(
    row: Row,
    lines: Parameters<typeof checkedTotals>[0],
    rate: number,
    currency: string,
  ) {
    try {
      return checkedTotals(lines, rate, currency)
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error
      refuse(
        row,
        'lines',
        'Lines',
        row.values.lines ?? '',
        'must add up to an amount that can be kept',
      )
      return undefined
    }
  }

  /** As everywhere a quote is drafted, sent, then accepted or declined, and that is how it stays. */
  function refuseGoingBack(row: Row, current: StoredRow) {
    const { status } = row.values
    const before = current.status as QuoteStatus
    if (status === undefined || status === before) return
    if (step[status as QuoteStatus] <= step[before])
      refuse(
        row,
        'status',
        'Status',
        status,
        `of ${current.number} cannot change to ${status}: it was ${before} already`,
      )
  }

  const plain = ({ values }: Row): Columns => sameNamed(values, plainFields)

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    if (!values.title) refuse(row, 'title', 'Title', '', 'must not be blank')
    const link = leadOf(row)
    if (!link && row.problems.length === 0) refuse(row, 'lead', 'Lead', '', 'must not be blank')
    const lines = linesOf(row) ?? []
    const leadId = follow(link, rows)
    if (row.problems.length > 0 || !leadId) return undefined
    const taxRate = values.taxRate ?? 0
    const currency =
      values.currency ??
      database.value<string | null>('select currency from lead where id = ?', leadId) ??
      workspace.currency()
    const totals = totalsOf(row, lines, taxRate, currency)
    if (!totals) return undefined
    return {
      ...plain(row),
      number: numbers.numberOf(row, rows),
      leadId,
      currency,
      lines,
      taxRate,
      ...totals,
      ...ofOneId(ownIds.keep(quote, values.id)),
      createdBy: actor.userId,
      createdAt: values.createdAt ?? rows.now,
    }
  }

  function patch(row: Row, current: StoredRow): Columns | undefined {
    const { values } = row
    if (leadOf(row, current) && row.problems.length === 0)
      refuse(row, 'lead', 'Lead', values.lead ?? values.leadId ?? '', 'of a quote cannot change')
    refuseGoingBack(row, current)
    const before = JSON.parse(String(current.lines))
    const lines = linesOf(row) ?? before
    const taxRate = values.taxRate ?? Number(current.tax_rate)
    const currency = values.currency ?? String(current.currency)
    const differs =
      !dequal(lines, before) || taxRate !== current.tax_rate || currency !== current.currency
    if (differs && current.status !== 'draft')
      refuse(
        row,
        'lines',
        'Lines',
        values.lines ?? '',
        `of ${current.number} cannot change: it was ${current.status} already`,
      )
    const totals = differs ? totalsOf(row, lines, taxRate, currency) : {}
    if (row.problems.length > 0) return undefined
    return { ...plain(row), ...(differs ? { lines, taxRate, currency, ...totals } : {}) }
  }

  return {
    table: quote,
    noun: 'quote',
    nouns: 'quotes',
    keys,
    tokens: (row) => [...tokens(row), ...numberToken(row.values.number)],
    create,
    patch,
    refresh: numbers.forget,
  }
}

/** The numbers of new quotes: their own where nothing has it, else the next. */
function createQuoteNumbers({ kernel: { database }, mapping }: KindContext) {
  let last: number | undefined
  function numberOf(row: Row, rows: RowStore): string {
    const { number } = row.values
    if (number) {
      const isTaken =
        rows.added(token('number', number)).length > 0 ||
        database.get('select 1 from quote where number = ?', number) !== undefined
      if (!isTaken) {
        last = undefined
        return number
      }
    }
    if (last === undefined) {
      rows.flush()
      last = lastQuoteNumber(database)
    }
    last++
    const next = quoteNumber(last)
    if (number)
      row.warnings.push(
        problemOf(mapping, 'number', 'Number', number, `${number} is taken: it becomes ${next}`),
      )
    return next
  }

  return {
    numberOf,
    /** Others may have taken numbers. */
    forget() {
      last = undefined
    },
  }
}

const ofOneId = (id: string | undefined) => (id === undefined ? {} : { id })
