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
  name: text({
    label: 'Name',
    required: true,
    sorts: true,
    searched: true,
    placeholder: 'Company',
  }),
  website: url({ label: 'Website', placeholder: true }),
  domain: text({ label: 'Domain', max: 253, searched: true, placeholder: true }),
  phone: phone({ label: 'Phone', searched: true, placeholder: 'Company phone' }),
  industry: text({ label: 'Industry', sorts: true, max: 120, searched: true, placeholder: true }),
  employees: number({ label: 'Employees', sorts: true, max: 100_000_000, placeholder: true }),
  address: longText({ label: 'Address', max: 500, placeholder: true }),
  city: text({ label: 'City', sorts: true, max: 120, searched: true, placeholder: true }),
  country: text({ label: 'Country', sorts: true, max: 120, searched: true, placeholder: true }),
  parent: reference('company', { label: 'Parent company' }),
  owner: person({ label: 'Owner', sorts: true, bulk: true }),
  tags: tags({ label: 'Tags', bulk: true, searched: true }),
  description: longText({ label: 'Description', searched: true }),
  createdAt: instant({ label: 'Created', sorts: true, required: true, readonly: true }),
  updatedAt: instant({ label: 'Changed', sorts: true, required: true, readonly: true }),
  externalId: text({ label: 'External ID', max: 255, offScreen: true, searched: true }),
})
