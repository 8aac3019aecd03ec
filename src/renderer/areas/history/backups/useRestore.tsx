/** Restores a backup: says what will happen, does it, and lets every screen load again. */
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Backup } from '../../../../contract/kernel/backup'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { exactText } from '../../../ui/dates'

export interface Restore {
  ask(backup: Backup): void
  isRunning: boolean
  /** The confirmation; to be rendered. */
  dialog: ReactNode
}

/** @param damaged whether there is a sound database that the backup takes the place of */
export function useRestore({ damaged }: { damaged: boolean }): Restore {
  const cache = useQueryClient()
  const [asked, setAsked] = useState<Backup | null>(null)
  const restore = useMutation({
    ...api.database.restore.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: async () => {
      setAsked(null)
      notifications.show({
        message: asked
          ? `Rapport now shows the state of ${exactText(asked.at)}.`
          : 'The backup is in place.',
        autoClose: 6000,
      })
      // Every answer so far was of another database.
      await cache.invalidateQueries()
    },
  })
  const close = () => {
    if (restore.isPending) return
    setAsked(null)
    restore.reset()
  }
  const dialog = asked && (
    <Modal opened onClose={close} title="Restore this backup?" size="md">
      <Stack gap="md">
        <Text size="sm">
          Rapport goes back to the state of <b>{exactText(asked.at)}</b>.
        </Text>
        <List size="sm" spacing={6}>
          {damaged ? (
            <List.Item>
              What was entered after that moment is not in it. The damaged file stays where it was
              set aside.
            </List.Item>
          ) : (
            <>
              <List.Item>Everything entered or changed after that moment disappears.</List.Item>
              <List.Item>
                What is there now is backed up first, so you can come back to it from this list.
              </List.Item>
            </>
          )}
          <List.Item>
            Sending goes on hold. What was sent since stays sent, and whoever opted out stays opted
            out; you see what is left before anything goes out again.
          </List.Item>
          <List.Item>The backup is checked before; a damaged one changes nothing.</List.Item>
        </List>
        {restore.isError && (
          <Text size="sm" c="red" role="alert">
            {messageOf(restore.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} disabled={restore.isPending}>
            Cancel
          </Button>
          <Button
            color={damaged ? 'juniper' : 'red'}
            loading={restore.isPending}
            onClick={() => restore.mutate({ name: asked.name })}
            data-autofocus
          >
            Restore
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
  return { ask: setAsked, isRunning: restore.isPending, dialog }
}
