/** How many e-mails wait for a decision, beside the outbox in the navigation. */
import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api'
import { statesToDecide } from './problems'

export default function DecideBadge() {
  const { data } = useQuery(api.outbox.status.queryOptions())
  const count = statesToDecide.reduce((sum, state) => sum + (data?.counts[state] ?? 0), 0)
  if (count === 0) return null
  return (
    <Badge
      size="sm"
      circle={count < 10}
      radius="xl"
      color="red"
      className="tabular"
      aria-label={`${count} ${count === 1 ? 'e-mail needs' : 'e-mails need'} a decision`}
    >
      {count > 99 ? '99+' : count}
    </Badge>
  )
}
