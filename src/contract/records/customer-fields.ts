/** What the fields of a customer are. */
import {
  choice,
  date,
  fieldsOf,
  instant,
  longText,
  person,
  reference,
  tags,
  text,
} from '../kernel/fields'
import { customerStatuses } from './words'

export const customerFields = fieldsOf({
  name: text({ label: 'Name', required: true, sorts: true, searched: true }),
  company: reference('company', { label: 'Company', sorts: true }),
  contact: reference('contact', { label: 'Contact' }),
  owner: person({ label: 'Owner', sorts: true, bulk: true }),
  status: choice(customerStatuses, {
    label: 'Status',
    sorts: true,
    required: true,
    default: true,
  }),
  since: date({ label: 'Customer since', sorts: true }),
  tags: tags({ label: 'Tags', bulk: true, searched: true }),
  description: longText({ label: 'Description', searched: true }),
  createdAt: instant({ label: 'Created', sorts: true, required: true, readonly: true }),
  updatedAt: instant({ label: 'Changed', sorts: true, required: true, readonly: true }),
  externalId: text({ label: 'External ID', max: 255, offScreen: true, searched: true }),
})
