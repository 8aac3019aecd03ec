/** Erases a contact's personal data for good, after the name was typed; then names the copies that still hold it. */
import { Button, Group, List, Menu, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconEraser } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { useMay } from '../../../app/session'
import { showCopies } from '../../history/backups/copies'

export interface EraseContact {
  /** The entry of the contact's menu; to be rendered. */
  item: React.ReactNode
  /** The confirmation; to be rendered. */
  dialog: React.ReactNode
}

/** @param onErased leaves the page of what is gone */
export function useEraseContact(
  contact: { id: string; name: string },
  onErased: () => void,
): EraseContact {
  const mayErase = useMay('configure')
  const mayRemoveBackups = useMay('administer')
  const [isAsked, setAsked] = useState(false)
  const [typed, setTyped] = useState('')
  const erase = useMutation({
    ...api.erasures.eraseContact.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: (result) => {
      setAsked(false)
      onErased()
      notifications.show({ message: 'Contact erased' })
      showCopies(result, { mayRemove: mayRemoveBackups })
    },
  })
  const close = () => {
    if (erase.isPending) return
    setAsked(false)
    setTyped('')
    erase.reset()
  }
  const isSame = typed.trim().toLowerCase() === contact.name.trim().toLowerCase()
  const item = mayErase && (
    <Menu.Item color="red" leftSection={<IconEraser size={15} />} onClick={() => setAsked(true)}>
      Erase personal data…
    </Menu.Item>
  )
  const dialog = isAsked && (
    <Modal opened onClose={close} title="Erase personal data?" size="md">
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
            disabled={erase.isPending}
            data-autofocus
          />
          {erase.isError && (
            <Text size="sm" c="red" role="alert">
              {messageOf(erase.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} disabled={erase.isPending}>
              Cancel
            </Button>
            <Button type="submit" color="red.9" disabled={!isSame} loading={erase.isPending}>
              Erase for good
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
  return { item, dialog }
}
