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
  name: text({
    label: 'Name',
    sorts: true,
    required: true,
    readonly: true,
    searched: true,
    placeholder: 'Full name',
  }),
  firstName: text({ label: 'First name', max: 120, placeholder: true }),
  lastName: text({ label: 'Last name', max: 120, placeholder: true }),
  jobTitle: text({ label: 'Job title', sorts: true, max: 160, searched: true, placeholder: true }),
  company: reference('company', { label: 'Company', sorts: true }),
  email: email({ label: 'E-mail', sorts: true, searched: true, placeholder: true }),
  phone: phone({ label: 'Phone', searched: true, placeholder: true }),
  mobile: phone({ label: 'Mobile', searched: true, placeholder: true }),
  linkedin: url({ label: 'LinkedIn', placeholder: true }),
  timezone: text({ label: 'Time zone' }),
  owner: person({ label: 'Owner', sorts: true, bulk: true }),
  tags: tags({ label: 'Tags', bulk: true, searched: true }),
  description: longText({ label: 'Description', searched: true }),
  createdAt: instant({ label: 'Created', sorts: true, required: true, readonly: true }),
  updatedAt: instant({ label: 'Changed', sorts: true, required: true, readonly: true }),
  externalId: text({ label: 'External ID', max: 255, offScreen: true, searched: true }),
})
