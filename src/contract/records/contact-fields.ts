/** What the fields of a contact are. */
import {
  email,
  fieldsOf,
  instant,
  longText,
  person,
  phone,
  reference,
  tags,
  text,
  url,
} from '../kernel/fields'

export const contactFields = fieldsOf({
  name: text({ label: 'Name', sorts: true, required: true, readonly: true }),
  firstName: text({ label: 'First name', max: 120 }),
  lastName: text({ label: 'Last name', max: 120 }),
  jobTitle: text({ label: 'Job title', sorts: true, max: 160 }),
  company: reference('company', { label: 'Company', sorts: true }),
  email: email({ label: 'E-mail', sorts: true }),
  phone: phone({ label: 'Phone' }),
  mobile: phone({ label: 'Mobile' }),
  linkedin: url({ label: 'LinkedIn' }),
  timezone: text({ label: 'Time zone' }),
  owner: person({ label: 'Owner', sorts: true, bulk: true }),
  tags: tags({ label: 'Tags', bulk: true }),
  description: longText({ label: 'Description' }),
  createdAt: instant({ label: 'Created', sorts: true, required: true, readonly: true }),
  updatedAt: instant({ label: 'Changed', sorts: true, required: true, readonly: true }),
  externalId: text({ label: 'External ID', max: 255, offScreen: true }),
})
