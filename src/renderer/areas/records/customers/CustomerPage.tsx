/** One customer: facts, timeline, and the leads it was won with. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type CustomerStatus, customerStatuses } from '../../../../contract/kernel/words'
import type { Customer } from '../../../../contract/records/customers'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { shownRecord } from '../../../app/recordParts'
import { DateText } from '../../../ui/DateText'
import { narrowed } from '../../../ui/list/address'
import { MoneyText } from '../../../ui/MoneyText'
import { readable } from '../../../ui/readable'
import {
  descriptionFact,
  ownerFact,
  referenceFact,
  tagsFact,
  textOf,
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
import { CustomerStatusBadge } from './list'

const route = getRouteApi('/customers/$id')
const few = 8

const plainFacts: Fact<Customer>[] = [
  referenceFact<Customer, 'company'>('company', 'Company', {
    type: 'reference',
    of: 'company',
    createWith: {},
  }),
  referenceFact<Customer, 'contact'>('contact', 'Contact', {
    type: 'reference',
    of: 'contact',
    createWith: {},
  }),
  ownerFact<Customer>(),
  {
    field: 'status',
    label: 'Status',
    editor: {
      type: 'choice',
      required: true,
      choices: customerStatuses.map((value) => ({ value, label: readable(value) })),
    },
    value: ({ status }) => status,
    apply: (row, value) => ({ ...row, status: value as CustomerStatus }),
  },
  {
    field: 'since',
    label: 'Customer since',
    editor: { type: 'date' },
    value: ({ since }) => since,
    apply: (row, value) => ({ ...row, since: textOf(value) }),
  },
  tagsFact<Customer>(),
  descriptionFact<Customer>(),
]

export default function CustomerPage() {
  const { id } = route.useParams()
  const query = useQuery(api.customers.get.queryOptions({ input: { id } }))
  useRememberRecord('customer', id, query.data?.name)
  return (
    <RecordGate kind="customer" query={query}>
      {(customer) => <CustomerView key={customer.id} customer={customer} />}
    </RecordGate>
  )
}

function CustomerView({ customer }: { customer: Customer }) {
  const { id, company, contact } = customer
  const app = useApp()
  const record = shownRecord('customer', customer, customer.name)
  const customFacts = useCustomFacts('customer', customer)
  const save = useOptimisticUpdate<Customer>(
    api.customers.get.queryKey({ input: { id } }),
    useCallback((patch) => client.customers.update({ id, ...patch }), [id]),
  )
  const remove = useMutation(api.customers.remove.mutationOptions())
  const leads = useQuery({
    ...api.leads.list.queryOptions({
      input: { companyId: company?.id ?? '', limit: few, sort: '-updatedAt' },
    }),
    enabled: company !== null,
  })
  const origins = useQuery(
    api.leads.list.queryOptions({ input: { customerId: id, limit: few, sort: '-updatedAt' } }),
  )
  const contacts = useQuery({
    ...api.contacts.list.queryOptions({ input: { companyId: company?.id ?? '', limit: few } }),
    enabled: company !== null,
  })
  return (
    <RecordPage
      record={record}
      restore={() => client.customers.restore({ id })}
      header={
        <RecordHeader
          record={record}
          rename={(name, before) =>
            save({ name, basedOn: { name: before } }, { ...customer, name })
          }
          badges={
            <>
              <CustomerStatusBadge status={customer.status} />
              <MoneyText value={customer.wonValue} empty="" />
            </>
          }
          subtitle={
            <>
              {company && <RecordLink kind="company" record={company} />}
              {contact && <RecordLink kind="contact" record={contact} />}
              {customer.owner && <UserAvatar user={customer.owner} named size={18} />}
              {customer.since && (
                <span>
                  since <DateText value={customer.since} format="short" />
                </span>
              )}
            </>
          }
          remove={() => remove.mutate({ id }, { onSuccess: () => app.goTo('/customers') })}
        />
      }
      facts={
        <Facts
          row={customer}
          name={customer.name}
          facts={[...plainFacts, ...customFacts]}
          save={save}
          readOnly={customer.deletedAt !== null}
          withShortcut
        />
      }
      related={
        <>
          <Related
            title="Became a customer by"
            kind="lead"
            query={origins}
            nameOf={(lead) => lead.title}
            detail={(lead) => lead.stage.name}
            right={(lead) => <MoneyText value={lead.value} empty="" compact />}
            empty="No lead was converted to this customer."
            all={narrowed('/leads', { field: 'customer', operator: 'in', value: [id] })}
          />
          {company && (
            <>
              <Related
                title={`Leads of ${company.name}`}
                kind="lead"
                query={leads}
                nameOf={(lead) => lead.title}
                detail={(lead) => lead.stage.name}
                right={(lead) => <MoneyText value={lead.value} empty="" compact />}
                add={{
                  label: 'New lead',
                  run: () =>
                    app.create('lead', { initial: { companyId: company, contactId: contact } }),
                }}
                empty="No lead yet."
                all={narrowed('/leads', { field: 'company', operator: 'in', value: [company.id] })}
              />
              <Related
                title="Contacts"
                kind="contact"
                query={contacts}
                nameOf={(person) => person.name}
                detail={(person) => person.jobTitle ?? person.email}
                add={{
                  label: 'New contact',
                  run: () => app.create('contact', { initial: { companyId: company } }),
                }}
                empty="Nobody known yet."
                all={narrowed('/contacts', {
                  field: 'company',
                  operator: 'in',
                  value: [company.id],
                })}
              />
            </>
          )}
        </>
      }
    />
  )
}
