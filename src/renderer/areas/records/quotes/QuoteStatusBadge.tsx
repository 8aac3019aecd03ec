/** The state of a quote. */
import { Badge } from '@mantine/core'
import type { QuoteStatus } from '../../../../contract/records/words'

const looks: Readonly<Record<QuoteStatus, { label: string; color: string }>> = {
  draft: { label: 'Draft', color: 'gray' },
  sent: { label: 'Sent', color: 'amber' },
  accepted: { label: 'Accepted', color: 'juniper' },
  declined: { label: 'Declined', color: 'red' },
}

export const quoteStatusLabel = (status: QuoteStatus) => looks[status].label

export function QuoteStatusBadge({ status }: { status: QuoteStatus }) {
  const { label, color } = looks[status]
  return (
    <Badge size="sm" color={color}>
      {label}
    </Badge>
  )
}
