/** One company: its facts, timeline, people, leads and subsidiaries. */
import { Button } from '@mantine/core'
import { IconTargetArrow } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Company } from '../../../../contract/records/companies'
import { companyFields } from '../../../../contract/records/company-fields'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { shownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'
import { narrowed } from '../../../ui/list/address'
import { MoneyText } from '../../../ui/MoneyText'
import { fieldFacts, useCustomFacts } from '../../../ui/record/fieldFacts'
import { RecordLink } from '../../../ui/record/RecordLink'
import { RecordGate } from '../../../ui/record/RecordPage'
import { RecordScreen } from '../../../ui/record/RecordScreen'
import { Related } from '../../../ui/record/Related'
import { UserAvatar } from '../../../ui/UserAvatar'
import { RelatedContacts, RelatedLeads } from '../relatedLists'
import { useRememberRecord } from '../search/useRecent'

const route = getRouteApi('/companies/$id')
const few = 6

const plainFacts = fieldFacts<Company, typeof companyFields>(companyFields, { name: false })

export default function CompanyPage() {
  const { id } = route.useParams()
  const query = useQuery(api.companies.get.queryOptions({ input: { id } }))
  useRememberRecord('company', id, query.data?.name)
  return (
    <RecordGate kind="company" query={query}>
      {(company) => <CompanyView key={company.id} company={company} />}
    </RecordGate>
  )
}

function CompanyView({ company }: { company: Company }) {
  const { id, industry, city, parent, owner } = company
  const app = useApp()
  const mayWrite = useMay('write')
  const customFacts = useCustomFacts('company', company)
  return (
    <RecordScreen
      record={shownRecord('company', company, company.name)}
      row={company}
      nameField="name"
      facts={[...plainFacts, ...customFacts]}
      queryKey={api.companies.get.queryKey({ input: { id } })}
      calls={client.companies}
      subtitle={
        <>
          {industry && <span>{industry}</span>}
          {city && <span>{city}</span>}
          {parent && (
            <span>
              part of <RecordLink kind="company" record={parent} />
            </span>
          )}
          {owner && <UserAvatar user={owner} named size={18} />}
        </>
      }
      actions={
        mayWrite && (
          <Button
            variant="default"
            leftSection={<IconTargetArrow size={15} />}
            onClick={() => app.create('lead', { initial: { companyId: reference(company) } })}
          >
            New lead
          </Button>
        )
      }
      related={<PeopleAndLeads company={company} />}
      relatedBelow={<CustomersAndSubsidiaries company={company} />}
    />
  )
}

const reference = ({ id, name }: Company) => ({ id, name })

function PeopleAndLeads({ company }: { company: Company }) {
  const { id } = company
  const contacts = useQuery(
    api.contacts.list.queryOptions({ input: { companyId: id, limit: few } }),
  )
  const leads = useQuery(
    api.leads.list.queryOptions({ input: { companyId: id, limit: few, sort: '-updatedAt' } }),
  )
  const shared = { of: { field: 'company', id }, initial: { companyId: reference(company) } }
  return (
    <>
      <RelatedContacts {...shared} title="Contacts" query={contacts} empty="Nobody known yet." />
      <RelatedLeads {...shared} title="Leads" query={leads} empty="No lead yet." />
    </>
  )
}

function CustomersAndSubsidiaries({ company }: { company: Company }) {
  const app = useApp()
  const { id } = company
  const customers = useQuery(
    api.customers.list.queryOptions({ input: { companyId: id, limit: few } }),
  )
  const children = useQuery(
    api.companies.list.queryOptions({
      input: { filter: { all: [{ field: 'parent', operator: 'in', value: [id] }] }, limit: few },
    }),
  )
  return (
    <>
      <Related
        title="Customers"
        kind="customer"
        query={customers}
        nameOf={(customer) => customer.name}
        right={(customer) => <MoneyText value={customer.wonValue} empty="" compact />}
        empty="Not a customer yet."
        all={narrowed('/customers', { field: 'company', operator: 'in', value: [id] })}
      />
      <Related
        title="Subsidiaries"
        kind="company"
        query={children}
        nameOf={(child) => child.name}
        detail={(child) => child.city}
        add={{
          label: 'New subsidiary',
          run: () => app.create('company', { initial: { parentId: reference(company) } }),
        }}
        empty="None."
        all={narrowed('/companies', { field: 'parent', operator: 'in', value: [id] })}
      />
    </>
  )
}
