/** The records that a row is about, as lists read them and answers show them. */
import { toReference } from '../../kernel/database/rows'

type Kind = 'company' | 'contact' | 'lead' | 'customer'

export interface ShownLinks {
  company_id: string | null
  contact_id: string | null
  lead_id: string | null
  customer_id: string | null
  company_name: string | null
  contact_name: string | null
  lead_title: string | null
  customer_name: string | null
}

/** SQL of their names. */
export const linkNames =
  'company.name as company_name, contact.name as contact_name, lead.title as lead_title, customer.name as customer_name'

/** SQL that joins them. @param idOf SQL of the id of one */
export const linkJoins = (idOf: (kind: Kind) => string): string =>
  (['company', 'contact', 'lead', 'customer'] as const)
    .map((kind) => `left join ${kind} on ${kind}.id = ${idOf(kind)}`)
    .join(' ')

export const toLinks = (row: ShownLinks) => ({
  company: toReference(row.company_id, row.company_name),
  contact: toReference(row.contact_id, row.contact_name),
  lead: toReference(row.lead_id, row.lead_title),
  customer: toReference(row.customer_id, row.customer_name),
})
