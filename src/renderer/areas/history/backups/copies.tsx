/** Says which copies of the database still hold people who were erased, and deletes the backups among them. */
import { Button, Code, Group, List, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Backup } from '../../../../contract/kernel/backup'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { exactText } from '../../../ui/dates'
import classes from './database.module.css'

export interface Copies {
  backups: readonly Backup[]
  quarantined: readonly string[]
}

/** Opens a dialog where there are such copies. */
export function showCopies(copies: Copies, { mayRemove }: { mayRemove: boolean }): void {
  if (copies.backups.length === 0 && copies.quarantined.length === 0) return
  const id = 'erased-copies'
  modals.open({
    modalId: id,
    title: 'Copies still hold these data',
    children: <CopyList copies={copies} mayRemove={mayRemove} onDone={() => modals.close(id)} />,
  })
}

export function CopyList({
  copies: { backups, quarantined },
  mayRemove,
  onDone,
}: {
  copies: Copies
  mayRemove: boolean
  onDone?: () => void
}) {
  const cache = useQueryClient()
  const remove = useMutation({
    ...api.erasures.removeBackups.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: async ({ removed }) => {
      notifications.show({
        message: `${removed.toLocaleString()} ${removed === 1 ? 'backup' : 'backups'} deleted`,
      })
      onDone?.()
      await Promise.all([
        cache.invalidateQueries({ queryKey: api.database.key() }),
        cache.invalidateQueries({ queryKey: api.erasures.key() }),
      ])
    },
  })
  return (
    <Stack gap="md">
      {backups.length > 0 && (
        <>
          <Text size="sm">
            {backups.length === 1 ? 'One backup was' : `${backups.length} backups were`} made before
            the data were erased. If you restore one, Rapport erases them again.
          </Text>
          <List size="sm" spacing={4} className={classes.copies}>
            {backups.map(({ name, at }) => (
              <List.Item key={name}>{exactText(at)}</List.Item>
            ))}
          </List>
        </>
      )}
      {quarantined.length > 0 && (
        <>
          <Text size="sm">
            Databases that were set aside may hold them, too. Delete these folders by hand:
          </Text>
          <List size="sm" spacing={4}>
            {quarantined.map((folder) => (
              <List.Item key={folder}>
                <Code className={classes.path}>{folder}</Code>
              </List.Item>
            ))}
          </List>
        </>
      )}
      {remove.isError && (
        <Text size="sm" c="red" role="alert">
          {messageOf(remove.error)}
        </Text>
      )}
      <Group justify="flex-end">
        {onDone && (
          <Button variant="default" onClick={onDone} disabled={remove.isPending}>
            Keep them
          </Button>
        )}
        {mayRemove && backups.length > 0 && (
          <Button
            variant="light"
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate({ names: backups.map(({ name }) => name) })}
          >
            {backups.length === 1 ? 'Delete this backup' : 'Delete these backups'}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
