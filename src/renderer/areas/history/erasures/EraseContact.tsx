/** Erases a contact's personal data for good, after the name was typed; then names the copies that still hold it. */
import { Button, Group, List, Menu, Stack, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { IconEraser } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { messageOf } from '../../../app/problems'
import type { ShownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'
import { type Copies, showCopies } from '../backups/copies'

const modalId = 'erase-contact'

/** The entry of the contact's menu. */
export function EraseContact({ record: { id, name } }: { record: ShownRecord<'contact'> }) {
  const app = useApp()
  const mayErase = useMay('configure')
  const mayRemoveBackups = useMay('administer')
  if (!mayErase) return null
  const onErased = (copies: Copies) => {
    modals.close(modalId)
    app.goTo('/contacts')
    notifications.show({ message: 'Contact erased' })
    showCopies(copies, { mayRemove: mayRemoveBackups })
  }
  // Not a dialog of its own: the menu is gone as soon as it asks.
  const ask = () =>
    modals.open({
      modalId,
      title: 'Erase personal data?',
      size: 'md',
      children: <Confirmation contact={{ id, name }} onErased={onErased} />,
    })
  return (
    <Menu.Item color="red" leftSection={<IconEraser size={15} />} onClick={ask}>
      Erase personal data…
    </Menu.Item>
  )
}

interface ConfirmationProps {
  contact: Reference
  onErased(copies: Copies): void
}

function Confirmation({ contact, onErased }: ConfirmationProps) {
  const [typed, setTyped] = useState('')
  const erase = useMutation({
    ...api.erasures.eraseContact.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: onErased,
  })
  const { isPending } = erase
  // It stays open until it is known whether they are erased.
  useEffect(() => {
    modals.updateModal({
      modalId,
      closeOnEscape: !isPending,
      closeOnClickOutside: !isPending,
      closeButtonProps: { disabled: isPending },
    })
  }, [isPending])
  const isSame = typed.trim().toLowerCase() === contact.name.trim().toLowerCase()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isSame) erase.mutate({ id: contact.id, confirm: true })
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          <b>{contact.name}</b> is deleted for good, and this cannot be undone.
        </Text>
        <List size="sm" spacing={6}>
          <List.Item>
            E-mail addresses and phone numbers are removed everywhere, also from the history.
          </List.Item>
          <List.Item>
            The name is removed from what belongs to the contact, its leads and its companies, and
            from texts with its address or number. Other texts keep it; search finds them.
          </List.Item>
          <List.Item>
            Sent e-mails stay on record with their time, without text or address.
          </List.Item>
          <List.Item>An opt-out stays, so that nobody writes to this address again.</List.Item>
          <List.Item>
            The history keeps who erased it and when, but not whose data it was.
          </List.Item>
        </List>
        <TextInput
          label="Type the contact’s name to confirm"
          placeholder={contact.name}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          disabled={isPending}
          data-autofocus
        />
        {erase.isError && (
          <Text size="sm" c="red" role="alert">
            {messageOf(erase.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.close(modalId)} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" color="red.9" disabled={!isSame} loading={isPending}>
            Erase for good
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
