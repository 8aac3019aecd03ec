/** Says that jobs wait because the database had to be restarted twice, what it was doing, and lets them run again. */
import { Alert, Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlayerPause } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { Restart } from '../../../../contract/background/jobs'
import { api } from '../../../api'
import { useMay } from '../../../app/session'
import { RecordAnchor } from './RecordAnchor'

export function PausedBanner() {
  const mayConfigure = useMay('configure')
  const cache = useQueryClient()
  const status = useQuery(api.database.status.queryOptions())
  const isPaused = Boolean(status.data?.jobsPausedSince)
  useRestartNotice(status.data?.restartedAt, isPaused)
  const safeStart = useQuery({ ...api.jobs.safeStart.queryOptions(), enabled: isPaused })
  const resume = useMutation({
    ...api.jobs.resume.mutationOptions(),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: api.jobs.key() }),
        cache.invalidateQueries({ queryKey: api.database.status.key() }),
      ]),
  })
  if (!isPaused) return null
  const restarts = safeStart.data?.restarts ?? []
  const last = restarts.find(({ work }) => work !== null)
  const record = last?.work?.kind === 'request' ? undefined : (last?.work?.record ?? undefined)
  return (
    <Alert
      color="amber"
      radius={0}
      style={{ flexShrink: 0 }}
      role="status"
      icon={<IconPlayerPause size={18} />}
      title="Jobs are paused"
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" maw={760}>
          Rapport’s database stopped answering {times(restarts.length)}
          {last && <During restart={last} />}. Everything saved is safe. Until you resume jobs, no
          reminder is shown and no e-mail is sent.
        </Text>
        <Group gap="xs">
          <Button component={Link} to="/settings/jobs" size="xs" variant="default">
            Show jobs
          </Button>
          {mayConfigure && record && (
            <Button
              size="xs"
              variant="default"
              loading={resume.isPending}
              onClick={() => resume.mutate({ skip: [{ kind: record.kind, id: record.id }] })}
            >
              Resume without this record
            </Button>
          )}
          {mayConfigure && (
            <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate({})}>
              Resume jobs
            </Button>
          )}
        </Group>
      </Group>
    </Alert>
  )
}

function During({ restart: { work } }: { restart: Restart }) {
  if (!work) return null
  return (
    <>
      , last during <b>{work.label}</b>
      {work.record && (
        <>
          {' at '}
          <RecordAnchor record={work.record} />
        </>
      )}
    </>
  )
}

const times = (count: number) => (count > 2 ? `${count} times` : 'twice')

/** A restart that changes nothing for anybody is mentioned in passing. */
function useRestartNotice(restartedAt: string | null | undefined, isPaused: boolean) {
  const known = useRef<string | null | undefined>(undefined)
  useEffect(() => {
    const before = known.current
    known.current = restartedAt
    if (before === undefined || !restartedAt || restartedAt === before || isPaused) return
    notifications.show({
      message:
        'Rapport restarted its database after it stopped answering. Everything saved is safe.',
    })
  }, [restartedAt, isPaused])
}
