/** What did not reach anybody, or may not have: tried again, or let go. */
import { Badge, Button, Group, Loader, Table, Text } from '@mantine/core'
import { IconRefresh, IconX } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import type { Delivery } from '../../../../contract/background/notifications'
import { api } from '../../../api'
import { DateText } from '../../../ui/DateText'
import { paging } from '../../../ui/list/definition'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'
import { channelLabels } from './kinds'
import classes from './settings.module.css'

export function Deliveries() {
  const list = useInfiniteQuery(
    api.notifications.deliveries.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        state: ['dead' as const, 'unknown' as const],
        limit: 20,
        cursor,
      }),
      ...paging,
    }),
  )
  const retry = useMutation(api.notifications.deliveries.retry.mutationOptions())
  const cancel = useMutation(api.notifications.deliveries.cancel.mutationOptions())
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (!list.data || items.length === 0) return null
  return (
    <SettingsCard
      flush
      title="Not delivered"
      text="Rapport tried several times. Where it cannot know whether a message arrived it does not send it twice; you decide."
    >
      <Table
        borderColor="var(--line)"
        verticalSpacing={8}
        horizontalSpacing={18}
        className={classes.matrix}
      >
        <Table.Tbody>
          {items.map((delivery) => (
            <Table.Tr key={delivery.id}>
              <Table.Td>
                <Group gap={8}>
                  <Text size="sm" fw={550}>
                    {delivery.notification.title}
                  </Text>
                  <StateBadge state={delivery.state} />
                </Group>
                <Text size="xs" c="dimmed">
                  {channelLabels[delivery.channel]} · <DateText value={delivery.createdAt} /> ·{' '}
                  {delivery.attempts === 1 ? 'tried once' : `tried ${delivery.attempts} times`}
                </Text>
                {delivery.error && (
                  <Text size="xs" c="red" className={classes.error}>
                    {delivery.error}
                  </Text>
                )}
              </Table.Td>
              <Table.Td className={classes.buttons}>
                <Group gap={6} justify="flex-end">
                  <Button
                    variant="default"
                    leftSection={<IconRefresh size={15} />}
                    aria-label={`Send “${delivery.notification.title}” again`}
                    onClick={() => retry.mutate({ id: delivery.id })}
                  >
                    Send again
                  </Button>
                  <Button
                    variant="subtle"
                    color="gray"
                    leftSection={<IconX size={15} />}
                    aria-label={`Let go of “${delivery.notification.title}”`}
                    onClick={() => cancel.mutate({ id: delivery.id })}
                  >
                    Let go
                  </Button>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {list.hasNextPage && (
        <Group justify="center" pb="sm">
          <Button
            variant="default"
            disabled={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {list.isFetchingNextPage ? <Loader size="xs" type="dots" /> : 'Show more'}
          </Button>
        </Group>
      )}
    </SettingsCard>
  )
}

function StateBadge({ state }: { state: Delivery['state'] }) {
  return state === 'unknown' ? (
    <Badge color="amber">May have arrived</Badge>
  ) : (
    <Badge color="red">Not sent</Badge>
  )
}
