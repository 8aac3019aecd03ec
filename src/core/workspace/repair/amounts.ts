/** The amounts of which nothing tells how they were stored: the user says what they are. */

import { moneyFromMinor } from '../../../contract/kernel/money'
import type { UnclearAmount } from '../../../contract/workspace/repair'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Kernel } from '../../kernel/kernel'
import { setting } from '../../kernel/workspace/table'
import { lead } from '../../records/leads/table'
import { factorUnder, type System } from './earlier-digits'
import { type Review, reviewSetting } from './money-digits'

const mostListed = 500

type Amounts = ReturnType<typeof createAmounts>

export type { Amounts }

export function createAmounts({ database }: Kernel) {
  interface Row {
    id: string
    title: string
    value_minor: number
    currency: string
  }

  function review(): Review | undefined {
    const value = database.value<string>('select value from setting where id = ?', reviewSetting)
    return value === undefined ? undefined : JSON.parse(value)
  }

  /** Whoever has changed an amount since has judged it. */
  const rowsOf = ({ leads }: Review): Row[] =>
    Object.entries(leads).flatMap(
      ([id, minor]) =>
        database.get<Row>(
          'select id, title, value_minor, currency from lead where id = ? and value_minor = ?',
          id,
          minor,
        ) ?? [],
    )

  const otherMinor = ({ value_minor, currency }: Row, readAs: System): number => {
    const other: System = readAs === 'later' ? 'earlier' : 'later'
    return Math.round((value_minor / factorUnder(currency, readAs)) * factorUnder(currency, other))
  }

  function unclear(actor: Actor): { items: UnclearAmount[]; total: number } {
    const found = review()
    if (!found || !seesAll(actor)) return { items: [], total: 0 }
    const rows = rowsOf(found)
    return {
      total: rows.length,
      items: rows.slice(0, mostListed).map((row) => ({
        leadId: row.id,
        title: row.title,
        amount: moneyFromMinor(row.value_minor, row.currency),
        other: moneyFromMinor(otherMinor(row, found.readAs), row.currency),
      })),
    }
  }

  function settle(
    actor: Actor,
    { choice, leadIds }: { choice: 'keep' | 'other'; leadIds?: string[] | undefined },
  ) {
    const found = review()
    if (!found) return { changed: 0, skipped: leadIds?.length ?? 0, batchId: null }
    const named = leadIds && new Set(leadIds)
    const rows = rowsOf(found).filter(({ id }) => !named || named.has(id))
    const left = Object.fromEntries(
      Object.entries(found.leads).filter(([id]) => named && !named.has(id)),
    )
    // What is still to be judged is no work of anybody's, so it has a batch apart: undo leaves it alone.
    database.act(actor, { label: 'Check stored amounts', kind: 'system' }, (writer) => {
      if (Object.keys(left).length === 0) writer.remove(setting, reviewSetting)
      else
        writer.update(setting, reviewSetting, { value: JSON.stringify({ ...found, leads: left }) })
    })
    let batchId: string | null = null
    if (choice === 'other' && rows.length > 0)
      database.act(
        actor,
        {
          label: `Correct the ${rows.length === 1 ? 'amount of 1 lead' : `amounts of ${rows.length} leads`}`,
          kind: 'bulk',
        },
        (writer) => {
          batchId = writer.batchId
          for (const row of rows)
            writer.update(lead, row.id, { valueMinor: otherMinor(row, found.readAs) })
        },
      )
    return {
      changed: choice === 'other' ? rows.length : 0,
      skipped: choice === 'other' ? (leadIds?.length ?? rows.length) - rows.length : rows.length,
      batchId,
    }
  }

  return { unclear, settle }
}
