/** What could not be delivered, or of which nobody knows whether it was: tried again or let go by hand. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Delivery } from '../../../contract/notifications'
import { api } from '../../api'
import { DateText } from '../../ui/DateText'
import { SettingsCard } from '../settings/SettingsFrame'
import { channelLabels } from './words'

export function Undelivered() {
  const { data } = useQuery(
    api.notifications.deliveries.list.queryOptions({
      input: { state: ['dead', 'unknown'], limit: 50 },
    }),
  )
  if (!data || data.items.length === 0) return null
  return (
    <SettingsCard
      title="Not delivered"
      text="Tried several times without success, or cut off in the middle: nothing of it is sent again by itself."
    >
      <Stack gap="sm">
        {data.items.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} />
        ))}
      </Stack>
    </SettingsCard>
  )
}

function Row({ delivery }: { delivery: Delivery }) {
  const retry = useMutation(api.notifications.deliveries.retry.mutationOptions())
  const cancel = useMutation(api.notifications.deliveries.cancel.mutationOptions())
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <div>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {delivery.notification.title}
          </Text>
          <Badge variant="light" color={delivery.state === 'unknown' ? 'amber' : 'red'}>
            {delivery.state === 'unknown' ? 'Perhaps sent' : 'Failed'}
          </Badge>
        </Group>
        <Text size="xs" c="dimmed">
          {channelLabels[delivery.channel]} · <DateText value={delivery.createdAt} />
          {delivery.error && ` · ${delivery.error}`}
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="default"
          size="compact-sm"
          loading={retry.isPending}
          onClick={() => retry.mutate({ id: delivery.id })}
        >
          Try again
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ id: delivery.id })}
        >
          Let it go
        </Button>
      </Group>
    </Group>
  )
}
