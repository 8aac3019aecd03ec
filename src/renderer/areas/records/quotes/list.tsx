/** What the list of quotes shows and can be narrowed by. */

import { quoteFields } from '../../../../contract/records/quote-fields'
import type { Quote } from '../../../../contract/records/quotes'
import { quoteStatuses } from '../../../../contract/records/words'
import { DateText } from '../../../ui/DateText'
import { dateOf } from '../../../ui/dates'
import { CardLine, CardValue } from '../../../ui/list/CardLine'
import { currencyFilter } from '../../../ui/list/commonColumns'
import type { ListDefinition } from '../../../ui/list/definition'
import { listOf } from '../../../ui/list/listOf'
import { MoneyText } from '../../../ui/MoneyText'
import { QuoteStatusBadge, quoteStatusLabel } from './QuoteStatusBadge'

export const quoteList = (now: Date): ListDefinition<Quote> =>
  listOf<Quote, typeof quoteFields>(quoteFields, {
    kind: 'quote',
    nameOf: (quote) => `${quote.number} ${quote.title}`,
    empty: 'A quote offers a lead something for a price. Begin one here, or on a lead’s page.',
    shown: [
      'title',
      'number',
      'status',
      'total',
      'lead',
      'company',
      'validUntil',
      'sentAt',
      'owner',
    ],
    looks: {
      title: { label: 'Quote', width: 230 },
      number: { width: 90, render: ({ number }) => <span className="tabular">{number}</span> },
      status: { width: 100, render: QuoteStatusBadge },
      lead: { width: 200 },
      sentAt: { width: 115 },
      createdAt: { width: 110, asDay: true },
      currency: false,
    },
    moreColumns: [
      {
        id: 'decidedAt',
        label: 'Decided',
        width: 115,
        render: ({ decidedAt }) => <DateText value={decidedAt} empty="" />,
      },
    ],
    filters: { currency: currencyFilter },
    chips: [
      ...quoteStatuses.map((status) => ({
        label: quoteStatusLabel(status),
        comparison: { field: 'status', operator: 'in' as const, value: [status] },
      })),
      {
        label: 'Expired',
        comparison: { field: 'validUntil', operator: 'less_than', value: dateOf(now) },
        moving: true,
      },
    ],
    renderCard: (quote) => (
      <>
        <CardLine
          end={
            <CardValue>
              <MoneyText value={quote.total} />
            </CardValue>
          }
        >
          {quote.company?.name ?? quote.lead.name}
        </CardLine>
        <QuoteStatusBadge status={quote.status} />
      </>
    ),
  })
