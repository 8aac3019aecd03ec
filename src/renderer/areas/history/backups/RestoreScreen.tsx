/** All there is while the database is damaged: what happened, and the ways on. */
import { Button, Code, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { IconDatabaseX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { LoadState } from '../../../ui/LoadState'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'
import { BackupTable } from './BackupTable'
import classes from './database.module.css'
import { useRestore } from './useRestore'

export default function RestoreScreen() {
  const status = useQuery(api.database.status.queryOptions()).data
  const backups = useQuery(api.database.backups.queryOptions())
  const restore = useRestore({ damaged: true })
  const [emptying, setEmptying] = useState(false)
  const [where] = status?.quarantined ?? []
  const newest = backups.data?.[0]
  return (
    <main className={classes.page}>
      <Stack className={classes.column} gap="lg">
        <Stack gap="sm">
          <IconDatabaseX size={34} stroke={1.4} color="var(--signal-overdue)" aria-hidden />
          <Title order={1}>Rapport cannot open your database</Title>
          <Text role="status">{status?.message}</Text>
          <Text size="sm" c="dimmed">
            This comes from a failing disk, from a power cut in a bad moment, or from another
            program that moved the file or wrote into it. Rapport does not touch the file any more,
            so that nothing gets worse.
          </Text>
          {where && (
            <Text size="sm" c="dimmed">
              What was set aside lies, as it was, in <Code className={classes.path}>{where}</Code>.
            </Text>
          )}
        </Stack>
        <SettingsCard
          title="Go back to a backup"
          text={
            newest
              ? 'The newest one loses the least. Each is checked before it takes the database’s place.'
              : undefined
          }
          flush
        >
          <LoadState query={backups} what="the backups">
            {(found) => (
              <BackupTable backups={found} onRestore={restore.ask} disabled={restore.isRunning} />
            )}
          </LoadState>
        </SettingsCard>
        <SettingsCard
          title="Or start with an empty database"
          text="The damaged file and all backups stay where they are."
          actions={
            <Button variant="default" onClick={() => setEmptying(true)}>
              Start empty…
            </Button>
          }
        />
      </Stack>
      {restore.dialog}
      {emptying && (
        <StartEmpty hasBackup={newest !== undefined} onClose={() => setEmptying(false)} />
      )}
    </main>
  )
}

function StartEmpty({ hasBackup, onClose }: { hasBackup: boolean; onClose(): void }) {
  const cache = useQueryClient()
  const start = useMutation({
    ...api.database.startEmpty.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: () => cache.invalidateQueries(),
  })
  return (
    <Modal opened onClose={onClose} title="Start with an empty database?">
      <Stack gap="md">
        <Text size="sm">
          None of your companies, contacts, leads and activities will be in it; opt-outs that can
          still be read are kept, and sending is on hold until you resume it.{' '}
          {hasBackup
            ? 'You can still restore a backup later, under Settings → Backups.'
            : 'There is no backup to come back to; the damaged file stays, and somebody who knows SQLite may be able to rescue parts of it.'}
        </Text>
        {start.isError && (
          <Text size="sm" c="red" role="alert">
            {messageOf(start.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={start.isPending} onClick={() => start.mutate({})}>
            Start empty
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
