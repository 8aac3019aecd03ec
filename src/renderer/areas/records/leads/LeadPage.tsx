/** One lead: its stage, facts, timeline, quotes and people. */
import { Badge, Button, Menu } from '@mantine/core'
import { IconCopy, IconHeartHandshake } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { Lead } from '../../../../contract/records/leads'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { draftKey } from '../../../app/drafts/key'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { shownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { MoneyText } from '../../../ui/MoneyText'
import { useCustomFacts } from '../../../ui/record/customFacts'
import { Facts } from '../../../ui/record/Facts'
import { RecordHeader } from '../../../ui/record/RecordHeader'
import { RecordLink } from '../../../ui/record/RecordLink'
import { RecordGate, RecordPage } from '../../../ui/record/RecordPage'
import { Related } from '../../../ui/record/Related'
import { useOptimisticUpdate } from '../../../ui/record/useOptimisticUpdate'
import { SignalDot } from '../../../ui/SignalDot'
import { UserAvatar } from '../../../ui/UserAvatar'
import { useFacets } from '../../../ui/useFacets'
import { QuoteStatusBadge } from '../quotes/QuoteStatusBadge'
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
  const app = useApp()
  const mayWrite = useMay('write') && lead.deletedAt === null
  const [converting, setConverting] = useState(false)
  useDraftRequest(
    (key) => mayWrite && key === draftKey('convert', id),
    () => setConverting(true),
  )
  const facets = useFacets()
  const customFacts = useCustomFacts('lead', lead)
  const save = useOptimisticUpdate<Lead>(
    api.leads.get.queryKey({ input: { id } }),
    useCallback((patch) => client.leads.update({ id, ...patch }), [id]),
  )
  const remove = useMutation(api.leads.remove.mutationOptions())
  const facts = [
    ...leadFacts(facets?.sources ?? [], facets?.lostReasons ?? [], lead),
    ...customFacts,
  ]
  const record = shownRecord('lead', lead, lead.title)
  return (
    <>
      <RecordPage
        record={record}
        restore={() => client.leads.restore({ id })}
        header={
          <RecordHeader
            record={record}
            rename={(title, before) =>
              save({ title, basedOn: { title: before } }, { ...lead, title })
            }
            badges={<MoneyText value={lead.value} empty="" />}
            subtitle={
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
            }
            actions={
              <>
                {mayWrite && lead.customer && (
                  <Button
                    variant="light"
                    leftSection={<IconHeartHandshake size={15} />}
                    onClick={() => lead.customer && app.openRecord('customer', lead.customer.id)}
                  >
                    {lead.customer.name}
                  </Button>
                )}
                {mayWrite && !lead.customer && lead.status === 'won' && (
                  <Button
                    variant="default"
                    leftSection={<IconHeartHandshake size={15} />}
                    onClick={() => setConverting(true)}
                  >
                    Convert to customer
                  </Button>
                )}
              </>
            }
            menu={
              <>
                {mayWrite && !lead.customer && lead.status !== 'won' && (
                  <Menu.Item
                    leftSection={<IconHeartHandshake size={15} />}
                    onClick={() => setConverting(true)}
                  >
                    Convert to customer
                  </Menu.Item>
                )}
                <Menu.Item
                  leftSection={<IconCopy size={15} />}
                  onClick={() =>
                    app.create('lead', {
                      initial: {
                        title: lead.title,
                        companyId: lead.company,
                        contactId: lead.contact,
                        source: lead.source,
                      },
                    })
                  }
                >
                  New one like this
                </Menu.Item>
              </>
            }
            remove={() => remove.mutate({ id }, { onSuccess: () => app.goTo('/leads') })}
          >
            <StageStepper lead={lead} />
          </RecordHeader>
        }
        facts={
          <Facts
            row={lead}
            name={lead.title}
            facts={facts}
            save={save}
            readOnly={lead.deletedAt !== null}
            withShortcut
          />
        }
        related={<LeadRelated lead={lead} />}
      />
      {converting && <ConvertDialog lead={lead} onClose={() => setConverting(false)} />}
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
  const otherLeads = others.data && {
    items: others.data.items.filter((other) => other.id !== id),
    total: Math.max(0, others.data.total - 1),
  }
  const companyFilter = company
    ? `?filter=${encodeURIComponent(JSON.stringify({ all: [{ field: 'company', operator: 'in', value: [company.id] }] }))}`
    : ''
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
          <Related
            title={`People at ${company.name}`}
            kind="contact"
            query={contacts}
            nameOf={(contact) => contact.name}
            detail={(contact) => contact.jobTitle ?? contact.email}
            add={{
              label: 'New contact',
              run: () => app.create('contact', { initial: { companyId: company } }),
            }}
            empty="Nobody known yet."
            all={`/contacts${companyFilter}`}
          />
          <Related
            title="Other leads"
            kind="lead"
            query={{ ...others, data: otherLeads }}
            nameOf={(other) => other.title}
            detail={(other) => other.stage.name}
            right={(other) => <MoneyText value={other.value} empty="" compact />}
            add={{
              label: 'New lead',
              run: () => app.create('lead', { initial: { companyId: company } }),
            }}
            empty="No other lead."
            all={`/leads${companyFilter}`}
          />
        </>
      )}
    </>
  )
}
