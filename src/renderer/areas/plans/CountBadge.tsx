/** How many steps are due today, beside the queue in the navigation. */
import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api'
import { refreshEvery } from './useQueue'

export default function CountBadge() {
  const { data } = useQuery({
    ...api.plans.due.queryOptions({ input: { limit: 1 } }),
    refetchInterval: refreshEvery,
  })
  const count = data?.total ?? 0
  if (count === 0) return null
  return (
    <Badge
      size="sm"
      circle={count < 10}
      radius="xl"
      variant="light"
      color="juniper"
      className="tabular"
      aria-label={`${count} steps due`}
    >
      {count > 99 ? '99+' : count}
    </Badge>
  )
}
