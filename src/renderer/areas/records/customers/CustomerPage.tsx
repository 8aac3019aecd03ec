/** One customer: facts, timeline, and the leads it was won with. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { customerFields } from '../../../../contract/records/customer-fields'
import type { Customer } from '../../../../contract/records/customers'
import { api, client } from '../../../api'
import { shownRecord } from '../../../app/recordParts'
import { DateText } from '../../../ui/DateText'
import { MoneyText } from '../../../ui/MoneyText'
import { fieldFacts, useCustomFacts } from '../../../ui/record/fieldFacts'
import { RecordLink } from '../../../ui/record/RecordLink'
import { RecordGate } from '../../../ui/record/RecordPage'
import { RecordScreen } from '../../../ui/record/RecordScreen'
import { UserAvatar } from '../../../ui/UserAvatar'
import { RelatedContacts, RelatedLeads } from '../relatedLists'
import { useRememberRecord } from '../search/useRecent'
import { CustomerStatusBadge } from './list'

const route = getRouteApi('/customers/$id')
const few = 8

const plainFacts = fieldFacts<Customer, typeof customerFields>(customerFields, { name: false })

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
  const { id, company, contact, owner, since, status, wonValue } = customer
  const customFacts = useCustomFacts('customer', customer)
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
    <RecordScreen
      record={shownRecord('customer', customer, customer.name)}
      row={customer}
      nameField="name"
      facts={[...plainFacts, ...customFacts]}
      queryKey={api.customers.get.queryKey({ input: { id } })}
      calls={client.customers}
      badges={
        <>
          <CustomerStatusBadge status={status} />
          <MoneyText value={wonValue} empty="" />
        </>
      }
      subtitle={
        <>
          {company && <RecordLink kind="company" record={company} />}
          {contact && <RecordLink kind="contact" record={contact} />}
          {owner && <UserAvatar user={owner} named size={18} />}
          {since && (
            <span>
              since <DateText value={since} format="short" />
            </span>
          )}
        </>
      }
      related={
        <>
          <RelatedLeads
            title="Became a customer by"
            query={origins}
            empty="No lead was converted to this customer."
            of={{ field: 'customer', id }}
          />
          {company && (
            <>
              <RelatedLeads
                title={`Leads of ${company.name}`}
                query={leads}
                initial={{ companyId: company, contactId: contact }}
                empty="No lead yet."
                of={{ field: 'company', id: company.id }}
              />
              <RelatedContacts
                title="Contacts"
                query={contacts}
                initial={{ companyId: company }}
                empty="Nobody known yet."
                of={{ field: 'company', id: company.id }}
              />
            </>
          )}
        </>
      }
    />
  )
}
