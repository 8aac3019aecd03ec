/** What the list of leads shows and can be narrowed by. */
import { Group } from '@mantine/core'
import { IconAlertTriangle, IconCircleDashed, IconFlame } from '@tabler/icons-react'
import { leadFields } from '../../../../contract/records/lead-fields'
import type { Lead } from '../../../../contract/records/leads'
import { choicesAsTyped } from '../../../ui/fields'
import { CardLine, CardValue } from '../../../ui/list/CardLine'
import { companyNameFilter, currencyFilter, mineChips } from '../../../ui/list/commonColumns'
import type { ListDefinition } from '../../../ui/list/definition'
import { listOf } from '../../../ui/list/listOf'
import { MoneyText } from '../../../ui/MoneyText'
import { PriorityText } from '../../../ui/PriorityText'
import { SignalDot } from '../../../ui/SignalDot'
import { StageBadge } from '../../../ui/StageBadge'
import type { ListOptions } from '../useRecordList'

export interface LeadListOptions extends ListOptions {
  sources: readonly string[]
  now: Date
}

export const leadList = ({
  customFields,
  sources,
  userId,
  now,
}: LeadListOptions): ListDefinition<Lead> =>
  listOf<Lead, typeof leadFields>(
    leadFields,
    {
      kind: 'lead',
      nameOf: (lead) => lead.title,
      empty:
        'Leads move along your pipeline until they are won or lost. Add one, or bring in the spreadsheet you have.',
      shown: [
        'title',
        'company',
        'stage',
        'value',
        'nextStepAt',
        'owner',
        'lastActivityAt',
        'expectedCloseDate',
        'priority',
        'tags',
      ],
      looks: {
        title: { label: 'Lead', width: 270 },
        stage: { width: 140, render: ({ stage }) => <StageBadge stage={stage} /> },
        value: { width: 110 },
        nextStepAt: { width: 180, render: (lead) => <NextStep lead={lead} /> },
        expectedCloseDate: { width: 125 },
        priority: { render: ({ priority }) => <PriorityText priority={priority} /> },
        contact: { width: 150 },
        source: { width: 120 },
        status: { width: 90 },
        probability: {
          render: ({ effectiveProbability }) => (
            <span className="tabular">{effectiveProbability}%</span>
          ),
        },
        score: { width: 80 },
        lostReason: { width: 170 },
        stageEnteredAt: { width: 120, asDay: true },
        closedAt: { width: 110, asDay: true },
        createdAt: { width: 110, asDay: true },
      },
      filters: {
        source: { kind: 'choice', choices: choicesAsTyped(sources) },
        currency: currencyFilter,
      },
      moreFilters: [
        companyNameFilter,
        { name: 'contactName', label: 'Contact name', kind: 'text' },
      ],
      chips: [
        { label: 'Open', comparison: { field: 'status', operator: 'in', value: ['open'] } },
        ...mineChips(userId),
        {
          label: 'Overdue',
          icon: IconAlertTriangle,
          comparison: { field: 'nextStepAt', operator: 'less_than', value: now.toISOString() },
          moving: true,
        },
        {
          label: 'Nothing planned',
          icon: IconCircleDashed,
          comparison: { field: 'nextStepAt', operator: 'is_empty' },
        },
        {
          label: 'Urgent',
          icon: IconFlame,
          comparison: { field: 'priority', operator: 'in', value: ['high', 'urgent'] },
        },
        { label: 'Won', comparison: { field: 'status', operator: 'in', value: ['won'] } },
        { label: 'Lost', comparison: { field: 'status', operator: 'in', value: ['lost'] } },
      ],
      renderCard: (lead) => (
        <>
          <CardLine
            end={
              <CardValue>
                <MoneyText value={lead.value} empty="" />
              </CardValue>
            }
          >
            {lead.company?.name ?? lead.contact?.name ?? 'No company'}
          </CardLine>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <StageBadge stage={lead.stage} />
            <NextStep lead={lead} />
          </Group>
        </>
      ),
    },
    customFields,
  )

function NextStep({ lead }: { lead: Lead }) {
  const { status, signal, nextStepAt, nextStepDay } = lead
  return status === 'open' ? <SignalDot signal={signal} at={nextStepDay ?? nextStepAt} /> : null
}
