/** What the list of leads shows and can be narrowed by. */

import { Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleDashed, IconFlame } from '@tabler/icons-react'
import type { CustomField } from '../../../../contract/kernel/custom-fields'
import { leadStatuses, priorities } from '../../../../contract/kernel/words'
import type { Lead } from '../../../../contract/records/leads'
import { customColumns, customFilters } from '../../../ui/customFields'
import { DateText } from '../../../ui/DateText'
import {
  companyColumn,
  currencyFilter,
  lastActivityColumn,
  madeAndChanged,
  mineChips,
  ownerColumn,
  tagsColumn,
} from '../../../ui/list/commonColumns'
import type { ListDefinition } from '../../../ui/list/definition'
import { MoneyText } from '../../../ui/MoneyText'
import { PriorityText, priorityLabels } from '../../../ui/PriorityText'
import { readable } from '../../../ui/readable'
import { SignalDot } from '../../../ui/SignalDot'
import { StageBadge } from '../../../ui/StageBadge'

export interface LeadListOptions {
  customFields: readonly CustomField[]
  sources: readonly string[]
  /** For "Mine". */
  userId: string | undefined
  now: Date
}

export function leadList({
  customFields,
  sources,
  userId,
  now,
}: LeadListOptions): ListDefinition<Lead> {
  return {
    kind: 'lead',
    nameOf: (lead) => lead.title,
    empty:
      'Leads move along your pipeline until they are won or lost. Add one, or bring in the spreadsheet you have.',
    bulk: { owner: true, stage: true, priority: true, source: true, tags: true },
    columns: [
      { id: 'title', label: 'Lead', sort: 'title', width: 270, render: ({ title }) => title },
      { ...companyColumn, width: 170 },
      {
        id: 'stage',
        label: 'Stage',
        sort: 'stage',
        width: 140,
        render: ({ stage }) => <StageBadge stage={stage} />,
      },
      {
        id: 'value',
        label: 'Value',
        sort: 'value',
        width: 110,
        align: 'right',
        render: ({ value }) => <MoneyText value={value} empty="" />,
      },
      {
        id: 'nextStepAt',
        label: 'Next step',
        sort: 'nextStepAt',
        width: 180,
        render: ({ signal, nextStepAt, nextStepDay, status }) =>
          status === 'open' ? <SignalDot signal={signal} at={nextStepDay ?? nextStepAt} /> : null,
      },
      ownerColumn,
      { ...lastActivityColumn, sort: 'lastActivityAt', width: 130 },
      {
        id: 'expectedCloseDate',
        label: 'Expected close',
        sort: 'expectedCloseDate',
        width: 125,
        render: ({ expectedCloseDate }) => (
          <DateText value={expectedCloseDate} format="short" empty="" />
        ),
      },
      {
        id: 'priority',
        label: 'Priority',
        sort: 'priority',
        width: 105,
        render: ({ priority }) => <PriorityText priority={priority} />,
      },
      tagsColumn,
      {
        id: 'contact',
        label: 'Contact',
        width: 150,
        optional: true,
        render: ({ contact }) => contact?.name,
      },
      {
        id: 'source',
        label: 'Source',
        sort: 'source',
        width: 120,
        optional: true,
        render: ({ source }) => source,
      },
      {
        id: 'status',
        label: 'Status',
        width: 90,
        optional: true,
        render: ({ status }) => readable(status),
      },
      {
        id: 'probability',
        label: 'Probability',
        width: 100,
        align: 'right',
        optional: true,
        render: ({ effectiveProbability }) => (
          <span className="tabular">{effectiveProbability}%</span>
        ),
      },
      {
        id: 'score',
        label: 'Score',
        sort: 'score',
        width: 80,
        align: 'right',
        optional: true,
        render: ({ score }) => score !== null && <span className="tabular">{score}</span>,
      },
      {
        id: 'lostReason',
        label: 'Lost reason',
        width: 170,
        optional: true,
        render: ({ lostReason }) => lostReason,
      },
      {
        id: 'stageEnteredAt',
        label: 'In stage since',
        width: 120,
        optional: true,
        render: ({ stageEnteredAt }) => <DateText value={stageEnteredAt} format="short" />,
      },
      {
        id: 'closedAt',
        label: 'Closed',
        width: 110,
        optional: true,
        render: ({ closedAt }) => <DateText value={closedAt} format="short" empty="" />,
      },
      ...madeAndChanged,
      ...customColumns<Lead>(customFields),
    ],
    fields: [
      {
        name: 'status',
        label: 'Status',
        kind: 'choice',
        choices: leadStatuses.map((value) => ({ value, label: readable(value) })),
      },
      { name: 'stage', label: 'Stage', kind: 'reference', of: 'stage' },
      { name: 'pipeline', label: 'Pipeline', kind: 'reference', of: 'pipeline' },
      { name: 'owner', label: 'Owner', kind: 'reference', of: 'user' },
      { name: 'company', label: 'Company', kind: 'reference', of: 'company' },
      { name: 'contact', label: 'Contact', kind: 'reference', of: 'contact' },
      { name: 'customer', label: 'Customer', kind: 'reference', of: 'customer' },
      { name: 'value', label: 'Value', kind: 'money' },
      currencyFilter,
      { name: 'probability', label: 'Probability', kind: 'number' },
      {
        name: 'priority',
        label: 'Priority',
        kind: 'choice',
        choices: priorities.map((value) => ({ value, label: priorityLabels[value] })),
      },
      {
        name: 'source',
        label: 'Source',
        kind: 'choice',
        choices: sources.map((value) => ({ value, label: value })),
      },
      { name: 'tags', label: 'Tags', kind: 'tags' },
      { name: 'title', label: 'Title', kind: 'text' },
      { name: 'companyName', label: 'Company name', kind: 'text' },
      { name: 'description', label: 'Description', kind: 'text' },
      { name: 'lostReason', label: 'Lost reason', kind: 'text' },
      { name: 'expectedCloseDate', label: 'Expected close', kind: 'date' },
      { name: 'nextStepAt', label: 'Next step', kind: 'instant' },
      { name: 'lastActivityAt', label: 'Last activity', kind: 'instant' },
      { name: 'stageEnteredAt', label: 'In stage since', kind: 'instant' },
      { name: 'closedAt', label: 'Closed', kind: 'instant' },
      { name: 'createdAt', label: 'Created', kind: 'instant' },
      { name: 'updatedAt', label: 'Changed', kind: 'instant' },
      { name: 'score', label: 'Score', kind: 'number' },
      ...customFilters(customFields),
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
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Text size="sm" c="dimmed" truncate>
            {lead.company?.name ?? lead.contact?.name ?? 'No company'}
          </Text>
          <Text size="sm" fw={600} flex="none">
            <MoneyText value={lead.value} empty="" />
          </Text>
        </Group>
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <StageBadge stage={lead.stage} />
          {lead.status === 'open' && (
            <SignalDot signal={lead.signal} at={lead.nextStepDay ?? lead.nextStepAt} />
          )}
        </Group>
      </>
    ),
  }
}
