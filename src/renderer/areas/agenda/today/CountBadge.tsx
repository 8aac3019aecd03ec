/** How much is overdue or due today, beside Today in the navigation. */
import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api'
import { refreshEvery } from './useAgenda'

export default function CountBadge() {
  const { data } = useQuery({
    ...api.agenda.counts.queryOptions({ input: {} }),
    refetchInterval: refreshEvery,
  })
  const count = (data?.overdue ?? 0) + (data?.today ?? 0)
  if (!data || count === 0) return null
  return (
    <Badge
      size="sm"
      circle={count < 10}
      radius="xl"
      variant={data.overdue > 0 ? 'filled' : 'light'}
      color={data.overdue > 0 ? 'red' : 'juniper'}
      className="tabular"
      aria-label={`${data.overdue} overdue, ${data.today} due today`}
    >
      {count > 99 ? '99+' : count}
    </Badge>
  )
}
