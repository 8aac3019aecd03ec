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
  website: url({ label: 'Website' }),
  domain: text({ label: 'Domain', max: 253 }),
  phone: phone({ label: 'Phone' }),
  industry: text({ label: 'Industry', sorts: true, max: 120 }),
  employees: number({ label: 'Employees', sorts: true, max: 100_000_000 }),
  address: longText({ label: 'Address', max: 500 }),
  city: text({ label: 'City', sorts: true, max: 120 }),
  country: text({ label: 'Country', sorts: true, max: 120 }),
  parent: reference('company', { label: 'Parent company' }),
  owner: person({ label: 'Owner', sorts: true, bulk: true }),
  tags: tags({ label: 'Tags', bulk: true }),
  description: longText({ label: 'Description' }),
  createdAt: instant({ label: 'Created', sorts: true, required: true, readonly: true }),
  updatedAt: instant({ label: 'Changed', sorts: true, required: true, readonly: true }),
  externalId: text({ label: 'External ID', max: 255, offScreen: true }),
})
