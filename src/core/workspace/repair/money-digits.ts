/**
 * Money stored by earlier versions, brought to the decimals of ISO 4217: once for each database.
 *
 * No amount reads other than before, except where evidence says that it has read wrong since the
 * system changed. What cannot be decided keeps reading as it does on this system, and is listed
 * for the user to judge. The change log's amounts are brought along, so that history and undo speak
 * of the same units.
 */

import type { Actor } from '../../kernel/actor'
import type { Database } from '../../kernel/database/database'
import { setting } from '../../kernel/workspace/table'
import { affectedCurrencies, dependsOnSystem, factorUnder, type System } from './earlier-digits'
import { type Evidence, gatherEvidence, systemOfTotals } from './money-evidence'

/** The setting that says with which decimals the money of a database is stored. */
export const digitsSetting = 'moneyDigits'
/** The setting that lists the leads whose amount could not be decided. */
export const reviewSetting = 'moneyReview'
export const storedDigits = { table: 'ISO 4217' }
export interface Review {
  /** The system that the amounts were read as. */
  readAs: System
  leads: Record<string, number>
}

interface LeadRow {
  id: string
  value_minor: number | null
  currency: string
}
interface ChangeRow {
  seq: number
  before: string | null
  after: string | null
}
type Values = Record<string, unknown>

/** What stops triggers from hearing of a change: takes them away, and puts them back. */
export interface Triggers {
  drop(connection: Database['connection']): void
  create(connection: Database['connection']): void
}

/**
 * @param now the system that the program runs on
 */
export function bringToIsoDigits(
  database: Database,
  actor: Actor,
  { now, triggers }: { now: System; triggers: Triggers },
): void {
  if (database.get('select 1 from setting where id = ?', digitsSetting)) return
  /** Leads whose amount cannot be decided, with the minor units they have now. */
  const unclear: Record<string, number> = {}
  const marks = affectedCurrencies.map(() => '?').join(', ')
  const leads = database.all<LeadRow>(
    `select id, value_minor, currency from lead where currency in (${marks})`,
    ...affectedCurrencies,
  )
  const quotes = database.all<QuoteRow>(
    `select id, currency, lines, tax_rate, subtotal_minor, tax_minor, total_minor
     from quote where currency in (${marks})`,
    ...affectedCurrencies,
  )
  const label = 'Store amounts with the decimals of ISO 4217'
  database.act(actor, { label, kind: 'system' }, (writer) => {
    if (leads.length + quotes.length > 0) {
      const evidence = gatherEvidence(database, now)
      // Nothing is worth more or less than before: neither the log nor a timeline tells of it.
      triggers.drop(database.connection)
      for (const lead of leads) {
        const { minor, known } = bringLead(database, lead, evidence, now)
        if (!known && minor) unclear[lead.id] = minor
      }
      for (const quote of quotes) bringQuote(database, quote, evidence, now)
      triggers.create(database.connection)
    }
    writer.insert(setting, { id: digitsSetting, value: JSON.stringify(storedDigits) })
    if (Object.keys(unclear).length > 0)
      writer.insert(setting, {
        id: reviewSetting,
        value: JSON.stringify({ readAs: now, leads: unclear } satisfies Review),
      })
  })
}

/** Answers the lead's minor units, and whether it is known how they were stored. */
function bringLead(
  database: Database,
  lead: LeadRow,
  evidence: Evidence,
  now: System,
): { minor: number | null; known: boolean } {
  const changes = changesOf(database, 'lead', lead.id)
  /** What the value was stored as, up to the change that is read. */
  let current = { minor: undefined as unknown, currency: lead.currency, seq: 0 }
  const scaled = new Map<string, [unknown, unknown]>()
  for (const change of changes) {
    const { before, after } = read(change)
    if (typeof before?.currency === 'string') current.currency = before.currency
    const earlier = scale(before?.value_minor, current, evidence, now)
    if (after) {
      const currency = typeof after.currency === 'string' ? after.currency : current.currency
      const seq = 'value_minor' in after ? change.seq : current.seq
      current = { minor: after.value_minor ?? current.minor, currency, seq }
    }
    const later = scale(after?.value_minor, current, evidence, now)
    const changed = { before: before?.value_minor, after: after?.value_minor }
    scaled.set(JSON.stringify([changed.before ?? null, changed.after ?? null]), [earlier, later])
    write(database, change, {
      before: earlier === undefined ? before : { ...before, value_minor: earlier },
      after: later === undefined ? after : { ...after, value_minor: later },
    })
  }
  bringActivities(database, lead.id, scaled)
  if (lead.value_minor === null) return { minor: null, known: true }
  const stored = { currency: lead.currency, seq: current.seq }
  const minor = scale(lead.value_minor, stored, evidence, now) ?? lead.value_minor
  database.prepare('update lead set value_minor = ? where id = ?').run(minor, lead.id)
  const known = !dependsOnSystem(lead.currency) || evidence.systemAt(current.seq) !== undefined
  return { minor, known }
}

/** The entries of a timeline that tell of a new value. */
function bringActivities(
  database: Database,
  leadId: string,
  scaled: ReadonlyMap<string, [unknown, unknown]>,
): void {
  const rows = database.all<{ id: string; metadata: string }>(
    `select id, metadata from activity where lead_id = ? and category = 'system' and metadata like '%"value"%'`,
    leadId,
  )
  for (const { id, metadata } of rows) {
    const told: { changes?: { field: string; before: unknown; after: unknown }[] } =
      JSON.parse(metadata)
    for (const entry of told.changes ?? []) {
      if (entry.field !== 'value') continue
      const found = scaled.get(JSON.stringify([entry.before ?? null, entry.after ?? null]))
      if (found) [entry.before, entry.after] = [found[0] ?? null, found[1] ?? null]
    }
    database.prepare('update activity set metadata = ? where id = ?').run(JSON.stringify(told), id)
  }
}

const quoteSums = ['subtotal_minor', 'tax_minor', 'total_minor'] as const
type QuoteRow = {
  id: string
  currency: string
  lines: string
  tax_rate: number
} & Record<(typeof quoteSums)[number], number>

/** What was printed on a quote stays: its sums are not worked out again. */
function bringQuote(database: Database, quote: QuoteRow, evidence: Evidence, now: System): void {
  let state: Values = {}
  let seq = 0
  const scaleSums = (values: Values | undefined, from: Values, at: number): Values | undefined => {
    if (!values || !quoteSums.some((column) => column in values)) return values
    const system = systemOfTotals(from) ?? evidence.systemAt(at) ?? now
    const factor = factorUnder(String(from.currency ?? quote.currency), system)
    const sums = quoteSums.filter((column) => column in values)
    return {
      ...values,
      ...Object.fromEntries(sums.map((column) => [column, Number(values[column]) * factor])),
    }
  }
  for (const change of changesOf(database, 'quote', quote.id)) {
    const { before, after } = read(change)
    const earlier = scaleSums(before, { ...state, ...before }, seq)
    if (after) {
      state = { ...state, ...after }
      if ('total_minor' in after) seq = change.seq
    }
    write(database, change, { before: earlier, after: scaleSums(after, state, seq) })
  }
  const sums = scaleSums({ ...quote }, { ...quote }, seq) ?? {}
  database
    .prepare('update quote set subtotal_minor = ?, tax_minor = ?, total_minor = ? where id = ?')
    .run(...quoteSums.map((column) => Number(sums[column])), quote.id)
}

function scale(
  minor: unknown,
  { currency, seq }: { currency: string; seq: number },
  evidence: Evidence,
  now: System,
): number | undefined {
  if (typeof minor !== 'number') return undefined
  const scaled = minor * factorUnder(currency, evidence.systemAt(seq) ?? now)
  // Beyond what is kept exactly nothing can be multiplied; nobody has a deal of that size.
  return Number.isSafeInteger(scaled) ? scaled : minor
}

const changesOf = (database: Database, table: string, id: string) =>
  database.all<ChangeRow>(
    `select seq, before, after from change where row_id = ? and table_name = '${table}' order by seq`,
    id,
  )

function read({ before, after }: ChangeRow): { before?: Values; after?: Values } {
  try {
    return {
      ...(before !== null && { before: JSON.parse(before) }),
      ...(after !== null && { after: JSON.parse(after) }),
    }
  } catch {
    // Another program wrote it: there is nothing to bring along.
    return {}
  }
}

function write(
  database: Database,
  change: ChangeRow,
  { before, after }: { before?: Values | undefined; after?: Values | undefined },
): void {
  if (!before && !after) return
  const next = {
    before: before ? JSON.stringify(before) : null,
    after: after ? JSON.stringify(after) : null,
  }
  if (next.before === change.before && next.after === change.after) return
  database
    .prepare('update change set before = ?, after = ? where seq = ?')
    .run(next.before, next.after, change.seq)
}
