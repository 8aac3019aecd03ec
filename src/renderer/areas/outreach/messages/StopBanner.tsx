/** Says that all sending is halted, wherever it matters. */
import { Alert, Button, Group, Text } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from '../../../api'
import { useMay } from '../../../app/session'

export function StopBanner() {
  const mayConfigure = useMay('configure')
  const status = useQuery(api.outbox.status.queryOptions())
  const resume = useMutation(api.outbox.resume.mutationOptions())
  if (!status.data?.stopped) return null
  return (
    <Alert color="red" variant="light" icon={<IconHandStop size={18} />} role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          All e-mail is stopped{status.data.stoppedBy && ` by ${status.data.stoppedBy.name}`}.
          Nothing goes out.
        </Text>
        {mayConfigure && (
          <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate({})}>
            Let e-mail go out again
          </Button>
        )}
      </Group>
    </Alert>
  )
}
