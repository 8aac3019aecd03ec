/** Says that the disk takes nothing, for as long as that lasts. */
import { Alert, Text } from '@mantine/core'
import { IconDatabaseExclamation } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api'

/** How often is asked whether it is over, in milliseconds. */
const pause = 5000

export function StorageBanner() {
  const status = useQuery({
    ...api.database.status.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.storage === 'ok' ? false : pause),
  })
  const storage = status.data?.storage ?? 'ok'
  if (storage === 'ok') return null
  return (
    <Alert
      color="red"
      radius={0}
      style={{ flexShrink: 0 }}
      role="status"
      icon={<IconDatabaseExclamation size={18} />}
      title={storage === 'full' ? 'The disk is full' : 'Rapport cannot write to its data folder'}
    >
      <Text size="sm">
        {storage === 'full'
          ? 'Nothing new can be saved or sent. Everything saved before is safe. Free some space: Rapport continues by itself.'
          : 'The disk is read-only, or permission is missing, so nothing new can be saved or sent. Everything saved before is safe. Rapport continues by itself once it may write.'}
      </Text>
    </Alert>
  )
}
