/** One contact: facts, timeline, and the leads they stand behind. */
import { Badge } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Contact } from '../../../../contract/records/contacts'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { shownRecord } from '../../../app/recordParts'
import { narrowed } from '../../../ui/list/address'
import { MoneyText } from '../../../ui/MoneyText'
import {
  descriptionFact,
  ownerFact,
  phoneFact,
  referenceFact,
  tagsFact,
  textFact,
} from '../../../ui/record/commonFacts'
import { useCustomFacts } from '../../../ui/record/customFacts'
import { Facts } from '../../../ui/record/Facts'
import type { Fact } from '../../../ui/record/facts'
import { RecordHeader } from '../../../ui/record/RecordHeader'
import { RecordLink } from '../../../ui/record/RecordLink'
import { RecordGate, RecordPage } from '../../../ui/record/RecordPage'
import { Related } from '../../../ui/record/Related'
import { useOptimisticUpdate } from '../../../ui/record/useOptimisticUpdate'
import { UserAvatar } from '../../../ui/UserAvatar'
import { useRememberRecord } from '../search/useRecent'

const route = getRouteApi('/contacts/$id')
const few = 6

const plainFacts: Fact<Contact>[] = [
  nameFact('firstName', 'First name'),
  nameFact('lastName', 'Last name'),
  textFact<Contact, 'jobTitle'>('jobTitle', 'Job title'),
  referenceFact<Contact, 'company'>('company', 'Company', {
    type: 'reference',
    of: 'company',
    createWith: {},
  }),
  textFact<Contact, 'email'>('email', 'E-mail', 'email'),
  phoneFact<Contact, 'phone'>('phone', 'Phone', 'phoneNumber'),
  phoneFact<Contact, 'mobile'>('mobile', 'Mobile', 'mobileNumber'),
  textFact<Contact, 'linkedin'>('linkedin', 'LinkedIn', 'url'),
  textFact<Contact, 'timezone'>('timezone', 'Time zone'),
  ownerFact<Contact>(),
  tagsFact<Contact>(),
  descriptionFact<Contact>(),
]

/** The name on top follows its parts at once. */
function nameFact(field: 'firstName' | 'lastName', label: string): Fact<Contact> {
  const fact = textFact<Contact, typeof field>(field, label)
  return {
    ...fact,
    apply: (row, value) => {
      const next = fact.apply(row, value)
      const name = [next.firstName, next.lastName].filter(Boolean).join(' ')
      return { ...next, name: name || next.email || row.name }
    },
  }
}

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
  const { id, company } = contact
  const app = useApp()
  const customFacts = useCustomFacts('contact', contact)
  const save = useOptimisticUpdate<Contact>(
    api.contacts.get.queryKey({ input: { id } }),
    useCallback((patch) => client.contacts.update({ id, ...patch }), [id]),
  )
  const remove = useMutation(api.contacts.remove.mutationOptions())
  const leads = useQuery(
    api.leads.list.queryOptions({ input: { contactId: id, limit: few, sort: '-updatedAt' } }),
  )
  const colleagues = useQuery({
    ...api.contacts.list.queryOptions({ input: { companyId: company?.id ?? '', limit: few + 1 } }),
    enabled: company !== null,
  })
  const others = colleagues.data && {
    items: colleagues.data.items.filter((other) => other.id !== id),
    total: Math.max(0, colleagues.data.total - 1),
  }
  const self = { id, name: contact.name }
  const record = shownRecord('contact', contact, contact.name)
  return (
    <RecordPage
      record={record}
      restore={() => client.contacts.restore({ id })}
      header={
        <RecordHeader
          record={record}
          subtitle={
            <>
              {contact.jobTitle && <span>{contact.jobTitle}</span>}
              {contact.optedOut && (
                <Badge size="sm" color="red">
                  opted out of e-mail
                </Badge>
              )}
              {company && <RecordLink kind="company" record={company} />}
              {contact.owner && <UserAvatar user={contact.owner} named size={18} />}
            </>
          }
          remove={() => remove.mutate({ id }, { onSuccess: () => app.goTo('/contacts') })}
        />
      }
      facts={
        <Facts
          row={contact}
          name={contact.name}
          facts={[...plainFacts, ...customFacts]}
          save={save}
          readOnly={contact.deletedAt !== null}
          withShortcut
        />
      }
      related={
        <>
          <Related
            title="Leads"
            kind="lead"
            query={leads}
            nameOf={(lead) => lead.title}
            detail={(lead) => lead.stage.name}
            right={(lead) => <MoneyText value={lead.value} empty="" compact />}
            add={{
              label: 'New lead',
              run: () => app.create('lead', { initial: { contactId: self, companyId: company } }),
            }}
            empty="No lead yet."
            all={narrowed('/leads', { field: 'contact', operator: 'in', value: [id] })}
          />
          {company && (
            <Related
              title="Colleagues"
              kind="contact"
              query={{ ...colleagues, data: others }}
              nameOf={(other) => other.name}
              detail={(other) => other.jobTitle ?? other.email}
              add={{
                label: 'New contact',
                run: () => app.create('contact', { initial: { companyId: company } }),
              }}
              empty={`Nobody else known at ${company.name}.`}
              all={narrowed('/contacts', { field: 'company', operator: 'in', value: [company.id] })}
            />
          )}
        </>
      }
    />
  )
}
