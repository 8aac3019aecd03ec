/** The records that a row is about, as lists read them and answers show them. */
import type { Database } from '../../kernel/database/database'
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

/** The ids of such records, under their names in SQL. */
export type LinkIds = Pick<ShownLinks, `${Kind}_id`>

/** SQL of their names. */
export const linkNames =
  'company.name as company_name, contact.name as contact_name, lead.title as lead_title, customer.name as customer_name'

/** SQL that joins them. @param idOf SQL of the id of one */
export const linkJoins = (idOf: (kind: Kind) => string): string =>
  (['company', 'contact', 'lead', 'customer'] as const)
    .map((kind) => `left join ${kind} on ${kind}.id = ${idOf(kind)}`)
    .join(' ')

/**
 * Finds the names of the records that rows are about, for many rows at a time. A join looks each name up where chance
 * has put it, once for each row; this looks each up once, in the order of the ids, which is nearly that of the table.
 */
export function findLinkNames(
  database: Pick<Database, 'value'>,
  rows: readonly LinkIds[],
): (row: LinkIds) => ShownLinks {
  const namesOf = (kind: Kind, name = 'name'): ((id: string | null) => string | null) => {
    const ids = new Set<string>()
    for (const { [`${kind}_id` as const]: id } of rows) if (id !== null) ids.add(id)
    if (ids.size === 0) return () => null
    // As one text: thousands of rows take longer to hand over than to find.
    const names = database.value<string>(
      `select json_group_object(id, ${name}) from ${kind} where id in (select value from json_each(?))`,
      JSON.stringify([...ids]),
    )
    const found: Readonly<Record<string, string>> = JSON.parse(names ?? '{}')
    return (id) => (id === null ? null : (found[id] ?? null))
  }
  const companyOf = namesOf('company')
  const contactOf = namesOf('contact')
  const leadOf = namesOf('lead', 'title')
  const customerOf = namesOf('customer')
  return ({ company_id, contact_id, lead_id, customer_id }) => ({
    company_id,
    contact_id,
    lead_id,
    customer_id,
    company_name: companyOf(company_id),
    contact_name: contactOf(contact_id),
    lead_title: leadOf(lead_id),
    customer_name: customerOf(customer_id),
  })
}

export const toLinks = (row: ShownLinks) => ({
  company: toReference(row.company_id, row.company_name),
  contact: toReference(row.contact_id, row.contact_name),
  lead: toReference(row.lead_id, row.lead_title),
  customer: toReference(row.customer_id, row.customer_name),
})
