/** Leads and contacts beside the page of another record. */

import type { Contact } from '../../../contract/records/contacts'
import type { Lead } from '../../../contract/records/leads'
import { useApp } from '../../app/actions'
import { narrowed } from '../../ui/list/address'
import { MoneyText } from '../../ui/MoneyText'
import { Related, type RelatedProps } from '../../ui/record/Related'

interface RelatedListProps<Row> {
  title: string
  query: RelatedProps<Row>['query']
  empty: string
  /** What the whole list is narrowed to: a field and the id it refers to. */
  of: { field: string; id: string }
  /** What a new one begins with; without it none can be added here. */
  initial?: Record<string, unknown>
}

export function RelatedLeads({ title, query, empty, of, initial }: RelatedListProps<Lead>) {
  const app = useApp()
  return (
    <Related
      title={title}
      kind="lead"
      query={query}
      nameOf={(lead) => lead.title}
      detail={(lead) => lead.stage.name}
      right={(lead) => <MoneyText value={lead.value} empty="" compact />}
      {...(initial
        ? { add: { label: 'New lead', run: () => app.create('lead', { initial }) } }
        : {})}
      empty={empty}
      all={narrowed('/leads', { field: of.field, operator: 'in', value: [of.id] })}
    />
  )
}

export function RelatedContacts({ title, query, empty, of, initial }: RelatedListProps<Contact>) {
  const app = useApp()
  return (
    <Related
      title={title}
      kind="contact"
      query={query}
      nameOf={(contact) => contact.name}
      detail={(contact) => contact.jobTitle ?? contact.email}
      {...(initial
        ? { add: { label: 'New contact', run: () => app.create('contact', { initial }) } }
        : {})}
      empty={empty}
      all={narrowed('/contacts', { field: of.field, operator: 'in', value: [of.id] })}
    />
  )
}

/** A page of related records without the record itself. */
export const withoutSelf = <Row extends { id: string }>(
  query: RelatedProps<Row>['query'],
  id: string,
): RelatedProps<Row>['query'] => ({
  ...query,
  data: query.data && {
    items: query.data.items.filter((other) => other.id !== id),
    total: Math.max(0, query.data.total - 1),
  },
})
