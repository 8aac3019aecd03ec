/** Says which accounts cannot send at the moment, that nothing is lost, and tries them at once. */
import { Alert, Button, Group, Text } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../api'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { sentence } from './problems'

export function HeldBanner() {
  const mayWrite = useMay('write')
  const cache = useQueryClient()
  const status = useQuery(api.outbox.status.queryOptions())
  const send = useMutation({
    ...api.outbox.send.mutationOptions(),
    onSettled: () => cache.invalidateQueries({ queryKey: api.outbox.key() }),
  })
  return status.data?.held.map(({ account, message, until }) => (
    <Alert
      key={account.id}
      color="amber"
      mb={6}
      icon={<IconPlugConnectedX size={18} />}
      title={`“${account.name}” cannot send at the moment`}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {sentence(message)} Its messages wait, none is lost. Next try:{' '}
          <DateText value={until} format="moment" />.
        </Text>
        {mayWrite && (
          <Button
            size="xs"
            variant="default"
            loading={send.isPending}
            onClick={() => send.mutate({})}
          >
            Try now
          </Button>
        )}
      </Group>
    </Alert>
  ))
}
