/** What the list of contacts shows and can be narrowed by. */
import { Anchor, Text } from '@mantine/core'
import type { CustomField } from '../../../../contract/kernel/custom-fields'
import type { Contact } from '../../../../contract/records/contacts'
import { customColumns, customFilters } from '../../../ui/customFields'
import {
  companyColumn,
  lastActivityColumn,
  madeAndChanged,
  mineChips,
  ownerColumn,
  tagsColumn,
} from '../../../ui/list/commonColumns'
import type { ListDefinition } from '../../../ui/list/definition'

export interface ContactListOptions {
  customFields: readonly CustomField[]
  /** For "Mine". */
  userId: string | undefined
}

export function contactList({ customFields, userId }: ContactListOptions): ListDefinition<Contact> {
  return {
    kind: 'contact',
    nameOf: (contact) => contact.name,
    empty:
      'Contacts are the people at your companies. Add one, or bring in the address book you have.',
    bulk: { owner: true, tags: true },
    columns: [
      { id: 'name', label: 'Name', sort: 'name', width: 210, render: ({ name }) => name },
      companyColumn,
      {
        id: 'jobTitle',
        label: 'Job title',
        sort: 'jobTitle',
        width: 170,
        render: ({ jobTitle }) => jobTitle,
      },
      {
        id: 'email',
        label: 'E-mail',
        sort: 'email',
        width: 220,
        render: ({ email }) =>
          email && (
            <Anchor href={`mailto:${email}`} inherit>
              {email}
            </Anchor>
          ),
      },
      { id: 'phone', label: 'Phone', width: 145, render: ({ phone, mobile }) => phone ?? mobile },
      lastActivityColumn,
      ownerColumn,
      tagsColumn,
      { id: 'mobile', label: 'Mobile', width: 145, optional: true, render: ({ mobile }) => mobile },
      {
        id: 'timezone',
        label: 'Time zone',
        width: 140,
        optional: true,
        render: ({ timezone }) => timezone,
      },
      ...madeAndChanged,
      ...customColumns<Contact>(customFields),
    ],
    fields: [
      { name: 'name', label: 'Name', kind: 'text' },
      { name: 'email', label: 'E-mail', kind: 'text' },
      { name: 'company', label: 'Company', kind: 'reference', of: 'company' },
      { name: 'companyName', label: 'Company name', kind: 'text' },
      { name: 'jobTitle', label: 'Job title', kind: 'text' },
      { name: 'phone', label: 'Phone', kind: 'text' },
      { name: 'mobile', label: 'Mobile', kind: 'text' },
      { name: 'owner', label: 'Owner', kind: 'reference', of: 'user' },
      { name: 'tags', label: 'Tags', kind: 'tags' },
      { name: 'description', label: 'Description', kind: 'text' },
      { name: 'createdAt', label: 'Created', kind: 'instant' },
      { name: 'updatedAt', label: 'Changed', kind: 'instant' },
      ...customFilters(customFields),
    ],
    chips: [
      ...mineChips(userId),
      { label: 'Without e-mail', comparison: { field: 'email', operator: 'is_empty' } },
      { label: 'Without company', comparison: { field: 'company', operator: 'is_empty' } },
    ],
    renderCard: (contact) => (
      <>
        <Text size="sm" c="dimmed" truncate>
          {[contact.jobTitle, contact.company?.name].filter(Boolean).join(' · ') || 'No company'}
        </Text>
        {(contact.email ?? contact.phone) && (
          <Text size="sm" truncate>
            {contact.email ?? contact.phone}
          </Text>
        )}
      </>
    ),
  }
}
