/** One lead: its stage, facts, timeline, quotes and people. */
import { Badge, Button, Menu } from '@mantine/core'
import { IconCopy, IconHeartHandshake } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Lead } from '../../../../contract/records/leads'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { draftKey } from '../../../app/drafts/key'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { shownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { MoneyText } from '../../../ui/MoneyText'
import { useCustomFacts } from '../../../ui/record/fieldFacts'
import { RecordLink } from '../../../ui/record/RecordLink'
import { RecordGate } from '../../../ui/record/RecordPage'
import { RecordScreen } from '../../../ui/record/RecordScreen'
import { Related } from '../../../ui/record/Related'
import { SignalDot } from '../../../ui/SignalDot'
import { UserAvatar } from '../../../ui/UserAvatar'
import { useFacets } from '../../../ui/useFacets'
import { QuoteStatusBadge } from '../quotes/QuoteStatusBadge'
import { RelatedContacts, RelatedLeads, withoutSelf } from '../relatedLists'
import { useRememberRecord } from '../search/useRecent'
import { ConvertDialog } from './ConvertDialog'
import { leadFacts } from './facts'
import { StageStepper } from './StageStepper'

const route = getRouteApi('/leads/$id')

export default function LeadPage() {
  const { id } = route.useParams()
  const query = useQuery(api.leads.get.queryOptions({ input: { id } }))
  useRememberRecord('lead', id, query.data?.title)
  return (
    <RecordGate kind="lead" query={query}>
      {(lead) => <LeadView key={lead.id} lead={lead} />}
    </RecordGate>
  )
}

function LeadView({ lead }: { lead: Lead }) {
  const { id } = lead
  const mayWrite = useMay('write') && lead.deletedAt === null
  const [converting, setConverting] = useState(false)
  const convert = () => setConverting(true)
  useDraftRequest((key) => mayWrite && key === draftKey('convert', id), convert)
  const facets = useFacets()
  const customFacts = useCustomFacts('lead', lead)
  return (
    <>
      <RecordScreen
        record={shownRecord('lead', lead, lead.title)}
        row={lead}
        nameField="title"
        facts={[
          ...leadFacts(facets?.sources ?? [], facets?.lostReasons ?? [], lead),
          ...customFacts,
        ]}
        queryKey={api.leads.get.queryKey({ input: { id } })}
        calls={client.leads}
        badges={<MoneyText value={lead.value} empty="" />}
        subtitle={<Subtitle lead={lead} />}
        actions={mayWrite && <CustomerButton lead={lead} convert={convert} />}
        menu={<LeadMenu lead={lead} convert={mayWrite ? convert : undefined} />}
        related={<LeadRelated lead={lead} />}
      >
        <StageStepper lead={lead} />
      </RecordScreen>
      {converting && <ConvertDialog lead={lead} onClose={() => setConverting(false)} />}
    </>
  )
}

function Subtitle({ lead }: { lead: Lead }) {
  return (
    <>
      {lead.company && <RecordLink kind="company" record={lead.company} />}
      {lead.owner && <UserAvatar user={lead.owner} named size={18} />}
      {lead.status === 'open' && (
        <SignalDot signal={lead.signal} at={lead.nextStepDay ?? lead.nextStepAt} />
      )}
      {lead.rotting && (
        <Badge size="sm" color="amber">
          quiet for too long
        </Badge>
      )}
      {lead.closedAt && (
        <span>
          closed <DateText value={lead.closedAt} />
        </span>
      )}
    </>
  )
}

/** The customer it became, or the way to make it one. */
function CustomerButton({ lead, convert }: { lead: Lead; convert(): void }) {
  const { customer, status } = lead
  const app = useApp()
  if (customer) {
    return (
      <Button
        variant="light"
        leftSection={<IconHeartHandshake size={15} />}
        onClick={() => app.openRecord('customer', customer.id)}
      >
        {customer.name}
      </Button>
    )
  }
  if (status !== 'won') return null
  return (
    <Button variant="default" leftSection={<IconHeartHandshake size={15} />} onClick={convert}>
      Convert to customer
    </Button>
  )
}

/** @param convert undefined where nothing may be changed */
function LeadMenu({ lead, convert }: { lead: Lead; convert: (() => void) | undefined }) {
  const { title, company, contact, source } = lead
  const app = useApp()
  return (
    <>
      {convert && !lead.customer && lead.status !== 'won' && (
        <Menu.Item leftSection={<IconHeartHandshake size={15} />} onClick={convert}>
          Convert to customer
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconCopy size={15} />}
        onClick={() =>
          app.create('lead', {
            initial: { title, companyId: company, contactId: contact, source },
          })
        }
      >
        New one like this
      </Menu.Item>
    </>
  )
}

const few = 6

function LeadRelated({ lead }: { lead: Lead }) {
  const app = useApp()
  const { id, title, company } = lead
  const quotes = useQuery(api.quotes.list.queryOptions({ input: { leadId: id, limit: few } }))
  const contacts = useQuery({
    ...api.contacts.list.queryOptions({ input: { companyId: company?.id ?? '', limit: few } }),
    enabled: company !== null,
  })
  const others = useQuery({
    ...api.leads.list.queryOptions({
      input: { companyId: company?.id ?? '', limit: few, sort: '-updatedAt' },
    }),
    enabled: company !== null,
  })
  return (
    <>
      <Related
        title="Quotes"
        kind="quote"
        query={quotes}
        nameOf={(quote) => quote.title}
        detail={(quote) => (
          <>
            {quote.number} · <MoneyText value={quote.total} />
          </>
        )}
        right={(quote) => <QuoteStatusBadge status={quote.status} />}
        add={{
          label: 'New quote',
          run: () => app.create('quote', { initial: { lead: { id, name: title } } }),
        }}
        empty="No quote yet."
      />
      {company && (
        <>
          <RelatedContacts
            title={`People at ${company.name}`}
            query={contacts}
            initial={{ companyId: company }}
            empty="Nobody known yet."
            of={{ field: 'company', id: company.id }}
          />
          <RelatedLeads
            title="Other leads"
            query={withoutSelf(others, id)}
            initial={{ companyId: company }}
            empty="No other lead."
            of={{ field: 'company', id: company.id }}
          />
        </>
      )}
    </>
  )
}
