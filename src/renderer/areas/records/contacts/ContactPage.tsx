/** One contact: facts, timeline, and their leads. */
import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { contactFields } from '../../../../contract/records/contact-fields'
import type { Contact } from '../../../../contract/records/contacts'
import { api, client } from '../../../api'
import { shownRecord } from '../../../app/recordParts'
import type { FieldValue } from '../../../ui/fields'
import { fieldFacts, useCustomFacts } from '../../../ui/record/fieldFacts'
import { RecordLink } from '../../../ui/record/RecordLink'
import { RecordGate } from '../../../ui/record/RecordPage'
import { RecordScreen } from '../../../ui/record/RecordScreen'
import { UserAvatar } from '../../../ui/UserAvatar'
import { RelatedContacts, RelatedLeads, withoutSelf } from '../relatedLists'
import { useRememberRecord } from '../search/useRecent'

const route = getRouteApi('/contacts/$id')
const few = 6

/** The name on top follows its parts at once. */
const namePart = (field: 'firstName' | 'lastName') => ({
  apply: (row: Contact, value: FieldValue): Contact => {
    const next = { ...row, [field]: value }
    const name = [next.firstName, next.lastName].filter(Boolean).join(' ')
    return { ...next, name: name || next.email || row.name }
  },
})

const plainFacts = fieldFacts<Contact, typeof contactFields>(contactFields, {
  firstName: namePart('firstName'),
  lastName: namePart('lastName'),
})

export default function ContactPage() {
  const { id } = route.useParams()
  const query = useQuery(api.contacts.get.queryOptions({ input: { id } }))
  useRememberRecord('contact', id, query.data?.name)
  return (
    <RecordGate kind="contact" query={query}>
      {(contact) => <ContactView key={contact.id} contact={contact} />}
    </RecordGate>
  )
}

function ContactView({ contact }: { contact: Contact }) {
  const { id, name, company, owner, jobTitle, optedOut } = contact
  const customFacts = useCustomFacts('contact', contact)
  return (
    <RecordScreen
      record={shownRecord('contact', contact, name)}
      row={contact}
      facts={[...plainFacts, ...customFacts]}
      queryKey={api.contacts.get.queryKey({ input: { id } })}
      calls={client.contacts}
      subtitle={
        <>
          {jobTitle && <span>{jobTitle}</span>}
          {optedOut && (
            <Badge size="sm" color="red">
              opted out of e-mail
            </Badge>
          )}
          {company && <RecordLink kind="company" record={company} />}
          {owner && <UserAvatar user={owner} named size={18} />}
        </>
      }
      related={<ContactRelated contact={contact} />}
    />
  )
}

function ContactRelated({ contact: { id, name, company } }: { contact: Contact }) {
  const leads = useQuery(
    api.leads.list.queryOptions({ input: { contactId: id, limit: few, sort: '-updatedAt' } }),
  )
  const colleagues = useQuery({
    ...api.contacts.list.queryOptions({ input: { companyId: company?.id ?? '', limit: few + 1 } }),
    enabled: company !== null,
  })
  return (
    <>
      <RelatedLeads
        title="Leads"
        query={leads}
        initial={{ contactId: { id, name }, companyId: company }}
        empty="No lead yet."
        of={{ field: 'contact', id }}
      />
      {company && (
        <RelatedContacts
          title="Colleagues"
          query={withoutSelf(colleagues, id)}
          initial={{ companyId: company }}
          empty={`Nobody else known at ${company.name}.`}
          of={{ field: 'company', id: company.id }}
        />
      )}
    </>
  )
}
