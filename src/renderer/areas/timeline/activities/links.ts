/** The records that activities, tasks and reminders are about, and which field names each. */
import type { Reference } from '../../../../contract/kernel/shapes'
import type { Links } from './draft'

export const logKinds = ['lead', 'contact', 'company', 'customer'] as const
/** Kinds of record that activities are logged on. */
export type LogKind = (typeof logKinds)[number]

export function linksTo(kind: LogKind, id: string): Links {
  switch (kind) {
    case 'lead':
      return { leadId: id }
    case 'contact':
      return { contactId: id }
    case 'company':
      return { companyId: id }
    case 'customer':
      return { customerId: id }
  }
}

/** What names the records it is about. */
export type Linked = Readonly<Record<LogKind, Reference | null>>

/** The record something is most of all about: its lead before all others. */
export function recordOf(item: Linked): { kind: LogKind; record: Reference } | undefined {
  for (const kind of logKinds) {
    const record = item[kind]
    if (record) return { kind, record }
  }
  return undefined
}

/** What an activity is linked to that is logged for something. */
export const linksOf = (item: Linked): Links => ({
  leadId: item.lead?.id ?? null,
  companyId: item.company?.id ?? null,
  contactId: item.contact?.id ?? null,
  customerId: item.customer?.id ?? null,
})
