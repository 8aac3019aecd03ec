/**
 * Which system stored an amount: known from quotes, whose lines keep their prices as text beside the
 * sums in minor units, and by the order of the change log. A machine goes from an earlier system to
 * a later one, not back.
 */
import type { Database } from '../../kernel/database/database'
import { quoteTotals } from '../../records/quotes/quotes'
import { dependsOnSystem, digitsUnder, type System } from './earlier-digits'

interface Sign {
  seq: number
  system: System
}

interface QuoteState {
  currency?: string
  lines?: string
  tax_rate?: number
  total_minor?: number
}

export interface Evidence {
  /** The system that wrote the change of this number; undefined where nothing tells. */
  systemAt(seq: number): System | undefined
}

/** @param now the system that the program runs on while it asks */
export function gatherEvidence(database: Database, now: System): Evidence {
  const signs = [...signsOfQuotes(database)]
  return {
    systemAt(seq) {
      const laterBefore = signs.some((sign) => sign.seq <= seq && sign.system === 'later')
      const earlierAfter =
        now === 'earlier' || signs.some((sign) => sign.seq >= seq && sign.system === 'earlier')
      if (laterBefore === earlierAfter) return undefined
      return laterBefore ? 'later' : 'earlier'
    },
  }
}

/** The system that a quote's sums were stored by, where only one of them gives these. */
export function systemOfTotals(quote: QuoteState): System | undefined {
  const { currency, lines, tax_rate: taxRate = 0, total_minor: total } = quote
  if (!currency || !dependsOnSystem(currency) || !lines || !total) return undefined
  try {
    const fits = (system: System) =>
      quoteTotals(JSON.parse(lines), taxRate, currency, digitsUnder(currency, system))
        .totalMinor === total
    const [earlier, later] = [fits('earlier'), fits('later')]
    if (earlier === later) return undefined
    return earlier ? 'earlier' : 'later'
  } catch {
    // Lines that cannot be read tell nothing.
    return undefined
  }
}

function* signsOfQuotes(database: Database): Generator<Sign> {
  const quotes = database.all<QuoteState & { id: string }>(
    'select id, currency, lines, tax_rate, total_minor from quote',
  )
  for (const { id, ...quote } of quotes) {
    if (!quote.currency || !dependsOnSystem(quote.currency)) continue
    let state: QuoteState = {}
    let seen = false
    for (const { seq, after } of database.all<{ seq: number; after: string }>(
      `select seq, after from change where row_id = ? and table_name = 'quote' and after is not null order by seq`,
      id,
    )) {
      const values: QuoteState = JSON.parse(after)
      state = { ...state, ...values }
      if (values.total_minor === undefined) continue
      seen = true
      const system = systemOfTotals(state)
      if (system) yield { seq, system }
    }
    // The log no longer reaches back to when it was written: then it is older than all of the log.
    const system = seen ? undefined : systemOfTotals(quote)
    if (system) yield { seq: 0, system }
  }
}
