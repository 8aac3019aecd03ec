/** What the list of contacts shows and can be narrowed by. */
import { Text } from '@mantine/core'
import { contactFields } from '../../../../contract/records/contact-fields'
import type { Contact } from '../../../../contract/records/contacts'
import { CardLine } from '../../../ui/list/CardLine'
import { companyNameFilter, lastActivityColumn, mineChips } from '../../../ui/list/commonColumns'
import type { ListDefinition } from '../../../ui/list/definition'
import { listOf } from '../../../ui/list/listOf'
import type { ListOptions } from '../useRecordList'

export const contactList = ({ customFields, userId }: ListOptions): ListDefinition<Contact> =>
  listOf<Contact, typeof contactFields>(
    contactFields,
    {
      kind: 'contact',
      nameOf: (contact) => contact.name,
      empty:
        'Contacts are the people at your companies. Add one, or bring in the address book you have.',
      shown: ['name', 'company', 'jobTitle', 'email', 'phone', 'lastActivityAt', 'owner', 'tags'],
      looks: {
        name: { width: 210 },
        company: { width: 180 },
        jobTitle: { width: 170 },
        phone: { render: ({ phone, mobile }) => phone ?? mobile },
        timezone: { width: 140 },
        createdAt: { width: 110, asDay: true },
      },
      moreColumns: [lastActivityColumn],
      moreFilters: [companyNameFilter],
      chips: [
        ...mineChips(userId),
        { label: 'Without e-mail', comparison: { field: 'email', operator: 'is_empty' } },
        { label: 'Without company', comparison: { field: 'company', operator: 'is_empty' } },
      ],
      renderCard: (contact) => (
        <>
          <CardLine>
            {[contact.jobTitle, contact.company?.name].filter(Boolean).join(' · ') || 'No company'}
          </CardLine>
          {(contact.email ?? contact.phone) && (
            <Text size="sm" truncate>
              {contact.email ?? contact.phone}
            </Text>
          )}
        </>
      ),
    },
    customFields,
  )
