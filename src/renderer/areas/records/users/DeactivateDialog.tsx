/** Before somebody is deactivated: what is open and theirs, and who gets it. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import type { User } from '../../../../contract/records/users'
import { useMe } from '../../../app/session'
import { ReferencePicker } from '../../../ui/ReferencePicker'

const nouns = {
  leads: ['open lead', 'open leads'],
  tasks: ['task', 'tasks'],
  reminders: ['reminder', 'reminders'],
  activities: ['planned activity', 'planned activities'],
  plans: ['cadence plan', 'cadence plans'],
} as const
export type OpenOfUser = Record<keyof typeof nouns, number>

export interface DeactivateDialogProps {
  user: User
  open: OpenOfUser
  busy: boolean
  onClose(): void
  onDeactivate(handTo: string | undefined): void
}

export function DeactivateDialog({
  user,
  open,
  busy,
  onClose,
  onDeactivate,
}: DeactivateDialogProps) {
  const me = useMe()
  const [receiver, setReceiver] = useState<Reference | null>(
    user.manager ?? (me ? { id: me.id, name: me.name } : null),
  )
  const words = (Object.keys(nouns) as (keyof typeof nouns)[])
    .filter((kind) => open[kind] > 0)
    .map((kind) => `${open[kind].toLocaleString()} ${nouns[kind][open[kind] === 1 ? 0 : 1]}`)
  return (
    <Modal opened onClose={onClose} title={`Deactivate ${user.name}?`} size="sm">
      <Stack>
        <Text size="sm">Still open: {words.join(', ')}. One undo takes all of it back.</Text>
        <ReferencePicker
          of="user"
          label="Hand over to"
          value={receiver}
          onChange={setReceiver}
          only={(option) => option.id !== user.id}
        />
        <Group justify="flex-end">
          <Button variant="default" loading={busy} onClick={() => onDeactivate(undefined)}>
            Leave it with them
          </Button>
          <Button
            data-autofocus
            loading={busy}
            disabled={!receiver}
            onClick={() => onDeactivate(receiver?.id)}
          >
            Hand over and deactivate
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
