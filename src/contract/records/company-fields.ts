/** What the fields of a company are. */
import {
  fieldsOf,
  instant,
  longText,
  number,
  person,
  phone,
  reference,
  tags,
  text,
  url,
} from '../kernel/fields'

export const companyFields = fieldsOf({
  name: text({ label: 'Name', required: true, sorts: true }),
  domain: text({ label: 'Domain' }),
  website: url({ label: 'Website' }),
  industry: text({ label: 'Industry', sorts: true }),
  employees: number({ label: 'Employees', sorts: true }),
  phone: phone({ label: 'Phone' }),
  address: longText({ label: 'Address' }),
  city: text({ label: 'City', sorts: true }),
  country: text({ label: 'Country', sorts: true }),
  description: longText({ label: 'Description' }),
  parent: reference('company', { label: 'Parent company' }),
  owner: person({ label: 'Owner', sorts: true }),
  tags: tags({ label: 'Tags' }),
  createdAt: instant({ label: 'Created', sorts: true, readonly: true }),
  updatedAt: instant({ label: 'Changed', sorts: true, readonly: true }),
  externalId: text({ label: 'External ID' }),
})
