/** Backups of the database: the list, one more by hand, restoring; and the file itself. */
import { Button, Code, DataList, List, Stack, Text } from '@mantine/core'
import { IconDatabasePlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../api'
import { useMay, useWorkspace } from '../../../app/session'
import { bytesText } from '../../../ui/bytes'
import { LoadState } from '../../../ui/LoadState'
import { ReadOnlyNote } from '../../../ui/settings/ReadOnlyNote'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { BackupTable } from './BackupTable'
import classes from './database.module.css'
import { ErasedCard, LogCard } from './LogCard'
import { useRestore } from './useRestore'

export function BackupsSection() {
  const cache = useQueryClient()
  const mayAdminister = useMay('administer')
  const backups = useQuery(api.database.backups.queryOptions())
  const kept = useWorkspace()?.backupsKept
  const restore = useRestore({ damaged: false })
  const backUp = useMutation({
    ...api.database.backUp.mutationOptions(),
    onSuccess: () => cache.invalidateQueries({ queryKey: api.database.key() }),
  })
  return (
    <SettingsFrame
      title="Backups"
      text={`One is made each day and before every update; the last ${kept ?? '…'} daily ones are kept.`}
      actions={
        mayAdminister && (
          <Button
            leftSection={<IconDatabasePlus size={16} />}
            loading={backUp.isPending}
            onClick={() => backUp.mutate({})}
          >
            Back up now
          </Button>
        )
      }
    >
      {!mayAdminister && <ReadOnlyNote who="Admins" />}
      <SettingsCard flush>
        <LoadState query={backups} what="the backups">
          {(found) => (
            <BackupTable
              backups={found}
              onRestore={mayAdminister ? restore.ask : undefined}
              disabled={restore.isRunning || backUp.isPending}
            />
          )}
        </LoadState>
      </SettingsCard>
      <DatabaseFile />
      <LogCard />
      <ErasedCard />
      {restore.dialog}
    </SettingsFrame>
  )
}

function DatabaseFile() {
  const status = useQuery(api.database.status.queryOptions())
  return (
    <SettingsCard title="Database">
      <LoadState query={status} what="the state of the database">
        {({ file, bytes, version, sqlite, quarantined }) => (
          <Stack gap="md">
            <DataList size="sm" labelWidth={130}>
              {file !== null && (
                <DataList.Item>
                  <DataList.ItemLabel>File</DataList.ItemLabel>
                  <DataList.ItemValue>
                    <Code className={classes.path}>{file}</Code>
                  </DataList.ItemValue>
                </DataList.Item>
              )}
              <Fact label="Size" value={bytesText(bytes)} />
              <Fact label="SQLite" value={sqlite} />
              <Fact label="Form of the data" value={`Version ${version}`} />
            </DataList>
            {quarantined.length > 0 && (
              <Stack gap={4}>
                <Text size="sm" fw={500}>
                  Set aside
                </Text>
                <Text size="sm" c="dimmed">
                  Databases that were damaged or replaced by a backup. Rapport does not need them;
                  delete the folders once you are sure that you do not either.
                </Text>
                <List size="sm" spacing={2}>
                  {quarantined.map((folder) => (
                    <List.Item key={folder}>
                      <Code className={classes.path}>{folder}</Code>
                    </List.Item>
                  ))}
                </List>
              </Stack>
            )}
          </Stack>
        )}
      </LoadState>
    </SettingsCard>
  )
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{value}</DataList.ItemValue>
    </DataList.Item>
  )
}
