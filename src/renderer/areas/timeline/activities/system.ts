/** What a system entry says changed, read from its metadata. */

import { moneyFromMinor } from '../../../../contract/kernel/money'
import { sameValue } from '../../../../contract/kernel/same-value'
import { Id, Money } from '../../../../contract/kernel/shapes'
import type { Activity } from '../../../../contract/timeline/activities'
import { moneyText } from '../../../ui/money'
import { readable } from '../../../ui/readable'

export interface SystemChange {
  label: string
  before: string | null
  after: string | null
}

/** Old → new of each thing that changed; empty for entries such as "Lead created". */
export function changesIn({ type, metadata }: Pick<Activity, 'type' | 'metadata'>): SystemChange[] {
  const text = (key: string) => textOf(metadata[key])
  switch (type) {
    case 'stage_changed':
      return [{ label: 'Stage', before: text('old_stage'), after: text('new_stage') }]
    case 'assignment_changed':
      return [{ label: 'Owner', before: text('old_owner'), after: text('new_owner') }]
    case 'status_changed':
      return [
        {
          label: 'Status',
          before: readableOrNull(text('old')),
          after: readableOrNull(text('new')),
        },
      ]
    default:
      return listedChanges(metadata)
  }
}

/** A lost lead's reason, where the entry knows one. */
export const reasonIn = ({ metadata }: Pick<Activity, 'metadata'>) => textOf(metadata.lost_reason)

function listedChanges(metadata: Activity['metadata']): SystemChange[] {
  const { changes } = metadata
  if (!Array.isArray(changes)) return []
  const listed = changes.filter(
    (change): change is { field: string; before: unknown; after: unknown } =>
      typeof change === 'object' && change !== null && typeof change.field === 'string',
  )
  const currencies = listed.find(({ field }) => field === 'currency')
  return listed.flatMap(({ field, before, after }) =>
    field === 'custom'
      ? customChanges(before, after)
      : [
          {
            label: readable(field),
            before: valueText(field, before, currencies?.before ?? metadata.currency),
            after: valueText(field, after, currencies?.after ?? metadata.currency),
          },
        ],
  )
}

/** Values are in minor units; without their currency they are shown in that of most: two places. */
function valueText(field: string, value: unknown, currency: unknown): string | null {
  if (field === 'value' && typeof value === 'number') {
    const known = typeof currency === 'string' ? currency : undefined
    const money = moneyFromMinor(value, known ?? 'USD')
    return known ? moneyText(money, true) : plainAmount(money.amount)
  }
  if (field === 'tags' && typeof value === 'string') return listText(value)
  return textOf(value)
}

/** "2,000", "12,500.50". */
function plainAmount(amount: string): string {
  const digits = /\.0*$|^[^.]*$/.test(amount) ? 0 : 2
  return Number(amount).toLocaleString(undefined, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}

function listText(text: string): string | null {
  const value = parsed(text)
  return Array.isArray(value) ? value.join(', ') || null : textOf(value)
}

/** Custom values that differ, each by itself. */
function customChanges(before: unknown, after: unknown): SystemChange[] {
  const [was, is] = [before, after].map((value) => {
    const values = typeof value === 'string' ? parsed(value) : undefined
    return typeof values === 'object' && values !== null
      ? new Map<string, unknown>(Object.entries(values))
      : new Map<string, unknown>()
  })
  return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].flatMap((key) => {
    const [old, now] = [was?.get(key), is?.get(key)]
    return sameValue(old, now)
      ? []
      : [{ label: readable(key), before: customText(old), after: customText(now) }]
  })
}

function customText(value: unknown): string | null {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value)) return value.join(', ') || null
  const money = Money.safeParse(value)
  if (money.success) return moneyText(money.data, true)
  // Only the core knows who that is.
  return Id.safeParse(value).success ? 'Somebody' : textOf(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const readableOrNull = (text: string | null) => (text === null ? null : readable(text))

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
