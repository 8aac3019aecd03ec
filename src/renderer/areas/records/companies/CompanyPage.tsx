/** One company: its facts, timeline, people, leads and subsidiaries. */
import { Button } from '@mantine/core'
import { IconTargetArrow } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Company } from '../../../../contract/records/companies'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { shownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'
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

const route = getRouteApi('/companies/$id')
const few = 6

const plainFacts: Fact<Company>[] = [
  textFact<Company, 'website'>('website', 'Website', 'url'),
  textFact<Company, 'domain'>('domain', 'Domain'),
  phoneFact<Company, 'phone'>('phone', 'Phone', 'phoneNumber'),
  textFact<Company, 'industry'>('industry', 'Industry'),
  {
    field: 'employees',
    label: 'Employees',
    editor: { type: 'number' },
    value: ({ employees }) => employees,
    apply: (row, value) => ({ ...row, employees: typeof value === 'number' ? value : null }),
  },
  textFact<Company, 'address'>('address', 'Address'),
  textFact<Company, 'city'>('city', 'City'),
  textFact<Company, 'country'>('country', 'Country'),
  referenceFact<Company, 'parent'>('parent', 'Parent company', {
    type: 'reference',
    of: 'company',
    createWith: {},
  }),
  ownerFact<Company>(),
  tagsFact<Company>(),
  descriptionFact<Company>(),
]

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
  const { id } = company
  const app = useApp()
  const mayWrite = useMay('write')
  const record = shownRecord('company', company, company.name)
  const customFacts = useCustomFacts('company', company)
  const save = useOptimisticUpdate<Company>(
    api.companies.get.queryKey({ input: { id } }),
    useCallback((patch) => client.companies.update({ id, ...patch }), [id]),
  )
  const remove = useMutation(api.companies.remove.mutationOptions())
  return (
    <RecordPage
      record={record}
      restore={() => client.companies.restore({ id })}
      header={
        <RecordHeader
          record={record}
          rename={(name, before) => save({ name, basedOn: { name: before } }, { ...company, name })}
          subtitle={
            <>
              {company.industry && <span>{company.industry}</span>}
              {company.city && <span>{company.city}</span>}
              {company.parent && (
                <span>
                  part of <RecordLink kind="company" record={company.parent} />
                </span>
              )}
              {company.owner && <UserAvatar user={company.owner} named size={18} />}
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
          remove={() => remove.mutate({ id }, { onSuccess: () => app.goTo('/companies') })}
        />
      }
      facts={
        <Facts
          row={company}
          name={company.name}
          facts={[...plainFacts, ...customFacts]}
          save={save}
          readOnly={company.deletedAt !== null}
          withShortcut
        />
      }
      related={<PeopleAndLeads company={company} />}
      relatedBelow={<CustomersAndSubsidiaries company={company} />}
    />
  )
}

const reference = ({ id, name }: Company) => ({ id, name })

function PeopleAndLeads({ company }: { company: Company }) {
  const app = useApp()
  const { id } = company
  const contacts = useQuery(
    api.contacts.list.queryOptions({ input: { companyId: id, limit: few } }),
  )
  const leads = useQuery(
    api.leads.list.queryOptions({ input: { companyId: id, limit: few, sort: '-updatedAt' } }),
  )
  return (
    <>
      <Related
        title="Contacts"
        kind="contact"
        query={contacts}
        nameOf={(contact) => contact.name}
        detail={(contact) => contact.jobTitle ?? contact.email}
        add={{
          label: 'New contact',
          run: () => app.create('contact', { initial: { companyId: reference(company) } }),
        }}
        empty="Nobody known yet."
        all={narrowed('/contacts', { field: 'company', operator: 'in', value: [id] })}
      />
      <Related
        title="Leads"
        kind="lead"
        query={leads}
        nameOf={(lead) => lead.title}
        detail={(lead) => lead.stage.name}
        right={(lead) => <MoneyText value={lead.value} empty="" compact />}
        add={{
          label: 'New lead',
          run: () => app.create('lead', { initial: { companyId: reference(company) } }),
        }}
        empty="No lead yet."
        all={narrowed('/leads', { field: 'company', operator: 'in', value: [id] })}
      />
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
