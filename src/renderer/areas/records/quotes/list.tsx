/** What the list of quotes shows and can be narrowed by. */
import { Group, Text } from '@mantine/core'
import { quoteStatuses } from '../../../../contract/kernel/words'
import type { Quote } from '../../../../contract/records/quotes'
import { DateText } from '../../../ui/DateText'
import { dateOf } from '../../../ui/dates'
import { currencyFilter, madeAndChanged } from '../../../ui/list/commonColumns'
import type { ListDefinition } from '../../../ui/list/definition'
import { MoneyText } from '../../../ui/MoneyText'
import { UserAvatar } from '../../../ui/UserAvatar'
import { QuoteStatusBadge, quoteStatusLabel } from './QuoteStatusBadge'

export const quoteList = (now: Date): ListDefinition<Quote> => ({
  kind: 'quote',
  nameOf: (quote) => `${quote.number} ${quote.title}`,
  empty: 'A quote offers a lead something for a price. Begin one here, or on a lead’s page.',
  bulk: {},
  columns: [
    { id: 'title', label: 'Quote', sort: 'title', width: 230, render: ({ title }) => title },
    {
      id: 'number',
      label: 'Number',
      sort: 'number',
      width: 90,
      render: ({ number }) => <span className="tabular">{number}</span>,
    },
    {
      id: 'status',
      label: 'Status',
      sort: 'status',
      width: 100,
      render: ({ status }) => <QuoteStatusBadge status={status} />,
    },
    {
      id: 'total',
      label: 'Total',
      sort: 'total',
      width: 120,
      align: 'right',
      render: ({ total }) => <MoneyText value={total} />,
    },
    { id: 'lead', label: 'Lead', width: 200, render: ({ lead }) => lead.name },
    { id: 'company', label: 'Company', width: 170, render: ({ company }) => company?.name },
    {
      id: 'validUntil',
      label: 'Valid until',
      sort: 'validUntil',
      width: 115,
      render: ({ validUntil }) => <DateText value={validUntil} format="short" empty="" />,
    },
    {
      id: 'sentAt',
      label: 'Sent',
      sort: 'sentAt',
      width: 115,
      render: ({ sentAt }) => <DateText value={sentAt} empty="" />,
    },
    {
      id: 'owner',
      label: 'Owner',
      width: 150,
      render: ({ owner }) => owner && <UserAvatar user={owner} named />,
    },
    {
      id: 'decidedAt',
      label: 'Decided',
      width: 115,
      optional: true,
      render: ({ decidedAt }) => <DateText value={decidedAt} empty="" />,
    },
    ...madeAndChanged,
  ],
  fields: [
    {
      name: 'status',
      label: 'Status',
      kind: 'choice',
      choices: quoteStatuses.map((value) => ({ value, label: quoteStatusLabel(value) })),
    },
    { name: 'total', label: 'Total', kind: 'money' },
    currencyFilter,
    { name: 'lead', label: 'Lead', kind: 'reference', of: 'lead' },
    { name: 'company', label: 'Company', kind: 'reference', of: 'company' },
    { name: 'owner', label: 'Owner', kind: 'reference', of: 'user' },
    { name: 'title', label: 'Title', kind: 'text' },
    { name: 'number', label: 'Number', kind: 'text' },
    { name: 'validUntil', label: 'Valid until', kind: 'date' },
    { name: 'sentAt', label: 'Sent', kind: 'instant' },
    { name: 'createdAt', label: 'Created', kind: 'instant' },
    { name: 'updatedAt', label: 'Changed', kind: 'instant' },
  ],
  chips: [
    ...quoteStatuses.map((status) => ({
      label: quoteStatusLabel(status),
      comparison: { field: 'status', operator: 'in' as const, value: [status] },
    })),
    {
      label: 'Run out',
      comparison: { field: 'validUntil', operator: 'less_than', value: dateOf(now) },
      moving: true,
    },
  ],
  renderCard: (quote) => (
    <>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" c="dimmed" truncate>
          {quote.company?.name ?? quote.lead.name}
        </Text>
        <Text size="sm" fw={600} flex="none">
          <MoneyText value={quote.total} />
        </Text>
      </Group>
      <QuoteStatusBadge status={quote.status} />
    </>
  ),
})
