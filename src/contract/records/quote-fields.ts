/** What the fields of a quote are. */
import { choice, date, fieldsOf, instant, money, person, reference, text } from '../kernel/fields'
import { quoteStatuses } from './words'

export const quoteFields = fieldsOf({
  title: text({ label: 'Title', required: true, sorts: true, searched: true }),
  number: text({ label: 'Number', sorts: true, readonly: true, searched: true }),
  status: choice(quoteStatuses, { label: 'Status', sorts: true, readonly: true }),
  total: money({ label: 'Total', sorts: true, readonly: true }),
  currency: text({ label: 'Currency' }),
  lead: reference('lead', { label: 'Lead', required: true }),
  company: reference('company', { label: 'Company', readonly: true }),
  owner: person({ label: 'Owner', readonly: true }),
  validUntil: date({ label: 'Valid until', sorts: true }),
  sentAt: instant({ label: 'Sent', sorts: true, readonly: true }),
  createdAt: instant({ label: 'Created', sorts: true, readonly: true }),
  updatedAt: instant({ label: 'Changed', sorts: true, readonly: true }),
})
