/** Which field of an activity names a record of a kind. */
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
