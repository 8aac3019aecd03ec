/** Whether a cadence is being written, takes leads in, or rests. */
import { Badge } from '@mantine/core'
import type { CadenceState } from '../../../../contract/outreach/words'

const labels: Readonly<Record<CadenceState, { label: string; color: string }>> = {
  draft: { label: 'Draft', color: 'gray' },
  active: { label: 'Active', color: 'teal' },
  archived: { label: 'Archived', color: 'gray' },
}

export function StateBadge({ state }: { state: CadenceState }) {
  const { label, color } = labels[state]
  return (
    <Badge variant="light" color={color} flex="none">
      {label}
    </Badge>
  )
}
