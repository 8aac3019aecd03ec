/** Kinds of record as people and addresses name them. */

import type { Icon } from '@tabler/icons-react'
import {
  IconBuilding,
  IconFileInvoice,
  IconHeartHandshake,
  IconMessage2,
  IconTargetArrow,
  IconUser,
} from '@tabler/icons-react'
import type { RecordKind } from '../../contract/words'

export interface KindNames {
  one: string
  many: string
  /** First part of its addresses, and its name in exports. */
  path: 'companies' | 'contacts' | 'leads' | 'customers' | 'quotes' | 'activities'
  icon: Icon
}

export const kinds: Readonly<Record<RecordKind, KindNames>> = {
  lead: { one: 'lead', many: 'leads', path: 'leads', icon: IconTargetArrow },
  company: { one: 'company', many: 'companies', path: 'companies', icon: IconBuilding },
  contact: { one: 'contact', many: 'contacts', path: 'contacts', icon: IconUser },
  customer: { one: 'customer', many: 'customers', path: 'customers', icon: IconHeartHandshake },
  quote: { one: 'quote', many: 'quotes', path: 'quotes', icon: IconFileInvoice },
  activity: { one: 'activity', many: 'activities', path: 'activities', icon: IconMessage2 },
}

/** Address of a record's page, as `/leads/ID`. */
export const recordPath = (kind: RecordKind, id: string) => `/${kinds[kind].path}/${id}`

/** "1 lead", "2,048 leads". */
export const countOf = (kind: RecordKind, count: number) =>
  `${count.toLocaleString()} ${count === 1 ? kinds[kind].one : kinds[kind].many}`
