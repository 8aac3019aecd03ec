/** Kinds of record as people and addresses name them. */

import type { Icon } from '@tabler/icons-react'
import {
  IconBell,
  IconBuilding,
  IconCheckbox,
  IconFileInvoice,
  IconHeartHandshake,
  IconMessage2,
  IconTargetArrow,
  IconUser,
} from '@tabler/icons-react'
import type { RecordKind } from '../../contract/kernel/words'

/** Kinds that have lists and pages. */
export type PageKind = RecordKind | 'reminder'

/** First part of the addresses of kinds whose lists can be exported, and their name there. */
export type ExportPath =
  | 'companies'
  | 'contacts'
  | 'leads'
  | 'customers'
  | 'quotes'
  | 'activities'
  | 'tasks'

export interface KindNames {
  one: string
  many: string
  /** First part of its addresses. */
  path: ExportPath | 'reminders'
  icon: Icon
}

export const kinds: Readonly<
  Record<RecordKind, KindNames & { path: ExportPath }> & Record<'reminder', KindNames>
> = {
  lead: { one: 'lead', many: 'leads', path: 'leads', icon: IconTargetArrow },
  company: { one: 'company', many: 'companies', path: 'companies', icon: IconBuilding },
  contact: { one: 'contact', many: 'contacts', path: 'contacts', icon: IconUser },
  customer: { one: 'customer', many: 'customers', path: 'customers', icon: IconHeartHandshake },
  quote: { one: 'quote', many: 'quotes', path: 'quotes', icon: IconFileInvoice },
  task: { one: 'task', many: 'tasks', path: 'tasks', icon: IconCheckbox },
  activity: { one: 'activity', many: 'activities', path: 'activities', icon: IconMessage2 },
  reminder: { one: 'reminder', many: 'reminders', path: 'reminders', icon: IconBell },
}

/** What a kind is called where its list is exported; undefined where it cannot be. */
export const exportPathOf = (kind: PageKind): ExportPath | undefined =>
  kind === 'reminder' ? undefined : kinds[kind].path

/** Address of a record's page, as `/leads/ID`. */
export const recordPath = (kind: PageKind, id: string) => `/${kinds[kind].path}/${id}`

/** "1 lead", "2,048 leads". */
export const countOf = (kind: PageKind, count: number) =>
  `${count.toLocaleString()} ${count === 1 ? kinds[kind].one : kinds[kind].many}`
